"""What staff type as a date or a time is understood, or refused with a sentence; it is never guessed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.formats import date_format

from clinic.clock import Unreadable, format_date, format_datetime, format_time, parse_date, parse_datetime, parse_time

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:00 pm", time(13)),
        ("1:00 PM", time(13)),
        ("1:00pm", time(13)),
        ("1 pm", time(13)),
        ("1pm", time(13)),
        ("1p", time(13)),
        ("1 p.m.", time(13)),
        ("1:00 P. M.", time(13)),
        ("01:00 PM", time(13)),
        ("1:00:00 PM", time(13)),
        ("1.30 pm", time(13, 30)),
        ("130pm", time(13, 30)),
        ("  1:00   pm ", time(13)),
        ("1:00\u00a0PM", time(13)),
        ("1:00\u202fPM", time(13)),
        ("\u200e1:00\u200b PM", time(13)),
        ("\uff11\uff1a\uff10\uff10 pm", time(13)),
        ("13:00", time(13)),
        ("1300", time(13)),
        ("0:30", time(0, 30)),
        ("00:00", time(0)),
        ("9 am", time(9)),
        ("9 a.m.", time(9)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("12:59 AM", time(0, 59)),
        ("noon", time(12)),
        ("12 noon", time(12)),
        ("Midnight", time(0)),
        ("11:59 PM", time(23, 59)),
    ],
)
def test_a_time_is_read_as_staff_type_it(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5", "Morning or afternoon? Type 5:00 AM or 5:00 PM."),
        ("1:00", "Morning or afternoon? Type 1:00 AM or 1:00 PM."),
        ("09:30", "Morning or afternoon? Type 9:30 AM or 9:30 PM."),
        ("0930", "Morning or afternoon? Type 9:30 AM or 9:30 PM."),
        ("12:00", "Midnight or noon? Type 12:00 AM or 12:00 PM."),
    ],
)
def test_an_hour_that_comes_twice_a_day_is_asked_about(text, says):
    with pytest.raises(Unreadable) as refused:
        parse_time(text)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    "text",
    ["", "nine", "25:00", "24:00", "13:60", "13:00 pm", "0:30 am", "1:5 pm", "1:00 pm PST", "9-5", "9 to 5", "-1 pm"]
    + ["tomorrow 9am", "1:00:30 pm", "\0", "1:00 xm", "1" * 10_000],
)
def test_what_is_no_time_is_refused_with_what_can_be_typed(text):
    with pytest.raises(Unreadable, match="Type it as 1:00 PM, noon, or 13:00"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11/30/2026", date(2026, 11, 30)),
        ("11/30/26", date(2026, 11, 30)),
        ("11-30-2026", date(2026, 11, 30)),
        ("1/2/2026", date(2026, 1, 2)),
        ("2026-11-30", date(2026, 11, 30)),
        ("Nov 30, 2026", date(2026, 11, 30)),
        ("Nov. 30, 2026", date(2026, 11, 30)),
        ("nov 30 2026", date(2026, 11, 30)),
        ("November 30 2026", date(2026, 11, 30)),
        ("November\u202f30th,2026", date(2026, 11, 30)),
        ("Sept. 1, 2026", date(2026, 9, 1)),
        ("May 1, 2026", date(2026, 5, 1)),
        ("2/29/2028", date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_staff_type_it(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("30/11/2026", "Type month, day, and year"),
        ("30.11.2026", "Type month, day, and year"),
        ("tomorrow", "Type month, day, and year"),
        ("Monday", "Type month, day, and year"),
        ("Nov 30", "Type month, day, and year"),
        ("11/30", "Type month, day, and year"),
        ("November 2026", "Type month, day, and year"),
        ("Foo 30, 2026", "Type month, day, and year"),
        ("11/30/20265", "Type month, day, and year"),
        ("11/30-2026", "Type month, day, and year"),
        ("11/30/2026 and on", "Type month, day, and year"),
        ("2/29/2026", "There is no such day"),
        ("Nov 31, 2026", "There is no such day"),
        ("1/1/0000", "There is no such day"),
    ],
)
def test_what_is_no_date_is_refused(text, says):
    with pytest.raises(Unreadable, match=says):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "11/29/2026 5:00 pm",
        "11/29/2026 5pm",
        "11/29/2026, 5 p.m.",
        "11/29/2026 at 5 pm",
        "11/29/2026 @ 5pm",
        "11/29/26 17:00",
        "Nov 29, 2026 5pm",
        "Nov. 29, 2026, 5:00 PM",
        "November 29 2026 at 5:00\u202fPM",
        "2026-11-29 17:00",
        "2026-11-29T17:00:00",
    ],
)
def test_a_moment_is_read_in_the_zone_of_the_clinic(text):
    assert parse_datetime(text, LOS_ANGELES) == datetime(2026, 11, 30, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow 9am", "Type date and time, such as 11/30/2026 5:00 PM"),
        ("Monday 9am", "Type date and time, such as 11/30/2026 5:00 PM"),
        ("5pm", "Type date and time, such as 11/30/2026 5:00 PM"),
        ("11/29/2026x5pm", "Type date and time, such as 11/30/2026 5:00 PM"),
        ("11/29/2026", "Add it, as in 11/29/2026 9:00 AM"),
        ("11/29/2026, ", "Add it, as in 11/29/2026 9:00 AM"),
        ("11/29/2026 5:00", "Morning or afternoon"),
        ("11/29/2026 soon", "The time cannot be read"),
        ("11/29/2026 midnight", "11/29/2026 begins at 12:00 AM; its last minute is 11:59 PM"),
        ("12/31/9999 11:00 PM", "Is the year right"),
    ],
)
def test_what_is_no_moment_is_refused(text, says):
    with pytest.raises(Unreadable, match=says):
        parse_datetime(text, LOS_ANGELES)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(Unreadable, match="There is no 2:30 AM on 03/08/2026, when clocks go forward"):
        parse_datetime("3/8/2026 2:30 am", LOS_ANGELES)


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    moment = parse_datetime("11/1/2026 1:30 am", LOS_ANGELES)
    assert moment.astimezone(UTC) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_what_is_written_reads_as_the_same_value():
    for minutes in range(24 * 60):
        value = (datetime(2026, 11, 29) + timedelta(minutes=minutes)).time()
        assert parse_time(format_time(value)) == value
    for days in range(0, 366 * 8):
        value = date(2025, 1, 1) + timedelta(days=days)
        assert parse_date(format_date(value)) == value
        moment = datetime.combine(value, time(12, 5), tzinfo=LOS_ANGELES)
        assert parse_datetime(format_datetime(moment), LOS_ANGELES) == moment


def test_what_the_lists_of_the_desk_write_can_be_typed():
    for month in range(1, 13):
        moment = datetime(2026, month, 9, 12 + month % 12, 5, tzinfo=LOS_ANGELES)
        for form in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"):
            assert parse_datetime(date_format(moment, form), LOS_ANGELES) == moment
        for form in ("DATE_FORMAT", "SHORT_DATE_FORMAT"):
            assert parse_date(date_format(moment, form)) == moment.date()
        assert parse_time(date_format(moment, "TIME_FORMAT")) == moment.time()
