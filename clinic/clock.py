"""
How dates and times are typed and written in the admin: US order, 12 hours, such as 11/30/2026 5:00 PM.

What is written can be typed: reading it again gives the same value, to the minute.
What could mean two things is refused; see docs/decisions/0009-what-is-typed-as-a-time.md.
"""

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, time, tzinfo

# The formats below in the language of Wagtail's date picker, which is PHP's.
PICKER_DATE_FORMAT = "m/d/Y"
PICKER_TIME_FORMAT = "g:i A"
PICKER_DATETIME_FORMAT = f"{PICKER_DATE_FORMAT} {PICKER_TIME_FORMAT}"
UNREADABLE_TIME = "The time cannot be read. Type it as 1:00 PM, noon, or 13:00."
UNREADABLE_DATE = "The date cannot be read. Type month, day, and year, such as 11/30/2026 or Nov 30, 2026."
UNREADABLE_DATETIME = "The date cannot be read. Type date and time, such as 11/30/2026 5:00 PM or Nov 30, 2026, 5pm."
_MONTHS = [name.casefold() for name in calendar.month_name]  # by their number: the first is empty
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d\d)(?::00)?)? ?(?:([ap])\.? ?(?:m\.?)?)?", re.ASCII)
_WORD = re.compile(r"(?:12(?::00)? ?)?(noon|midnight)")
_DATES = [
    re.compile(r"(?P<month>\d{1,2})([/-])(?P<day>\d{1,2})\2(?P<year>\d{4}|\d\d)(?!\d)", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", re.ASCII),
    re.compile(
        r"(?P<month>[a-z]{3,})\.? ?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:, ?| )(?P<year>\d{4})(?!\d)",
        re.ASCII,
    ),
]
_BETWEEN = re.compile(r"(?:,? ?(?:at |@ ?)|,? |,|t(?=\d))")


class Unreadable(ValueError):
    """What was typed is no date or time, or could mean two; the message tells the person what to type."""


def format_time(value: time | datetime) -> str:
    """The time as 5:00 PM."""
    return f"{value.hour % 12 or 12}:{value.minute:02} {'AM' if value.hour < 12 else 'PM'}"


def format_date(value: date) -> str:
    """The date as 11/30/2026."""
    return f"{value.month:02}/{value.day:02}/{value.year:04}"


def format_datetime(value: datetime) -> str:
    """Date and time as 11/30/2026 5:00 PM, in the zone that the value is in."""
    return f"{format_date(value)} {format_time(value)}"


def parse_time(text: str) -> time:
    """The time that was typed; raises `Unreadable`."""
    plain = _plain(text)
    if word := _WORD.fullmatch(plain):
        return time(12) if word[1] == "noon" else time(0)
    match = _TIME.fullmatch(plain)
    if not match:
        raise Unreadable(UNREADABLE_TIME)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise Unreadable(UNREADABLE_TIME)
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    if 1 <= hour <= 12:
        question = "Midnight or noon?" if (hour, minute) == (12, 0) else "Morning or afternoon?"
        raise Unreadable(f"{question} Type {hour}:{minute:02} AM or {hour}:{minute:02} PM.")
    return time(hour, minute)


def parse_date(text: str) -> date:
    """The date that was typed; raises `Unreadable`."""
    day, rest = _begin_with_date(_plain(text), UNREADABLE_DATE)
    if rest:
        raise Unreadable(UNREADABLE_DATE)
    return day


def parse_datetime(text: str, zone: tzinfo) -> datetime:
    """The date and time that were typed, in the zone; of an hour that comes twice, the first. Raises `Unreadable`."""
    day, rest = _begin_with_date(_plain(text), UNREADABLE_DATETIME)
    written = format_date(day)
    between = _BETWEEN.match(rest)
    words = rest[between.end() :] if between else rest
    if not words.strip(" ,"):
        raise Unreadable(f"At what time? Add it, as in {written} 9:00 AM.")
    if not between:
        raise Unreadable(UNREADABLE_DATETIME)
    if "midnight" in words:
        raise Unreadable(f"Which midnight? {written} begins at 12:00 AM; its last minute is 11:59 PM.")
    naive = datetime.combine(day, parse_time(words))
    moment = naive.replace(tzinfo=zone)
    try:
        exists = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    except OverflowError as error:
        raise Unreadable("Is the year right?") from error
    if not exists:
        raise Unreadable(
            f"There is no {format_time(naive)} on {written}, when clocks go forward. Type an earlier or a later time."
        )
    return moment


def _plain(text: str) -> str:
    """Without what keyboards, phones and clipboards make of blanks and digits, and in small letters."""
    usual = unicodedata.normalize("NFKC", text)
    visible = "".join(sign for sign in usual if unicodedata.category(sign) != "Cf")
    return " ".join(visible.split()).casefold()


def _begin_with_date(plain: str, unreadable: str) -> tuple[date, str]:
    """The date that the text begins with, and what follows it."""
    match = next(filter(None, (pattern.match(plain) for pattern in _DATES)), None)
    if not match:
        raise Unreadable(unreadable)
    month, day, year = match["month"], int(match["day"]), int(match["year"])
    if month.isdigit():
        month = int(month)
    else:
        names = [name for name in _MONTHS if name.startswith(month) or (month, name) == ("sept", "september")]
        month = _MONTHS.index(names[0]) if names else 0
    if len(match["year"]) == 2:
        year += 2000 if year < 69 else 1900
    try:
        return date(year, month, day), plain[match.end() :]
    except ValueError as error:
        raise Unreadable(unreadable if not 1 <= month <= 12 else "There is no such day. Is the date right?") from error
