"""What staff add to the search."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from publishing.records import RecordForm
from search.crisis.normalization import word_counts
from search.crisis.phrases import Phrase, normalized
from text.control_characters import CleanTextMixin

MIN_LETTERS = 4
# One or two words that each stand in more examples than this are in many searches that mean no danger.
MAX_COUNT = 60


class CrisisPhrase(CleanTextMixin, RevisionMixin, index.Indexed, models.Model):
    """Words of a search that bring help, beside those that the site comes with and that nobody can remove."""

    class Kind(models.TextChoices):
        """What the danger is: it chooses the words and the numbers."""

        SUICIDE = "suicide", "Suicide"
        SELF_HARM = "self-harm", "Self-harm"
        OVERDOSE = "overdose", "Overdose or poisoning"
        HARM_TO_OTHERS = "harm-to-others", "Harm to others"
        VIOLENCE = "violence", "Violence or abuse"
        MEDICAL = "medical", "Medical emergency"

    class Degree(models.TextChoices):
        """Where the help stands."""

        FIRST = "first", "Help first, results folded below"
        BESIDE = "beside", "Help on top, results open"

    words = models.CharField(
        max_length=80, unique=True, error_messages={"unique": "These words are already on the list."}
    )
    kind = models.CharField(max_length=20, choices=Kind)
    degree = models.CharField("what it brings", max_length=6, choices=Degree, default=Degree.BESIDE)

    base_form_class = RecordForm

    panels = [
        HelpPanel(
            "Searches that contain these words bring up help in a crisis. Many thousands of wordings already do: try "
            "yours in the site’s search first, and add it if it is missed."
        ),
        FieldPanel("words", help_text="As somebody types them, such as “done with everything.”"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("degree")]),
    ]
    search_fields = [
        index.SearchField("words"),
        index.AutocompleteField("words"),
        *map(index.FilterField, ["words", "kind", "degree"]),
    ]

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if not self.words:
            return  # missing or too long: the field says so
        text = normalized(self.words)
        if len(text.replace(" ", "")) < MIN_LETTERS:
            raise ValidationError({"words": f"Please give at least {MIN_LETTERS} letters."})
        words = text.split()
        if len(words) <= 2 and all(word_counts().get(word, 0) > MAX_COUNT for word in words):
            said = f"“{self.words}” is in many harmless searches. Add the words around it."
            raise ValidationError({"words": said})
        others = CrisisPhrase.objects.exclude(pk=self.pk)
        same = next((other for other in others if normalized(other.words) == text), None)
        if same:
            raise ValidationError({"words": f"“{same}” is already there, and the search reads it the same way."})

    @property
    def phrase(self) -> Phrase:
        """It as the search looks for it."""
        return Phrase(pattern=normalized(self.words), kind=self.kind, person="any", degree=self.degree)

    @classmethod
    def all_phrases(cls) -> list[Phrase]:
        """All that staff added."""
        return [row.phrase for row in cls.objects.all()]
