"""What is true of the clinic as a whole: one record feeds page, footer and JSON-LD."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from clinic.models.contact import ContactFields
from clinic.models.hours import HoursPanel
from clinic.us_formats import EASTERN_STATES, dialed, format_phone, format_postal_code, format_state, write_as_usual
from publishing.previews import PreviewedRecord
from publishing.records import SingleRecord
from text.control_characters import CleanTextMixin

FIRST_YEAR = 2000  # an earlier one is a slip of the hand
LEGAL_ROLES = {
    "terms": _("Terms and conditions"),
    "privacy": _("Privacy"),
    "privacy_practices": _("Notice of privacy practices"),
    "good_faith_estimate": _("Good faith estimate"),
    "open_payments": _("Open Payments"),
    "nondiscrimination": _("Nondiscrimination notice"),
    "accessibility": _("Accessibility"),
}
# {role: words on its switch} of the notices that the law asks of some clinics and not of others.
LEGAL_SWITCHES = {
    "good_faith_estimate": "Patients pay us themselves",
    "open_payments": "Our doctors are licensed in California",
    "privacy_practices": "HIPAA applies to us",
    "nondiscrimination": "We receive federal money",
}


def _legal_page(role):
    return models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=LEGAL_ROLES[role],
    )


def _legal_switch(role):
    return models.BooleanField(LEGAL_SWITCHES[role], default=False)


class ClinicSettings(SingleRecord, PreviewedRecord, ContactFields, ClusterableModel):
    """Name, address, hours, ways to reach the clinic, navigation. What is empty shows nothing."""

    name = models.CharField(max_length=120, blank=True)
    street_address = models.CharField(max_length=120, blank=True)
    locality = models.CharField("city", max_length=80, blank=True)
    # Longer than what is kept: cut by the browser, Arizona would be AR.
    region = models.CharField("state", max_length=30, blank=True, help_text="Two letters, such as CA.")
    postal_code = models.CharField("ZIP code", max_length=20, blank=True)
    latitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees, such as 35.280000. Right-click your clinic on a map to see both numbers.",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    phone = models.CharField(max_length=40, blank=True, help_text="As people dial it, for example (805) 555-0100.")
    email = models.EmailField("e-mail address", blank=True)
    booking_url = models.URLField("booking link", blank=True, help_text="Where people book a first visit.")
    terms_page = _legal_page("terms")
    privacy_page = _legal_page("privacy")
    privacy_practices_page = _legal_page("privacy_practices")
    good_faith_estimate_page = _legal_page("good_faith_estimate")
    open_payments_page = _legal_page("open_payments")
    nondiscrimination_page = _legal_page("nondiscrimination")
    accessibility_page = _legal_page("accessibility")
    opened_on = models.DateField(
        "site open since",
        null=True,
        blank=True,
        help_text="The day this site went public. Questions and articles that came with it say “First published” with "
        "this date until you change them. Empty: they show no date.",
    )
    good_faith_estimate_applies = _legal_switch("good_faith_estimate")
    open_payments_applies = _legal_switch("open_payments")
    privacy_practices_applies = _legal_switch("privacy_practices")
    nondiscrimination_applies = _legal_switch("nondiscrimination")
    clinical_review_required = models.BooleanField(
        "clinical pages need a review before readers see them",
        default=False,
        help_text="Questions, and articles and pages about treatment, are then published only once a clinical "
        "reviewer has signed off their text. What readers already see stays.",
    )

    select_related = ["contact_person", *(f"{role}_page" for role in LEGAL_ROLES)]

    panels = [
        FieldPanel("name", help_text="As it appears in the header and in search results."),
        MultiFieldPanel(
            [
                FieldPanel(
                    "street_address", help_text="Number and street, as on a letter. Empty: no address is shown."
                ),
                FieldRowPanel([FieldPanel("locality"), FieldPanel("region"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading="Address",
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("email", help_text="Shown to everybody. Do not offer it for medical questions."),
                FieldPanel("booking_url"),
            ],
            heading="How people reach you",
        ),
        *ContactFields.contact_panels,
        HoursPanel(
            "opening_hours",
            heading="Hours",
            label="Opening time",
            help_text="The usual week, one line for each stretch; a day without any is closed.",
        ),
        HoursPanel(
            "special_days",
            heading="Closed days and other hours",
            label="Special day",
            help_text="Two stretches on one day are two entries. A holiday that falls on a Saturday also counts on "
            "the Friday before; one that falls on a Sunday, on the Monday after. A day that comes back every year "
            "never opens a day of the week on which you are closed. A single date overrides a day that comes back "
            "every year, and a notice that you are closed overrides both.",
        ),
        InlinePanel(
            "prices",
            heading="Prices",
            label="Price",
            help_text="Shown on the home page, the visit page, and questions about cost, in your order. Each is what a "
            "patient pays in the end: exact, with every required fee.",
        ),
        InlinePanel(
            "profiles",
            heading="Profiles elsewhere",
            label="Profile",
            help_text="The clinic’s own pages on other sites. They appear at the foot of every page.",
        ),
        InlinePanel(
            "navigation_items",
            heading="Navigation",
            label="Link",
            max_num=5,
            help_text="The links at the top of every page, in your order. One whose page is not published is left out.",
        ),
        MultiFieldPanel(
            [PageChooserPanel(f"{role}_page") for role in LEGAL_ROLES if role not in LEGAL_SWITCHES],
            heading="Legal pages",
            help_text="Linked at the foot of every page. What you leave empty is not shown.",
        ),
        MultiFieldPanel([FieldPanel("opened_on")], heading="Opening of the site"),
        MultiFieldPanel(
            [
                panel
                for role in LEGAL_SWITCHES
                for panel in (FieldPanel(f"{role}_applies"), PageChooserPanel(f"{role}_page"))
            ],
            heading="Notices that the law may ask of you",
            help_text="Check what is true of you; ask your lawyer. A notice is linked at the foot of every page once "
            "its box is checked and its page is published.",
        ),
        MultiFieldPanel([FieldPanel("clinical_review_required")], heading="Clinical review"),
    ]

    class Meta(SingleRecord.Meta):
        verbose_name = verbose_name_plural = "clinic"

    def __str__(self):
        return self.name or "Clinic"

    def clean(self):
        errors = write_as_usual(self, region=format_state, postal_code=format_postal_code, phone=format_phone)
        errors |= self.contact_errors()
        if (self.latitude is None) != (self.longitude is None):
            errors["latitude"] = "Latitude and longitude go together."
        elif self.longitude is not None and self.longitude > 0 and self.region not in EASTERN_STATES:
            errors["longitude"] = "In the United States it begins with a minus sign, such as -120.660000."
        if self.opened_on and self.opened_on > timezone.localdate():
            errors["opened_on"] = "That day has not come yet. Fill it in once the site is open."
        elif self.opened_on and self.opened_on.year < FIRST_YEAR:
            errors["opened_on"] = f"Check the year: this site cannot have been open before {FIRST_YEAR}."
        if errors:
            raise ValidationError(errors)

    def legal_page_applies(self, role: str) -> bool:
        """Whether the legal page of a role concerns the clinic; one without a switch always does."""
        return role not in LEGAL_SWITCHES or getattr(self, f"{role}_applies")

    @property
    def phone_e164(self):
        """The phone number without its extension for a tel: link, as +18055550100; empty where there is none."""
        return dialed(self.phone)

    @property
    def has_street_address(self):
        return bool(self.street_address and self.locality)

    @property
    def map_url(self):
        """The clinic on a map: the very place where staff have given it, else a search for the address."""
        if not self.has_street_address:
            return ""
        if self.latitude is not None and self.longitude is not None:
            place = f"{self.latitude:f}/{self.longitude:f}"
            return f"https://www.openstreetmap.org/?mlat={self.latitude:f}&mlon={self.longitude:f}#map=18/{place}"
        parts = [self.street_address, self.locality, self.region, self.postal_code]
        return "https://www.openstreetmap.org/search?query=" + quote(", ".join(filter(None, parts)))


class Profile(CleanTextMixin, Orderable):
    """The clinic's own page on another site."""

    clinic = ParentalKey(ClinicSettings, related_name="profiles", on_delete=models.CASCADE)
    name = models.CharField(max_length=40, help_text="What the link says, such as the network's name.")
    url = models.URLField("address")

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("url", help_text="The whole address, beginning with https://.")])
    ]

    def __str__(self):
        return self.name


class NavigationItem(CleanTextMixin, Orderable):
    """A link in the header. It disappears while its page is not published."""

    clinic = ParentalKey(ClinicSettings, related_name="navigation_items", on_delete=models.CASCADE)
    page = models.ForeignKey("wagtailcore.Page", related_name="+", on_delete=models.CASCADE)
    label = models.CharField(max_length=30, blank=True, help_text="Shorter than the page's title, if need be.")

    panels = [PageChooserPanel("page"), FieldPanel("label")]

    def __str__(self):
        return self.label or str(self.page)
