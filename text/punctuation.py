"""Punctuation of words that staff wrote as a sentence, where they stand within another one."""

import re

# Of an abbreviation such as "p.m." the last period belongs to the word.
_STOP = re.compile(r"(?<!\.\w)\.\s*$")


def without_stop(words: str) -> str:
    """The words without the period at their end."""
    return _STOP.sub("", words.strip())
