"""The contact part, the bar on phones and the way there: once filled in, on every kind of page; before, nowhere."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from clinic.models import CallStep, ClinicSettings, OpeningHours
from clinic.opening_hours import OpeningHoursCalendar
from tests import factories
from tests.forms import messages_in, send

CLINIC_FORM = "/admin/snippets/clinic/clinicsettings/"
PHONE = {"phone": "(805) 555-0100"}
PACIFIC = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 11, 30)

MAKERS = {
    "home": factories.home,
    "topic": lambda: SimpleNamespace(url=f"/faq/topic/{factories.question().topic.slug}/"),
    "question": factories.question,
    "article": factories.article,
    "team": factories.team,
    "person": factories.person,
    "standard": factories.standard,
    "visit": factories.visit,
}
every_kind = pytest.mark.parametrize("kind", MAKERS)


pytestmark = pytest.mark.usefixtures("media_of_its_own")


def look(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.get_text(" ", strip=True).split())


@pytest.fixture
def contact(site, client):
    """A function from settings to the contact part of a question."""
    page = factories.question()

    def contact(**fields):
        factories.clinic(**fields)
        return look(client, page.url).select_one(".contact")

    return contact


# --- Where it stands ------------------------------------------------------------


@every_kind
def test_a_page_ends_with_the_ways_to_the_clinic(kind, site, client):
    page = MAKERS[kind]()
    factories.clinic(**PHONE, booking_url="https://booking.example.org/")
    part = look(client, page.url).main.select_one(".contact")
    assert part.select_one('a[href="tel:+18055550100"]').string == "(805) 555-0100"
    assert part.select_one('a[href="https://booking.example.org/"]').string == "Book a visit"
    assert "We are not an emergency service. For thoughts of suicide call or text 988 ; in an emergency call 911 ." in (
        words(part)
    )


@every_kind
def test_without_phone_and_booking_no_page_speaks_of_calling(kind, site, client):
    page = MAKERS[kind]()
    factories.clinic(after_hours_phone="(805) 555-0199", contact_invitation="Call us.", parking="Behind the house.")
    html = look(client, page.url)
    assert not html.select(".contact, .call-bar, .site-header__call")


def test_a_booking_link_alone_is_a_way_to_the_clinic(contact):
    part = contact(booking_url="https://booking.example.org/")
    assert "Would you like to talk it over? Book a first visit." in words(part)
    assert not part.select("[data-hours], .contact__phone")


# --- The bar and the header -------------------------------------------------------


@pytest.mark.parametrize("url", ["/", "/search/", "/search/?q=ketamine"])
def test_the_bar_calls_and_books(url, site, client):
    factories.clinic(**PHONE, booking_url="https://booking.example.org/")
    links = look(client, url).select(".call-bar a")
    assert [(link.string, link["href"]) for link in links] == [
        ("Call", "tel:+18055550100"),
        ("Book", "https://booking.example.org/"),
    ]


def test_beside_help_in_a_crisis_there_is_no_bar_that_calls_the_clinic(site, client):
    factories.clinic(**PHONE)
    assert not look(client, "/search/?q=suicide").select(".call-bar")


def test_the_bar_without_booking_only_calls(site, client):
    factories.clinic(**PHONE)
    assert [link.string for link in look(client, "/").select(".call-bar a")] == ["Call"]


# --- The settings -----------------------------------------------------------------


def test_the_invitation_is_in_the_words_of_staff(contact):
    assert "Would you like to talk it over? Call us." in words(contact(**PHONE))
    part = contact(**PHONE, contact_invitation="Ask <us> anything.")
    assert "Ask <us> anything." in words(part)
    assert "talk it over" not in words(part)


def test_one_person_stands_beside_the_number_while_their_page_is_published(contact):
    person = factories.person("Dr. Kim Example", photo=factories.picture())
    link = contact(**PHONE, contact_person=person.page_ptr).select_one(".contact__person a")
    assert (link.string, link["href"]) == ("Kim", person.url)
    assert contact().select_one(".contact__person img")["sizes"] == "6rem"
    person.unpublish()
    assert not contact().select(".contact__person")


@pytest.mark.parametrize(
    ("name", "first"), [("Jordan Example", "Jordan"), ("Dr. Kim Example", "Kim"), ("Cindy", "Cindy")]
)
def test_a_first_name_leaves_out_the_title_before_it(name, first, site):
    assert factories.person(name).first_name == first


def test_only_a_person_can_stand_beside_the_number(site):
    clinic = ClinicSettings(contact_person=factories.question().page_ptr)
    with pytest.raises(ValidationError) as refused:
        clinic.clean()
    assert refused.value.message_dict == {"contact_person": ["Choose the page of a person."]}


def test_the_number_after_hours_stands_on_the_contact_part_and_on_a_leaflet(contact, client):
    part = contact(**PHONE, after_hours_phone="(805) 555-0199, ext. 7")
    assert part.select_one('a[href="tel:+18055550199"]').string == "(805) 555-0199, ext. 7"
    leaflet = look(client, factories.standard(is_leaflet=True).url)
    assert words(leaflet.select_one(".leaflet-phone .whole")) == "After hours: (805) 555-0199, ext. 7"


def test_what_is_typed_about_calling_stands_on_the_site(site, client):
    client.force_login(factories.administrator())
    rows = [{"title": "We listen", "text": "As long as you like."}, {"title": "You ask", "text": ""}]
    send(
        client,
        CLINIC_FORM,
        **PHONE,
        after_hours_phone="805 555 0199",
        parking="Behind <b>us</b>.",
        entrance="The blue door.",
        call_steps=rows,
    )
    body = [{"type": "when_you_call", "value": None}, {"type": "way_there", "value": None}]
    main = look(client, factories.standard(body=body).url).main
    assert [words(heading) for heading in main.select(".body h2")] == ["What happens when you call", "How to find us"]
    assert [words(step) for step in main.select(".steps li")] == ["We listen As long as you like.", "You ask"]
    assert "Parking: Behind <b>us</b>. Entrance: The blue door." in words(main.select_one(".body"))
    assert "(805) 555-0199" in words(main.select_one(".contact"))


def test_a_number_after_hours_that_is_none_is_answered_on_the_form(site, client):
    client.force_login(factories.administrator())
    assert "ten digits" in messages_in(send(client, CLINIC_FORM, after_hours_phone="555"))


def test_the_picture_of_the_map_leads_to_the_map(site, client):
    factories.clinic(street_address="1 Example Street", locality="Here", map_picture=factories.picture())
    page = factories.standard(body=[{"type": "way_there", "value": None}])
    figure = look(client, page.url).select_one(".body figure")
    assert figure.img["alt"] == "A quiet room"
    assert figure.a["href"].startswith("https://www.openstreetmap.org/")


def test_blocks_of_the_clinic_leave_no_trace_where_nothing_is_filled_in(site, client):
    body = [{"type": "when_you_call", "value": None}, {"type": "way_there", "value": None}]
    assert words(look(client, factories.standard(body=body).url).select_one(".body")) == ""
    assert not look(client, factories.standard(body=body).url).select(".body > *")


def test_in_the_whole_faq_a_block_of_the_clinic_stands_below_its_question(site, client):
    clinic = factories.clinic(**PHONE)
    clinic.call_steps = [CallStep(title="We listen")]
    clinic.save()
    factories.question(body=[{"type": "when_you_call", "value": None}])
    assert words(look(client, "/faq/all/").select_one(".answer h4")) == "What happens when you call"


# --- Hours ------------------------------------------------------------------------


def calendar(*rows, closures=()):
    usual = [OpeningHours(weekday=day, opens=time(opens), closes=time(closes)) for day, opens, closes in rows]
    return OpeningHoursCalendar(usual, [], closures)


def at(day, hour):
    return datetime.combine(day, time(hour), tzinfo=PACIFIC)


MORNING_AND_AFTERNOON = calendar((0, 9, 12), (0, 13, 17), (2, 10, 16))


@pytest.mark.parametrize(
    ("moment", "day", "times"),
    [
        (at(MONDAY, 8), 30, ["9 AM–12 PM", "1 PM–5 PM"]),
        (at(MONDAY, 16), 30, ["9 AM–12 PM", "1 PM–5 PM"]),
        (at(MONDAY, 17), 2, ["10 AM–4 PM"]),
    ],
)
def test_the_next_hours_are_of_the_day_on_which_somebody_can_still_call(moment, day, times):
    hours = MORNING_AND_AFTERNOON.next_hours(moment)
    assert (hours.day.day, hours.times) == (day, times)


def test_a_closure_moves_the_next_hours():
    closure = SimpleNamespace(closed_from=MONDAY, closed_until=MONDAY + timedelta(days=1))
    assert calendar((0, 9, 12), (2, 10, 16), closures=[closure]).next_hours(at(MONDAY, 8)).day == date(2026, 12, 2)


def test_without_hours_there_are_no_next_ones():
    assert calendar().next_hours(at(MONDAY, 8)) is None
    assert calendar().moments(at(MONDAY, 8)) == ""


def test_moments_alternate_between_opening_and_closing_for_a_week():
    begin, *steps = map(int, MORNING_AND_AFTERNOON.moments(at(MONDAY, 15)).split())
    assert begin * 60 == at(MONDAY, 9).timestamp()
    assert steps == [180, 60, 240, 41 * 60, 360]


def test_the_contact_part_says_the_hours_by_their_date(contact):
    clinic = factories.clinic(**PHONE)
    clinic.opening_hours = [OpeningHours(weekday=day, opens=time(9), closes=time(17, 30)) for day in range(7)]
    clinic.save()
    line = contact(**PHONE).select_one("[data-hours]")
    day = date.fromisoformat(line.time["datetime"])
    assert words(line) == f"Open {day:%A, %B} {day.day}, 9 AM–5:30 PM"
    assert line["data-zone"] == "America/Los_Angeles"
