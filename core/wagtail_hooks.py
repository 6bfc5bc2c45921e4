"""Topics in the admin, and scripts of the editor's forms."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import autosave
from core.models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    menu_label = "Topics"
    menu_order = 300
    add_to_admin_menu = True
    copy_view_enabled = False


register_snippet(TopicViewSet)


@hooks.register("insert_global_admin_js")
def word_count_js():
    return format_html('<script src="{}" defer></script>', static("core/word-count.js"))


@hooks.register("insert_global_admin_js")
def search_preview_js():
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


@hooks.register("insert_global_admin_js")
def date_picker_leaves_typed_text_alone():
    # Not deferred: it stands before the scripts in the page that make the pickers.
    return format_html('<script src="{}"></script>', static("core/date-picker.js"))
