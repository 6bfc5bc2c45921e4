"""The numbers that help in a crisis: one list, shown wherever the site shows them."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string

from clinic.crisis_contacts import CRISIS_CONTACTS, CrisisContact
from delivery.staticfiles import StaticFilesStorage
from delivery.views import plain_error_page
from tests import factories


def numbers():
    """Every number of the list, to call and to text."""
    return {number for contact in CRISIS_CONTACTS.values() for number in (contact.call, contact.text) if number}


NUMBER = re.compile("|".join(rf"\b{number}\b" for number in numbers()))


def links(html):
    return [link["href"] for link in BeautifulSoup(html, "html.parser").select('[href^="tel:"], [href^="sms:"]')]


@pytest.mark.parametrize(
    ("variant", "found"),
    [
        ("bar", ["tel:988", "sms:988", "tel:911"]),
        ("links", ["tel:988", "sms:988", "tel:911"]),
        ("buttons", ["tel:988", "sms:988", "tel:911"]),
        ("emergency", ["tel:911", "tel:988", "sms:988"]),
        ("sentence", ["tel:988", "sms:988", "sms:838255", "tel:911"]),
        ("contact", ["tel:988", "sms:988", "tel:911"]),
        ("lifelines", ["sms:838255"]),
        ("spanish", ["tel:988", "sms:988"]),
    ],
)
def test_a_variant_links_to_its_numbers_in_order(variant, found):
    assert links(render_to_string("components/crisis_contacts.html", {"variant": variant})) == found


def test_a_number_is_changed_in_one_place(monkeypatch):
    monkeypatch.setitem(CRISIS_CONTACTS, "lifeline", CrisisContact(call="555", text="556"))

    for variant in ("bar", "links", "buttons", "emergency", "sentence", "contact"):
        html = render_to_string("components/crisis_contacts.html", {"variant": variant})
        assert {"tel:555", "sms:556"} <= set(links(html))
    assert {"tel:555", "sms:556"} <= set(links(plain_error_page()))


def test_no_template_writes_a_number_out():
    written = {
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if NUMBER.search(path.read_text(encoding="utf-8").partition("#}")[2])
    }

    assert written == set()


@pytest.mark.django_db
def test_bar_and_footer_of_every_page_say_the_numbers(client):
    page = BeautifulSoup(client.get(factories.question().url).text, "html.parser")

    assert links(str(page.select_one(".crisis"))) == ["tel:988", "sms:988", "tel:911"]
    assert links(str(page.select_one(".site-footer__crisis"))) == ["tel:988", "sms:988", "sms:838255", "tel:911"]


def test_collecting_static_files_writes_the_plainest_error_page(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path

    list(StaticFilesStorage(location=tmp_path, base_url="/static/").post_process({}))

    html = (tmp_path / "error.html").read_text(encoding="utf-8")
    assert links(html) == ["tel:988", "sms:988", "tel:911"]
    assert settings.WAGTAIL_SITE_NAME in html
    (tmp_path / "error.html").write_text("as collected", encoding="utf-8")
    assert plain_error_page() == "as collected"
