"""Notices in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from clinic.models import Notice


class NoticeViewSet(SnippetViewSet):
    model = Notice
    icon = "warning"
    list_display = ["__str__", "starts_at", "ends_at", "clinic_is_closed"]
    menu_label = "Notices"
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False


register_snippet(NoticeViewSet)
