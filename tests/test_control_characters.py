"""Control characters that come along with pasted text break neither a page nor what machines read."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.menu import reports_menu
from wagtail.test.utils.form_data import nested_form_data, streamfield

from blog.models import BlogPostPage
from core.models import Topic
from evidence.models import Fact
from tests import factories
from tests.forms import fields_of, messages_in
from tests.test_hostile import add_snippet, body, rich
from text.control_characters import without_control_characters

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}encoded"

# What was pasted, and what readers get.
CASES = {
    "vertical tab": ("Sleep and\x0bketamine", "Sleep and ketamine"),
    "start of text": ("He said\x02 so.", "He said so."),
    "form feed": ("Page one\x0cpage two", "Page one page two"),
    "line separator": ("One line\u2028and another", "One line and another"),
    "next line": ("One line\x85and another", "One line and another"),
    "bell": ("Ring\x07 the bell", "Ring the bell"),
    "escape": ("In \x1b[1mbold", "In [1mbold"),
    "noncharacters": ("So\ufffe it\uffff ends", "So it ends"),
}
# Only an editor's script can send it: a form field cannot hold it.
LONE_SURROGATE = ("Half \ud83c a flower", "Half  a flower")


@pytest.mark.parametrize(("pasted", "read"), [*CASES.values(), LONE_SURROGATE], ids=[*CASES, "lone surrogate"])
def test_a_soft_break_becomes_a_space_and_other_control_characters_go(pasted, read):
    assert without_control_characters(pasted) == read


@pytest.mark.parametrize("text", ["a\tb\nc\r\nd", "🌱 \u202eكي", "naïve — “so”", "zero\u200dwidth"])
def test_what_people_type_on_purpose_stays(text):
    assert without_control_characters(text) == text


@pytest.fixture
def desk(client, site):
    client.force_login(factories.administrator())
    return client


def paste(desk, page, title, blocks):
    """Publish a page with a title and a text as the editor sends them."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    texts = nested_form_data({"body": blocks, "key_points": streamfield([("point", title)])})
    data = {**fields_of(desk, url), "title": title, "summary": title, **texts}
    return desk.post(url, {**data, "action-publish": "1"}, follow=True)


def read_feeds(client):
    """The titles and texts of the articles in both feeds."""
    atom = ElementTree.fromstring(client.get("/feed/atom/").content)  # noqa: S314
    rss = ElementTree.fromstring(client.get("/feed/rss/").content)  # noqa: S314
    return [
        *((entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")) for entry in atom.iter(f"{ATOM}entry")),
        *((item.findtext("title"), item.findtext(CONTENT)) for item in rss.iter("item")),
    ]


BODIES = {
    "one character in every block": (lambda: body("Ring\x07 the bell"), ["Ring the bell"]),
    "every character in a text": (
        lambda: streamfield([("paragraph", rich(pasted)) for pasted, _ in CASES.values()]),
        [read for _, read in CASES.values()],
    ),
}


@pytest.mark.parametrize(("make", "expected"), BODIES.values(), ids=BODIES)
def test_a_text_pasted_with_control_characters_is_published_and_read_everywhere(make, expected, desk):
    page = factories.article()
    response = paste(desk, page, "Sleep and\x0bketamine", make())
    assert messages_in(response) == ""
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    desk.logout()
    html = BeautifulSoup(desk.get(page.url).content, "html.parser")
    assert html.h1.get_text() == "Sleep and ketamine"
    assert without_control_characters(html.get_text()) == html.get_text()
    assert all(read in html.get_text() for read in expected)
    assert json.loads(html.find("script", type="application/ld+json").string)
    feeds = read_feeds(desk)
    assert [title for title, _ in feeds] == ["Sleep and ketamine"] * 2
    assert all(read in text for _, text in feeds for read in expected)
    ElementTree.fromstring(desk.get("/sitemap.xml").content)  # noqa: S314
    for url in ("/llms.txt", f"{page.url}index.md"):
        assert without_control_characters(desk.get(url).text) == desk.get(url).text, url


def test_a_lone_surrogate_in_rich_text_is_left_out_and_the_page_opens_again(desk):
    page, (pasted, read) = factories.article(), LONE_SURROGATE
    paste(desk, page, "Half a flower", streamfield([("paragraph", rich(pasted))]))
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert read in BeautifulSoup(desk.get(page.url).content, "html.parser").get_text()


@pytest.mark.parametrize(("name", "field"), [("evidence_fact", "value"), ("core_topic", "name")])
def test_a_record_is_kept_without_control_characters(name, field, desk):
    add_snippet(desk, name, "Ring\x07 the\x0bbell")
    record = (Fact if name == "evidence_fact" else Topic).objects.get()
    assert getattr(record, field) == "Ring the bell"


def test_feeds_stand_whatever_a_program_has_written_into_the_database(site, client):
    page = factories.article(body=factories.paragraph("<p>Kept.</p>"))
    text = json.dumps(factories.paragraph("<p>He said\x02 so.</p>"))
    BlogPostPage.objects.filter(pk=page.pk).update(title="Ring\x07 the bell", summary="Sleep\x0band", body=text)
    feeds = read_feeds(client)
    assert [title for title, _ in feeds] == ["Ring the bell"] * 2
    assert all("He said so." in text for _, text in feeds)
    for url in ("/llms.txt", f"{page.url}index.md"):
        assert "\x07" not in client.get(url).text, url


def test_reports_leave_as_spreadsheets_whatever_stands_in_a_title_or_name(desk, rf):
    page = factories.article()
    BlogPostPage.objects.filter(pk=page.pk).update(title="Ring\x07 the bell", draft_title="Ring\x07 the bell")
    request = rf.get("/")
    request.user = factories.administrator(first_name="Jo\x07")
    desk.force_login(request.user)
    BlogPostPage.objects.get(pk=page.pk).unpublish(user=request.user)  # the history of the site names both
    exported = []
    for item in reports_menu.menu_items_for_request(request):
        for kind in ("csv", "xlsx"):
            response = desk.get(item.url, {"export": kind})
            assert response.status_code == 200, item.url
            content = b"".join(response)
            exported += [content.decode()] if kind == "csv" and response["Content-Type"] == "text/csv" else []
    assert any("Ring the bell" in text for text in exported)
