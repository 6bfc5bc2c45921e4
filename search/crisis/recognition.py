"""Decides whether a query may come from somebody in danger, and what help fits; docs/crisis-help.md says how well."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.crisis.language import is_spanish
from search.crisis.normalization import word_counts
from search.crisis.phrases import Phrase, matching, normalized
from search.crisis.scorer import Scores, score

# Probabilities of the scorer, chosen by `python -m tools.crisis.measure`: where recall and quiet disagree, recall wins.
MIN_BESIDE = 0.35  # that it is danger of some degree
MIN_FIRST = 0.75  # that it is grave
MIN_WORDS_FOR_FIRST = 3  # of fewer words the scorer knows too little to be sure
SURELY_HARMLESS = 0.85  # then a phrase brings help beside the results, not before them

ONESELF = frozenset({"i", "me", "myself", "mine"})
OTHERS = frozenset({"he", "she", "him", "her", "his", "they", "them"})


@dataclass(frozen=True)
class Danger:
    """
    What a query may tell.

    `degree` "first": help before everything; "beside": help above open results. `kind` is one of
    `search.crisis.contacts.BY_KIND`; `is_other`: it is about somebody else.
    """

    degree: str
    kind: str
    is_other: bool = False
    is_spanish: bool = False


def _degree(found: list[Phrase], scores: Scores | None, is_long_enough: bool) -> str:
    is_grave = any(phrase.degree == "first" for phrase in found)
    if scores is None:
        return "first" if is_grave else "beside" if found else "none"
    danger = scores.degrees
    if danger["first"] >= MIN_FIRST and is_long_enough:
        return "first"
    if is_grave and danger["none"] < SURELY_HARMLESS:
        return "first"
    return "beside" if found or 1 - danger["none"] >= MIN_BESIDE else "none"


def _is_about_somebody_else(text: str, scores: Scores | None) -> bool:
    words = set(text.split())
    return bool(scores and scores.other > 0.5) or bool(words & OTHERS and not words & ONESELF)


def recognize(query: str, own_phrases: Iterable[Phrase] = ()) -> Danger | None:
    """
    The danger that a query may tell of; None where it tells of none.

    `own_phrases` are those of staff: what they say holds, whatever the scorer thinks.
    """
    text = normalized(query)
    if not text:
        return None
    own, found = matching(text, own_phrases), matching(text)
    # Of words that no example has the scorer can only guess.
    scores = score(text) if any(word in word_counts() for word in text.split()) else None
    if any(phrase.degree == "first" for phrase in own):
        degree = "first"
    else:
        degree = _degree([*own, *found], scores, len(text.split()) >= MIN_WORDS_FOR_FIRST)
    if degree == "none":
        return None
    # Of several phrases the first grave one names the kind, one of staff only where no other does.
    named = sorted([*found, *own], key=lambda phrase: phrase.degree != "first")
    kind = named[0].kind if named or not scores else scores.likeliest_kind
    people = {phrase.person for phrase in named[:1]} - {"any"}
    is_other = "other" in people if people else _is_about_somebody_else(text, scores)
    return Danger(degree, kind, is_other, is_spanish(query))
