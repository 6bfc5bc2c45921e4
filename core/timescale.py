"""Reads times out of words and places them on a line, so that a visit can be drawn to scale."""

import re
from dataclasses import dataclass

_SPAN = re.compile(r"(\d+)(?:\s*(?:to|–|-)\s*(\d+))?\s*(minute|hour)", re.IGNORECASE)
_UNITS = {"minute": 1, "hour": 60}
# Up to here the line is to scale; beyond, it is broken, or a day would leave no room for an hour.
MAX_SCALED_MINUTES = 240  # minutes
_SCALED_WIDTH, _START, _END = 76, 3, 96  # percent of the line
_ROOM = 15  # percent of the line that a label needs


@dataclass(frozen=True)
class Tick:
    """A point of the line: `x` in percent, a short `label`, its row (0 below, 1 above the line)."""

    x: float
    label: str
    row: int


def minutes(words):
    """The minutes that words speak of, the longer end of a span; 0 for "start", None for anything else."""
    if "start" in words.lower():
        return 0
    found = _SPAN.search(words)
    return int(found[2] or found[1]) * _UNITS[found[3].lower()] if found else None


def _label(words):
    if not minutes(words):
        return "0"
    first, last, unit = _SPAN.search(words).groups()
    span = f"{first}–{last}" if last else first
    return f"{span} min" if unit.lower() == "minute" else f"{span} h"


def scale_moments(moments):
    """
    Ticks for moments (their words), to scale up to four hours, the rest behind a break.

    "Up to 90 minutes" is a limit and no moment: it stands in the list alone. Empty unless every
    other moment has a time, the first is the start, and each comes after the one before it: a
    line that is not to scale would mislead.
    """
    moments = [words for words in moments if not words.lower().startswith("up to")]
    times = [minutes(words) for words in moments]
    if len(times) < 3 or None in times or times[0] != 0 or times != sorted(set(times)):
        return []
    if times[-2] > MAX_SCALED_MINUTES:
        return []
    scaled = [time for time in times if time <= MAX_SCALED_MINUTES]
    ticks, ends = [], [-_ROOM, -_ROOM]
    for time, words in zip(times, moments, strict=True):
        x = _END if time > MAX_SCALED_MINUTES else _START + _SCALED_WIDTH * time / max(scaled)
        row = 0 if x - ends[0] >= _ROOM else 1
        ends[row] = x
        ticks.append(Tick(round(x, 1), _label(words), row))
    return ticks
