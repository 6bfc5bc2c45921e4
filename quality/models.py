"""Words that staff watch for, and the links to be checked."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from publishing.records import RecordForm
from quality.wording import Rule, pattern
from text.control_characters import CleanTextMixin

MAX_URL_LENGTH = 2000


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class WatchedWords(CleanTextMixin, RevisionMixin, index.Indexed, models.Model):
    """Words that promise too much: the editor warns of them, or readers never see them."""

    class Kind(models.TextChoices):
        """What happens to a page that says them."""

        WARN = "warn", "Warns: the page can be published"
        BLOCK = "block", "Blocks: the page is not published"

    words = models.CharField(
        max_length=80, unique=True, error_messages={"unique": "These words are already on the list."}
    )
    kind = models.CharField("what it does", max_length=5, choices=Kind, default=Kind.WARN)
    instead = models.CharField("what to say instead", max_length=255, blank=True)
    near = models.TextField("only near", blank=True)
    unless = models.TextField("not near", blank=True)

    base_form_class = RecordForm

    panels = [
        HelpPanel(
            "Under “Checks,” the editor of a page shows where it says these words. A denial does not count (“not "
            "a cure”), nor does a title or heading that is a question. Quotations do count."
        ),
        FieldPanel(
            "words", help_text="Such as “cure”: it finds “cures,” “cured,” and “curing,” too, and never “secure.”"
        ),
        FieldPanel("kind"),
        FieldPanel("instead", help_text="Shown with the warning. One sentence."),
        FieldPanel(
            "near",
            help_text="One per line. The words then count only in a sentence that contains one of these, such as "
            "“depression.” Empty: everywhere.",
        ),
        FieldPanel(
            "unless", help_text="One per line. In a sentence that contains one of these, the words do not count."
        ),
    ]
    search_fields = [
        index.SearchField("words"),
        index.AutocompleteField("words"),
        *map(index.FilterField, ["words", "kind", "instead"]),
    ]

    class Meta:
        ordering = ["words"]
        verbose_name = verbose_name_plural = "words to avoid"

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if not self.words:
            return  # missing or too long: the field says so
        if not any(map(str.isalnum, self.words)):
            raise ValidationError({"words": "Please type at least one word."})
        others = WatchedWords.objects.exclude(pk=self.pk)
        same = next((other for other in others if pattern(other.words) == pattern(self.words)), None)
        if same:
            raise ValidationError({"words": f"“{same}” is already on the list and finds the same."})

    @property
    def rule(self) -> Rule:
        """It as `quality.wording` looks for it."""
        return Rule(self.words, _lines(self.near), _lines(self.unless))


class LinkQuerySet(models.QuerySet["CheckedLink"]):
    """Links by what is to be done with them."""

    def due(self) -> Self:
        """What should be checked now, the longest waiting first."""
        return self.filter(next_check_at__lte=timezone.now()).order_by("next_check_at", "pk")

    def dead(self) -> Self:
        """Those that lead nowhere."""
        return self.filter(state=CheckedLink.State.DEAD).order_by("failing_since", "pk")


class CheckedLink(models.Model):
    """
    An address that texts link to, typed or pasted, and what it answered.

    `places` are the published pages and records that name it, as [[model label, primary key, content path]];
    see `quality.link_inventory`. A link to a page that was chosen from the list is none of them: the database
    knows at once whether it can be read.
    """

    class State(models.TextChoices):
        """What is known of it."""

        NEW = "new", "Not checked yet"
        WORKS = "works", "Works"
        FAILING = "failing", "Failed once"
        DEAD = "dead", "Leads nowhere"
        UNCLEAR = "unclear", "Could not be checked"

    url = models.CharField(max_length=MAX_URL_LENGTH, unique=True)
    # On this site, as "/path#anchor": asked without leaving it.
    is_local = models.BooleanField(default=False)
    places = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State, default=State.NEW, db_index=True)
    reason = models.CharField(max_length=255, blank=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.url

    def record(self, **fields: Any) -> None:
        """Write what a check has found."""
        CheckedLink.objects.filter(pk=self.pk).update(checked_at=timezone.now(), **fields)
