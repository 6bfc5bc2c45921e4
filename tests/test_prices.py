"""Prices stand wherever people ask for them: exact, with what they include, and with the way to an estimate."""

import pytest
from bs4 import BeautifulSoup

from clinic.models import Price
from tests import factories
from tests.forms import send

PLACES = {
    "home": lambda: factories.home(),
    "visit": lambda: factories.visit(),
    "a question about cost": lambda: factories.question(shows_prices=True),
}
every_place = pytest.mark.parametrize("place", PLACES)


def look(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


def fill(**fields):
    clinic = factories.clinic(**fields)
    clinic.prices.add(Price(name="One infusion", amount="$400", note="Medicine, nurse and stay included."))
    clinic.save()


@every_place
def test_a_price_stands_with_what_it_includes(place, site, client):
    page = PLACES[place]()
    fill()
    section = look(client, page.url).find("section", attrs={"aria-labelledby": "h_prices"})
    price = section.select_one(".prices > div")
    assert price.get_text("|", strip=True) == "One infusion|$400|Medicine, nurse and stay included."
    assert "with every required fee" in section.get_text()


@every_place
def test_without_prices_nothing_speaks_of_them(place, site, client):
    page = PLACES[place]()
    factories.clinic(phone="(805) 555-0100")
    html = look(client, page.url)
    assert not html.select(".prices, #h_prices")
    assert "What it costs" not in html.get_text()


def test_a_question_about_something_else_has_no_prices(site, client):
    fill()
    assert not look(client, factories.question().url).select(".prices")


def test_a_question_about_cost_is_one_by_a_box_in_its_form(site, client):
    client.force_login(factories.administrator())
    page = factories.question()
    fill()
    fields = {"shows_prices": "on", "body-count": "0", "action-publish": "1"}
    send(client, f"/admin/pages/{page.pk}/edit/", **fields)
    assert look(client, page.url).select(".prices")


def test_prices_travel_with_the_answer_into_markdown(site, client):
    page = factories.question(shows_prices=True)
    fill()
    assert "$400" in client.get(f"{page.url}index.md").content.decode()


@every_place
def test_prices_lead_to_the_notice_on_estimates_once_it_is_published_and_applies(place, site, client):
    page, notice = PLACES[place](), factories.standard("Good faith estimate")
    fill(good_faith_estimate_page=notice, good_faith_estimate_applies=True)
    link = f'section[aria-labelledby="h_prices"] a[href="{notice.url}"]'
    assert look(client, page.url).select(link)
    factories.clinic(good_faith_estimate_applies=False)
    assert not look(client, page.url).select(link)
    factories.clinic(good_faith_estimate_applies=True)
    notice.unpublish()
    assert not look(client, page.url).select(link)
