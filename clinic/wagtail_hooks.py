"""Notices in the admin."""

from wagtail.snippets.models import register_snippet

from clinic.models import Notice
from core.wagtail_hooks import TopicViewSet
from publishing.viewsets import DraftableViewSet


class NoticeViewSet(DraftableViewSet):
    model = Notice
    icon = "warning"
    list_display = ["__str__", "starts_at", "ends_at", "clinic_is_closed"]
    menu_label = "Notices"
    menu_order = 330


register_snippet(TopicViewSet)
