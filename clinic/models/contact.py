"""What the clinic's settings say to somebody who is about to call or to come."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Orderable, get_page_models

from clinic.us_formats import dialed, format_phone, write_as_usual
from text.control_characters import CleanTextMixin

MAX_CALL_STEPS = 3


class ContactPersonPanel(PageChooserPanel):
    """Offers the pages of people: kinds of page that say `may_be_contact_person`."""

    def get_form_options(self):
        options = super().get_form_options()
        people = [model for model in get_page_models() if getattr(model, "may_be_contact_person", False)]
        options.setdefault("widgets", {})[self.field_name] = AdminPageChooser(target_models=people)
        return options


class ContactFields(models.Model):
    """The part of the settings about calling and coming. What is empty shows nothing."""

    contact_invitation = models.CharField(
        "invitation",
        max_length=160,
        blank=True,
        help_text="One sentence above your number, at the end of every question, article, and page. "
        "Empty: “Would you like to talk it over? Call us.”",
    )
    contact_person = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose photo and first name appear beside your number. Their page must be public and have a photo.",
    )
    after_hours_phone = models.CharField(
        "after-hours number",
        max_length=40,
        blank=True,
        help_text="Whom patients call when you are closed. It appears beside your number and on the ride-home card.",
    )
    parking = models.CharField(
        max_length=300, blank=True, help_text="Where people park, and where their driver can wait."
    )
    entrance = models.CharField(
        max_length=300, blank=True, help_text="How people find your door: floor, stairs, elevator, bell."
    )
    map_picture = models.ForeignKey(
        "media.ClinicImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="picture of the map",
        help_text="A picture of the streets around you. It leads to the map itself. Check that you may use it.",
    )

    contact_panels = [
        MultiFieldPanel(
            [FieldPanel("contact_invitation"), ContactPersonPanel("contact_person"), FieldPanel("after_hours_phone")],
            heading="Beside your number",
        ),
        InlinePanel(
            "call_steps",
            heading="What happens when people call",
            label="Step",
            max_num=MAX_CALL_STEPS,
            help_text="Up to three steps, shown where a page has the block “What happens when you call.”",
        ),
        MultiFieldPanel(
            [FieldPanel("parking"), FieldPanel("entrance"), FieldPanel("map_picture")],
            heading="How to find you",
            help_text="Shown where a page has the block “How to find us.”",
        ),
    ]

    class Meta:
        abstract = True

    def contact_errors(self):
        """{field: message} of what cannot stand on the site; numbers are written as usual."""
        errors = write_as_usual(self, after_hours_phone=format_phone)
        if self.contact_person and not getattr(self.contact_person.specific_class, "may_be_contact_person", False):
            errors["contact_person"] = "Choose the page of a person."
        return errors

    @property
    def after_hours_e164(self):
        """The after-hours number for a tel: link; empty where there is none."""
        return dialed(self.after_hours_phone)

    @property
    def has_way(self):
        """Whether there is anything to say about finding the door."""
        return bool(self.parking or self.entrance or self.map_picture_id)


class CallStep(CleanTextMixin, Orderable):
    """One step of what happens when somebody calls."""

    clinic = ParentalKey("clinic.ClinicSettings", related_name="call_steps", on_delete=models.CASCADE)
    title = models.CharField("what happens", max_length=80, help_text="Such as: We ask what brings you here.")
    text = models.CharField("more", max_length=200, blank=True)

    panels = [FieldPanel("title"), FieldPanel("text")]

    def __str__(self):
        return self.title
