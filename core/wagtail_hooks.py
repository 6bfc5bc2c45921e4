"""Topics and notices in the admin, and what the editor's forms load."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.models import Notice, Topic
from core.panels import ScheduledPublishingPanel


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


@hooks.register("insert_global_admin_js")
def count_words_while_typing():
    return format_html('<script src="{}" defer></script>', static("core/word-count.js"))


@hooks.register("construct_homepage_panels")
def tell_of_scheduled_publishing(request, panels):
    panels.append(ScheduledPublishingPanel(request.user))
