"""Topics and safety lines in the admin, and scripts of the editor's forms."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.models import SafetyLine, Topic
from publishing.viewsets import DraftableViewSet


class TopicViewSet(DraftableViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    menu_label = "Topics"
    menu_order = 300


class SafetyLineViewSet(DraftableViewSet):
    model = SafetyLine
    icon = "warning"
    list_display = ["name", "key"]
    ordering = ["name"]
    menu_label = "Safety lines"
    menu_order = 305


register_snippet(TopicViewSet)
register_snippet(SafetyLineViewSet)


@hooks.register("insert_global_admin_js")
def register_word_count_js():
    return format_html('<script src="{}" defer></script>', static("core/word-count.js"))


@hooks.register("insert_global_admin_js")
def register_search_preview_js():
    return format_html('<script src="{}" defer></script>', static("core/search-preview.js"))


@hooks.register("insert_global_admin_js")
def register_paste_js():
    return format_html('<script src="{}" defer></script>', static("core/paste.js"))
