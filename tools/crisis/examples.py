"""The written examples: who wrote them, and reading them."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from search.crisis.normalization import plain_words
from search.crisis.scorer import DEGREES

FOLDER = Path(__file__).resolve().parent / "examples"
MIN_COUNT = 4  # a word in fewer examples may be a slip of the pen


@dataclass(frozen=True)
class Example:
    """A query; `degree` is "first", "beside" or "none", `kind` and `person` ("self", "other") are empty for "none"."""

    query: str
    kind: str
    person: str
    degree: str


def read(path):
    """The examples of a file, a list; SystemExit, with the line, where it is none."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SystemExit(f"{path}: {error}") from error
    found = []
    for number, row in enumerate(rows, 2):
        if set(row) != {"query", "kind", "person", "degree"} or row["degree"] not in DEGREES:
            raise SystemExit(f"{path}, line {number}: not query,kind,person,degree; a degree is one of {DEGREES}")
        found.append(Example(**row))
    return found


def training():
    """{author: examples} to train with."""
    return {path.stem: read(path) for path in sorted((FOLDER / "training").glob("*.csv"))}


def held_out():
    """{author: examples} that nothing was trained with."""
    return {path.stem: read(path) for path in sorted((FOLDER / "held_out").glob("*.csv"))}


def count_words(examples):
    """How often each word stands in examples, the frequent ones."""
    counts = Counter(word for example in examples for word in plain_words(example.query))
    return {word: count for word, count in sorted(counts.items()) if count >= MIN_COUNT}
