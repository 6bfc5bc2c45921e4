"""Tells whether a query is Spanish."""

import csv
from functools import cache
from pathlib import Path

from search.crisis.normalization import plain_words

FILE = Path(__file__).resolve().parent / "languages.csv"


@cache
def _languages() -> dict[str, str]:
    """{word: "es" or "en"} of frequent words that the other language lacks."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["language"] for row in csv.DictReader(file)}


def is_spanish(query: str) -> bool:
    """Whether more of its words are Spanish than English; words of both languages do not count."""
    languages = [_languages().get(word) for word in plain_words(query)]
    return languages.count("es") > languages.count("en")
