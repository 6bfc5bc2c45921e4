"""
The phrases of phrases.csv: what surely is danger, in normalized words.

A pattern is words parted by blanks. `a|b` is either, `two_words` stand together, `stem*` begins so,
`word?` may be missing, `~` is up to three words more, `^` and `$` are the ends of the query.
`must` sets the phrase off, by this line alone, and `must_not` does not.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.crisis.normalization import MIN_LETTERS_TO_CORRECT, normalize

FILE = Path(__file__).resolve().parent / "phrases.csv"
ANY_WORDS = r"(?:[a-z0-9]+ ){0,3}?"


@dataclass(frozen=True)
class Phrase:
    """
    One line: `kind` as in `search.crisis.contacts`, `degree` as in the scorer, `person` "self", "other" or "any".

    `must` and `must_not` are queries for the tests.
    """

    pattern: str
    kind: str
    person: str
    degree: str
    must: str = ""
    must_not: str = ""

    @property
    def expression(self) -> re.Pattern[str]:
        """The pattern as a regular expression for words that each end with a blank."""
        parts = []
        for word in self.pattern.split():
            if word == "~":
                parts.append(ANY_WORDS)
            elif word in "^$":
                parts.append(word)
            else:
                either = "|".join(
                    one.replace("_", " ").replace("*", "[a-z0-9]*") for one in word.rstrip("?").split("|")
                )
                parts.append(f"(?:(?:{either}) ){'?' if word.endswith('?') else ''}")
        return re.compile(r"(?:^|(?<= ))" + "".join(parts))

    def matches(self, text: str) -> bool:
        """Whether it is found in normalized text."""
        return bool(self.pattern) and bool(_compiled(self).search(f"{text} "))


@cache
def _compiled(phrase: Phrase) -> re.Pattern[str]:
    return phrase.expression


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases that the site comes with."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Phrase(**row) for row in csv.DictReader(file))


@cache
def key_words() -> tuple[str, ...]:
    """Words of the phrases that are long enough for their misspellings to be mended."""
    words = {word for phrase in phrases() for word in re.findall("[a-z]+", phrase.pattern.replace("*", ""))}
    return tuple(sorted(word for word in words if len(word) >= MIN_LETTERS_TO_CORRECT))


def normalized(query: str) -> str:
    """A query in the words of the phrases."""
    return normalize(query, key_words())


def matching(text: str, among: Iterable[Phrase] | None = None) -> list[Phrase]:
    """The phrases found in normalized text, in the order of the file."""
    return [phrase for phrase in (phrases() if among is None else among) if phrase.matches(text)]
