"""Facts and references: what pages state, and what it rests on."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
)
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from publishing.records import DraftableQuerySet, DraftableRecord


class InUse(ValidationError):
    """Raised where something that pages still state would be deleted."""


class Stated(models.Model):
    """A record that texts state by a token. In use means not deletable."""

    class Meta:
        abstract = True

    def used_on(self):
        """Pages that state the record, by title, drafts included; from the reference index."""
        sources = ReferenceIndex.get_references_to(self).filter(base_content_type__model="page")
        ids = {int(pk) for pk in sources.values_list("object_id", flat=True)}
        return Page.objects.filter(pk__in=ids).order_by("title")

    def in_use(self):
        """Whether any record at all refers to this one."""
        return ReferenceIndex.get_references_to(self).exists()


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
    doi = models.CharField(
        "DOI",
        max_length=120,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI starts with 10., such as 10.1000/182.")],
    )
    pubmed_id = models.CharField(
        "PubMed number",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d+$", "A PubMed number has digits only.")],
    )
    link = models.URLField(blank=True, help_text="Only where there is no DOI.")

    objects = DraftableQuerySet.as_manager()

    panels = [
        HelpPanel(template="evidence/admin/used_on_panel.html", heading="Used on"),
        FieldPanel("key"),
        FieldPanel("authors"),
        FieldPanel("title", help_text="Of the article or guideline, as it is printed."),
        FieldRowPanel(
            [
                FieldPanel("container", help_text="Where it appeared, such as “JAMA Psychiatry”."),
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
                FieldPanel("doi", help_text="Best: readers follow it to the source, and it never changes."),
                FieldPanel("pubmed_id", help_text="Where there is no DOI. Digits only."),
            ]
        ),
        FieldPanel("link"),
    ]
    search_fields = [
        index.SearchField("authors"),
        index.SearchField("title"),
        index.AutocompleteField("authors"),
        index.AutocompleteField("title"),
        # What the list can be ordered by while it is searched.
        *map(index.FilterField, ["authors", "title", "container", "year"]),
    ]

    digest_excludes = ("key",)

    class Meta:
        ordering = ["authors", "year"]
        verbose_name = "source"

    def __str__(self):
        return f"{self.authors.split(' et al')[0]} {self.year}"

    def in_use(self):
        """Whether a text, a fact or the draft of a fact names it."""
        drafts = Fact.objects.filter(latest_revision__content__reference=self.pk)
        return super().in_use() or drafts.exists()

    @property
    def url(self):
        """Where the source can be read: DOI first, then PubMed, then the link; may be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pubmed_id:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pubmed_id}/"
        return self.link


class Fact(DraftableRecord, Stated, index.Indexed, models.Model):
    """A figure or rule that several pages state: changed here, it changes everywhere."""

    class Kind(models.TextChoices):
        RULE = "rule", "Rule or duration"
        RESULT = "result", "Figure of results"

    key = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Short name, such as session-length.",
        error_messages={"unique": "Another fact has this short name already."},
    )
    name = models.CharField(max_length=120, help_text="What you call it, such as “Length of an infusion”.")
    value = models.CharField(
        max_length=120, help_text="The exact words in a sentence, such as “about 40 minutes” or “82%”."
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RULE)
    source_note = models.CharField(
        "where it comes from",
        max_length=255,
        blank=True,
        help_text="Shown beside the figure wherever it stands. A figure of results needs a note or a source.",
    )
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # in use it is not deleted; see `Stated.in_use`
        related_name="facts",
        verbose_name="source",
    )
    to_do = models.TextField(blank=True, help_text="What still has to be clarified. Visitors do not see it.")

    objects = DraftableQuerySet.as_manager()

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
        FieldPanel("to_do"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("value"),
        index.AutocompleteField("name"),
        index.AutocompleteField("value"),
        # What the list can be ordered by while it is searched.
        *map(index.FilterField, ["name", "value", "kind", "source_note"]),
    ]

    digest_excludes = ("key", "name", "kind", "to_do")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}: {self.value}"

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        same = Fact.objects.filter(key=self.key).exclude(pk=self.pk)
        if self.key and same.exists():
            raise ValidationError({"key": "Another fact has this short name already."})

    def clean_for_publishing(self):
        if self.kind == self.Kind.RESULT and not (self.source_note or self.reference_id):
            raise ValidationError(
                {"source_note": "A figure of results needs to say where it comes from: a note here, or a source."}
            )
