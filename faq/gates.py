"""What keeps a question from readers, whichever way it is published."""

from typing import Any

from faq.forms import MAX_SHORT_ANSWER_WORDS
from faq.models import FAQEntryPage
from publishing.exceptions import PublishingBlocked
from text.rendering import count_words


def limit_short_answer(page: Any) -> None:
    """Raise PublishingBlocked for a short answer that is none."""
    if not isinstance(page, FAQEntryPage):
        return
    words = count_words(page.short_answer)
    if words > MAX_SHORT_ANSWER_WORDS:
        raise PublishingBlocked(
            page,
            f"its short answer has {words} words; at most {MAX_SHORT_ANSWER_WORDS} fit.",
            place="short_answer",
        )
