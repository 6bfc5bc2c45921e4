"""Fields of the admin's forms for dates, times and web addresses: see `clinic.clock` for what can be typed."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from clinic import clock
from clinic.widgets import DateInput, DateTimeInput, TimeInput


def time_zone_name() -> str:
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
        help_text = f"{help_text} In the clinic’s time zone ({time_zone_name()}).".strip()
        super().__init__(widget=widget, help_text=help_text, **kwargs)

    def parse(self, text: str) -> Any:
        return clock.parse_datetime(text, timezone.get_default_timezone())

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value, timezone.get_default_timezone())
        return value


class WebAddressField(forms.URLField):
    """The address of a web page, typed with or without https://."""

    default_error_messages: ClassVar = {
        "invalid": "This is not a web address. Copy it from your browser, such as https://portal.example.com.",
        "email": "This is an e-mail address. Type the address of a web page, such as https://portal.example.com.",
        "secret": "This address contains a name or a password, and every visitor would see it. Take it out.",
        "unreachable": "Visitors cannot open this address: it leads into a private network, or is not that of a "
        "web page, which begins with https://.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})

    def clean(self, value: Any) -> Any:
        address = super().clean(value)
        if not address:
            return address
        parts = urlsplit(address)
        if "@" in parts.netloc:
            name = parts.netloc.rpartition("@")[0]
            code = "secret" if ":" in name or "://" in str(value) else "email"
            raise ValidationError(self.error_messages[code], code=code)
        if parts.scheme not in {"http", "https"} or not _is_public_name(parts.hostname or ""):
            raise ValidationError(self.error_messages["unreachable"], code="unreachable")
        return address


def _is_public_name(host: str) -> bool:
    """Whether a host is a name that anybody can look up: a number leads nowhere, or into a network of one's own."""
    return "." in host.strip(".") and host.rpartition(".")[2].isdigit() is False and ":" not in host


def register_form_fields() -> None:
    """Give every form that Wagtail makes of a model these fields."""
    register_form_field_override(models.TimeField, override={"form_class": TimeField, "widget": TimeInput})
    register_form_field_override(models.DateField, override={"form_class": DateField, "widget": DateInput})
    register_form_field_override(models.URLField, override={"form_class": WebAddressField})
    register_form_field_override(models.DateTimeField, override={"form_class": DateTimeField, "widget": DateTimeInput})
