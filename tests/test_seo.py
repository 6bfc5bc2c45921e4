"""What machines are told of the site: heads, sitemap, robots.txt, feeds, and what they must not find."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urlencode, urljoin
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from markdown_it import MarkdownIt
from wagtail.models import DraftStateMixin, Page, PageViewRestriction

import starter.loader
from clinic.models import NavigationItem
from clinic.signal_handlers import align_site_record
from core.head import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, truncate, with_site_name
from core.models import Topic
from faq.models import FAQEntryPage
from media.renditions import filters
from people.models import Authorship
from seo.markdown import escaped, markdown
from seo.models import CrawlerSettings
from seo.robots import robots_txt
from tests import factories
from tests.crawl import asked_of

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
    assert len(title) <= MAX_TITLE_LENGTH < len(f"{title} · {NAME}")
    assert look(client, factories.question(title).url).title.string == title


def test_the_name_of_the_clinic_stands_beside_a_title_where_both_just_fit():
    title = "x" * (MAX_TITLE_LENGTH - len(f" · {NAME}"))
    assert with_site_name(title, NAME) == f"{title} · {NAME}"
    assert with_site_name(f"{title}x", NAME) == f"{title}x"


def test_a_title_of_odd_signs_stands_once_escaped(site, client):
    html = look(client, factories.question("Less < more & “so”?").url)
    assert html.title.string == f"Less < more & “so”? · {NAME}"
    assert meta(html, "og:title") == "Less < more & “so”?"


def test_a_question_without_summary_is_described_by_its_short_answer(site, client):
    html = look(client, factories.question(short_answer=f"<p>Yes. {'It helps somewhat. ' * 15}</p>").url)
    assert meta(html, "description").startswith("Yes. It helps somewhat.")
    assert len(meta(html, "description")) <= MAX_DESCRIPTION_LENGTH


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
    assert truncate("one two three", 9) == "one two…"
    assert truncate("one two", 9) == "one two"
    assert truncate("x" * 20, 9) == "x" * 8 + "…"


def test_a_topic_has_a_title_a_description_and_an_address_of_its_own(site, client, settings):
    topic = factories.topic(introduction="<p>What happens here.</p>")
    factories.question(topic=topic)
    factories.article(topics=[topic])
    questions, articles = look(client, "/faq/topic/your-visit/"), look(client, "/blog/topic/your-visit/")
    assert questions.title.string != articles.title.string
    assert meta(questions, "description") == "What happens here."
    assert (
        meta(articles, "description") == "Articles on the subject “Your visit”: every one on this site, newest first."
    )
    assert canonical(questions) == f"{settings.SITE_URL}/faq/topic/your-visit/"


def test_each_page_of_a_list_is_one_of_its_own(site, client, settings):
    for _ in range(13):
        factories.article()
    first, second = look(client, "/blog/?page=1&utm_source=x"), look(client, "/blog/?page=2")
    assert canonical(first) == f"{settings.SITE_URL}/blog/"
    assert canonical(second) == meta(second, "og:url") == f"{settings.SITE_URL}/blog/?page=2"
    assert second.title.string == f"Blog, page 2 · {NAME}"


@pytest.mark.parametrize("number", ["2", "0", "-1", "9" * 30])
@pytest.mark.parametrize("path", ["/blog/", "/blog/topic/your-visit/"])
def test_a_page_that_a_list_does_not_have_is_not_found(path, number, site, client):
    factories.article(topics=[factories.topic()])
    assert client.get(path, {"page": number}).status_code == 404


@pytest.mark.parametrize("number", ["", "two", "1.5", "²", "\x00", "9" * 5000])
def test_what_numbers_no_page_is_noise(number, site, client, settings):
    factories.article()
    assert canonical(look(client, f"/blog/?{urlencode({'page': number})}")) == f"{settings.SITE_URL}/blog/"


def test_each_page_of_a_long_list_leads_to_every_other(site, client, monkeypatch):
    monkeypatch.setattr("blog.models.ARTICLES_PER_PAGE", 1)
    blog = factories.blog_index()
    for _ in range(12):
        factories.article()
    html = look(client, f"{blog.url}?page=6")
    row, everything = (
        [" ".join(link.get_text().split()) for link in part.find_all("a")] for part in html.select(".pagination ul")
    )
    assert row == ["Previous", "Page 1", "Page 5", "Page 6", "Page 7", "Page 12", "Next"]
    assert everything == [f"Page {number}" for number in range(1, 13)]
    assert {link.get_text() for link in html.select(".pagination [aria-current=page]")} == {"Page 6"}
    assert html.select_one(".pagination a")["href"] == "?page=5"


def test_a_longer_list_of_articles_costs_no_more_queries(site, client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("blog.models.ARTICLES_PER_PAGE", 2)
    for _ in range(4):
        factories.article()
    client.get("/blog/")  # what a process looks up once
    with CaptureQueriesContext(connection) as queries:
        client.get("/blog/")
        few = len(queries)
    for _ in range(24):
        factories.article()
    with django_assert_num_queries(few):
        client.get("/blog/")


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


def test_an_alias_has_no_markdown_beside_that_of_its_page(site, client):
    page = factories.article()
    alias = page.create_alias(update_slug="again")
    assert has_markdown(client, page.url)
    assert not has_markdown(client, alias.url)


# --- Every outlet, every state -----------------------------------------------------
#
# A page stands in all outlets, or, hidden from search engines or not readable, in none.


def xml_of(response):
    """The tree of an answer that the site itself has made."""
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314


def in_head(client, url):
    response = client.get(url)
    if response.status_code != 200:
        return False
    html = BeautifulSoup(response.content, "html.parser")
    return canonical(html) == f"{settings.SITE_URL}{url}" and "noindex" not in meta(html, "robots")


def addresses_of(sitemap):
    return [loc.text for loc in xml_of(sitemap).iter(f"{SITEMAP}loc")]


def addresses_in_sitemap(client):
    return addresses_of(client.get("/sitemap.xml"))


def has_markdown(client, url):
    return client.get(f"{url}index.md").status_code == 200


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PICTURE = "{http://www.google.com/schemas/sitemap-image/1.1}"
FILES_OF_THE_SITE = ["/sitemap.xml", "/feed/atom/", "/feed/rss/", "/llms.txt", "/robots.txt"]
# Kind of page: {outlet: (its address, what stands there for the address of a page)}, and whether it has Markdown.
IN_SITEMAP = {"sitemap": ("/sitemap.xml", "<loc>{}</loc>")}
IN_TEXT = {"llms.txt": ("/llms.txt", "{}")}
OUTLETS = {
    "question": {
        **IN_SITEMAP,
        **IN_TEXT,
        "list": ("/faq/", "{}#question"),  # in its graph
        "topic": ("/faq/topic/your-visit/", "{}#question"),
    },
    "article": {
        **IN_SITEMAP,
        **IN_TEXT,
        "list": ("/blog/", "{}#article"),
        "Atom": ("/feed/atom/", "{}"),
        "RSS": ("/feed/rss/", "{}"),
    },
    "person": {**IN_SITEMAP, **IN_TEXT, "list": ("/team/", "{}#person")},
    "standard page": {**IN_SITEMAP, **IN_TEXT},
}
HAVE_MARKDOWN = {"question", "article"}
MAKERS = {
    "question": factories.question,
    "article": factories.article,
    "person": factories.person,
    "standard page": factories.standard,
}


def stays(page):
    pass


def hide(page):
    page.hide_from_search_engines = True
    factories.publish(page)


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="open")


def unpublish(page):
    page.unpublish()


def expire(page):
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())


def delete(page):
    page.delete()


def move(page):
    page.slug = "moved"
    factories.publish(page)


def schedule(page):
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


STATES = {
    "published": (stays, True),
    "hidden": (hide, False),
    "private": (make_private, False),
    "draft": (unpublish, False),
    "expired": (expire, False),
    "scheduled": (schedule, False),
    "moved": (move, False),
    "deleted": (delete, False),
}


@pytest.mark.parametrize("kind", OUTLETS)
def test_a_page_stands_in_every_outlet_while_anybody_may_find_it(kind, site, client):
    pages = {state: MAKERS[kind](slug=f"a-{state}-page") for state in STATES}
    for state, (change, _stands) in STATES.items():
        change(type(pages[state]).objects.get(pk=pages[state].pk))

    texts = {name: client.get(path).content.decode() for name, (path, _words) in OUTLETS[kind].items()}

    def where(url):
        address = f"{settings.SITE_URL}{url}"
        found = {name for name, (_path, words) in OUTLETS[kind].items() if words.format(address) in texts[name]}
        found |= {"head"} if in_head(client, url) else set()
        return found | ({"Markdown"} if has_markdown(client, url) else set())

    everywhere = {*OUTLETS[kind], "head"} | ({"Markdown"} if kind in HAVE_MARKDOWN else set())
    found = {state: where(page.url) for state, page in pages.items()}
    assert found == {state: everywhere if stands else set() for state, (_change, stands) in STATES.items()}
    assert where(pages["moved"].url.replace("/a-moved-page/", "/moved/")) == everywhere


def test_a_private_section_takes_all_below_it_out_of_every_outlet(site, client):
    page, index = factories.question(), factories.faq_index()
    make_private(index)
    for url in (page.url, index.url):
        assert f"{settings.SITE_URL}{url}" not in addresses_in_sitemap(client)
        assert f"{settings.SITE_URL}{url}" not in client.get("/llms.txt").content.decode()
        assert meta(look(client, url), "robots") == "noindex"
    assert not has_markdown(client, page.url)


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("make", [factories.question, factories.article, factories.standard, factories.disclaimer])
def test_a_preview_asks_not_to_be_listed(make, live, site):
    answer = make(live=live).make_preview_request()
    assert answer.status_code == 200
    assert meta(BeautifulSoup(answer.content, "html.parser"), "robots") == "noindex"


def test_the_preview_of_a_list_asks_not_to_be_listed(site):
    factories.article(), factories.question()
    for index in (factories.blog_index(), factories.faq_index()):
        answer = index.make_preview_request()
        assert meta(BeautifulSoup(answer.content, "html.parser"), "robots") == "noindex"


# --- Sitemap, robots.txt, feeds ----------------------------------------------------


def lastmods(client):
    """{path: lastmod} of the sitemap."""
    tree = xml_of(client.get("/sitemap.xml"))
    return {
        row.findtext(f"{SITEMAP}loc").removeprefix(settings.SITE_URL): row.findtext(f"{SITEMAP}lastmod")
        for row in tree.iter(f"{SITEMAP}url")
    }


@pytest.fixture
def stating(site):
    """A question that states a fact with a source, and another that does not."""
    source = factories.reference()
    fact = factories.fact(reference=source)
    factories.question(slug="stating", short_answer=f"<p>{factories.fact_token(fact)}</p>")
    factories.question(slug="other")
    factories.article(slug="article", topics=[factories.topic()])
    factories.visit(), factories.disclaimer(slug="notice")
    return fact


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    if isinstance(record, DraftStateMixin):
        factories.publish(record)
    else:
        record.save()


EVERY_LIST_OF_QUESTIONS = {"/faq/", "/faq/topic/your-visit/"}
EVERY_LIST_OF_ARTICLES = {"/", "/blog/", "/blog/topic/your-visit/"}
CHANGES = {
    "nothing": (lambda fact: None, set()),
    "a question, without a change": (lambda fact: factories.publish(FAQEntryPage.objects.get(slug="other")), set()),
    "a question": (lambda fact: edit("other", title="Now?"), {"/faq/other/", *EVERY_LIST_OF_QUESTIONS}),
    "a title for search engines": (
        lambda fact: edit("other", seo_title="Now?"),
        {"/faq/other/", *EVERY_LIST_OF_QUESTIONS},
    ),
    "an article": (lambda fact: edit("article", title="New"), {"/blog/article/", *EVERY_LIST_OF_ARTICLES}),
    "a question that goes": (lambda fact: Page.objects.get(slug="other").specific.unpublish(), EVERY_LIST_OF_QUESTIONS),
    "a question that is deleted": (
        lambda fact: FAQEntryPage.objects.get(slug="other").delete(),
        EVERY_LIST_OF_QUESTIONS,
    ),
    "a fact": (lambda fact: change(fact, value="an hour"), {"/faq/stating/", *EVERY_LIST_OF_QUESTIONS}),
    "a fact, without a change": (factories.publish, set()),
    "what staff note of a fact": (lambda fact: change(fact, to_do="Ask."), set()),
    "a source": (lambda fact: change(fact.reference, year=2007), {"/faq/stating/", *EVERY_LIST_OF_QUESTIONS}),
    "a topic": (
        lambda fact: change(Topic.objects.get(), name="A visit"),
        EVERY_LIST_OF_QUESTIONS | EVERY_LIST_OF_ARTICLES - {"/"},
    ),
    "the clinic": (lambda fact: factories.clinic(phone="(805) 555-0100"), {"/", "/visit/"}),
}


def edit(slug, **fields):
    page = Page.objects.get(slug=slug).specific
    for name, value in fields.items():
        setattr(page, name, value)
    factories.publish(page)


@pytest.mark.parametrize("name", CHANGES)
def test_the_sitemap_dates_what_shows_a_change_and_nothing_else(name, stating, client):
    before = lastmods(client)
    make, changed = CHANGES[name]
    make(stating)
    after = lastmods(client)
    assert {path for path in after if after[path] != before[path]} == changed - (before.keys() - after.keys())


def test_a_new_version_of_a_notice_dates_every_page_where_it_stands(stating, client):
    before = lastmods(client)
    edit("notice", notice="<p>Other words.</p>")
    after = lastmods(client)
    assert all(before[path] != after[path] for path in before)


@pytest.mark.each_database
def test_the_same_content_gives_the_same_sitemap(stating, client):
    first = client.get("/sitemap.xml")
    align_site_record()
    call_command("migrate", verbosity=0)
    assert client.get("/sitemap.xml").content == first.content


@pytest.mark.each_database
def test_the_sitemap_lists_topics_pages_of_lists_and_pictures(site, client):
    for _ in range(13):
        factories.article(topics=[factories.topic()], body=[factories.figure()] if _ == 0 else [])
    addresses = set(addresses_in_sitemap(client))
    for path in ("/blog/?page=2", "/blog/topic/your-visit/", "/blog/topic/your-visit/?page=2"):
        assert f"{settings.SITE_URL}{path}" in addresses
    assert f"<image:loc>{settings.SITE_URL}/media/images/" in client.get("/sitemap.xml").content.decode()


def test_the_starter_texts_loaded_again_leave_every_file_for_machines_as_it_was(empty_site, small_content, client):
    starter.loader.load(content=small_content)
    before = [client.get(url).content for url in FILES_OF_THE_SITE]
    starter.loader.load()
    call_command("migrate", verbosity=0)
    assert [client.get(url).content for url in FILES_OF_THE_SITE] == before


def test_the_sitemap_keeps_to_its_protocol(site, client):
    factories.article(topics=[factories.topic()], body=[factories.figure(), factories.figure()])
    factories.question(), factories.visit()
    response = client.get("/sitemap.xml")
    tree = xml_of(response)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert tree.tag == f"{SITEMAP}urlset"
    addresses = []
    for row in tree:
        names = [part.tag for part in row]
        assert row.tag == f"{SITEMAP}url"
        assert names[0] == f"{SITEMAP}loc"
        assert set(names[1:]) <= {f"{SITEMAP}lastmod", f"{PICTURE}image"}
        assert names == sorted(names, key=[f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{PICTURE}image"].index)
        assert not row.findtext(f"{SITEMAP}lastmod") or datetime.fromisoformat(row.findtext(f"{SITEMAP}lastmod")).tzinfo
        places = [part.text or part[0].text for part in row if part.tag != f"{SITEMAP}lastmod"]
        assert all(place.startswith(f"{settings.SITE_URL}/") and len(place) < 2048 for place in places)
        addresses.append(places[0])
    assert len(addresses) == len(set(addresses)) > 4


def test_a_large_sitemap_comes_in_parts(site, client, monkeypatch):
    for _ in range(3):
        factories.question()
    whole = addresses_in_sitemap(client)
    monkeypatch.setattr("seo.views.MAX_SITEMAP_URLS", 2)
    parts = addresses_in_sitemap(client)
    assert parts[0] == f"{settings.SITE_URL}/sitemap-1.xml"
    found = []
    for part in parts:
        tree = xml_of(client.get(part.removeprefix(settings.SITE_URL)))
        found += [loc.text for loc in tree.iter(f"{SITEMAP}loc")]
    assert found == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


@pytest.mark.parametrize(
    ("switch", "shut", "open_"),
    [
        ("allows_search", {"Googlebot", "*"}, {"GPTBot", "ChatGPT-User"}),
        ("allows_training", {"GPTBot", "CCBot"}, {"Googlebot", "ChatGPT-User", "OAI-SearchBot", "*"}),
        ("allows_assistants", {"ChatGPT-User"}, {"Googlebot", "GPTBot", "*"}),
    ],
)
def test_each_kind_of_machine_is_switched_by_itself(switch, shut, open_, site, client):
    def may_read(name):
        parser = RobotFileParser()
        parser.parse(client.get("/robots.txt").content.decode().splitlines())
        return parser.can_fetch(name, "/faq/")

    assert all(may_read(name) for name in shut | open_)
    crawlers = CrawlerSettings.load()
    setattr(crawlers, switch, False)
    crawlers.save()
    assert not any(may_read(name) for name in shut)
    assert all(may_read(name) for name in open_)


MACHINES = {
    "allows_search": ["Googlebot", "Applebot", "OAI-SearchBot", "Claude-SearchBot", "PerplexityBot"],
    "allows_training": ["Google-Extended", "Applebot-Extended", "GPTBot", "ClaudeBot"],
    "allows_assistants": ["ChatGPT-User", "Claude-User", "Perplexity-User"],
}


@pytest.mark.parametrize("switch", MACHINES)
def test_a_company_is_asked_under_each_name_of_its_machines(switch):
    groups = robots_txt(CrawlerSettings(**{switch: False})).split("\n\n")
    shut = "\n".join(group for group in groups if group.endswith("Disallow: /")).splitlines()
    assert [name for name in MACHINES[switch] if f"User-agent: {name}" not in shut] == []


def test_robots_txt_names_the_sitemap_and_leaves_the_search_page_open(site, client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "/search/" not in text


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_whole_texts_authors_and_notices(site, client):
    factories.disclaimer("No advice.")
    body = factories.paragraph(f"<p>The text.</p>{factories.link(factories.question(slug='one'))}")
    page = factories.article(title="Less < more", body=body)
    Authorship.objects.create(page=page, person=factories.person("Jordan Example"))
    (entry,) = xml_of(client.get("/feed/atom/")).iter(f"{ATOM}entry")
    content = entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}title") == "Less < more"
    assert [author.findtext(f"{ATOM}name") for author in entry.iter(f"{ATOM}author")] == ["Jordan Example"]
    assert "The text." in content
    assert "No advice." in content
    assert f'href="{settings.SITE_URL}/faq/one/"' in content
    (item,) = xml_of(client.get("/feed/rss/")).iter("item")
    assert item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == content
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Jordan Example"
    assert item.findtext("guid") == entry.findtext(f"{ATOM}id")


def test_a_control_character_in_an_article_breaks_no_feed(site, client):
    control = "\x08"
    factories.article(title=f"A{control}B", summary=f"C{control}D", body=factories.paragraph(f"<p>E{control}F</p>"))
    for url in ("/feed/atom/", "/feed/rss/"):
        text = " ".join(xml_of(client.get(url)).itertext())
        assert [words for words in ("AB", "CD", "EF") if words not in text] == []


def test_the_feeds_keep_to_their_formats(site, client):
    for title in ("One & two", "Less < more"):
        factories.article(title, summary=f"{title}, in <short> words.", published_on=date(2026, 1, 2))
    atom, rss = xml_of(client.get("/feed/atom/")), xml_of(client.get("/feed/rss/"))
    entries, (channel,) = list(atom.iter(f"{ATOM}entry")), list(rss)
    assert (atom.tag, rss.tag, rss.get("version")) == (f"{ATOM}feed", "rss", "2.0")
    for part, needed in [(atom, set()), *((entry, {"author", "content"}) for entry in entries)]:
        names = {child.tag.removeprefix(ATOM) for child in part}
        assert names >= {"id", "title", "updated", "link"} | needed
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo
    itself = [link.get("href") for link in atom.iter(f"{ATOM}link") if link.get("rel") == "self"]
    assert itself == [f"{settings.SITE_URL}/feed/atom/"]
    assert {child.tag for child in channel} >= {"title", "link", "description", "item"}
    for item in channel.iter("item"):
        assert parsedate_to_datetime(item.findtext("pubDate")).date() == date(2026, 1, 2)
        assert item.find("guid").get("isPermaLink") == "false"
    described = [entry.findtext(f"{ATOM}summary") for entry in entries]
    assert described == [item.findtext("description") for item in channel.iter("item")]
    assert {BeautifulSoup(words, "html.parser").get_text() for words in described} == {
        "One & two, in <short> words.",
        "Less < more, in <short> words.",
    }
    for kind in ("atom", "rss"):
        assert client.get(f"/feed/{kind}/")["Content-Type"] == f"application/{kind}+xml; charset=utf-8"


@pytest.mark.parametrize("url", ["/sitemap.xml", "/llms.txt"])
def test_a_file_for_machines_costs_no_more_queries_on_a_larger_site(url, site, client, django_assert_num_queries):
    author, topics = factories.person(), [factories.topic(), factories.topic("another")]
    factories.disclaimer(scope="section", section=factories.faq_index()), factories.disclaimer()

    def grow(by):
        fact = factories.fact_token(factories.fact(f"key-{by}", reference=factories.reference(f"source-{by}")))
        for _ in range(by):
            text = factories.paragraph(f"<p>{fact}</p>{factories.link(site)}")
            factories.question(topic=topics[0], body=[*text, factories.figure()])
            article = factories.article(topics=topics, body=[*text, factories.figure()])
            Authorship.objects.create(page=article, person=author)

    grow(2)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
        few = len(queries)
    grow(8)
    client.get(url)
    with django_assert_num_queries(few):
        client.get(url)


def test_an_empty_feed_does_not_call_itself_new_at_every_moment(site, client):
    assert xml_of(client.get("/feed/atom/")).findtext(f"{ATOM}updated").startswith("1970")


def test_an_article_keeps_its_name_in_feeds_when_it_moves(site, client):
    page = factories.article()

    def name():
        (entry,) = xml_of(client.get("/feed/atom/")).iter(f"{ATOM}entry")
        return entry.findtext(f"{ATOM}id")

    before = name()
    move(page)
    assert name() == before


@pytest.mark.parametrize("url", ["/sitemap.xml", "/feed/atom/", "/feed/rss/", "/robots.txt", "/llms.txt"])
def test_an_empty_site_has_every_file_for_machines(url, site, client):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "url", ["/feed/", "/feed/json/", "/sitemap-1.xml", "/sitemap-0.xml", "/index.md", "/faq/index.md", "/some-key.txt"]
)
def test_a_file_that_is_not_there_is_not_found(url, site, client):
    assert client.get(url).status_code == 404


# --- Pictures beside shared links --------------------------------------------------


def card_of(html):
    """Which of the cards in static/brand/cards/ the head of a page names."""
    address = meta(html, "og:image")
    start = f"{settings.SITE_URL}/static/brand/cards/"
    assert address.startswith(start)
    return address.removeprefix(start)


def test_a_shared_page_without_a_topic_shows_the_card_of_the_mark(site, client):
    html = look(client, factories.standard().url)
    assert card_of(html) == "mark.png"
    assert (meta(html, "og:image:width"), meta(html, "og:image:height")) == ("1200", "630")
    assert meta(html, "og:image:alt") == "A flower in the light of a window"
    assert meta(html, "twitter:card") == "summary_large_image"


@pytest.mark.parametrize("emblem", Topic.Emblem.values)
def test_a_shared_page_shows_the_card_of_its_first_topic(emblem, site, client):
    first, second = factories.topic("first", emblem=emblem), factories.topic("second", emblem="ring")
    assert card_of(look(client, factories.question(topic=first).url)) == f"{emblem}.png"
    assert card_of(look(client, factories.article(topics=[first, second]).url)) == f"{emblem}.png"


def test_a_shared_page_shows_the_picture_that_staff_chose_and_its_description(site, client):
    html = look(client, factories.question(social_image=factories.picture(description="A quiet room")).url)
    assert "/media/images/" in meta(html, "og:image")
    assert meta(html, "og:image:alt") == "A quiet room"


def test_a_page_whose_chosen_picture_has_lost_its_file_shows_a_card(site, client):
    picture = factories.picture()
    page = factories.standard(social_image=picture)
    picture.get_renditions(*filters("social"))
    picture.renditions.all().delete()
    picture.file.storage.delete(picture.file.name)
    assert card_of(look(client, page.url)) == "mark.png"


def test_administrators_switch_what_machines_are_asked(site, client):
    client.force_login(factories.member("Administrators"))
    url = reverse("wagtailsnippets_seo_crawlersettings:list")
    assert client.get(url, follow=True).status_code == 200
    client.force_login(factories.member("Publishers"))
    assert client.get(url).url == "/admin/"


# --- Asking again, and one address ---------------------------------------------------


@pytest.mark.parametrize("url", ["/", "/faq/stating/", "/faq/", "/sitemap.xml", "/feed/atom/", "/robots.txt"])
def test_what_has_not_changed_is_not_sent_again(url, stating, client):
    tag = client.get(url)["ETag"]
    again = client.get(url, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    compressed = client.get(url, headers={"if-none-match": tag, "accept-encoding": "gzip"})
    assert compressed.status_code == 304


def test_a_changed_fact_is_sent_although_no_page_was_published(stating, client):
    tag = client.get("/faq/stating/")["ETag"]
    change(stating, value="an hour")
    answer = client.get("/faq/stating/", headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "an hour" in answer.content.decode()


FILES = [*FILES_OF_THE_SITE, "/blog/article/index.md"]


@pytest.mark.parametrize("url", FILES)
def test_a_file_is_sent_again_only_when_it_has_changed(url, stating, client):
    tag = client.get(url)["ETag"]
    unchanged = client.get(url, headers={"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content, unchanged["Cache-Control"]) == (304, b"", "no-cache")
    edit("article", title="New", body=factories.paragraph("<p>Other words.</p>"))
    change(CrawlerSettings.load(), allows_search=False)
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("change_of", [expire, make_private])
@pytest.mark.parametrize("url", ["/sitemap.xml", "/llms.txt", "/feed/atom/", "/feed/rss/"])
def test_a_file_is_sent_again_when_a_page_of_it_has_expired_or_gone_private(url, change_of, stating, client):
    page = factories.article()
    tag = client.get(url)["ETag"]
    change_of(page)
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("url", FILES)
def test_a_file_is_never_taken_for_unchanged_by_a_date(url, stating, client):
    later = http_date((timezone.now() + timedelta(days=1)).timestamp())
    answer = client.get(url, headers={"if-modified-since": later})
    assert (answer.status_code, answer.has_header("Last-Modified")) == (200, False)


def test_every_page_bears_the_date_that_the_sitemap_gives(stating, client):
    factories.publish(FAQEntryPage.objects.get(slug="other"))
    dates = lastmods(client)
    assert len(dates) > 5
    assert {url: http_date(datetime.fromisoformat(lastmod).timestamp()) for url, lastmod in dates.items()} == {
        url: client.get(url)["Last-Modified"] for url in dates
    }


def test_a_page_bears_no_date_where_nothing_says_when_it_changed(site, client):
    type(site).objects.update(content_updated_at=None, dependencies_updated_at=None)
    assert not client.get("/").has_header("Last-Modified")


def test_the_form_for_a_password_does_not_tell_when_the_page_behind_it_changed(site, client):
    page = factories.standard()
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="word")
    assert not client.get(page.url).has_header("Last-Modified")


def test_a_page_is_never_taken_for_unchanged_by_its_date(stating, client):
    later = http_date((timezone.now() + timedelta(days=1)).timestamp())
    for url in ("/", "/faq/stating/", "/blog/"):
        answer = client.get(url, headers={"if-modified-since": later})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
        same = client.get(url, headers={"if-modified-since": later, "if-none-match": answer["ETag"]})
        assert same.status_code == 304
        other = client.get(url, headers={"if-modified-since": later, "if-none-match": '"another"'})
        assert other.status_code == 200


@pytest.mark.parametrize("url", ["/", "/faq/stating/", "/blog/", "/search/?q=ketamine", "/nothing/", *FILES])
def test_reading_writes_nothing(url, stating, client):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_a_file_for_machines_has_one_address(stating, client, monkeypatch):
    monkeypatch.setattr("seo.views.MAX_SITEMAP_URLS", 2)
    assert client.get("/sitemap-1.xml").status_code == 200
    assert client.get("/sitemap-01.xml").status_code == 404
    answer = client.get("/blog/article//index.md")
    assert (answer.status_code, answer["Location"]) == (301, "/blog/article/index.md")


def test_browsers_keep_the_icon_of_the_site(empty_site, client):
    answer = client.get("/favicon.ico")
    assert "max-age=604800" in answer["Cache-Control"]
    answer.close()


def test_an_error_is_never_taken_for_unchanged(site, client):
    assert not client.get("/nothing/").has_header("ETag")
    assert client.get("/nothing/", headers={"if-none-match": "*"}).status_code == 404


@pytest.mark.parametrize("path", ["/faq/?page=2", "/", "/nothing/"])
def test_another_name_of_the_site_leads_to_its_one_address(path, site, client, settings):
    settings.SITE_URL, settings.IS_HTTPS = "https://www.example.org", True
    settings.ALLOWED_HOSTS = ["www.example.org", "example.org"]
    answer = client.get(path, headers={"host": "example.org"}, secure=True)
    assert (answer.status_code, answer["Location"]) == (301, f"https://www.example.org{path}")
    assert client.get("/healthz", headers={"host": "example.org"}, secure=True).status_code == 200
    assert client.get("/faq/", headers={"host": "www.example.org"}, secure=True).status_code != 301


def test_an_address_without_its_slash_leads_to_the_one_with_it(site, client):
    factories.faq_index()
    answer = client.get("/faq")
    assert (answer.status_code, answer["Location"]) == (301, "/faq/")


# --- The whole site, as a search engine walks it --------------------------------------

CLICKS = 3


def reached(fetch):
    """{address: HTML, or None where it asks not to be listed} of what is reached with few clicks from home."""
    home = f"{settings.SITE_URL}/"
    found, waiting = {}, [home]
    for _click in range(CLICKS + 1):
        links = []
        for address in dict.fromkeys(waiting):
            answer = fetch(address)
            html = BeautifulSoup(answer.text, "html.parser")
            assert answer.status == 200, address
            robots = meta(html, "robots")
            if not answer.text:
                continue
            found[address] = html if "noindex" not in robots else None
            links += [urldefrag(urljoin(address, link["href"])).url for link in html.body.find_all("a", href=True)]
        waiting = [link for link in dict.fromkeys(links) if link.startswith(home) and link not in found]
        waiting = [link for link in waiting if not link.startswith(f"{home}documents/")]
    return found


def assert_reached_is_found(fetch, sitemap):
    """Pages to find are the ones of the sitemap, each by its one address; they are returned."""
    indexed = {address: html for address, html in reached(fetch).items() if html}
    assert indexed.keys() == set(addresses_of(sitemap))
    assert {address: canonical(html) for address, html in indexed.items()} == {address: address for address in indexed}
    return indexed.values()


def assert_told_apart(pages):
    """Each page has a title and a description of its own, of a length that is shown whole."""
    for part in (lambda html: html.title.string, lambda html: meta(html, "description")):
        parts = [part(html) for html in pages]
        assert [words for words, count in Counter(parts).items() if count > 1] == []
    assert [html.title.string for html in pages if len(html.title.string) > MAX_TITLE_LENGTH] == []
    lengths = {meta(html, "description"): len(meta(html, "description")) for html in pages}
    assert {text: length for text, length in lengths.items() if not 40 <= length <= MAX_DESCRIPTION_LENGTH} == {}


@pytest.mark.parametrize("state", ["bare", "filled"])
def test_every_address_to_find_can_be_reached_and_every_one_reached_can_be_found(state, walked):
    site = walked(state)
    pages = assert_reached_is_found(site.walk.answers.__getitem__, site.sitemap)
    if state == "bare":  # filled, it has pages of one name
        assert_told_apart(pages)


def test_that_holds_when_lists_of_articles_have_more_pages_than_numbers_in_a_row(site, client, monkeypatch):
    monkeypatch.setattr("blog.models.ARTICLES_PER_PAGE", 1)
    NavigationItem.objects.create(clinic=factories.clinic(), page=factories.blog_index())
    for _number in range(15):
        factories.article(topics=[factories.topic()])
    client.defaults["SERVER_NAME"] = "localhost"
    found = {address for address, html in reached(asked_of(client)).items() if html and "/blog/" in address}
    assert found == {address for address in addresses_in_sitemap(client) if "/blog/" in address}
    assert {f"{settings.SITE_URL}/blog/{at}?page=15" for at in ("", "topic/your-visit/")} <= found


# --- What the editor shows of it --------------------------------------------------------


def editor_of(client, page):
    client.force_login(factories.administrator())
    return look(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def test_the_editor_shows_a_page_among_results_and_as_a_shared_link(site, client, settings):
    page = factories.question("Is it <safe>?", summary="In a few words.")
    preview = editor_of(client, page).select_one(".search-preview")
    assert preview["data-search-preview-site-value"] == NAME
    titles = [title.string for title in preview.select(".search-preview__title")]
    assert titles[0] == f"Is it <safe>? · {NAME}"
    assert preview.select_one(".search-preview__description").string == "In a few words."
    assert preview.select_one(".search-preview__address").string == f"{settings.SITE_URL}{page.url}"


def test_the_editor_shows_what_stands_in_for_a_summary(site, client):
    preview = editor_of(client, factories.question(short_answer="<p>Yes, mostly.</p>")).select_one(".search-preview")
    assert preview["data-search-preview-fallback-value"] == "Yes, mostly."


@pytest.mark.parametrize("live", [True, False])
def test_the_editor_shows_the_graph_as_it_was_last_saved(live, site, client):
    page = factories.question("Is it safe?", live=live)
    page.title = "Is it really safe?"
    page.save_revision()
    graph = json.loads(editor_of(client, page).select_one(".search-preview__graph").string)
    assert "Is it really safe?" in {node.get("name") for node in graph}


def test_a_new_page_has_a_preview_and_no_graph_yet(site, client):
    client.force_login(factories.administrator())
    url = reverse("wagtailadmin_pages:add", args=["faq", "faqentrypage", factories.faq_index().pk])
    html = look(client, url)
    assert html.select_one(".search-preview")
    assert not html.select_one(".search-preview__graph")


# --- Markdown, llms.txt ------------------------------------------------------------------


def test_a_markdown_page_says_what_its_page_says_with_byline_sources_and_notices(site, client, settings):
    factories.disclaimer("No advice.")
    source = factories.reference(doi="10.1000/1")
    page = factories.question(
        "Is it <safe> & sound?",
        slug="one",
        short_answer=f"<p>For <b>most</b> people.{factories.fact_token(source)}</p>",
        body=[
            {"type": "heading", "value": {"text": "More", "level": "h2"}},
            *factories.paragraph("<ol><li>First</li><li>Second</li></ol><p>2. is no list, <i>nor</i> *this*.</p>"),
            factories.figure("A chair"),
        ],
    )
    answer = client.get("/faq/one/index.md")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Link"] == f'<{settings.SITE_URL}/faq/one/>; rel="canonical"'
    for part in (
        "# Is it \\<safe\\> & sound?\n",
        "Published by Innerbloom Ketamine Therapy · Updated ",
        "\n\nNot yet reviewed by a clinician.\n",
        "For **most** people.\\[1\\]",
        "## More",
        "1. First\n2. Second",
        "2\\. is no list, *nor* \\*this\\*.",
        "![A chair](http",
        "[A randomized trial](https://doi.org/10.1000/1)",
        "No advice.",
        f"<{settings.SITE_URL}/faq/one/>",
    ):
        assert part in text, part
    assert look(client, page.url).find("link", type="text/markdown")["href"] == "/faq/one/index.md"


def test_tables_and_quotes_stay_what_they_are():
    html = (
        "<table><caption>At a glance</caption><thead><tr><th></th><th>How</th></tr></thead>"
        "<tbody><tr><th>IV</th><td><p>Into a | vein</p></td></tr></tbody></table>"
        "<blockquote><p>One.</p><p>Two.</p></blockquote><ul><li>A<ul><li>B</li></ul></li></ul>"
    )
    assert markdown(html) == (
        "**At a glance**\n\n|  | How |\n| --- | --- |\n| IV | Into a \\| vein |\n\n> One.\n>\n> Two.\n\n- A\n\n  - B\n"
    )


@pytest.mark.parametrize("text", ["# x", "- x", "1. x", "<b>x</b>", "[x](y)", "&lt;", "`x`", "> x", "=== x"])
def test_words_that_look_like_marks_are_words(text):
    rendered = MarkdownIt().render(escaped(text))
    assert BeautifulSoup(rendered, "html.parser").get_text().strip() == text
    assert [element.name for element in BeautifulSoup(rendered, "html.parser").find_all(True)] == ["p"]


def test_llms_txt_lists_questions_by_topic_and_says_the_notice(site, client, settings):
    factories.disclaimer("No advice.")
    factories.question("Is it safe?", slug="one", summary="In short.")
    factories.article("Deeper", slug="two")
    text = client.get("/llms.txt").content.decode()
    assert text.startswith(f"# {NAME}\n")
    assert "No advice." in text
    assert f"## Your visit\n\n- [Is it safe?]({settings.SITE_URL}/faq/one/index.md): In short." in text
    assert f"## Articles\n\n- [Deeper]({settings.SITE_URL}/blog/two/index.md)" in text
