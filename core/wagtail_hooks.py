"""Topics and notices in the admin, what the editor's forms load, what happens when pages leave."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import autosave, page_actions
from core.models import Notice, Topic
from core.panels import ScheduledPublishingPanel
from core.sizes import FramedOperation


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    menu_label = "Topics"
    menu_order = 300
    add_to_admin_menu = True
    copy_view_enabled = False


class NoticeViewSet(SnippetViewSet):
    model = Notice
    icon = "warning"
    list_display = ["__str__", "starts_at", "ends_at", "clinic_is_closed"]
    menu_label = "Notices"
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False


register_snippet(TopicViewSet)
register_snippet(NoticeViewSet)


@hooks.register("register_image_operations")
def frame_what_is_taller_than_a_screen():
    return [("framed", FramedOperation)]


@hooks.register("insert_global_admin_js")
def count_words_while_typing():
    return format_html('<script src="{}" defer></script>', static("core/word-count.js"))


@hooks.register("insert_global_admin_js")
def unfold_consent_when_it_is_needed():
    return format_html('<script src="{}" defer></script>', static("core/consent.js"))


@hooks.register("insert_global_admin_js")
def show_a_page_among_results_while_typing():
    return format_html('<script src="{}" defer></script>', static("core/search-preview.js"))


@hooks.register("insert_global_admin_js")
def keep_what_is_typed_into_records():
    return format_html('<script src="{}" defer></script>', static("core/autosave.js"))


@hooks.register("register_admin_urls")
def addresses_of_autosave():
    return [
        path("autosave/<str:app_label>/<str:model_name>/", autosave.keep, name="autosave_keep"),
        path("autosave/<str:app_label>/<str:model_name>/<int:pk>/", autosave.keep, name="autosave_keep"),
        path("autosave/<str:app_label>/<str:model_name>/drop/", autosave.drop, name="autosave_drop"),
        path("autosave/<str:app_label>/<str:model_name>/<int:pk>/drop/", autosave.drop, name="autosave_drop"),
    ]


@hooks.register("insert_global_admin_css")
def style_the_desk():
    return format_html('<link rel="stylesheet" href="{}">', static("core/desk.css"))


@hooks.register("construct_homepage_panels")
def tell_of_scheduled_publishing(request, panels):
    panels.append(ScheduledPublishingPanel(request.user))


for action in (page_actions.Delete, page_actions.Unpublish, page_actions.Publish):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, which they replace


def _ask_about_old_links(action, request, page):
    """Wagtail has checked by now that the person may do this; the form it leads to checks again."""
    next_url = get_valid_next_url_from_request(request)
    next_url = next_url or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return redirect(page_actions.bulk_action_url(action, page, next_url))


@hooks.register("before_delete_page")
def ask_before_deleting(request, page):
    return _ask_about_old_links("delete", request, page)


@hooks.register("before_unpublish_page")
def ask_before_unpublishing(request, page):
    return _ask_about_old_links("unpublish", request, page)
