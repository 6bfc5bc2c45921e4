"""Topics: what questions and articles have in common."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from publishing.records import DraftableQuerySet, DraftableRecord


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
        error_messages={"unique": "Another topic has this word in its address already."},
    )
    emblem = models.CharField(max_length=20, choices=Emblem, default=Emblem.BUD)
    introduction = RichTextField(editor="plain", blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")

    objects = DraftableQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name", help_text="As readers see it, such as “Your visit”."), FieldPanel("slug")]),
        FieldPanel("introduction", help_text="One or two sentences above the questions of the topic. May stay empty."),
        FieldRowPanel([FieldPanel("emblem", help_text="The drawing beside the name."), FieldPanel("order")]),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        # What the list can be ordered by while it is searched.
        *map(index.FilterField, ["name", "slug", "order"]),
    ]

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        same = Topic.objects.filter(slug=self.slug).exclude(pk=self.pk)
        if self.slug and same.exists():
            raise ValidationError({"slug": "Another topic has this word in its address already."})


class PageTopic(Orderable):
    """One of the topics of a page that may have several."""

    page = ParentalKey("wagtailcore.Page", related_name="page_topics", on_delete=models.CASCADE)
    topic = models.ForeignKey(Topic, related_name="page_topics", on_delete=models.PROTECT)

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="page_topic_once")]
