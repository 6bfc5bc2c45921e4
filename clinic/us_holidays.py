"""
US holidays that clinics close for: the federal ones, and the days beside them, each with its rule.

A table of our own: the package `holidays` knows the same fourteen rules, in 5 MB of every country's
calendars that would have to be updated forever. Congress last changed these in 2021.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
ONE_DAY = timedelta(days=1)


class Holiday(NamedTuple):
    """A day of the year; a federal holiday on a fixed date is also observed on a weekday, see `observed_on`."""

    name: str
    rule: str
    date_in: Callable[[int], date]
    is_observed: bool = False


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(number: int, weekday: int, month: int) -> Callable[[int], date]:
    """The first, second … such day of the week in the month."""

    def date_in(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))

    return date_in


def _last_monday_in_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


_thanksgiving = _nth(4, THURSDAY, 11)

# By the key that the database stores.
HOLIDAYS = {
    "new_year": Holiday("New Year’s Day", "January 1", _fixed(1, 1), is_observed=True),
    "king": Holiday("Martin Luther King Jr. Day", "third Monday in January", _nth(3, MONDAY, 1)),
    "presidents": Holiday("Presidents’ Day", "third Monday in February", _nth(3, MONDAY, 2)),
    "memorial": Holiday("Memorial Day", "last Monday in May", _last_monday_in_may),
    "juneteenth": Holiday("Juneteenth", "June 19", _fixed(6, 19), is_observed=True),
    "independence": Holiday("Independence Day", "July 4", _fixed(7, 4), is_observed=True),
    "labor": Holiday("Labor Day", "first Monday in September", _nth(1, MONDAY, 9)),
    "columbus": Holiday("Columbus Day, Indigenous Peoples’ Day", "second Monday in October", _nth(2, MONDAY, 10)),
    "veterans": Holiday("Veterans Day", "November 11", _fixed(11, 11), is_observed=True),
    "thanksgiving": Holiday("Thanksgiving Day", "fourth Thursday in November", _thanksgiving),
    "after_thanksgiving": Holiday(
        "Day after Thanksgiving", "the Friday that follows it", lambda year: _thanksgiving(year) + ONE_DAY
    ),
    "christmas_eve": Holiday("Christmas Eve", "December 24", _fixed(12, 24)),
    "christmas": Holiday("Christmas Day", "December 25", _fixed(12, 25), is_observed=True),
    "new_years_eve": Holiday("New Year’s Eve", "December 31", _fixed(12, 31)),
}


def observed_on(day: date) -> date | None:
    """The weekday on which a federal holiday of this date is observed as well (5 U.S.C. 6103(b)); None on weekdays."""
    return {SATURDAY: day - ONE_DAY, SUNDAY: day + ONE_DAY}.get(day.weekday())
