"""The form of a question in the admin."""

from reviews.forms import ReviewedPageForm
from text.rendering import count_words

ADVISED_SHORT_ANSWER_WORDS = 35  # staff are told beyond it; the two questions on medication need 45
MAX_SHORT_ANSWER_WORDS = 60  # beyond it, readers do not see the question


class FAQEntryForm(ReviewedPageForm):
    """Counts the words of the short answer: too long keeps it from readers, never from a draft."""

    def clean(self):
        cleaned = super().clean()
        words = count_words(cleaned.get("short_answer"))
        if words > MAX_SHORT_ANSWER_WORDS and not self.is_deferred_validation:
            self.add_error(
                "short_answer",
                f"The short answer has {words} words; at most {MAX_SHORT_ANSWER_WORDS} can be published. "
                "Move detail to the full answer. You can save a draft as it is.",
            )
        return cleaned
