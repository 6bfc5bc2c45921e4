"""What leaves the admin as a spreadsheet."""

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from text.control_characters import without_control_characters


def cell(value):
    """A value as a cell of a spreadsheet can hold it: Excel's format refuses control characters."""
    value = force_str(value, strings_only=True)
    return without_control_characters(value) if isinstance(value, str) else value


def connect():
    """Called once when the app is ready: for all exports, and after what Wagtail does with dates and lists."""
    SpreadsheetExportMixin.custom_value_preprocess[object] = {
        SpreadsheetExportMixin.FORMAT_CSV: cell,
        SpreadsheetExportMixin.FORMAT_XLSX: cell,
    }
