"""Clinic settings and notices: one record feeds header, footer, visit page and JSON-LD; empty shows nothing."""

import json
from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinic.models import (
    LEGAL_ROLES,
    LEGAL_SWITCHES,
    ClinicSettings,
    NavigationItem,
    Notice,
    OpeningHours,
    Price,
    Profile,
)
from tests import factories
from tests.forms import messages_in, send

CLINIC_FORM = "/admin/snippets/clinic/clinicsettings/"


def look(client, url="/"):
    """A page as a document to search."""
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def graph(html):
    """{type: node} of a page's JSON-LD."""
    return {
        node["@type"]: node for node in json.loads(html.find("script", type="application/ld+json").string)["@graph"]
    }


def filled(**fields):
    """A clinic with everything that staff can fill in."""
    clinic = factories.clinic(
        **{
            "name": "Innerbloom of the Tests",
            "street_address": "1 Example Street",
            "locality": "San Luis Obispo",
            "region": "CA",
            "postal_code": "93401",
            "phone": "(805) 555-0100",
            "email": "hello@example.org",
            "booking_url": "https://booking.example.org/start",
            **fields,
        }
    )
    clinic.opening_hours = [
        OpeningHours(weekday=0, opens=time(9), closes=time(12)),
        OpeningHours(weekday=0, opens=time(13), closes=time(17, 30)),
        OpeningHours(weekday=3, opens=time(10), closes=time(16)),
    ]
    clinic.profiles = [Profile(name="Example Network", url="https://network.example.org/innerbloom")]
    clinic.save()
    return clinic


def notice(text="Closed for the holidays.", start=-1, end=1, **fields):
    """A notice shown from `start` to `end`, in hours from now."""
    now = timezone.now()
    return Notice.objects.create(
        text=f"<p>{text}</p>",
        starts_at=now + timedelta(hours=start),
        ends_at=now + timedelta(hours=end),
        **fields,
    )


def closure(first, last=None, **fields):
    """A notice that closes the clinic from `first` to `last`, in days from today."""
    today = timezone.localdate()
    return notice(
        clinic_is_closed=True,
        closed_from=today + timedelta(days=first),
        closed_until=today + timedelta(days=first if last is None else last),
        **fields,
    )


# --- Bare --------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/", "/visit/", "/nothing/"])
def test_without_settings_nothing_is_empty_or_leads_nowhere(url, site, client):
    factories.visit()
    html = BeautifulSoup(client.get(url).content, "html.parser")
    for link in html.find_all("a"):
        assert link.get("href"), link
        assert link.get_text(strip=True) or link.find("svg"), link
    for element in html.find_all(["p", "li", "ul", "ol", "h1", "h2", "h3", "nav", "section", "address", "dl", "aside"]):
        assert element.get_text(strip=True), element
    others = [a["href"] for a in html.select("a[href^='tel:'], a[href^='mailto:']")]
    assert set(others) <= {"tel:988", "tel:911"}
    assert html.select_one(".site-header").get_text(strip=True).startswith("Innerbloom Ketamine Therapy")


def test_without_settings_the_structured_data_name_the_clinic_and_no_more(site, client):
    assert graph(look(client))["Organization"].keys() == {"@type", "@id", "name", "url"}


def test_an_address_without_a_street_is_not_shown_as_one(site, client):
    factories.visit()
    filled(street_address="")
    html = look(client, "/visit/")
    assert "Where we are" not in html.get_text()
    assert not html.find("a", string="Find the clinic on a map")


def test_the_home_page_leads_to_the_visit_only_while_there_is_such_a_page(site, client):
    page = factories.visit()
    there = look(client).select(f'main a[href="{page.url}"]')
    page.unpublish()

    assert [link.get_text() for link in there] == [page.title]
    assert not look(client).select(f'main a[href="{page.url}"]')


# --- Filled ------------------------------------------------------------------


def test_the_home_page_says_where_the_clinic_is(site, client):
    factories.visit()
    filled()
    assert "1 Example Street San Luis Obispo, CA 93401" in look(client).main.get_text(" ", strip=True)


def test_phone_and_booking_stand_in_the_header(site, client):
    filled()
    header = look(client).select_one(".site-header")
    assert "(805) 555-0100" in header.select_one('a[href="tel:+18055550100"]').get_text()
    assert header.select_one('a[href="https://booking.example.org/start"]').get_text() == "Book a visit"
    assert "Innerbloom of the Tests" in header.get_text()


def test_the_footer_says_where_when_and_how(site, client):
    filled()
    footer = look(client).select_one(".site-footer")
    text = footer.get_text(" ", strip=True)
    assert "1 Example Street San Luis Obispo, CA 93401" in text
    assert footer.select_one('a[href="tel:+18055550100"]').get_text() == "(805) 555-0100"
    assert footer.select_one('a[href="mailto:hello@example.org"]')
    assert footer.select_one('a[href="https://network.example.org/innerbloom"]').get_text() == "Example Network"
    assert footer.select_one('a[href^="https://www.openstreetmap.org/"]')


def hours_of(html):
    """The lines of the opening hours."""
    return [" ".join(line.get_text(" ", strip=True).split()) for line in html.select("main .hours li")]


def test_a_day_with_a_break_is_one_line(site, client):
    factories.visit()
    filled()
    lines = hours_of(look(client, "/visit/"))
    assert lines == ["Monday 9:00 AM–12:00 PM, 1:00 PM–5:30 PM", "Thursday 10:00 AM–4:00 PM"]


def test_the_visit_page_says_how_to_reach_the_clinic(site, client):
    factories.visit()
    filled()
    main = look(client, "/visit/").main
    assert "1 Example Street" in main.get_text()
    for address in ("tel:+18055550100", "mailto:hello@example.org", "https://booking.example.org/start"):
        assert main.select_one(f'a[href="{address}"]'), address


def test_the_map_shows_the_place_that_staff_gave(site, client):
    filled(latitude="35.280000", longitude="-120.660000")
    html = look(client)
    assert html.select_one('a[href*="mlat=35.280000&mlon=-120.660000"]')
    assert graph(html)["MedicalClinic"]["geo"]["latitude"] == 35.28


def test_machines_read_what_people_read(site, client):
    filled()
    node = graph(look(client))["MedicalClinic"]
    assert node["name"] == "Innerbloom of the Tests"
    assert node["telephone"] == "+18055550100"
    assert node["email"] == "hello@example.org"
    assert node["address"]["postalCode"] == "93401"
    assert node["sameAs"] == ["https://network.example.org/innerbloom"]
    hours = [(row["dayOfWeek"], row["opens"], row["closes"]) for row in node["openingHoursSpecification"]]
    assert hours[:2] == [
        ("https://schema.org/Monday", "09:00", "12:00"),
        ("https://schema.org/Monday", "13:00", "17:30"),
    ]


def test_hostile_settings_stay_inert(site, client):
    factories.visit()
    filled(name='<script>alert("name")</script>', street_address="</p><script>1</script>", locality='"><b>')
    html = client.get("/visit/").content.decode()
    assert "<script>alert" not in html
    assert "<script>1" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "555-0100", "ten digits"),
        ("email", "nobody", "valid email"),
        ("postal_code", "9340", "Five digits"),
        ("booking_url", "javascript:alert(1)", "not a web address"),
        ("latitude", "95", "less than or equal to 90"),
        ("latitude", "35", "go together"),
        ("region", "California", "Two letters"),
    ],
)
def test_a_mistake_in_the_settings_is_answered_on_the_form(field, value, words, desk):
    response = send(desk, CLINIC_FORM, name="Typed before", **{field: value})
    assert words in messages_in(response)
    assert 'value="Typed before"' in response.content.decode()
    assert not ClinicSettings.objects.filter(name="Typed before").exists()


def test_settings_filled_in_at_the_desk_stand_on_the_site(desk, client):
    rows = [{"weekday": "4", "opens": "9:00 AM", "closes": "12 pm"}]
    send(
        desk,
        CLINIC_FORM,
        phone="805 555 0100",
        opening_hours=rows,
        profiles=[{"name": "N", "url": "https://n.example.org/"}],
    )
    footer = look(client).select_one(".site-footer")
    assert footer.select_one('a[href="tel:+18055550100"]')
    assert "Friday 9:00 AM–12:00 PM" in footer.get_text(" ", strip=True)
    assert footer.select_one('a[href="https://n.example.org/"]')


def test_a_stretch_that_ends_before_it_begins_is_refused(desk):
    response = send(desk, CLINIC_FORM, opening_hours=[{"weekday": "4", "opens": "12 pm", "closes": "9 am"}])
    assert "Closing must come after opening" in messages_in(response)


def test_prices_stand_on_the_visit_page_in_the_order_of_staff(desk, client):
    factories.visit()
    rows = [
        {"name": "One infusion", "amount": "$1,000", "note": "An example."},
        {"name": "One session", "amount": "$100", "note": "50 minutes."},
    ]
    send(desk, CLINIC_FORM, prices=rows)
    prices = look(client, "/visit/").select(".prices > div")
    assert [price.get_text("|", strip=True) for price in prices] == [
        "One infusion|$1,000|An example.",
        "One session|$100|50 minutes.",
    ]


def test_without_prices_the_visit_page_does_not_speak_of_them(site, client):
    factories.visit()
    factories.clinic(phone="(805) 555-0100")
    assert "What it costs" not in look(client, "/visit/").get_text()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"name": "", "amount": "$100"}, "required"),
        ({"name": "One infusion", "amount": ""}, "required"),
        ({"name": "One infusion", "amount": "$100", "note": ""}, "required"),
        ({"name": "One infusion", "amount": "$1" * 30}, "at most 40 characters"),
        ({"name": "One\x00infusion", "amount": "$100"}, "Null characters"),
    ],
)
def test_a_price_that_cannot_be_shown_is_answered_on_the_form(row, words, desk):
    response = send(desk, CLINIC_FORM, name="Typed before", prices=[{"note": "All of it.", **row}])
    assert words in messages_in(response)
    assert 'value="Typed before"' in response.content.decode()
    assert not Price.objects.exists()


def test_hostile_words_of_a_price_are_words(desk, client):
    factories.visit()
    send(desk, CLINIC_FORM, prices=[{"name": "<b>One</b> & more", "amount": "$100", "note": "</dd><script>"}])
    price = look(client, "/visit/").select_one(".prices > div")
    assert price.get_text("|", strip=True) == "<b>One</b> & more|$100|</dd><script>"


def test_a_new_price_dates_the_visit_page(desk):
    page = factories.visit()
    before = type(page).objects.get(pk=page.pk).dependencies_updated_at
    send(desk, CLINIC_FORM, prices=[{"name": "One infusion", "amount": "$100", "note": "All of it."}])
    assert type(page).objects.get(pk=page.pk).dependencies_updated_at != before


def test_a_price_without_a_number_is_refused_and_what_was_typed_stays(desk):
    response = send(desk, CLINIC_FORM, prices=[{"name": "One infusion", "amount": "ask us", "note": "All of it."}])
    assert "A price has a number" in messages_in(response)
    assert 'value="ask us"' in response.content.decode()
    assert not Price.objects.exists()


# --- Notices -----------------------------------------------------------------


def test_a_notice_shows_from_its_start_to_its_end_and_then_is_gone(site, client):
    notice("Now.")
    notice("Later.", start=1, end=2)
    notice("Over.", start=-2, end=-1)
    shown = look(client).select_one(".notices").get_text()
    assert "Now." in shown
    assert "Later." not in shown
    assert "Over." not in shown


def test_a_notice_shows_at_the_very_moment_of_its_start(site, client, monkeypatch):
    start = notice("Now.", start=1, end=2).starts_at
    assert look(client).select_one(".notices") is None
    monkeypatch.setattr("django.utils.timezone.now", lambda: start)
    assert look(client).select_one(".notices")


@pytest.mark.parametrize("url", ["/", "/search/", "/nothing/"])
def test_a_notice_stands_on_what_is_no_page_as_well(url, site, client):
    notice("We moved.")
    assert "We moved." in client.get(url).content.decode()


def test_without_a_notice_there_is_no_empty_place_for_one(site, client):
    notice(start=1, end=2)
    assert look(client).select_one(".notices") is None


def unreadable(page, way):
    """Take a page away from visitors."""
    if way == "unpublished":
        page.unpublish()
    elif way == "expired":
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
    elif way == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif way == "below a private page":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    else:
        page.delete()


every_way = pytest.mark.parametrize("way", ["unpublished", "expired", "private", "below a private page", "deleted"])


@pytest.fixture
def below(site):
    """A page below another."""
    parent = factories.standard(title="Parent")
    from pages.models import StandardPage

    return factories.add(parent, StandardPage(title="Read me", slug="below"))


def test_a_notice_leads_to_its_page(below, client):
    notice(link_page=below)
    assert look(client).select_one(".notices a")["href"] == below.url


@every_way
def test_a_notice_leads_to_no_page_that_cannot_be_read(way, below, client):
    notice("See below.", link_page=below)
    unreadable(below, way)
    shown = look(client).select_one(".notices")
    assert "See below." in shown.get_text()
    assert shown.find("a") is None


def test_days_closed_stand_on_the_visit_page(site, client):
    factories.visit()
    today = timezone.localdate()
    closure(3, 5)
    closure(40)
    closure(-3, -1)
    times = [time["datetime"] for time in look(client, "/visit/").select("main section time")]
    assert times == [f"{today + timedelta(days=days)}" for days in (3, 5, 40)]


def test_a_day_closed_is_noted_in_the_hours(site, client):
    factories.visit()
    clinic = filled()
    closed = timezone.localdate() + timedelta(days=2)
    clinic.opening_hours = [OpeningHours(weekday=closed.weekday(), opens=time(9), closes=time(12))]
    clinic.save()
    closure(2)
    html = look(client, "/visit/")
    assert f"Closed on {closed:%B} {closed.day}" in hours_of(html)[0]
    assert f"Closed on {closed:%B} {closed.day}" in html.select_one(".site-footer").get_text(" ", strip=True)
    (special,) = graph(html)["MedicalClinic"]["specialOpeningHoursSpecification"]
    assert special["validFrom"] == special["validThrough"] == f"{closed}"


def test_a_closure_in_weeks_does_not_touch_the_hours_of_this_week(site, client):
    factories.visit()
    filled()
    closure(10, 12)
    assert "Closed" not in " ".join(hours_of(look(client, "/visit/")))


def test_a_closure_counts_on_its_last_day_and_then_no_more(site, client):
    factories.visit()
    closure(-2, -1, start=-3, end=-2)
    assert not look(client, "/visit/").find(string="Closed days and other hours")
    closure(-1, 0, start=-3, end=-2)
    assert look(client, "/visit/").find(string="Closed days and other hours")


@pytest.mark.parametrize(("days", "is_noted"), [(0, True), (6, True), (7, False)])
def test_the_hours_note_a_closed_day_of_the_next_seven(days, is_noted, site, client):
    factories.visit()
    clinic = filled()
    closed = timezone.localdate() + timedelta(days=days)
    clinic.opening_hours = [OpeningHours(weekday=closed.weekday(), opens=time(9), closes=time(12))]
    clinic.save()
    closure(days)
    assert ("Closed on" in hours_of(look(client, "/visit/"))[0]) == is_noted


def test_a_closure_counts_although_its_notice_is_no_longer_shown(site, client):
    factories.visit()
    closure(2, start=-3, end=-2)
    assert look(client, "/visit/").find(string="Closed days and other hours")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": 2, "end": 1}, "must come after"),
        ({"clinic_is_closed": True}, "Which day"),
        (
            {"clinic_is_closed": True, "closed_from": "2030-12-24", "closed_until": "2030-12-20"},
            "cannot come before",
        ),
    ],
)
def test_a_notice_that_makes_no_sense_is_refused(fields, words, db):
    with pytest.raises(ValidationError, match=words):
        notice(**fields).full_clean()


def test_a_notice_made_at_the_desk_is_shown_at_once(desk, client):
    from wagtail.test.utils.form_data import rich_text

    end = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %I:%M %p")
    url = reverse("wagtailsnippets_clinic_notice:add")
    send(desk, url, text=rich_text("<p>Closed on <b>Friday</b>.</p>", "plain"), ends_at=end)
    client.logout()
    assert look(client).select_one(".notices").get_text(" ", strip=True) == "Closed on Friday ."


# --- Navigation and legal pages -----------------------------------------------


def navigate(*pages):
    """Put pages into the navigation."""
    clinic = factories.clinic()
    clinic.navigation_items = [NavigationItem(page=page, sort_order=position) for position, page in enumerate(pages)]
    clinic.save()


def navigation(client):
    """The links of the navigation, search and booking aside."""
    return [link["href"] for link in look(client).select(".site-nav a") if link["href"] != "/search/"]


def test_navigation_follows_the_order_of_staff(below, client):
    faq = factories.faq_index()
    navigate(faq, below)
    assert navigation(client) == [faq.url, below.url]


@every_way
def test_navigation_leaves_out_a_page_that_cannot_be_read(way, below, client):
    faq = factories.faq_index()
    navigate(below, faq)
    unreadable(below, way)
    assert navigation(client) == [faq.url]


def test_navigation_marks_where_one_is(site, client):
    navigate(factories.faq_index())
    page = factories.question()
    html = look(client, page.url)
    assert html.select_one(".site-nav a[aria-current]")["href"] == "/faq/"


def test_the_desk_takes_five_links_and_no_sixth(desk):
    pages = [factories.standard(title=f"Page {number}") for number in range(6)]
    rows = [{"page": str(page.pk), "label": ""} for page in pages]
    refused = send(desk, CLINIC_FORM, navigation_items=rows)
    assert "submit at most 5" in refused.content.decode()
    assert NavigationItem.objects.count() == 0
    send(desk, CLINIC_FORM, navigation_items=rows[:5])
    assert NavigationItem.objects.count() == 5


def applying(role):
    return {f"{role}_applies": True} if role in LEGAL_SWITCHES else {}


@pytest.mark.parametrize("role", LEGAL_ROLES)
def test_a_legal_page_is_linked_by_its_role(role, below, client):
    factories.clinic(**{f"{role}_page": below}, **applying(role))
    link = look(client).select_one(f'.site-footer nav a[href="{below.url}"]')
    assert link.get_text() == str(LEGAL_ROLES[role])


@pytest.mark.parametrize("role", LEGAL_SWITCHES)
def test_a_notice_is_not_linked_before_staff_say_that_it_applies(role, below, desk, client):
    send(desk, CLINIC_FORM, **{f"{role}_page": str(below.pk)})
    assert not look(client).select(f'a[href="{below.url}"]')
    send(desk, CLINIC_FORM, **{f"{role}_applies": "on"})
    assert look(client).select(f'.site-footer nav a[href="{below.url}"]')


@pytest.mark.parametrize("role", LEGAL_SWITCHES)
def test_a_notice_that_applies_is_not_linked_before_it_is_published(role, site, client):
    draft = factories.standard(live=False)
    factories.clinic(**{f"{role}_page": draft}, **applying(role))
    assert look(client).select_one(".site-footer nav") is None


@every_way
def test_a_legal_page_that_cannot_be_read_is_not_linked(way, below, client):
    factories.clinic(terms_page=below)
    unreadable(below, way)
    html = look(client)
    assert html.select_one(".site-footer nav") is None
    assert not html.select(f'a[href="{below.url}"]')


def test_the_disclaimer_leads_to_the_terms(below, client):
    factories.clinic(terms_page=below)
    assert look(client).select_one(f'.disclaimer a[href="{below.url}"]')
