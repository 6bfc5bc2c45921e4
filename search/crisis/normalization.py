"""Brings what somebody typed into one spelling, so that phrases and scorer meet the same words."""

import csv
import math
import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MIN_LETTERS_TO_SPLIT = 8  # shorter words are no sentence without blanks
MIN_LETTERS_TO_CORRECT = 5  # shorter words are too near to one another
MIN_LIKENESS = 0.84  # of a misspelled word to the right one, as difflib counts: "sucidal" and "suicidal" have 0.93
MIN_LIKENESS_OF_KNOWN = 0.9  # where the misspelled word stands in examples: it may be a word of its own
MISSPELLED_IN_ONE_OF = 10  # or rarer: what is met more often is a word of its own
MAX_WORD_LENGTH = 40  # letters; what is longer is no word

# Letters of other alphabets that look like these.
_LOOK_ALIKES = str.maketrans("абвеікмнорсѕтухјԁɡıαοερικν", "abbeikmhopcstyxjdgiaoepikv")
_DIGITS_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")


@cache
def spellings() -> dict[str, str]:
    """{as people type it: in full words}: contractions, text-speak, slang and evasions; spellings.csv says why."""
    with (FOLDER / "spellings.csv").open(encoding="utf-8", newline="") as file:
        return {row["typed"]: row["meant"] for row in csv.DictReader(file)}


@cache
def word_counts() -> dict[str, int]:
    """How often each word stands in the examples; words.csv is written by `python -m tools.crisis.train`."""
    with (FOLDER / "words.csv").open(encoding="utf-8", newline="") as file:
        return {word: int(count) for word, count in csv.reader(file)}


def plain_words(text: str) -> list[str]:
    """Lower-case words of a to z and digits: no accents, hidden characters, digits for letters or stretched letters."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LOOK_ALIKES)
    text = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in {"Mn", "Cf"}
    )
    text = re.sub(r"['’`´]", "", text)
    text = re.sub(r"(?<=[a-z])[013457@$!]+(?=[a-z])", lambda found: found[0].translate(_DIGITS_AS_LETTERS), text)
    text = re.sub(r"(?<=[a-z])[*_]+(?=[a-z])", "", text)
    text = re.sub(r"([a-z])\1{2,}", r"\1\1", text)
    text = re.sub(r"\b[a-z](?:[ .\-][a-z]){2,}\b", lambda found: re.sub("[^a-z]", "", found[0]), text)
    return [word[:MAX_WORD_LENGTH] for word in re.findall(r"[a-z0-9]+", text)]


def split_run_on(word: str) -> list[str]:
    """The words of a sentence typed without blanks, `["i", "want", "to", "die"]`; the word itself where it is none."""
    counts = word_counts()
    total = sum(counts.values())
    # best[end]: (log probability, words) of the letters before `end`.
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        ways = [
            (best[start][0] + math.log(counts[word[start:end]] / total), [*best[start][1], word[start:end]])
            for start in range(max(0, end - 16), end)
            if word[start:end] in counts and best[start][0] > -math.inf
        ]
        best.append(max(ways, default=(-math.inf, [])))
    words = best[-1][1]
    return words if len(words) > 2 or (len(words) == 2 and min(map(len, words)) > 2) else [word]


def correct(word: str, right: tuple[str, ...]) -> str:
    """The word of `right` that a misspelled word means; the word itself where it is a word, or like none of them."""
    counts = word_counts()
    if len(word) < MIN_LETTERS_TO_CORRECT or word in right:
        return word
    undoubled = re.sub(r"(.)\1", r"\1", word)
    if word not in counts and undoubled in counts:
        return undoubled
    # A misspelling may stand in several examples, the word itself in far more.
    cutoff = MIN_LIKENESS_OF_KNOWN if word in counts else MIN_LIKENESS
    likely = next(iter(get_close_matches(word, right, n=1, cutoff=cutoff)), word)
    return likely if counts.get(likely, 0) >= MISSPELLED_IN_ONE_OF * counts.get(word, 0) else word


def normalize(text: str, right: tuple[str, ...] = ()) -> str:
    """
    The words of a query in one spelling, parted by blanks.

    "I CAN'T do this anymoreee" gives "i can not do this anymore"; `right` are words whose
    misspellings are mended.
    """
    words: list[str] = []
    for word in plain_words(text):
        known = word in word_counts() or word in spellings() or word in right
        words += [word] if known or len(word) < MIN_LETTERS_TO_SPLIT else split_run_on(word)
    meant = (spellings().get(word, word) for word in words)
    return " ".join(correct(word, right) for words in meant for word in words.split())
