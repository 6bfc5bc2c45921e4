"""Search finds, and tames what is typed; help in a crisis: test_crisis_help.py."""

import pytest

from search.backend import clean_query
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


@pytest.mark.parametrize("query", ["a'\"<", '"', "a AND", "*", "\x00", "5'6\" tall"])
@pytest.mark.parametrize(
    "url", ["/admin/snippets/core/topic/", "/admin/questions/", "/admin/images/", "/admin/pages/search/"]
)
def test_a_list_of_the_desk_is_searched_for_whatever_is_typed(url, query, desk_client):
    factories.question()
    assert desk_client.get(url, {"q": query}).status_code == 200


@pytest.fixture
def desk_client(site, client):
    client.force_login(factories.administrator())
    return client
