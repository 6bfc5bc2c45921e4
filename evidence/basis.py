"""What a figure of results rests on: the fields of a fact, and the line that readers find under the figure."""

from html import unescape

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from text.punctuation import without_stop

_is_address = URLValidator(schemes=["http", "https"])
# Wagtail's own controller: the group is there while the figure is one of results.
_FOR_RESULTS = {
    "data-controller": "w-rules",
    "data-action": "change@document->w-rules#resolve",
    "data-w-rules-target": "show",
    "data-w-rules": '{"kind": ["result"]}',
}


def validate_place(text):
    """Words name where something is published as they like; an address has to be one."""
    if text.lower().startswith(("http:", "https:")):
        try:
            _is_address(text)
        except ValidationError as error:
            raise ValidationError("This address cannot be opened. Copy it whole from your browser.") from error


class Basis(models.Model):
    """What a result rests on: fields of a fact that a rule or duration leaves empty."""

    sample_size = models.CharField(
        "how many people",
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                r"^0*$", "A result needs at least one person: leave this empty if you do not know.", inverse_match=True
            )
        ],
        help_text="Whom you counted, such as “73 people with depression”; a number alone will do.",
    )
    period = models.CharField(
        "over which period",
        max_length=80,
        blank=True,
        help_text="Such as “March 2023 to June 2025” or “a day after one infusion.”",
    )
    measure = models.CharField(
        "by which measure",
        max_length=120,
        blank=True,
        help_text="What you counted or asked, such as “depression score at least halved (PHQ-9).”",
    )
    published_in = models.CharField(
        "where it is published",
        max_length=200,
        blank=True,
        validators=[validate_place],
        help_text="A name or an address. Not needed if the figure has a source above.",
    )
    valid_until = models.DateField(
        "good until",
        null=True,
        blank=True,
        help_text="The last day. After that, the report “Evidence” says that it is time to count again. "
        "Readers do not see it.",
    )

    basis_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("sample_size"), FieldPanel("period")]),
            FieldPanel("measure"),
            FieldRowPanel([FieldPanel("published_in"), FieldPanel("valid_until")]),
        ],
        heading="What the figure rests on (results only)",
        help_text="Readers find it in a line under the figure. Until it has a source, or a number, a period, "
        "and a measure, the figure cannot be used in a short answer, on the home page, or in a summary.",
        attrs=_FOR_RESULTS,
    )

    class Meta:
        abstract = True

    @property
    def shown_source(self):
        """The source that readers find in the list of sources, or None."""
        return self.reference if self.reference and self.reference.live else None

    @property
    def has_basis(self):
        """Whether a result says what it rests on: a source that stands, or number, period and measure."""
        source = self.shown_source
        return bool((source and not source.is_retracted) or (self.sample_size and self.period and self.measure))

    @property
    def basis_line(self):
        """What the figure rests on, as sentences in safe HTML; empty for a rule without a note."""
        said = [self.source_note]
        if self.kind == self.Kind.RESULT:
            said = [*self._counted, *said, not self.has_basis and _("Ask us what this figure rests on")]
        return format_html_join(" ", "{}", ((_sentence(part),) for part in said if part))

    @property
    def _counted(self):
        """Number with period, measure, and place of publication: sentences, as far as they are filled in."""
        number = self.sample_size
        people = _("%s people") % number if number.isdecimal() else number
        # A full stop that staff typed would stand within the sentence.
        sample = ", ".join(part for part in (without_stop(people), self.period.strip()) if part)
        return [
            sample and _("Based on %s") % sample,
            self.measure and _("What was counted: %s") % self.measure,
            self._publication,
        ]

    @property
    def basis_text(self):
        """The line as plain words."""
        return unescape(strip_tags(self.basis_line))

    @property
    def _publication(self):
        place, source = self.published_in.strip(), self.shown_source
        if place.lower().startswith(("http://", "https://")):
            words = place.partition("://")[2].removesuffix("/")
            return format_html('{} <a href="{}">{}</a>', _("Published at"), place, words)
        if not place and source:
            place = f"{without_stop(source.container)}, {source.year}" if source.container else f"{source}"
            if source.is_retracted:
                place = _("%s (since retracted)") % place
        return place and _("Published in %s") % place


def _sentence(words):
    """Words, safe HTML or not, as a sentence of their own."""
    html = conditional_escape(words).strip()
    # A reference such as &amp; has no capital; a link has its own.
    html = mark_safe(html[:1].upper() + html[1:])  # noqa: S308  (escaped above)
    return html if html.endswith((".", "!", "?", "…")) else format_html("{}.", html)
