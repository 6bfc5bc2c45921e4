"""Inputs for dates and times in the admin: 12 hours, and a calendar that tells the day of the clinic."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin import widgets

from clinic import clock

# What the calendar writes for a day that is picked before any time was typed; else it writes this
# minute, as the clock of the browser tells it.
OPENING_OF_A_DAY = time(9)


def clinic_today() -> date:
    """The day it is at the clinic, wherever the person sits."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class TimeInput(forms.TimeInput):
    """A time of day, typed; there is nothing to pick."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return clock.format_time(value) if isinstance(value, time) else super().format_value(value)


class DateInput(widgets.AdminDateInput):
    """A date, typed or picked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.js_format = clock.PICKER_DATE_FORMAT

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "defaultDate": clock.format_date(clinic_today())}

    def format_value(self, value: Any) -> str | None:
        return clock.format_date(value) if isinstance(value, date) else super().format_value(value)


class DateTimeInput(widgets.AdminDateTimeInput):
    """Date and time, typed or picked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.js_format = clock.PICKER_DATETIME_FORMAT
        self.js_time_format = clock.PICKER_TIME_FORMAT

    def get_config(self) -> dict[str, Any]:
        begin = datetime.combine(clinic_today(), OPENING_OF_A_DAY)
        defaults = {"defaultDate": clock.format_datetime(begin), "defaultTime": clock.format_time(begin)}
        return {**super().get_config(), **defaults}

    def format_value(self, value: Any) -> str | None:
        return clock.format_datetime(value) if isinstance(value, datetime) else super().format_value(value)
