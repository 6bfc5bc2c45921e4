"""Safety lines: one fixed sentence that belongs to every answer it applies to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from core.page_models import page_models
from publishing.records import DraftableQuerySet, DraftableRecord
from text.rendering import plain_text

MIN_WORDS = 3  # fewer are a slip of the hand


class SafetyLine(DraftableRecord, index.Indexed, models.Model):
    """What a clinic says in the same words under every answer that it applies to, such as off-label use."""

    name = models.CharField(max_length=60)
    key = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Short name, such as off-label.",
        error_messages={"unique": "Another safety line already has this short name."},
    )
    text = RichTextField(editor="line")

    objects = DraftableQuerySet.as_manager()

    panels = [
        HelpPanel(
            "Readers see this line below every answer it applies to. It goes wherever the answer goes: search engines, "
            "feeds, and search. A topic says which line its pages carry; a page can choose a different one."
        ),
        FieldRowPanel([FieldPanel("name", help_text="For you, such as “Off-label use.”"), FieldPanel("key")]),
        FieldPanel("text", help_text="One to three short sentences, with links to the pages that say more."),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        # What the list can be ordered by while it is searched, and what choosers filter by.
        *map(index.FilterField, ["name", "key", "live"]),
    ]

    digest_excludes = ("key", "name")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        same = SafetyLine.objects.filter(key=self.key).exclude(pk=self.pk)
        if self.key and same.exists():
            raise ValidationError({"key": "Another safety line already has this short name."})

    def clean_for_publishing(self):
        if len(self.words.split()) < MIN_WORDS:
            raise ValidationError({"text": "Write a whole sentence: what readers should know."})

    @property
    def words(self):
        """The line as plain words, facts as they are now."""
        return plain_text(self.text)

    def shown_on(self):
        """The pages that carry the line, drafts of them aside."""
        return pages_with_line(Q(own_safety_line=self), lambda topic: {f"{topic}__safety_line": self})


def pages_of_topic_line(topic):
    """The pages that carry the line of a topic, whichever it is."""
    return pages_with_line(Q(pk__in=[]), lambda lookup: {lookup: topic})


def pages_with_line(own, by_topic):
    """Pages that carry a line of their own (`own`, a Q) or that of a topic; `by_topic` makes its lookup of a path."""
    keys = set()
    for model in page_models().values():
        if issubclass(model, SafetyLineMixin):
            shown = own
            if model.topic_lookup:
                shown |= Q(own_safety_line=None, **by_topic(model.topic_lookup))
            keys |= set(model.objects.filter(shown, without_safety_line=False).values_list("pk", flat=True))
    return Page.objects.filter(pk__in=keys)


class SafetyLineMixin(models.Model):
    """A page that carries a safety line: that of its topic, one of its own, or none."""

    # In use it is not deleted (publishing.deletion); an old version comes back without it.
    own_safety_line = models.ForeignKey(
        SafetyLine,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="safety line",
        help_text="Empty: the line of its topic.",
    )
    without_safety_line = models.BooleanField(
        "no safety line",
        default=False,
        help_text="For a page that none applies to, whatever its topic says.",
    )

    safety_line_panels = [
        MultiFieldPanel(
            [FieldPanel("own_safety_line"), FieldPanel("without_safety_line")],
            heading="Safety line",
            classname="collapsed",
        )
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.own_safety_line_id and self.without_safety_line:
            raise ValidationError({"without_safety_line": "Choose one: a line of its own, or none."})

    @cached_property
    def safety_line(self):
        """The line that readers see under the answer; None where none applies."""
        if self.without_safety_line:
            return None
        lines = [self.own_safety_line] if self.own_safety_line_id else [topic.safety_line for topic in self.topics]
        return next((line for line in lines if line and line.live), None)


def lines_on(pages):
    """
    The lines that pages carry, each once, in the order in which readers meet them.

    A query for each kind of page, however many there are.
    """
    candidates = {}  # primary key of a page -> those of the lines it may carry, the first that is live counts
    for model in {type(page) for page in pages if isinstance(page, SafetyLineMixin)}:
        of_topic = f"{model.topic_lookup}__safety_line" if model.topic_lookup else "own_safety_line"
        rows = model.objects.filter(pk__in=[page.pk for page in pages], without_safety_line=False)
        if model.topic_lookup:
            is_live = Q(**{f"{model.topic_lookup}__live": True})
            rows = rows.filter(is_live | Q(own_safety_line__isnull=False))
        order = ["page_topics__sort_order"] if model.topic_lookup.startswith("page_topics") else []
        for pk, own, topics in rows.order_by(*order).values_list("pk", "own_safety_line", of_topic):
            candidates.setdefault(pk, []).append(own or topics)
    lines = SafetyLine.objects.live().in_bulk({key for keys in candidates.values() for key in keys if key})
    found = (next((lines[key] for key in candidates.get(page.pk, []) if key in lines), None) for page in pages)
    return list(dict.fromkeys(line for line in found if line))
