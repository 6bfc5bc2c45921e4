"""Facts and references: what pages state, and what it rests on."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
)
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from core.models import SafetyLine
from evidence.bare_results import misplaced_results
from evidence.basis import Basis
from evidence.forms import StatedForm
from evidence.identifiers import DOIField, PubMedField
from evidence.managers import FactQuerySet
from publishing.records import DraftableQuerySet, DraftableRecord


class Stated(models.Model):
    """A record that texts state by a token."""

    changes_meaning = models.BooleanField(
        "this changes what the pages mean",
        default=True,
        help_text="Pages reviewed by a clinician count as edited since their review. "
        "Uncheck this for a typo, or for other words that say the same.",
    )

    class Meta:
        abstract = True

    def used_on(self):
        """Pages in whose row or safety line the record stands, by title; see `evidence.usage.statements`."""
        rows = ReferenceIndex.get_references_to(self).filter(base_content_type__model__in=["page", "safetyline"])
        named = {"page": set(), "safetyline": set()}
        for kind, pk in rows.values_list("base_content_type__model", "object_id"):
            named[kind].add(int(pk))
        lines = SafetyLine.objects.filter(pk__in=named["safetyline"]) if named["safetyline"] else []
        ids = named["page"].union(*(line.shown_on().values_list("pk", flat=True) for line in lines))
        return Page.objects.filter(pk__in=ids).order_by("title")


class Reference(DraftableRecord, Stated, index.Indexed, models.Model):
    """A published source, cited inline and numbered per page."""

    key = models.SlugField(
        max_length=60, unique=True, help_text="Short name, such as zarate-2006. Shown in the editor."
    )
    authors = models.CharField(max_length=255, help_text="As the source names them, such as “Zarate CA Jr et al.”")
    title = models.CharField(max_length=400)
    container = models.CharField("journal or publisher", max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(validators=[MinValueValidator(1500), MaxValueValidator(2100)])
    volume = models.CharField(max_length=20, blank=True)
    issue = models.CharField(max_length=20, blank=True)
    pages = models.CharField(max_length=30, blank=True)
    doi = DOIField("DOI", max_length=120, blank=True)
    pubmed_id = PubMedField("PubMed number", max_length=10, blank=True)
    link = models.URLField(blank=True, help_text="Only if there is no DOI.")
    is_retracted = models.BooleanField(
        "retracted",
        default=False,
        help_text="The journal or the authors have withdrawn it. Readers are told so wherever it is listed, and no "
        "figure can rest on it.",
    )
    retraction_note = models.CharField(
        max_length=255,
        blank=True,
        help_text="When and why, such as “by the journal in May 2024, for wrong data.”",
    )

    objects = DraftableQuerySet.as_manager()
    base_form_class = StatedForm

    panels = [
        HelpPanel(template="evidence/admin/used_on_panel.html", heading="Used on"),
        FieldPanel("key"),
        FieldPanel("authors"),
        FieldPanel("title", help_text="Of the article or guideline, as it is printed."),
        FieldRowPanel(
            [
                FieldPanel("container", help_text="Where it appeared, such as “JAMA Psychiatry.”"),
                FieldPanel("year", help_text="Of publication."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("volume", help_text="If there is one."),
                FieldPanel("issue", help_text="If there is one."),
                FieldPanel("pages", help_text="Such as 856–864."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "doi",
                    help_text="Best: readers follow it to the source, and it never changes. Paste it as you find it.",
                ),
                FieldPanel("pubmed_id", help_text="If there is no DOI. Paste the number or the address."),
            ]
        ),
        FieldPanel("link"),
        MultiFieldPanel([FieldPanel("is_retracted"), FieldPanel("retraction_note")], heading="Retraction"),
        FieldPanel("changes_meaning"),
    ]
    search_fields = [
        index.SearchField("authors"),
        index.SearchField("title"),
        index.AutocompleteField("authors"),
        index.AutocompleteField("title"),
        # What the list can be ordered by while it is searched, and what choosers filter by.
        *map(index.FilterField, ["authors", "title", "container", "year", "is_retracted", "live"]),
    ]

    digest_excludes = ("key", "changes_meaning")

    class Meta:
        ordering = ["authors", "year"]
        verbose_name = "source"

    def __str__(self):
        return f"{self.authors.split(' et al')[0]} {self.year}"

    @admin.display(description="retraction")
    def retraction(self):
        """In words, for the list of sources."""
        return "Retracted" if self.is_retracted else ""

    def clean_for_publishing(self):
        for field, name in (("doi", "DOI"), ("pubmed_id", "PubMed number")):
            number = getattr(self, field)
            others = Reference.objects.filter(**{f"{field}__iexact": number}).exclude(pk=self.pk)
            if number and (same := others.first()):
                raise ValidationError({field: f"“{same}” has this {name} already: use that source instead."})

    @property
    def url(self):
        """Where the source can be read: DOI first, then PubMed, then the link; may be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pubmed_id:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pubmed_id}/"
        return self.link


class Fact(DraftableRecord, Stated, Basis, index.Indexed, models.Model):
    """A figure or rule that several pages state: changed here, it changes everywhere."""

    class Kind(models.TextChoices):
        RULE = "rule", "Rule or duration"
        RESULT = "result", "Figure of results"

    key = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Short name, such as session-length.",
        error_messages={"unique": "Another fact already has this short name."},
    )
    name = models.CharField(max_length=120, help_text="What you call it, such as “Length of an infusion.”")
    value = models.CharField(
        max_length=120, help_text="The exact words in a sentence, such as “about 40 minutes” or “82%.”"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RULE)
    source_note = models.CharField(
        "where it comes from",
        max_length=255,
        blank=True,
        help_text="A sentence of its own, in a line under the figure wherever it appears. A figure of results needs "
        "one, or a source.",
    )
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # in use it is not deleted; see `publishing.deletion`
        related_name="facts",
        verbose_name="source",
    )
    to_do = models.TextField(blank=True, help_text="What still has to be clarified. Visitors do not see it.")

    objects = FactQuerySet.as_manager()
    base_form_class = StatedForm

    panels = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("name")]),
        HelpPanel(template="evidence/admin/used_on_panel.html", heading="Used on"),
        FieldRowPanel(
            [
                FieldPanel(
                    "kind", help_text="A figure of results says how well something works, or how often it harms."
                ),
                FieldPanel("key"),
            ]
        ),
        MultiFieldPanel(
            [FieldPanel("source_note"), FieldPanel("reference", help_text="The study or guideline, if there is one.")],
            heading="Where it comes from",
        ),
        Basis.basis_panel,
        FieldPanel("to_do"),
        FieldPanel("changes_meaning"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("value"),
        index.AutocompleteField("name"),
        index.AutocompleteField("value"),
        # What the list can be ordered by while it is searched, and what choosers filter by.
        *map(index.FilterField, ["name", "value", "kind", "source_note", "live"]),
    ]

    digest_excludes = ("key", "name", "to_do", "valid_until", "changes_meaning")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}: {self.value}"

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        same = Fact.objects.filter(key=self.key).exclude(pk=self.pk)
        if self.key and same.exists():
            raise ValidationError({"key": "Another fact already has this short name."})

    def clean_for_publishing(self):
        if self.kind == self.Kind.RESULT and not (self.source_note or self.reference_id or self.has_basis):
            raise ValidationError(
                {"source_note": "A figure of results needs to say where it comes from: a note here, or a source."}
            )
        if self.kind == self.Kind.RESULT and self.pk and not self.has_basis:
            self._check_places()

    def _check_places(self):
        for page in self.used_on().specific():
            for _fact, _name, label in misplaced_results(page, [self]) if page.live else ():
                raise ValidationError(
                    f"It appears in “{label}” of “{page.get_admin_display_title()}”, where a figure of results has to "
                    "say what it rests on: choose a source, or fill in how many people, over which period, and by "
                    "which measure. Or take it out there first."
                )
