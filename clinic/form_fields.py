"""Fields of the admin's forms for dates and times: see `clinic.clock` for what can be typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from clinic import clock
from clinic.widgets import DateInput, DateTimeInput, TimeInput


def zone_in_words() -> str:
    """The zone in which every time of the admin is typed and shown, as “Los Angeles”."""
    return settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")


class TypedField:
    """Reads text by `parse`; what cannot be read stays in the field, with a message that says what can."""

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return self.parse(value)
        except clock.Unreadable as error:
            raise ValidationError(str(error), code="invalid") from error


class TimeField(TypedField, forms.TimeField):
    """A time of day."""

    widget = TimeInput

    def parse(self, text: str) -> Any:
        return clock.parse_time(text)


class DateField(TypedField, forms.DateField):
    """A date."""

    widget = DateInput

    def parse(self, text: str) -> Any:
        return clock.parse_date(text)


class DateTimeField(TypedField, forms.DateTimeField):
    """A moment in the clinic's time zone, which is named beside it, whatever the zone of the browser or the person."""

    widget = DateTimeInput

    def __init__(self, *, widget: Any = None, help_text: str = "", **kwargs: Any) -> None:
        # The panel for publishing on schedule brings a widget of Wagtail's.
        if type(widget) is AdminDateTimeInput:
            widget = DateTimeInput(widget.attrs, js_overlay_parent_selector=widget.js_overlay_parent_selector)
        help_text = f"{help_text} In the clinic’s time zone ({zone_in_words()}).".strip()
        super().__init__(widget=widget, help_text=help_text, **kwargs)

    def parse(self, text: str) -> Any:
        return clock.parse_datetime(text, timezone.get_default_timezone())

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value, timezone.get_default_timezone())
        return value


def register() -> None:
    """Give every form that Wagtail makes of a model these fields."""
    register_form_field_override(models.TimeField, override={"form_class": TimeField, "widget": TimeInput})
    register_form_field_override(models.DateField, override={"form_class": DateField, "widget": DateInput})
    register_form_field_override(models.DateTimeField, override={"form_class": DateTimeField, "widget": DateTimeInput})
