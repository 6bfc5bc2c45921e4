"""Exports from the admin as spreadsheets."""

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from text.control_characters import without_control_characters

# What a spreadsheet that opens a CSV takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_value(value):
    """A value as a spreadsheet's cell can hold it: Excel's format refuses control characters."""
    value = force_str(value, strings_only=True)
    return without_control_characters(value) if isinstance(value, str) else value


def export_csv_value(value):
    """The same for CSV, which cannot tell text from a formula: an apostrophe before it does."""
    value = export_value(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def register_export_values():
    """Clean the values of all exports, after what Wagtail does with dates and lists; called when the app is ready."""
    SpreadsheetExportMixin.custom_value_preprocess[object] = {
        SpreadsheetExportMixin.FORMAT_CSV: export_csv_value,
        SpreadsheetExportMixin.FORMAT_XLSX: export_value,
    }
