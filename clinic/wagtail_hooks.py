"""The clinic's settings and notices in the admin, and how times are typed there."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from clinic.models import ClinicSettings, Notice
from publishing.viewsets import DraftableViewSet, SingleRecordViewSet


class ClinicSettingsViewSet(SingleRecordViewSet):
    model = ClinicSettings
    icon = "home"
    menu_label = "Clinic"
    menu_name = "clinic"
    add_to_admin_menu = True


class NoticeViewSet(DraftableViewSet):
    model = Notice
    icon = "warning"
    list_display = ["__str__", "starts_at", "ends_at", "clinic_is_closed"]
    menu_label = "Notices"
    menu_order = 330


register_snippet(ClinicSettingsViewSet)
register_snippet(NoticeViewSet)


@hooks.register("insert_global_admin_js")
def register_date_js():
    # Not deferred: both stand before the scripts that write times and make pickers.
    return format_html(
        '<script src="{}" data-time-zone="{}"></script><script src="{}"></script>',
        static("clinic/time-zone.js"),
        settings.TIME_ZONE,
        static("clinic/date-picker.js"),
    )
