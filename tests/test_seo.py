"""What machines are told of the site: heads, sitemap, robots.txt, feeds, and what they must not find."""

import pytest
from bs4 import BeautifulSoup

from core.head import DESCRIPTION_LENGTH, TITLE_LENGTH, shortened
from governance.models import Authorship
from tests import factories

NAME = "Innerbloom Ketamine Therapy"


def look(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def meta(html, name):
    """The content of a meta element, or None."""
    element = html.find("meta", attrs={"name": name}) or html.find("meta", property=name)
    return element and element["content"]


def canonical(html):
    link = html.find("link", rel="canonical")
    return link and link["href"]


# --- Heads -------------------------------------------------------------------


def test_a_long_title_stands_without_the_name_of_the_clinic(site, client):
    title = "Is a title of this length still one that can be read in a list?"
    assert len(title) <= TITLE_LENGTH < len(f"{title} · {NAME}")
    assert look(client, factories.question(title).url).title.string == title


def test_a_title_of_odd_signs_stands_once_escaped(site, client):
    html = look(client, factories.question("Less < more & “so”?").url)
    assert html.title.string == f"Less < more & “so”? · {NAME}"
    assert meta(html, "og:title") == "Less < more & “so”?"


def test_a_question_without_summary_is_described_by_its_short_answer(site, client):
    html = look(client, factories.question(short_answer=f"<p>Yes. {'It helps somewhat. ' * 15}</p>").url)
    assert meta(html, "description").startswith("Yes. It helps somewhat.")
    assert len(meta(html, "description")) <= DESCRIPTION_LENGTH


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: factories.standard(body=factories.paragraph("<p>Parking is behind the house.</p>")), "Parking is"),
        (lambda: factories.person(biography="<p>Jordan works with groups.</p>"), "Jordan works"),
        (lambda: factories.disclaimer("No advice."), "No advice."),
    ],
)
def test_a_page_without_summary_is_described_by_its_first_words(make, words, site, client):
    assert meta(look(client, make().url), "description").startswith(words)


def test_a_description_ends_at_a_word():
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"
    assert shortened("x" * 20, 9) == "x" * 8 + "…"


def test_a_topic_has_a_title_a_description_and_an_address_of_its_own(site, client, settings):
    topic = factories.topic(introduction="<p>What happens here.</p>")
    factories.question(topic=topic)
    factories.article(topics=[topic])
    questions, articles = look(client, "/faq/topic/your-visit/"), look(client, "/blog/topic/your-visit/")
    assert questions.title.string != articles.title.string
    assert meta(questions, "description") == "What happens here."
    assert meta(articles, "description") == "Articles about: Your visit."
    assert canonical(questions) == f"{settings.SITE_URL}/faq/topic/your-visit/"


def test_each_page_of_a_list_is_one_of_its_own(site, client, settings):
    for _ in range(13):
        factories.article()
    first, second = look(client, "/blog/?page=1&utm_source=x"), look(client, "/blog/?page=2")
    assert canonical(first) == f"{settings.SITE_URL}/blog/"
    assert canonical(second) == meta(second, "og:url") == f"{settings.SITE_URL}/blog/?page=2"
    assert second.title.string == f"Blog, page 2 · {NAME}"


@pytest.mark.parametrize("url", ["/search/", "/search/?q=ketamine", "/faq/all/", "/disclaimer/"])
def test_what_is_no_page_to_find_asks_not_to_be_listed(url, site, client):
    factories.question()
    assert meta(look(client, url), "robots") == "noindex"


def test_the_articles_of_an_author_are_found_through_the_page_of_the_author(site, client):
    author = factories.person(slug="jordan")
    Authorship.objects.create(page=factories.article(), person=author)
    assert meta(look(client, "/blog/author/jordan/"), "robots") == "noindex"


def test_an_error_asks_not_to_be_listed_and_has_no_address(site, client):
    html = look(client, "/nothing/", 404)
    assert (meta(html, "robots"), canonical(html), meta(html, "og:title")) == ("noindex", None, None)


def test_an_alias_names_the_page_that_it_shows(site, client, settings):
    page = factories.standard(slug="treatment")
    alias = page.create_alias(update_slug="again")
    assert canonical(look(client, alias.url)) == f"{settings.SITE_URL}/treatment/"
