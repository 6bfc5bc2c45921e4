"""
Keeps two people from overwriting each other in the forms of records and settings.

Pages have revisions for that. Here the form remembers what was stored when it was opened; when
something else is stored by the time it comes back, it is refused once, shows what is stored now,
and keeps what was typed. Saving again replaces it knowingly.
"""

import hashlib
import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import registry as log_registry

from core.autosave import AutosavedForm, AutosavePanel
from core.text_rendering import plain_text


def fingerprint(record):
    """A digest of what is stored of a record, rows of its inline panels included."""
    whole = getattr(record, "serializable_data", None)
    data = whole() if whole else get_serializable_data_for_fields(record)
    return hashlib.sha256(json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


class GuardedForm(AutosavedForm):
    """A form that is refused once where somebody saved the record after it was opened."""

    opened_as = forms.CharField(required=False, widget=forms.HiddenInput)

    # What is stored now beside what was typed, as (label, text); None while nobody came between.
    stored_now = None

    def __init__(self, data=None, *args, instance=None, **kwargs):
        self.stored_as = fingerprint(instance) if instance and instance.pk else ""
        if data and instance and instance.pk:
            data = self._without_rows_that_are_gone(data, instance)
        super().__init__(data, *args, instance=instance, **kwargs)
        self.fields["opened_as"].initial = self.stored_as

    def _without_rows_that_are_gone(self, data, instance):
        """Rows that somebody else deleted come back as new ones, should they be saved again."""
        data = data.copy()
        for name in self.__class__.formsets:
            there = {str(row.pk) for row in getattr(instance, name).all()}
            for key, value in list(data.items()):
                if key.startswith(f"{name}-") and key.endswith("-id") and value not in there:
                    data[key] = ""
        return data

    def clean(self):
        cleaned = super().clean()
        # A preview asks for less than saving does.
        if self.instance.pk and not self.is_deferred_validation and cleaned.pop("opened_as", "") != self.stored_as:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_as")] = self.stored_as
            self.stored_now = list(self._differences())
            self.add_error(None, _("Somebody saved this after you had opened it. What you typed is still here."))
        return cleaned

    def _differences(self):
        for name in self.changed_data:
            if name == "opened_as":
                continue
            value = getattr(self.instance, name, None)
            display = getattr(self.instance, f"get_{name}_display", None)
            yield self[name].label, plain_text(str(display() if display else "" if value is None else value))
        for name, formset in self.formsets.items():
            if formset.digest_has_changed():
                rows = getattr(self.instance, name).all()
                yield capfirst(formset.model._meta.verbose_name_plural), "; ".join(str(row) for row in rows)

    @property
    def last_save(self):
        """The entry in the history that tells who saved the record and when; None where a program did."""
        return log_registry.get_logs_for_instance(self.instance).select_related("user").first()


class GuardPanel(AutosavePanel):
    """Stands on top of a guarded form: says, too, that somebody came between."""

    class BoundPanel(AutosavePanel.BoundPanel):
        template_name = "core/admin/changed_meanwhile.html"
