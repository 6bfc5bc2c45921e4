"""How the comparison of two versions in the admin shows dates and times."""

from datetime import date, time
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.timezone import template_localtime
from wagtail.admin.compare import FieldComparison, register_comparison_class


class TimeComparison(FieldComparison):
    """Dates and times as lists show them, in the clinic's time zone; empty ones as nothing."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.val_a, self.val_b = _written(self.val_a), _written(self.val_b)


def _written(value: date | time | None) -> str:
    return "" if value is None else localize(template_localtime(value))


def register_comparisons() -> None:
    """Show every date, time and moment so."""
    for field in (models.DateField, models.TimeField):  # a DateTimeField is a DateField
        register_comparison_class(field, comparison_class=TimeComparison)
