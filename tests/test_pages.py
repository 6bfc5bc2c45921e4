"""Every kind of page: renders, one h1, valid JSON-LD, disclaimer, crisis line, bounded queries."""

import json
from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, get_page_models

from clinic.models import NavigationItem, Notice, OpeningHours, Profile
from core.models import RelatedPage
from pages.models import StandardPage
from people.models import Authorship
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
    assert {node["@type"] for node in graph} >= {"Organization", "WebSite"}


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


def test_a_page_can_be_read_to_the_last_second_and_is_gone_at_its_end(site, client, monkeypatch):
    page = factories.question()
    end = timezone.now() + timedelta(hours=1)
    type(page).objects.filter(pk=page.pk).update(expire_at=end)
    for now, status in [(end - timedelta(seconds=1), 200), (end, 404)]:
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        assert client.get(page.url).status_code == status
        assert (page.title in client.get("/faq/").content.decode()) == (status == 200)


@pytest.mark.each_database
def test_a_private_page_stands_in_no_list(site, client):
    page = factories.question(title="For some eyes only?")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert page.title not in client.get("/faq/").content.decode()
    assert page.title not in client.get("/search/?q=eyes").content.decode()


def section_of_members():
    """A page within a section that only members of the staff may read."""
    section = factories.standard("For members")
    page = factories.add(section, StandardPage(title="Minutes", slug="minutes"))
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    return section, page


def test_a_page_within_a_private_section_sends_visitors_to_sign_in(site, client):
    for page in section_of_members():
        assert client.get(page.url).status_code == 302


def test_who_may_read_a_private_page_sees_the_pages_above_it(site, client):
    section, page = section_of_members()
    client.force_login(factories.member())
    html = soup_of(client.get(page.url))
    assert [link["href"] for link in html.select(".breadcrumbs a")] == ["/", section.url]


def test_an_unpublished_page_above_is_no_step_of_the_way(site, client):
    section = factories.standard("Treatment")
    page = factories.add(section, StandardPage(title="Minutes", slug="minutes"))
    section.unpublish()
    html = soup_of(client.get(page.url))
    assert [link["href"] for link in html.select(".breadcrumbs a")] == ["/"]


def test_an_alias_of_a_private_page_is_as_private(site, client):
    page = factories.standard()
    alias = page.create_alias(update_slug="again")
    assert client.get(alias.url).status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(alias.url).status_code == 302


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


@pytest.mark.parametrize("url", ["/nothing/", "/search/?q=zebra"])
def test_where_nothing_is_found_the_questions_of_the_home_page_are_offered(url, site, client):
    chosen, hidden = factories.question("Is it safe?"), factories.question("What does it cost?", live=False)
    home = factories.home()
    for page in (chosen, hidden):
        home.related_links.add(RelatedPage(target=page))
    factories.publish(home)
    links = [link.get_text() for link in soup_of(client.get(url)).select("main li a")]
    assert "Is it safe?" in links
    assert "What does it cost?" not in links


def test_an_address_with_nul_is_refused(site, client):
    assert client.get("/faq/%00/").status_code == 400


@pytest.mark.parametrize("number", ["abc", "0", "-1", "999999999", "", "%00"])
def test_an_odd_page_number_shows_search_results(number, site, client):
    factories.article()
    assert client.get(f"/search/?q=article&page={number}").status_code == 200


def test_an_empty_site_reads_well(site, client):
    factories.faq_index(), factories.blog_index(), factories.team(), factories.visit()
    for url in ("/", "/faq/", "/faq/all/", "/blog/", "/team/", "/visit/", "/search/", "/disclaimer/"):
        assert client.get(url).status_code == 200, url


def test_visitors_get_no_cookie(site, client):
    page = factories.question()
    for url in ("/", page.url, "/search/?q=x", "/nothing/"):
        assert not client.get(url).cookies


def cold_queries(client, url):
    """How many queries a page takes when no cache knows anything; a process knows its content types."""
    ContentType.objects.get_for_models(*get_page_models(), Page)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def warm(client, urls):
    """Visit pages once: the first visitor of all makes the sizes of the pictures."""
    for url in urls:
        client.get(url)


def furnished_site():
    """A clinic with all its settings, a notice that links, disclaimers of every rule."""
    page = factories.standard()
    clinic = factories.clinic(name="Innerbloom", phone="(805) 555-0100", terms_page=page, privacy_page=page)
    for index in (factories.faq_index(), factories.blog_index(), page):
        NavigationItem.objects.create(clinic=clinic, page=index)
    for weekday in range(5):
        OpeningHours.objects.create(clinic=clinic, weekday=weekday, opens=time(9), closes=time(17))
    Profile.objects.create(clinic=clinic, name="Elsewhere", url="https://example.org/")
    until = timezone.now() + timedelta(days=1)
    Notice.objects.create(text="<p>Closed on Friday.</p>", link_page=page, ends_at=until)
    factories.disclaimer()
    factories.disclaimer(scope="section", section=factories.faq_index())


def furnished_content(number):
    """`number` questions and articles with facts, sources, pictures, authors, links both ways and choices."""
    topic, authors = factories.topic(), [factories.person(), factories.person()]
    tokens = factories.fact_token(factories.fact(key=f"fact-{number}")) + factories.fact_token(
        factories.reference(key=f"source-{number}")
    )
    text = f"<p>{tokens}</p>"
    figures = [factories.figure(), factories.figure()]
    pages = []
    for _ in range(number):
        body = [*factories.paragraph(text), *figures]
        question = factories.question(short_answer=text, body=body, related=[factories.standard()])
        body = [*factories.paragraph(text + factories.link(question)), *figures]
        article = factories.article(topics=[topic], body=body, related=[question])
        for page in (question, article):
            for author in authors:
                Authorship.objects.create(page=page, person=author)
        pages += [question, article]
    return pages


def test_a_page_takes_few_queries_and_no_more_with_ten_times_the_content(site, client):
    furnished_site()
    question, article = furnished_content(2)[:2]
    most = {
        question.url: 25,
        article.url: 26,
        "/": 20,
        "/faq/": 20,
        "/faq/all/": 22,
        f"/faq/topic/{question.topic.slug}/": 20,
        "/blog/": 20,
        f"/blog/topic/{question.topic.slug}/": 20,
        "/search/?q=question": 20,
        "/team/": 20,
    }
    warm(client, most)
    few = {url: cold_queries(client, url) for url in most}
    assert {url: number for url, number in few.items() if number > most[url]} == {}

    furnished_content(18)
    warm(client, most)

    many = {url: cold_queries(client, url) for url in most}
    assert {url: number for url, number in many.items() if number > few[url]} == {}
