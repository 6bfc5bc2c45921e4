"""Quality in the admin: the preflight of the editor, words to avoid, the report on what is missing."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from publishing.viewsets import PlainCreateView, PlainEditView
from quality import reports, views
from quality.models import WatchedWords


class WatchedWordsViewSet(SnippetViewSet):
    model = WatchedWords
    icon = "warning"
    add_view_class = PlainCreateView
    edit_view_class = PlainEditView
    list_display = ["words", "kind", "instead"]
    copy_view_enabled = False


register_snippet(WatchedWordsViewSet)


@hooks.register("register_admin_urls")
def register_quality_urls() -> list[URLPattern]:
    return [
        path("pages/<int:pk>/preflight/", views.preflight, name="preflight"),
        path("reports/missing-or-unused/", reports.MissingView.as_view(), name="missing"),
        path(
            "reports/missing-or-unused/results/", reports.MissingView.as_view(results_only=True), name="missing_results"
        ),
    ]


class WordsMenuItem(MenuItem):
    """Shown to whoever may see the list."""

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(f"quality.{action}_watchedwords") for action in ("view", "add", "change"))


@hooks.register("register_reports_menu_item")
def register_words_menu_item() -> MenuItem:
    url = reverse(WatchedWords.snippet_viewset.get_url_name("list"))
    return WordsMenuItem("Words to avoid", url, name="words-to-avoid", icon_name="warning", order=60)


class MissingMenuItem(MenuItem):
    """Shown to whoever may mend something of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reports.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_missing_menu_item() -> MenuItem:
    return MissingMenuItem(
        "Missing or unused", reverse("missing"), name="missing-or-unused", icon_name="list-ul", order=30
    )


@hooks.register("insert_global_admin_js")
def register_preflight_js() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("quality/preflight.js"))


@hooks.register("insert_global_admin_css")
def register_preflight_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("quality/preflight.css"))
