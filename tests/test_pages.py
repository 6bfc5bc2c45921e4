"""Every kind of page: renders, one h1, valid JSON-LD, disclaimer, crisis line, bounded queries."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from governance.models import Authorship
from tests import factories

PAGES = {
    "home": factories.home,
    "faq": lambda: (factories.question(), factories.faq_index())[1],
    "question": factories.question,
    "blog": lambda: (factories.article(), factories.blog_index())[1],
    "article": factories.article,
    "team": lambda: (factories.person(), factories.team())[1],
    "person": factories.person,
    "standard": factories.standard,
    "visit": factories.visit,
    "disclaimers": lambda: (factories.disclaimer(), factories.disclaimer_index())[1],
    "disclaimer": factories.disclaimer,
}
every_page = pytest.mark.parametrize("kind", PAGES)


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


@every_page
def test_a_page_renders_with_one_heading_a_notice_and_the_crisis_line(kind, site, client):
    page = PAGES[kind]()
    response = client.get(page.url)
    html = soup_of(response)
    assert response.status_code == 200
    assert len(html.find_all("h1")) == 1
    assert html.select_one('a[href="tel:988"]')
    assert "medical advice" in html.get_text()


@every_page
def test_the_structured_data_of_a_page_is_valid_json(kind, site, client):
    page = PAGES[kind]()
    script = soup_of(client.get(page.url)).find("script", type="application/ld+json")
    graph = json.loads(script.string)["@graph"]
    assert {node["@type"] for node in graph} >= {"MedicalClinic", "WebSite"}


def test_a_hostile_title_stays_inert_in_structured_data(site, client):
    page = factories.question(title='</script><script>alert("x")</script>')
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html


@every_page
def test_a_draft_is_not_found(kind, site, client):
    page = PAGES[kind]()
    url = page.url
    if kind == "home":
        return
    page.unpublish()
    assert client.get(url).status_code == 404


def test_an_expired_page_is_not_found_before_any_job_has_run(site, client):
    page = factories.question()
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
    assert client.get(page.url).status_code == 404
    assert page.title not in client.get("/faq/").content.decode()


def test_a_private_page_stands_in_no_list(site, client):
    page = factories.question(title="For some eyes only?")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert page.title not in client.get("/faq/").content.decode()
    assert page.title not in client.get("/search/?q=eyes").content.decode()


def test_a_page_hidden_from_search_engines_says_so(site, client):
    page = factories.standard(hide_from_search_engines=True)
    assert "noindex" in soup_of(client.get(page.url)).find("meta", attrs={"name": "robots"})["content"]


def test_a_page_that_is_not_hidden_may_be_indexed(site, client):
    robots = soup_of(client.get(factories.standard().url)).find("meta", attrs={"name": "robots"})
    assert robots is None or "noindex" not in robots["content"]


@pytest.mark.parametrize(
    "url",
    [
        "/nothing/",
        "/faq/nothing/",
        "/faq/topic/nothing/",
        "/blog/topic/nothing/",
        "/blog/author/nothing/",
        "/%ff%fe/",
        "/faq/%2e%2e/",
        "/media/nothing.jpg",
        "/media/../settings.py",
    ],
)
def test_an_unknown_address_is_not_found_and_still_helps(url, site, client):
    factories.faq_index(), factories.blog_index()
    response = client.get(url)
    assert response.status_code == 404
    assert 'href="tel:988"' in response.content.decode()


def test_an_address_with_nul_is_refused(site, client):
    assert client.get("/faq/%00/").status_code == 400


@pytest.mark.parametrize("number", ["abc", "0", "-1", "999999999", "", "%00"])
def test_an_odd_page_number_shows_a_page(number, site, client):
    factories.article()
    assert client.get(f"/blog/?page={number}").status_code == 200


def test_an_empty_site_reads_well(site, client):
    factories.faq_index(), factories.blog_index(), factories.team(), factories.visit()
    for url in ("/", "/faq/", "/faq/all/", "/blog/", "/team/", "/visit/", "/search/", "/disclaimer/"):
        assert client.get(url).status_code == 200, url


def test_visitors_get_no_cookie(site, client):
    page = factories.question()
    for url in ("/", page.url, "/search/?q=x", "/nothing/"):
        assert not client.get(url).cookies


def cold_queries(client, url):
    """How many queries a page takes when nothing is cached."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def content(number):
    """`number` questions and articles that state a fact, link to each other and have authors."""
    topic, author = factories.topic(), factories.person()
    fact = factories.fact()
    text = f"<p>{factories.fact_token(fact)}</p>"
    made = []
    for _ in range(number):
        page = factories.question(short_answer=text, body=factories.paragraph(text))
        body = factories.paragraph(factories.link(page))
        post = factories.article(topics=[topic], body=body, related=[page])
        Authorship.objects.create(page=post, person=author)
        made.append((page, post))
    return made


@pytest.mark.parametrize("kind", ["question", "article", "faq", "blog", "home"])
def test_queries_do_not_grow_with_content(kind, site, client):
    factories.disclaimer()
    factories.clinic(name="Innerbloom")
    made = content(4)
    url = {"question": made[0][0].url, "article": made[0][1].url, "faq": "/faq/", "blog": "/blog/", "home": "/"}[kind]
    few = cold_queries(client, url)
    for _ in range(16):
        factories.question(short_answer=made[0][0].short_answer)
        factories.article(topics=[factories.topic()])
    assert cold_queries(client, url) <= few
    assert few <= 28
