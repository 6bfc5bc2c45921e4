"""Forms of hours and of special days in the clinic's settings."""

from django.core.exceptions import ValidationError
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from clinic.opening_hours import MAX_DAYS_AHEAD, overlap
from clinic.widgets import clinic_today


class OneMessageMixin:
    """To the model what cannot be read is missing: it is not asked for beside the message that says why."""

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            error = ValidationError({name: new for name, new in error.error_dict.items() if name not in self.errors})
        super().add_error(field, error)


class HoursForm(OneMessageMixin, WagtailAdminModelForm):
    """A row of hours."""


class SpecialDayForm(HoursForm):
    """A special day: a date that is over stays, and is not typed anew."""

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("date")
        if cleaned.get("day") == self.instance.DATE and day and {"day", "date"} & set(self.changed_data):
            if day < clinic_today():
                self.add_error("date", "This day is over. Is the year right?")
            elif day - clinic_today() > MAX_DAYS_AHEAD:
                self.add_error("date", "That is more than five years from now. Is the year right?")
        return cleaned


class HoursFormSet(BaseChildFormSet):
    """Rows that must not contradict each other: each says so where it meets one above it."""

    def clean(self):
        super().clean()
        above = []
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid() or not form.cleaned_data:
                continue
            for other in above:
                if form.instance.same_day_key != other.same_day_key:
                    continue
                if form.instance.is_closed or other.is_closed:
                    form.add_error(None, f"This day is already listed above ({other}). Keep one of them.")
                    break
                if overlap(form.instance, other):
                    form.add_error("opens", f"This overlaps with {other}.")
                    break
            above.append(form.instance)
