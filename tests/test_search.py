"""Search finds, tames what is typed, and puts help first."""

import pytest
from bs4 import BeautifulSoup

from search.crisis import mentions_crisis
from search.views import clean_query
from tests import factories

pytestmark = pytest.mark.each_database


def test_an_answer_is_found_by_patients_words(site, client):
    page = factories.question(title="What happens to my bill?", patients_words="reimbursement\ncopay")
    assert page.title in client.get("/search/?q=copay").content.decode()


def test_a_draft_answer_is_absent_from_search(site, client):
    page = factories.question(title="Unfinished thoughts?", live=False)
    assert page.title not in client.get("/search/?q=unfinished").content.decode()


@pytest.mark.parametrize(
    "query",
    ["", " ", "\x00", '"', '"half', "a AND", "NEAR(", "*", "-", "'", "%", "\\", "é" * 500, "🌱", "a\x00b"],
)
def test_a_hostile_query_is_answered(query, site, client):
    factories.question()
    assert client.get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *["I want to kill myself", "suicidal", "SUICIDE", "self-harm", "emergency", "sucide"],
        *["hopeless", "I am not OK", "quiero morir", "no quiero vivir", "suicidio", "matarme"],
    ],
)
def test_a_query_in_crisis_shows_help_before_anything_else(query, site, client):
    html = client.get("/search/", {"q": query}).content.decode()
    main = html[html.index("<main") :]
    assert main.index("988") < main.index("</main>")
    assert main.index("911") < main.index("</main>")


def test_somebody_in_crisis_is_not_told_that_nothing_was_found(site, client):
    html = client.get("/search/?q=suicidal").content.decode()
    assert "988 is the Suicide and Crisis Lifeline." in html
    assert "838255" in html
    assert "We found nothing" not in html


def test_pages_with_the_words_of_somebody_in_crisis_stand_folded_behind_the_help(site, client):
    factories.question("What if I feel suicidal?")
    page = BeautifulSoup(client.get("/search/?q=suicidal").content, "html.parser")
    folded = page.select_one("main details")
    assert "What if I feel suicidal?" in folded.get_text()
    assert not folded.has_attr("open")
    assert page.select_one("main a[href='tel:988']").sourceline < folded.sourceline


@pytest.mark.parametrize("query", ["insurance", "how long is a session", "price", "driving"])
def test_an_everyday_query_is_no_crisis(query):
    assert not mentions_crisis(query)


@pytest.mark.parametrize("query", ["x", "7", "?!", "🌱"])
def test_a_query_without_two_letters_is_told_so(query, site, client):
    factories.question(title="x 7")
    html = client.get("/search/", {"q": query}).content.decode()
    assert "Please type at least two letters." in html
    assert "We found nothing" not in html
    assert "x 7" not in html


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_search_says_nothing_of_results(query, site, client):
    html = client.get("/search/", {"q": query}).content.decode()
    assert 'role="status"' not in html


def test_a_query_that_finds_nothing_says_so(site, client):
    assert "We found nothing for these words." in client.get("/search/?q=zebra").content.decode()


def test_search_results_are_not_indexed(site, client):
    assert "noindex" in client.get("/search/?q=x").content.decode()


def test_cleaning_keeps_words_and_drops_operators():
    assert clean_query('don\'t \x00 "cost" AND*') == "don't cost AND"
