"""Where a page says words that staff watch for, and the gate that holds some of them back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from publishing.exceptions import PublishingBlocked
from quality.models import WatchedWords
from quality.wording import find, sentences
from text.extraction import placed_texts, stored_content


class Saying(NamedTuple):
    """A place where a page says watched words."""

    watched: WatchedWords
    words: str
    label: str
    place: str


def sayings(page: Any, watched: Iterable[WatchedWords]) -> list[Saying]:
    """Where a page, as it is in memory, says any of `watched`; the same words once a place."""
    rules = [(row, row.rule) for row in watched]
    content = {name: text for name, text in stored_content(page).items() if name not in page.unshown_fields}
    found = [
        Saying(row, words, label, place)
        for place, label, text in (placed_texts(type(page), content) if rules else ())
        if (parts := sentences(text))
        for row, rule in rules
        for words in find(rule, parts)
    ]
    return list(dict.fromkeys(found))


def refuse_blocked_words(page: Any) -> None:
    """Raise PublishingBlocked where a page says words that staff do not let readers see; a gate."""
    found = sayings(page, list(WatchedWords.objects.filter(kind=WatchedWords.Kind.BLOCK)))
    if found:
        said = "; ".join(f"“{row.words}” in “{row.label}”" for row in found)
        instead = " ".join(dict.fromkeys(row.watched.instead for row in found if row.watched.instead))
        raise PublishingBlocked(
            page,
            f"it promises too much: {said}.{f' {instead}' if instead else ''}",
            place=found[0].place,
        )
