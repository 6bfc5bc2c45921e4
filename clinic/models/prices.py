"""What things cost at the clinic."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from clinic.us_formats import format_price, write_as_usual
from text.control_characters import CleanTextMixin


class Price(CleanTextMixin, Orderable):
    """What something costs at the clinic: one exact sum with every required fee, and what it includes."""

    clinic = ParentalKey("clinic.ClinicSettings", related_name="prices", on_delete=models.CASCADE)
    name = models.CharField("for what", max_length=80, help_text="Such as: One infusion for a mood disorder.")
    amount = models.CharField(
        max_length=40,
        help_text="All of it, required fees included: $100, $500 for two sessions, or Free. Never “from.”",
    )
    note = models.CharField(
        "what it includes",
        max_length=200,
        help_text="Such as: The infusion, the medicine, the nurse’s time, and the stay afterward.",
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("amount")]), FieldPanel("note")]

    def __str__(self):
        return f"{self.name}: {self.amount}"

    def clean(self):
        if errors := write_as_usual(self, amount=format_price):
            raise ValidationError(errors)
