"""What is typed into the clinic's settings stands on the site as US readers write it, and is never guessed."""

import pytest
from bs4 import BeautifulSoup

from clinic.clock import Unreadable
from clinic.models import ClinicSettings, Price
from clinic.us_formats import format_phone, format_price
from evidence.models import Reference
from tests import factories
from tests.forms import fields_in, fields_of, messages_in, send

CLINIC_FORM = "/admin/snippets/clinic/clinicsettings/"


# --- Prices ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("250", "$250"),
        ("$250", "$250"),
        ("$ 250", "$250"),
        ("250.00", "$250"),
        ("250.5", "$250.50"),
        ("1200", "$1,200"),
        ("$1,200", "$1,200"),
        ("250 USD", "$250"),
        ("USD 250", "$250"),
        ("US$250", "$250"),
        ("250 dollars", "$250"),
        ("\uff04250", "$250"),
        ("250 per session", "$250 per session"),
        ("250/session", "$250/session"),
        ("$500 for 2 sessions", "$500 for 2 sessions"),
        ("free", "Free"),
        ("FREE", "FREE"),
        ("free for veterans", "Free for veterans"),
        ("no charge", "No charge"),
    ],
)
def test_a_price_is_written_in_dollars(typed, written):
    assert format_price(typed) == written
    assert format_price(written) == written


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2 sessions for 500", "Write $ and the amount"),
        ("250 per 90 minutes", "Write $ and the amount"),
        ("250,00", "Write $ and the amount"),
        ("1.200", "Write $ and the amount"),
        ("$1.200", "Write $ and the amount"),
        ("$2,50", "Write $ and the amount"),
        ("€250", "Write $ and the amount"),
        ("250 EUR", "Write $ and the amount"),
        ("-250", "Write $ and the amount"),
        ("50%", "Write $ and the amount"),
        ("8055551234", "Write $ and the amount"),
        ("from 250", "Give the exact price"),
        ("From $250", "Give the exact price"),
        ("starting at $250", "Give the exact price"),
        ("$250 and up", "Give the exact price"),
        ("~$250", "Give the exact price"),
        ("about 250", "Give the exact price"),
        ("up to $250", "Give the exact price"),
        ("250+", "Give the exact price"),
        ("sliding scale", "Give the exact price"),
        ("$250–$300", "more than one amount"),
        ("$250-300", "more than one amount"),
        ("80 to 120", "more than one amount"),
        ("$80 or $120", "more than one amount"),
        ("$100, or 80 to 120", "more than one amount"),
        ("$100 deposit, $400 later", "more than one amount"),
        ("$250 plus fees", "Count in every required fee"),
        ("$250 + facility fee", "Count in every required fee"),
        ("$250, tax excluded", "Count in every required fee"),
        ("ask us", "A price has a number"),
        ("freedom", "A price has a number"),
        ("$", "A price has a number"),
        ("$4OO", "the amount in digits"),
        ("$50 each, sliding", "Give the exact price"),
        ("0", "write Free"),
        ("$1,000,000,000", "Check the amount"),
    ],
)
def test_a_price_that_could_mean_something_else_is_refused_and_stays_as_typed(typed, says, desk):
    response = send(desk, CLINIC_FORM, prices=[{"name": "One infusion", "amount": typed, "note": "All of it."}])
    assert says in messages_in(response)
    assert fields_in(response)["prices-0-amount"] == typed
    assert not Price.objects.exists()


def test_staff_see_at_once_how_a_price_is_published(desk, client):
    factories.visit()
    response = send(desk, CLINIC_FORM, prices=[{"name": "One infusion", "amount": "250", "note": "Two hours."}])
    page = BeautifulSoup(response.content, "html.parser")
    assert "“250” is now “$250”." in page.select_one(".messages").get_text()
    assert fields_in(response)["prices-0-amount"] == "$250"
    shown = BeautifulSoup(client.get("/visit/").content, "html.parser").select_one(".prices > div")
    assert shown.get_text("|", strip=True) == "One infusion|$250|Two hours."


def test_what_is_kept_as_typed_is_not_spoken_of(desk):
    prices = [{"name": "One infusion", "amount": "$250", "note": "All of it."}]
    response = send(desk, CLINIC_FORM, name="Innerbloom", phone="(805) 555-0100", prices=prices)
    assert "is now" not in BeautifulSoup(response.content, "html.parser").select_one(".messages").get_text()
    assert "is now" not in send(desk, CLINIC_FORM).content.decode()


def test_a_price_that_grows_too_long_is_refused(desk):
    typed = "250 per " + "x" * 32
    response = send(desk, CLINIC_FORM, prices=[{"name": "One infusion", "amount": typed, "note": "All of it."}])
    assert "is longer than 40 characters" in messages_in(response)
    assert fields_in(response)["prices-0-amount"] == typed


# --- Phone, address, links --------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("8055551234", "(805) 555-1234"),
        ("(805) 555-1234", "(805) 555-1234"),
        ("(805)555-1234", "(805) 555-1234"),
        ("+1 805.555.1234", "(805) 555-1234"),
        ("1-805-555-1234", "(805) 555-1234"),
        ("805\u2011555\u20111234", "(805) 555-1234"),
        ("\u202a+1 (805) 555\u20111234\u202c", "(805) 555-1234"),
        ("805 555 1234 x12", "(805) 555-1234, ext. 12"),
        ("+1 (805) 555-1234, extension 12", "(805) 555-1234, ext. 12"),
        ("805-555-1234 #12", "(805) 555-1234, ext. 12"),
    ],
)
def test_a_phone_number_is_shown_the_us_way_and_can_be_dialed(typed, shown, desk, client):
    send(desk, CLINIC_FORM, phone=typed)
    html = BeautifulSoup(client.get("/").content, "html.parser")
    assert html.select_one('.site-footer a[href="tel:+18055551234"]').get_text() == shown
    assert format_phone(shown) == shown


@pytest.mark.parametrize(
    "typed", ["555-1234", "1-800-FLOWERS", "+49 30 123456", "(105) 555-1234", "805 555 1234 / 805 555 9999"]
)
def test_what_is_no_us_number_is_refused_and_stays_as_typed(typed, desk):
    response = send(desk, CLINIC_FORM, phone=typed)
    assert "A US number has ten digits" in messages_in(response)
    assert fields_in(response)["phone"] == typed
    with pytest.raises(Unreadable):
        format_phone(typed)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("region", "ca", "CA"),
        ("region", "Ca.", "CA"),
        ("postal_code", "934011234", "93401-1234"),
        ("postal_code", "93401 1234", "93401-1234"),
        ("postal_code", "93401", "93401"),
        ("booking_url", "portal.example.com", "https://portal.example.com"),
        ("booking_url", "www.example.com/book?x=1", "https://www.example.com/book?x=1"),
        ("booking_url", "http://portal.example.com", "http://portal.example.com"),
        ("email", " front.desk@example.com ", "front.desk@example.com"),
    ],
)
def test_what_can_mean_one_thing_only_is_kept_in_its_usual_form_and_shown(name, typed, kept, desk):
    response = send(desk, CLINIC_FORM, **{name: typed})
    assert getattr(ClinicSettings.load(), name) == kept
    assert fields_of(desk, CLINIC_FORM)[name] == kept
    assert (f"“{typed.strip()}” is now “{kept}”" in response.content.decode()) == (typed.strip() != kept)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"region": "Arizona"}, "Two letters, such as CA for California."),
        ({"region": "XX"}, "Two letters, such as CA for California."),
        ({"postal_code": "9340"}, "Five digits"),
        ({"postal_code": "CA 93401"}, "Five digits"),
        ({"booking_url": "portal"}, "This is not a web address."),
        ({"booking_url": "ftp://x.org"}, "Visitors cannot open this address"),
        ({"booking_url": "http://127.0.0.1/"}, "Visitors cannot open this address"),
        ({"booking_url": "http://[::1]/book"}, "Visitors cannot open this address"),
        ({"booking_url": "https://desk:secret@example.com/"}, "a name or a password"),
        ({"booking_url": "https:/portal.example.com"}, "This is not a web address."),
        ({"booking_url": "front.desk@example.com"}, "This is an e-mail address."),
        ({"booking_url": "mailto:front.desk@example.com"}, "This is not a web address."),
        ({"email": "front desk@example.com"}, "valid email"),
        ({"email": "a@example.com, b@example.com"}, "valid email"),
        ({"latitude": "35.28", "longitude": "120.66"}, "begins with a minus sign"),
    ],
)
def test_what_cannot_be_read_is_refused_and_stays_as_typed(fields, says, desk):
    response = send(desk, CLINIC_FORM, **fields)
    assert says in messages_in(response)
    typed = fields_in(response)
    assert {name: typed[name] for name in fields} == fields


def test_the_browser_does_not_cut_the_name_of_a_state_to_that_of_another(desk):
    page = BeautifulSoup(desk.get(CLINIC_FORM, follow=True).content, "html.parser")
    assert int(page.find("input", attrs={"name": "region"})["maxlength"]) > len("Northern Mariana Islands")


def test_the_clinics_page_elsewhere_needs_no_https(desk, client):
    send(desk, CLINIC_FORM, profiles=[{"name": "Network", "url": "network.example.com/us"}])
    footer = BeautifulSoup(client.get("/").content, "html.parser").select_one(".site-footer")
    assert footer.find("a", string="Network")["href"] == "https://network.example.com/us"


def test_the_link_of_a_source_needs_no_https_either(desk):
    fields = {"key": "guide", "authors": "Society", "title": "A guide", "year": "2020", "link": "example.org/guide"}
    send(desk, "/admin/snippets/evidence/reference/add/", **fields)
    assert Reference.objects.get().link == "https://example.org/guide"
