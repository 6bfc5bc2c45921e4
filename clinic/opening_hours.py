"""The clinic's week: opening times by day, and the next days on which a notice closes it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass
class Day:
    """A day of the week that has opening times; `closed_on` is its next date, if the clinic is closed then."""

    name: str
    periods: list = field(default_factory=list)
    closed_on: date | None = None


def week(opening_hours: Iterable[Any], closures: Iterable[Any], today: date) -> list[Day]:
    """The days with opening times, in order; see `Day`. A closure beyond the next seven days is left out."""
    days: dict[int, Day] = {}
    for period in opening_hours:
        day = days.setdefault(period.weekday, Day(period.get_weekday_display()))
        day.periods.append(period)
    for coming in (today + timedelta(days=number) for number in range(7)):
        if coming.weekday() in days and any(row.closed_from <= coming <= row.closed_until for row in closures):
            days[coming.weekday()].closed_on = coming
    return list(days.values())


def format_date_range(first: date, last: date) -> str:
    """“on December 24”, “December 24–26”, “December 30 to January 2”."""
    begin = f"{first:%B} {first.day}"
    if first == last:
        return f"on {begin}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{begin}–{last.day}"
    return f"{begin} to {last:%B} {last.day}"
