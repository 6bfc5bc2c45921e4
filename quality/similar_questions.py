"""Questions that ask nearly the same as another one, in their titles or in patients' words."""

import re
from functools import lru_cache
from typing import NamedTuple

from core.related_pages import COMMON_WORDS
from faq.models import FAQEntryPage

# Measured on pairs in tests/test_similar_questions.py: all pairs of starter questions stand below both.
SIMILAR_FROM = 0.75
_SAME_WORD_FROM = 0.65  # of two words: "addictive" and "adictive", "cover" and "covered"
# They tell one question from another, though not what a page is about.
_TELLING = {
    "after",
    "before",
    "during",
    "long",
    "many",
    "most",
    "need",
    "not",
    "out",
    "when",
    "where",
    "who",
    "why",
} | {*("with", "without", "work", "works")}
_COMMON_WORDS = COMMON_WORDS - _TELLING
_WORD = re.compile(r"[^\W_]+")


class Similar(NamedTuple):
    """A question that asks nearly the same."""

    page: FAQEntryPage
    words: str  # its title, or what patients say


def similarity(first: str, second: str) -> float:
    """The share of the words that carry meaning which two questions have in common, from 0 to 1."""
    one, other = _telling_words(first), _telling_words(second)
    if not one or not other:
        return 0.0
    shared = sum(any(_is_same(word, another) for another in other) for word in one)
    shared += sum(any(_is_same(word, another) for another in one) for word in other)
    return shared / (len(one) + len(other))


def _telling_words(question: str) -> set[str]:
    return {word for word in _WORD.findall(question.casefold()) if word not in _COMMON_WORDS}


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) >= _SAME_WORD_FROM


@lru_cache(maxsize=10_000)
def _pairs(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))


def similar_questions(page: FAQEntryPage, number: int = 3) -> list[Similar]:
    """Other questions, drafts included, that ask nearly the same; the nearest first. One query."""
    others = (
        FAQEntryPage.objects.exclude(pk=page.pk).filter(alias_of=None).only("title", "draft_title", "patients_words")
    )
    found = []
    for other in others:
        asked = {other.title, other.draft_title or other.title, *filter(None, other.patients_words.splitlines())}
        nearest = max(asked, key=lambda words: similarity(page.title, words))
        if (score := similarity(page.title, nearest)) >= SIMILAR_FROM:
            found.append((score, Similar(other, nearest)))
    return [similar for _score, similar in sorted(found, key=lambda row: -row[0])[:number]]
