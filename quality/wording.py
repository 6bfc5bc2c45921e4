"""
Finding words that promise too much, in the texts of a page.

What counts, in this order, so that whoever reads a remark can tell why it is there:

- whole words, with the endings s, es, ed and ing: "cure" finds "cures", never "secure". Hyphens are
  spaces, so "FDA-approved" finds "FDA approved". Capitals do not matter.
- not a title or heading that is one question: it claims nothing.
- not what is denied: a word such as "not", "no" or "without" up to five words before, in the same part
  of the sentence. Commas, "and" and "but" begin another part. "Not only" denies nothing.
- with words in `near`, only a sentence that holds one of them; with words in `unless`, no sentence
  that holds one of those.

Quotations count: readers take what the clinic quotes for what the clinic says.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from text.extraction import extract_text

_PARAGRAPH = re.compile(r"</(?:p|li|h\d|blockquote)>|<[bh]r\b[^>]*>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])|\n+")
_QUESTION = re.compile(r"[^.!?…]*\?[\"”’)\]]*")
_NEGATION = re.compile(r"(?:not|no|never|nobody|nothing|none|neither|nor|without|cannot|\w+n't)\b", re.IGNORECASE)
_NEGATES_NOTHING = re.compile(r"not (?:only|just|merely)\b", re.IGNORECASE)
_PART = re.compile(r"[,;:()–—]| - |\b(?:and|but|so|because)\b", re.IGNORECASE)
_WORDS_BEFORE = 5


@dataclass(frozen=True)
class Rule:
    """Words to look for. `near` and `unless` are lists of words, too."""

    words: str
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def comparable(text: str) -> str:
    """A text as it is compared: one kind of apostrophe, of hyphen and of space."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", re.sub(r"[\u2010\u2011\u2012]", "-", text)).strip()


@lru_cache(maxsize=1000)
def pattern(words: str) -> re.Pattern[str]:
    """What finds words in a text made comparable, whole and with their endings."""
    parts = [_with_endings(word) for word in re.split(r"[\s-]+", comparable(words).casefold()) if word]
    return re.compile(rf"(?<!\w){'[ -]+'.join(parts)}(?!\w)" if parts else r"(?!)", re.IGNORECASE)


def _with_endings(word: str) -> str:
    if not word.isalpha():
        return re.escape(word)
    return f"{re.escape(word[:-1])}(?:e|es|ed|ing)" if word.endswith("e") else f"{re.escape(word)}(?:s|es|ed|ing)?"


def sentences(stored: str) -> list[str]:
    """The sentences of a stored text, made comparable; none of a title or heading that is one question."""
    if "<" in stored:
        paragraphs = [extract_text(paragraph) for paragraph in _PARAGRAPH.split(stored)]
    else:
        paragraphs = [] if _QUESTION.fullmatch(stored.strip()) else [stored]
    parts = (comparable(sentence) for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph))
    return [part for part in parts if part]


def find(rule: Rule, sentences: Iterable[str]) -> Iterator[str]:
    """The words, as they stand there, of each place in `sentences` where a rule is broken."""
    for sentence in sentences:
        hits = [hit for hit in pattern(rule.words).finditer(sentence) if not _is_denied(sentence[: hit.start()])]
        if hits and (not rule.near or _holds(sentence, rule.near)) and not _holds(sentence, rule.unless):
            yield from (hit[0] for hit in hits)


def _holds(sentence: str, words: Iterable[str]) -> bool:
    return any(pattern(word).search(sentence) for word in words)


def _is_denied(before: str) -> bool:
    words = " ".join(_PART.split(before)[-1].split()[-_WORDS_BEFORE:])
    return bool(_NEGATION.search(_NEGATES_NOTHING.sub("", words)))
