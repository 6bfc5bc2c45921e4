"""Closed days and other hours: said once or every year, read on the site and in JSON-LD, never contradicting."""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from clinic.models import ClinicSettings, OpeningHours, SpecialDay
from clinic.opening_hours import OpeningHoursCalendar
from clinic.us_holidays import HOLIDAYS, observed_on
from tests import factories
from tests.forms import fields_in, fields_of, messages_in, send
from tests.moments import at

CLINIC_FORM = "/admin/snippets/clinic/clinicsettings/"
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
CHRISTMAS_EVE = date(2026, 12, 24)  # a Thursday


def moment(*parts):
    return datetime(*parts, tzinfo=LOS_ANGELES)


@pytest.fixture
def december(site):
    """It is Monday noon, December 21, 2026, at the clinic; the visit page is there."""
    with at(moment(2026, 12, 21, 12)):
        factories.visit()
        yield


def weekdays(**fields):
    """A clinic open from Monday to Friday, 9 to 5, closed for lunch on Mondays."""
    clinic = factories.clinic(street_address="1 Example Street", locality="San Luis Obispo", **fields)
    clinic.opening_hours = [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in range(1, 5)]
    clinic.opening_hours.add(OpeningHours(weekday=0, opens=time(9), closes=time(12)))
    clinic.opening_hours.add(OpeningHours(weekday=0, opens=time(13), closes=time(17)))
    clinic.save()
    return clinic


def special(clinic, *rows):
    """Give the clinic special days."""
    clinic.special_days = [SpecialDay(sort_order=number, **row) for number, row in enumerate(rows)]
    clinic.save()


def calendar(*rows, closures=()):
    usual = [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)]
    return OpeningHoursCalendar(usual, [SpecialDay(**row) for row in rows], closures)


def half_day(**fields):
    return {"date": CHRISTMAS_EVE, "opens": time(9), "closes": time(12), "note": "Christmas Eve", **fields}


def row(**typed):
    """A row of the form as a browser sends it."""
    return {"day": "date", "date": "", "opens": "", "closes": "", "note": "", **typed}


def words(element):
    return " ".join(element.get_text(" ", strip=True).split()).replace(" :", ":")


def visit_page(client):
    response = client.get("/visit/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def special_lines(html):
    heading = html.find("h2", id="h_special")
    return [words(line) for line in heading.find_next("ul").find_all("li")] if heading else []


def specials_in_graph(html):
    nodes = json.loads(html.find("script", type="application/ld+json").string)["@graph"]
    clinic = next(node for node in nodes if node["@type"] == "MedicalClinic")
    rows = clinic.get("specialOpeningHoursSpecification", [])
    return [(row["validFrom"], row["validThrough"], row["opens"], row["closes"]) for row in rows]


# --- What visitors and machines read --------------------------------------------


def test_a_half_day_stands_in_the_week_on_its_list_and_in_the_graph(december, client):
    special(weekdays(), half_day())
    html = visit_page(client)
    assert "Thursday 9:00 AM–5:00 PM December 24: 9:00 AM–12:00 PM Friday" in words(html.main)
    assert "December 24: 9:00 AM–12:00 PM" in words(html.select_one(".site-footer"))
    assert special_lines(html) == ["Thursday, December 24: 9:00 AM–12:00 PM (Christmas Eve)"]
    assert specials_in_graph(html) == [("2026-12-24", "2026-12-24", "09:00", "12:00")]


def test_a_day_with_two_stretches_is_one_line_and_two_in_the_graph(december, client):
    special(weekdays(), half_day(), half_day(opens=time(13), closes=time(15), note=""))
    html = visit_page(client)
    assert special_lines(html) == ["Thursday, December 24: 9:00 AM–12:00 PM, 1:00 PM–3:00 PM (Christmas Eve)"]
    assert [row[2:] for row in specials_in_graph(html)] == [("09:00", "12:00"), ("13:00", "15:00")]


def test_a_holiday_of_every_year_is_closed_under_its_name_and_the_usual_hours_stay_in_the_graph(december, client):
    special(weekdays(), {"day": "christmas", "is_closed": True}, {"day": "new_year", "is_closed": True})
    html = visit_page(client)
    assert "Friday 9:00 AM–5:00 PM Closed on December 25" in words(html.main)
    assert special_lines(html) == [
        "Friday, December 25: closed (Christmas Day)",
        "Friday, January 1: closed (New Year’s Day)",
    ]
    assert specials_in_graph(html)[0] == ("2026-12-25", "2026-12-25", "00:00", "00:00")
    assert "openingHoursSpecification" in str(html)


def test_no_holiday_is_switched_on_by_itself(december, client):
    weekdays()
    assert special_lines(visit_page(client)) == []
    assert specials_in_graph(visit_page(client)) == []


def test_a_day_usually_closed_that_is_open_once_stands_in_the_week(december, client):
    special(weekdays(), {"date": date(2026, 12, 26), "opens": time(10), "closes": time(14)})
    assert "Saturday December 26: 10:00 AM–2:00 PM" in words(visit_page(client).main)


def test_everything_in_the_graph_stands_on_the_page_and_nothing_beyond_ninety_days(december, client):
    today = date(2026, 12, 21)
    days = [today + timedelta(days=number) for number in (0, 88, 90, 91, 400)]
    special(weekdays(), *({"date": day, "is_closed": True} for day in days))
    html = visit_page(client)
    shown = [time["datetime"] for time in html.select("section[aria-labelledby=h_special] time")]
    assert shown == [f"{day}" for day in days[:3]]
    assert [row[0] for row in specials_in_graph(html)] == shown


def test_the_home_page_tells_machines_of_the_week_that_stands_at_its_foot(december, client):
    special(weekdays(), half_day(), {"day": "new_year", "is_closed": True})
    html = BeautifulSoup(client.get("/").content, "html.parser")
    assert specials_in_graph(html) == [("2026-12-24", "2026-12-24", "09:00", "12:00")]
    assert "December 24: 9:00 AM–12:00 PM" in words(html.select_one(".site-footer"))
    assert "January 1" not in words(html)


def test_closed_days_in_a_row_are_one_line(december, client):
    clinic = weekdays()
    special(clinic, *({"date": date(2026, 12, day), "is_closed": True, "note": "Moving"} for day in (28, 29, 30)))
    html = visit_page(client)
    assert special_lines(html) == ["Monday, December 28 to Wednesday, December 30: closed (Moving)"]
    assert specials_in_graph(html) == [("2026-12-28", "2026-12-30", "00:00", "00:00")]


def test_a_normal_week_says_nothing_but_the_usual_hours(december, client):
    clinic = weekdays()
    before = client.get("/").content
    special(clinic, {"date": date(2025, 12, 24), "is_closed": True}, {"day": "labor", "is_closed": True})
    assert client.get("/").content.split(b"<footer")[1] == before.split(b"<footer")[1]


def test_a_special_day_leaves_the_page_at_the_midnight_of_the_clinic(site, client):
    factories.visit()
    special(weekdays(), half_day())
    with at(moment(2026, 12, 24, 23, 59)):
        assert special_lines(visit_page(client))
    with at(moment(2026, 12, 25, 0, 0)):
        assert not special_lines(visit_page(client))


def test_without_usual_hours_special_days_are_still_told(december, client):
    special(factories.clinic(street_address="1 Example Street", locality="San Luis Obispo"), half_day())
    assert special_lines(visit_page(client)) == ["Thursday, December 24: 9:00 AM–12:00 PM (Christmas Eve)"]


def test_hostile_words_of_a_note_are_words(december, client):
    special(weekdays(), half_day(note="<script>1</script> & more", announce=True))
    html = client.get("/visit/").content.decode()
    assert "<script>1" not in html
    assert html.count("&lt;script&gt;1&lt;/script&gt; &amp; more") == 2  # above the page, in the list


# --- Above every page -----------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "is_there"),
    [((12, 9, 23), False), ((12, 10, 0), True), ((12, 24, 23), True), ((12, 25, 0), False)],
)
def test_a_special_day_stands_above_every_page_in_the_two_weeks_before_it_where_staff_want_it(
    now, is_there, site, client
):
    special(weekdays(), half_day(announce=True))
    with at(moment(2026, *now)):
        notices = BeautifulSoup(client.get("/").content, "html.parser").select_one(".notices")
    assert bool(notices) == is_there
    if is_there:
        assert words(notices) == "On Thursday, December 24, we are open 9:00 AM–12:00 PM (Christmas Eve)."


def test_a_notice_that_closes_the_day_is_not_contradicted_above_the_page(december, client):
    special(weekdays(), half_day(announce=True))
    factories.notice("We are closed.", clinic_is_closed=True, closed_from=CHRISTMAS_EVE, closed_until=CHRISTMAS_EVE)
    html = visit_page(client)
    assert words(html.select_one(".notices")) == "We are closed."
    assert special_lines(html) == ["Thursday, December 24: closed (Christmas Eve)"]
    assert "December 24: 9:00 AM" not in words(html.main)
    assert specials_in_graph(html) == [("2026-12-24", "2026-12-24", "00:00", "00:00")]


# --- Which of several counts ------------------------------------------------------


def test_a_date_of_its_own_counts_before_every_year():
    hours = calendar({"day": "christmas_eve", "is_closed": True}, half_day()).hours_on(CHRISTMAS_EVE)
    assert [(period.opens, period.closes) for period in hours.periods] == [(time(9), time(12))]


def test_a_day_of_its_own_counts_before_a_holiday_observed_on_it():
    # Christmas Day 2027 is a Saturday, observed on Friday.
    eve = {"day": "christmas_eve", "opens": time(9), "closes": time(12)}
    christmas = {"day": "christmas", "is_closed": True}
    friday = date(2027, 12, 24)
    assert calendar(christmas, eve).hours_on(friday).periods
    observed = calendar(christmas).hours_on(friday)
    assert (observed.periods, observed.note) == ((), "Christmas Day, observed")


def test_what_comes_back_every_year_never_opens_a_day_that_is_closed():
    saturday = date(2027, 7, 3)
    rows = [{"day": "yearly", "date": date(2020, 7, 3), "opens": time(9), "closes": time(12)}]
    assert not calendar(*rows).hours_on(saturday).periods
    assert calendar({"date": saturday, "opens": time(9), "closes": time(12)}).hours_on(saturday).periods


def test_of_two_yearly_rules_that_meet_closed_counts():
    # Thanksgiving 2026 is November 26.
    yearly = {"day": "yearly", "date": date(2020, 11, 26), "opens": time(9), "closes": time(12)}
    both = calendar(yearly, {"day": "thanksgiving", "is_closed": True})
    assert not both.hours_on(date(2026, 11, 26)).periods
    assert both.hours_on(date(2027, 11, 26)).periods


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ((2026, 12, 23, 8, 59), None),
        ((2026, 12, 23, 9, 0), (2026, 12, 23, 17)),
        ((2026, 12, 23, 16, 59), (2026, 12, 23, 17)),
        ((2026, 12, 23, 17, 0), None),
        ((2026, 12, 24, 10, 0), (2026, 12, 24, 12)),
        ((2026, 12, 24, 12, 0), None),
        ((2026, 12, 25, 10, 0), None),
        ((2026, 12, 26, 10, 0), None),
    ],
)
def test_open_until_knows_special_days_to_the_minute(now, until):
    hours = calendar(half_day(), {"day": "christmas", "is_closed": True})
    assert hours.open_until(moment(*now).astimezone(ZoneInfo("UTC"))) == (moment(*until) if until else None)


# --- Holidays -------------------------------------------------------------------

# As the Office of Personnel Management lists them.
FEDERAL = {
    2026: ["01-01", "01-19", "02-16", "05-25", "06-19", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2027: ["01-01", "01-18", "02-15", "05-31", "06-19", "07-04", "09-06", "10-11", "11-11", "11-25", "12-25"],
    2028: ["01-01", "01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-11", "11-23", "12-25"],
}
BESIDES = {"after_thanksgiving", "christmas_eve", "new_years_eve"}


@pytest.mark.parametrize("year", FEDERAL)
def test_holidays_fall_on_the_dates_of_the_federal_calendar(year):
    assert [f"{row.date_in(year):%m-%d}" for key, row in HOLIDAYS.items() if key not in BESIDES] == FEDERAL[year]
    assert HOLIDAYS["after_thanksgiving"].date_in(year) - HOLIDAYS["thanksgiving"].date_in(year) == timedelta(days=1)


@pytest.mark.parametrize(
    ("holiday", "observed"),
    [
        (date(2026, 7, 4), date(2026, 7, 3)),
        (date(2027, 7, 4), date(2027, 7, 5)),
        (date(2028, 1, 1), date(2027, 12, 31)),
        (date(2026, 12, 25), None),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_on_the_weekday_beside_it(holiday, observed):
    assert observed_on(holiday) == observed


def test_a_new_years_day_observed_in_the_year_before_is_found():
    rows = calendar({"day": "new_year", "is_closed": True}).special_hours(date(2027, 12, 1), date(2027, 12, 31))
    assert [(row.day, row.note) for row in rows] == [(date(2027, 12, 31), "New Year’s Day, observed")]


@pytest.mark.parametrize("key", HOLIDAYS)
def test_every_holiday_comes_once_in_each_of_fifty_years(key):
    closed = calendar({"day": key, "is_closed": True})
    closed.usual = {}
    for year in range(2026, 2076):
        rows = closed.special_hours(date(year, 1, 1), date(year, 12, 31))
        assert [row.day for row in rows if "observed" not in row.note] == [HOLIDAYS[key].date_in(year)]
        assert all(row.day.weekday() < 5 for row in rows if "observed" in row.note)


# --- At the desk ------------------------------------------------------------------


@pytest.fixture
def in_december(client, site):
    """The desk on December 21, 2026."""
    with at(moment(2026, 12, 21, 12)):
        client.force_login(factories.administrator())
        yield client


def test_staff_say_a_half_day_and_a_holiday_in_one_form(in_december, client):
    factories.visit()
    days = [
        row(date="Dec 24, 2026", opens="9 am", closes="noon", note="Christmas Eve"),
        row(day="christmas", is_closed="on"),
        row(day="yearly", date="12/31/2020", opens="9 am", closes="1:00 pm"),
    ]
    send(in_december, CLINIC_FORM, special_days=days)
    assert special_lines(visit_page(client)) == [
        "Thursday, December 24: 9:00 AM–12:00 PM (Christmas Eve)",
        "Friday, December 25: closed (Christmas Day)",
        "Thursday, December 31: 9:00 AM–1:00 PM",
    ]
    shown = fields_of(in_december, CLINIC_FORM)
    assert (shown["special_days-0-date"], shown["special_days-0-closes"]) == ("12/24/2026", "12:00 PM")


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([row(is_closed="on")], "Which date?"),
        ([row(day="yearly", is_closed="on")], "Which date?"),
        ([row(date="12/24/2026")], "Check this, or type when you open and when you close."),
        ([row(date="12/24/2026", opens="9 am")], "When do you close?"),
        ([row(date="12/24/2026", closes="noon")], "When do you open?"),
        ([row(date="12/24/2026", opens="noon", closes="9 am")], "Closing must come after opening."),
        ([row(date="12/24/2026", opens="noon", closes="noon")], "Closing must come after opening."),
        ([row(date="12/24/2026", is_closed="on", opens="9 am", closes="noon")], "Closed all day, or open"),
        ([row(date="12/24/2026", opens="9", closes="noon")], "Morning or afternoon? Type 9:00 AM or 9:00 PM."),
        ([row(date="24.12.2026", is_closed="on")], "Type month, day, and year"),
        ([row(date="12/24/2025", is_closed="on")], "This day is over. Is the year right?"),
        ([row(date="12/24/2226", is_closed="on")], "more than five years from now"),
        ([row(day="yearly", date="2/29/2024", is_closed="on")], "February 29 does not come every year"),
        (
            [row(day="thanksgiving", date="11/26/2026", is_closed="on")],
            "fourth Thursday in November. Leave this",
        ),
        ([row(date="12/24/2026", is_closed="on"), row(date="Dec 24, 2026", is_closed="on")], "already listed above"),
        (
            [row(date="12/24/2026", is_closed="on"), row(date="12/24/2026", opens="9 am", closes="noon")],
            "already listed above",
        ),
        (
            [
                row(date="12/24/2026", opens="9 am", closes="noon"),
                row(date="12/24/2026", opens="11 am", closes="1 pm"),
            ],
            "This overlaps with 12/24/2026 9:00 AM–12:00 PM.",
        ),
        (
            [row(day="labor", is_closed="on"), row(day="labor", is_closed="on")],
            "listed above (Labor Day closed)",
        ),
        (
            [row(day="christmas", is_closed="on"), row(day="yearly", date="12/25/2026", is_closed="on")],
            "listed above (Christmas Day closed)",
        ),
        ([row(date="12/24/2026", is_closed="on", note="x" * 61)], "at most 60 characters"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_reason_and_stays_as_typed(days, says, in_december):
    response = send(in_december, CLINIC_FORM, name="Typed before", special_days=days)
    assert says in messages_in(response)
    typed = fields_in(response)
    assert typed["name"] == "Typed before"
    for number, day in enumerate(days):
        shown = {name: typed.get(f"special_days-{number}-{name}") for name in day}
        assert shown == {**day, **({"is_closed": ""} if "is_closed" in day else {})}  # "": ticked
    assert not SpecialDay.objects.exists()
    assert not ClinicSettings.objects.filter(name="Typed before").exists()


def test_a_date_that_cannot_be_read_is_not_asked_for_besides(in_december):
    response = send(in_december, CLINIC_FORM, special_days=[row(date="Christmas", is_closed="on")])
    assert "Which date?" not in messages_in(response)


def test_two_stretches_on_one_day_that_do_not_overlap_are_taken(in_december):
    days = [row(date="12/24/2026", opens="9 am", closes="noon"), row(date="12/24/2026", opens="noon", closes="1 pm")]
    send(in_december, CLINIC_FORM, special_days=days)
    assert SpecialDay.objects.count() == 2


def test_usual_hours_that_overlap_are_refused(desk):
    rows = [{"weekday": "0", "opens": "9 am", "closes": "1 pm"}, {"weekday": "0", "opens": "noon", "closes": "5 pm"}]
    response = send(desk, CLINIC_FORM, opening_hours=rows)
    assert "This overlaps with Monday 9:00 AM–1:00 PM." in messages_in(response)
    assert not OpeningHours.objects.exists()


def test_a_row_that_is_deleted_in_the_form_contradicts_nothing(in_december):
    days = [row(date="12/24/2026", is_closed="on", DELETE="1"), row(date="12/24/2026", is_closed="on")]
    send(in_december, CLINIC_FORM, special_days=days)
    assert SpecialDay.objects.count() == 1


def test_a_day_that_is_over_stays_in_the_form_says_so_and_keeps_nobody_from_saving(in_december):
    special(weekdays(), half_day(date=date(2025, 12, 24)), half_day())
    page = in_december.get(CLINIC_FORM, follow=True).content.decode()
    assert page.count("This day is over: readers no longer see it.") == 1
    send(in_december, CLINIC_FORM, name="Another name")
    assert ClinicSettings.load().name == "Another name"
    assert SpecialDay.objects.count() == 2


def test_special_days_are_previewed_before_they_are_saved(in_december):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data

    factories.visit()
    url = f"{CLINIC_FORM}edit/{factories.clinic().pk}/"
    days = nested_form_data({"special_days": inline_formset([row(date="12/24/2026", is_closed="on", announce="on")])})
    preview = reverse("wagtailsnippets_clinic_clinicsettings:preview_on_edit", args=[1])
    assert in_december.post(preview, {**fields_of(in_december, url), **days}).json()["is_valid"]
    shown = BeautifulSoup(in_december.get(preview).content, "html.parser")
    assert special_lines(shown) == ["Thursday, December 24: closed"]
    assert words(shown.select_one(".notices")) == "On Thursday, December 24, we are closed."


def test_an_earlier_version_brings_its_special_days_back(in_december):
    clinic = weekdays()
    special(clinic, half_day())
    clinic.save_revision()
    earlier = clinic.latest_revision
    send(in_december, CLINIC_FORM, special_days=[])
    send(in_december, CLINIC_FORM, name="Later")
    SpecialDay.objects.all().delete()
    factories.clinic()
    url = reverse("wagtailsnippets_clinic_clinicsettings:revisions_revert", args=[1, earlier.pk])
    send(in_december, url)
    assert [str(day) for day in SpecialDay.objects.all()] == ["12/24/2026 9:00 AM–12:00 PM"]


def test_special_days_cost_a_page_one_query_however_many_there_are(
    december, client, django_assert_num_queries, django_assert_max_num_queries
):
    clinic = weekdays()
    client.get("/visit/")
    with django_assert_max_num_queries(60) as plain:
        client.get("/visit/")
    special(clinic, *({"day": key, "is_closed": True} for key in HOLIDAYS))
    with django_assert_num_queries(len(plain)):
        client.get("/visit/")
