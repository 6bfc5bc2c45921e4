"""The rows of the clinic's settings that say when it is open: the usual week, and special days."""

import datetime
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable

from clinic.clock import format_date, format_time
from clinic.forms import HoursForm, HoursFormSet, SpecialDayForm
from clinic.opening_hours import Source
from clinic.us_holidays import HOLIDAYS, observed_on
from text.control_characters import CleanTextMixin

CLOSES_TOO_EARLY = "Closing must come after opening."


class HoursPanel(InlinePanel):
    """Rows of hours that must not contradict each other; Wagtail asks no model of rows for its form."""

    def get_form_options(self):
        options = super().get_form_options()
        model = self.db_field.related_model
        options["formsets"][self.relation_name].update(form=model.row_form_class, formset=HoursFormSet)
        return options


class OpeningHours(Orderable):
    """One stretch of time on one day of the week; a day without any is closed."""

    class Weekday(models.IntegerChoices):
        """As Python's date.weekday()."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    clinic = ParentalKey("clinic.ClinicSettings", related_name="opening_hours", on_delete=models.CASCADE)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    row_form_class = HoursForm
    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    is_closed = False

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "opening hours"

    def __str__(self):
        return f"{self.get_weekday_display()} {format_time(self.opens)}–{format_time(self.closes)}"

    def clean(self):
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": CLOSES_TOO_EARLY})

    @property
    def same_day_key(self):
        """Equal for rows that speak of the same day."""
        return self.weekday


class SpecialDay(CleanTextMixin, Orderable):
    """A date, once or every year, on which the clinic is closed or has other hours; two stretches are two rows."""

    DATE, YEARLY = "date", "yearly"
    DAYS = [
        (DATE, _("A date, once")),
        (YEARLY, _("A date, every year")),
        (_("Holidays, every year"), [(key, f"{row.name} ({row.rule})") for key, row in HOLIDAYS.items()]),
    ]

    clinic = ParentalKey("clinic.ClinicSettings", related_name="special_days", on_delete=models.CASCADE)
    day = models.CharField("which day", max_length=20, choices=DAYS, default=DATE)
    date = models.DateField(null=True, blank=True, help_text="Leave it empty for a holiday.")
    is_closed = models.BooleanField("closed all day", default=False)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    note = models.CharField(
        "why",
        max_length=60,
        blank=True,
        help_text="Visitors read it, such as “Staff training.” A holiday shows its name by itself.",
    )
    announce = models.BooleanField(
        "say it above every page, too", default=False, help_text="In the two weeks before, and on that day."
    )

    row_form_class = SpecialDayForm
    panels = [
        HelpPanel(template="clinic/admin/past_day.html"),
        FieldPanel("day"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("is_closed")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("announce")]),
    ]

    def __str__(self):
        hours = f"{format_time(self.opens)}–{format_time(self.closes)}" if self.opens and self.closes else "closed"
        return f"{self.day_name} {hours}"

    def clean(self):
        errors = {}
        if self.needs_date and not self.date:
            errors["date"] = "Which date?"
        elif not self.needs_date and self.date:
            errors["date"] = f"{HOLIDAYS[self.day].name} has its date: {HOLIDAYS[self.day].rule}. Leave this empty."
        elif self.day == self.YEARLY and (self.date.month, self.date.day) == (2, 29):
            errors["date"] = "February 29 does not come every year. Choose another date."
        if self.is_closed and (self.opens or self.closes):
            errors["is_closed"] = "Closed all day, or open at these times? Uncheck this, or clear the times."
        elif not self.is_closed and not (self.opens or self.closes):
            errors["is_closed"] = "Check this, or type when you open and when you close."
        elif not self.is_closed and not self.opens:
            errors["opens"] = "When do you open?"
        elif not self.is_closed and not self.closes:
            errors["closes"] = "When do you close?"
        elif self.opens and self.closes and self.closes <= self.opens:
            errors["closes"] = CLOSES_TOO_EARLY
        if errors:
            raise ValidationError(errors)

    @property
    def is_over(self):
        """Once, and in the past."""
        return bool(self.day == self.DATE and self.date and self.date < timezone.localdate())

    @property
    def needs_date(self):
        return self.day not in HOLIDAYS

    @property
    def day_name(self):
        """The day in words."""
        if not self.needs_date:
            return HOLIDAYS[self.day].name
        if not self.date:
            return ""
        return f"every {self.date:%B} {self.date.day}" if self.day == self.YEARLY else format_date(self.date)

    @property
    def same_day_key(self):
        """Equal for rows that speak of the same day: Christmas Day is every December 25."""
        if self.day == self.DATE:
            return self.date
        days = {(day.month, day.day) for day in map(self._date_in, (2025, 2026)) if day}
        return days.pop() if len(days) == 1 else self.day

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[tuple[datetime.date, Source, str]]:
        """The dates from `first` to `last` that it speaks of, in no order, each with what says so and why."""
        if self.day == self.DATE:
            if self.date and first <= self.date <= last:
                yield self.date, Source.DATE, self.note
            return
        holiday = HOLIDAYS.get(self.day)
        name = self.note or (holiday.name if holiday else "")
        for year in range(first.year, last.year + 2):  # a New Year's Day may be observed in the year before
            day = self._date_in(year)
            if day and first <= day <= last:
                yield day, Source.YEARLY, name
            observed = observed_on(day) if day and holiday and holiday.is_observed else None
            if observed and first <= observed <= last:
                yield observed, Source.OBSERVED, f"{name}, observed"

    def _date_in(self, year: int) -> datetime.date | None:
        if self.day in HOLIDAYS:
            return HOLIDAYS[self.day].date_in(year)
        try:
            return self.date.replace(year=year) if self.date else None
        except ValueError:  # February 29
            return None
