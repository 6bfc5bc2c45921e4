"""
When the clinic is open: the usual week, and the dates on which it is otherwise.

One truth out of three sources. For a date the first of these counts that says anything: a notice that
closes the clinic; a special day of that very date; one that comes back every year on it; a federal
holiday that is observed on it; the usual week. What comes back every year never opens a day of the
week on which the clinic is closed. Pages say hours by their date, not “today”: they stay right in a cache.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html

from clinic.clock import format_time

# How far ahead the visit page and JSON-LD tell of special days.
DAYS_AHEAD = 90
# How far ahead a special day stands above every page, where staff want that.
ANNOUNCED_DAYS_AHEAD = 14
# A day further ahead would have to say its date: “Monday” is the next one.
DAYS_TOLD_BY_NAME = 7
# A special day beyond it is a slip of the year.
MAX_DAYS_AHEAD = timedelta(days=5 * 366)
ONE_DAY = timedelta(days=1)


class Source(IntEnum):
    """What says that a date is special; the lower one counts."""

    DATE = 1
    YEARLY = 2
    OBSERVED = 3


@dataclass(frozen=True)
class DayHours:
    """
    The hours of one date, or of the dates up to `until` that are closed for one reason.

    `periods` are rows with `opens` and `closes`, none where the clinic is closed; `note` says why.
    """

    day: date
    periods: tuple[Any, ...] = ()
    note: str = ""
    until: date | None = None
    is_announced: bool = False

    @property
    def times(self) -> list[str]:
        """The hours of the day as people say them: ["9 AM–12 PM", "1 PM–5:30 PM"]."""
        hours = (f"{format_time(row.opens)}–{format_time(row.closes)}" for row in self.periods)
        return [said.replace(":00 ", " ") for said in hours]

    @property
    def text(self) -> str:
        """The line above every page, as the rich text of a notice is."""
        when = f"{self.day:%A, %B} {self.day.day}"
        hours = ", ".join(f"{format_time(row.opens)}–{format_time(row.closes)}" for row in self.periods)
        return format_html(
            "<p>On {}, we are {}{}.</p>",
            when,
            f"open {hours}" if hours else "closed",
            f" ({self.note})" if self.note else "",
        )


@dataclass
class Weekday:
    """A line of the week: the usual hours, and those of its next date where they are special."""

    name: str
    periods: list = field(default_factory=list)
    special: DayHours | None = None


class OpeningHoursCalendar:
    """
    The hours of any date.

    `usual` are rows of `OpeningHours`, `special_days` of `SpecialDay`, `closures` notices that close the clinic.
    """

    def __init__(self, usual: Iterable[Any], special_days: Iterable[Any], closures: Iterable[Any]) -> None:
        self.usual: dict[int, list[Any]] = {}
        for row in sorted(usual, key=lambda row: (row.weekday, row.opens)):
            self.usual.setdefault(row.weekday, []).append(row)
        self.special_days, self.closures = list(special_days), list(closures)

    def hours_on(self, day: date) -> DayHours:
        """The hours of a date."""
        special = self.special_hours(day, day)
        return special[0] if special else DayHours(day, tuple(self.usual.get(day.weekday(), ())))

    def open_until(self, moment: datetime) -> datetime | None:
        """When the clinic closes next, if it is open at this moment: for lunch, too. None while it is closed."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        for row in self.hours_on(local.date()).periods:
            if row.opens <= local.time() < row.closes:
                return datetime.combine(local.date(), row.closes, tzinfo=local.tzinfo)
        return None

    def next_hours(self, moment: datetime) -> DayHours | None:
        """The hours of the next date on which the clinic is open after this moment; None where none is near."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        for days in range(DAYS_AHEAD if self.usual else 0):
            hours = self.hours_on(local.date() + days * ONE_DAY)
            if any(days or local.time() < row.closes for row in hours.periods):
                return hours
        return None

    def moments(self, moment: datetime) -> str:
        """
        When the clinic opens and closes in the week after this moment, in turn, for static/js/hours.js.

        In minutes: the first since 1970, each other since the one before.
        """
        zone = timezone.get_default_timezone()
        today = timezone.localtime(moment, zone).date()
        turns = [
            int(datetime.combine(hours.day, at, tzinfo=zone).timestamp()) // 60
            for hours in (
                self.hours_on(today + days * ONE_DAY) for days in range(DAYS_TOLD_BY_NAME if self.usual else 0)
            )
            for row in hours.periods
            for at in (row.opens, row.closes)
        ]
        return " ".join(str(turn - before) for before, turn in zip([0, *turns], turns, strict=False))

    def special_hours(self, first: date, last: date) -> list[DayHours]:
        """The dates from `first` to `last` that are special, in order."""
        said: dict[date, list[tuple[Source, Any, str]]] = {}
        for row in self.special_days:
            for day, source, note in row.dates(first, last):
                if source == Source.DATE or not self.usual or day.weekday() in self.usual:
                    said.setdefault(day, []).append((source, row, note))
        for closure in self.closures:
            for day in _days(max(first, closure.closed_from), min(last, closure.closed_until)):
                said.setdefault(day, [])
        return [self._special(day, said[day]) for day in sorted(said)]

    def special_spans(self, first: date, last: date) -> list[DayHours]:
        """As `special_hours`; days in a row that are closed for one reason are one."""
        spans: list[DayHours] = []
        for hours in self.special_hours(first, last):
            before = spans[-1] if spans else None
            if (
                before
                and not (before.periods or hours.periods)
                and before.note == hours.note
                and (before.until or before.day) + ONE_DAY == hours.day
            ):
                spans[-1] = DayHours(before.day, note=before.note, until=hours.day)
            else:
                spans.append(hours)
        return spans

    def week(self, today: date) -> list[Weekday]:
        """The days of the week that have hours, the next seven dates that are special noted. None: none are known."""
        if not self.usual:
            return []
        special = {hours.day.weekday(): hours for hours in self.special_hours(today, today + 6 * ONE_DAY)}
        return [
            Weekday(str(WEEKDAYS[number]), self.usual.get(number, []), special.get(number))
            for number in range(7)
            if number in self.usual or (number in special and special[number].periods)
        ]

    def announcements(self, today: date) -> list[DayHours]:
        """Special days that stand above every page now; a notice that closes the clinic speaks for itself."""
        return [row for row in self.special_hours(today, today + ANNOUNCED_DAYS_AHEAD * ONE_DAY) if row.is_announced]

    def _special(self, day: date, said: Sequence[tuple[Source, Any, str]]) -> DayHours:
        source = min((source for source, _row, _note in said), default=None)
        rows = [(row, note) for row_source, row, note in said if row_source == source]
        note = "; ".join(dict.fromkeys(note for _row, note in rows if note))
        if any(closure.closed_from <= day <= closure.closed_until for closure in self.closures):
            return DayHours(day, note=note)
        announced = any(row.announce for row, _note in rows)
        if any(row.is_closed for row, _note in rows):
            return DayHours(day, note=note, is_announced=announced)
        # Two rules that meet on one date: the first of staff's order.
        periods = [row for row, _note in rows if row.same_day_key == rows[0][0].same_day_key]
        return DayHours(day, tuple(sorted(periods, key=lambda row: row.opens)), note, is_announced=announced)


def _days(first: date, last: date) -> list[date]:
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def overlap(one: Any, other: Any) -> bool:
    """Whether two rows with hours share a moment of the day."""
    times: tuple[time, ...] = (one.opens, one.closes, other.opens, other.closes)
    return None not in times and one.opens < other.closes and other.opens < one.closes


def format_date_range(first: date, last: date) -> str:
    """“on December 24”, “December 24–26”, “December 30 to January 2”."""
    begin = f"{first:%B} {first.day}"
    if first == last:
        return f"on {begin}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{begin}–{last.day}"
    return f"{begin} to {last:%B} {last.day}"
