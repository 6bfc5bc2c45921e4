"""The clinic's settings, notices and clock in the admin."""

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
def date_picker_js():
    # Not deferred: it stands before the scripts in the page that make the pickers.
    return format_html('<script src="{}"></script>', static("clinic/date-picker.js"))
