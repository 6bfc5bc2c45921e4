"""The foot of a printed page: where the text stands and of which day it is."""

import datetime as dt

from bs4 import BeautifulSoup

from tests import factories

A_DAY = dt.datetime(2026, 3, 5, 20, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 9, 20, tzinfo=dt.UTC)


def foot(client, page, **fields):
    """The words at the foot of a page, some of its fields set as they stand in the database."""
    type(page).objects.filter(pk=page.pk).update(**{"content_updated_at": None, **fields})
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return " ".join(html.select_one(".imprint").text.split())


def test_paper_says_where_its_text_stands_and_of_which_day_it_is(site, client):
    page = factories.standard()
    words = foot(client, page, content_updated_at=A_DAY)

    assert words == f"{page.full_url} · Text of March 5, 2026"


def test_a_text_as_installed_bears_no_date(site, client):
    assert foot(client, factories.question()).endswith("· Text as first published")


def test_an_article_that_nobody_changed_is_of_the_day_of_its_publication(site, client):
    words = foot(client, factories.article(), published_on=dt.date(2026, 2, 3))

    assert words.endswith("· Text of February 3, 2026")


def test_a_fact_that_changed_dates_the_text_that_states_it(site, client):
    words = foot(client, factories.standard(), content_updated_at=A_DAY, dependencies_updated_at=LATER)

    assert words.endswith("· Text of March 9, 2026")


def test_a_list_is_not_dated_by_what_appears_in_it(site, client):
    words = foot(client, factories.faq_index(), dependencies_updated_at=LATER)

    assert words.endswith("/faq/")


def test_a_leaflet_asks_for_the_current_version(site, client):
    assert foot(client, factories.standard(is_leaflet=True)).endswith("· Ask us for the current version.")
    assert "Ask us" not in foot(client, factories.standard("What to expect"))


def test_a_leaflet_says_which_number_the_clinic_has_or_leaves_a_line_for_it(site, client):
    page = factories.standard(is_leaflet=True)
    without = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".leaflet-phone")
    factories.clinic(phone="(805) 555-0100")
    given = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".leaflet-phone")

    assert without.has_attr("hidden")
    assert not given.has_attr("hidden")
    assert given.a["href"] == "tel:+18055550100"
