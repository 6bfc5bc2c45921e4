"""Topics: what questions and articles have in common."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from core.models.safety_lines import SafetyLine
from publishing.records import DraftableQuerySet, DraftableRecord

MAX_REVIEW_INTERVAL = 60  # months


class Topic(DraftableRecord, index.Indexed, models.Model):
    """A subject that groups questions and articles. Its slug is part of an address."""

    class Emblem(models.TextChoices):
        """Drawn silhouettes that differ at 24 px."""

        BUD = "bud", "Bud"
        CUP = "cup", "Cup"
        STAR = "star", "Star"
        RING = "ring", "Ring"
        SEED_HEAD = "seed-head", "Seed head"

    name = models.CharField(max_length=60)
    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="The word in the address, as in /faq/topic/your-visit/.",
        error_messages={"unique": "Another topic already has this word in its address."},
    )
    emblem = models.CharField(max_length=20, choices=Emblem, default=Emblem.BUD)
    introduction = RichTextField(editor="plain", blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")
    review_interval = models.PositiveSmallIntegerField(
        "review every",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_REVIEW_INTERVAL)],
        help_text="Months from one clinical review of its pages to the next, "
        f"1 to {MAX_REVIEW_INTERVAL}. Empty: 12. A page may say otherwise.",
    )

    # In use it is not deleted (publishing.deletion).
    safety_line = models.ForeignKey(
        SafetyLine,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Appears under the answers of the topic. A page can have a different one, or none.",
    )

    objects = DraftableQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name", help_text="As readers see it, such as “Your visit.”"), FieldPanel("slug")]),
        FieldPanel(
            "introduction", help_text="One or two sentences above the questions of the topic. You can leave it empty."
        ),
        FieldRowPanel([FieldPanel("emblem", help_text="The drawing beside the name."), FieldPanel("order")]),
        FieldPanel("safety_line"),
        FieldPanel("review_interval"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        # What the list can be ordered by while it is searched, and what choosers filter by.
        *map(index.FilterField, ["name", "slug", "order", "live"]),
    ]

    digest_excludes = ("review_interval",)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        same = Topic.objects.filter(slug=self.slug).exclude(pk=self.pk)
        if self.slug and same.exists():
            raise ValidationError({"slug": "Another topic already has this word in its address."})


class PageTopic(Orderable):
    """One of the topics of a page that may have several."""

    page = ParentalKey("wagtailcore.Page", related_name="page_topics", on_delete=models.CASCADE)
    # In use it is not deleted (publishing.deletion); an old version comes back without the row.
    topic = models.ForeignKey(Topic, related_name="page_topics", on_delete=models.CASCADE)

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="page_topic_once")]
