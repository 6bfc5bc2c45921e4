"""Control characters that come along with pasted text break neither a page nor what machines read."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.menu import reports_menu
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Collection, Comment
from wagtail.test.utils.form_data import nested_form_data, streamfield

from blog.models import BlogPostPage
from core.models import Topic
from evidence.models import Fact
from media.models import ClinicImage
from tests import factories
from tests.forms import fields_of, messages_in
from tests.pictures import plain
from tests.test_accounts import account_form
from tests.test_hostile import add_snippet, body, rich
from text.control_characters import CleanTextMixin, without_control_characters

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
    "noncharacters": ("So\ufffe it\uffff ends\U0001ffff", "So it ends"),
    "soft hyphen": ("Keta\u00admine", "Ketamine"),
    "space without width": ("Keta\u200bmine\ufeff", "Ketamine"),
    "place of a picture": ("See\ufffc here", "See here"),
}
# Only an editor's script can send it: a form field cannot hold it.
LONE_SURROGATE = ("Half \ud83c a flower", "Half  a flower")


@pytest.mark.parametrize(("pasted", "read"), [*CASES.values(), LONE_SURROGATE], ids=[*CASES, "lone surrogate"])
def test_a_soft_break_becomes_a_space_and_other_control_characters_go(pasted, read):
    assert without_control_characters(pasted) == read


@pytest.mark.parametrize("text", ["a\tb\nc\r\nd", "🌱 \u202eكي", "naïve — “so”", "zero\u200dwidth"])
def test_what_people_type_on_purpose_stays(text):
    assert without_control_characters(text) == text


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


PASTED, KEPT = "Ring\x07 the\x0bbell", "Ring the bell"


def test_every_text_with_a_form_of_its_own_is_cleaned_by_its_model():
    left = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, (RichTextField, StreamField)) for field in model._meta.get_fields())
        and not issubclass(model, CleanTextMixin)
    }
    assert left <= {"archive.Wording", "disclaimers.DisclaimerVersion"}  # copies of what pages hold


def test_a_name_of_somebody_a_role_and_a_collection_are_kept_without_control_characters(desk):
    add = {
        reverse("wagtailusers_groups:add"): {"name": PASTED},
        reverse("wagtailadmin_collections:add"): {"name": PASTED, "parent": str(Collection.get_first_root_node().pk)},
    }
    for url, changes in add.items():
        desk.post(url, {**fields_of(desk, url), **changes}, follow=True)
    somebody = factories.member("Authors")
    url, form = account_form(somebody, first_name=PASTED, last_name=PASTED)
    desk.post(url, form)
    somebody.refresh_from_db()
    assert somebody.get_full_name() == f"{KEPT} {KEPT}"
    assert Group.objects.filter(name=KEPT).exists()
    assert Collection.objects.filter(name=KEPT).exists()


def test_a_redirect_with_a_control_character_is_the_redirect_without(desk):
    url = reverse("wagtailredirects:add")
    for _ in range(2):
        response = desk.post(
            url, {**fields_of(desk, url), "old_path": "/o\x07ld/", "redirect_link": "https://example.org/"}
        )
    assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/old"]
    assert response.status_code == 200


def test_a_comment_on_a_page_is_kept_without_control_characters(desk):
    page = factories.article()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    comment = {"text": PASTED, "contentpath": "title", "position": "", "id": "", "deleted": "", "resolved": ""}
    comments = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    data = {f"comments-{name}": value for name, value in comments.items()}
    data |= {f"comments-0-{name}": value for name, value in comment.items()}
    data |= {"comments-0-replies-TOTAL_FORMS": "0", "comments-0-replies-INITIAL_FORMS": "0"}
    texts = nested_form_data({"body": streamfield([]), "key_points": streamfield([])})
    desk.post(url, {**fields_of(desk, url), **texts, **data})
    assert [comment.text for comment in Comment.objects.all()] == [KEPT]


def test_a_tag_of_a_picture_is_kept_without_control_characters(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fields = {"title": PASTED, "description": PASTED, "tags": f'"{PASTED}"', "file": plain(), "shows_person": "nobody"}
    desk.post(reverse("wagtailimages:add"), fields)
    picture = ClinicImage.objects.get()
    assert (picture.title, picture.description, picture.tags.get().name) == (KEPT, KEPT, KEPT)


def test_a_search_of_the_desk_with_control_characters_is_answered(desk):
    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtailusers_users:index"):
        url = reverse(name)
        assert desk.get(url, {"q": PASTED + "\ufffe\x01"}).status_code == 200, url


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


@pytest.mark.each_database
def test_a_nul_in_an_address_of_the_desk_is_no_error_of_the_server(site, client):
    client.force_login(factories.administrator())
    assert client.get("/admin/tag-autocomplete/?term=%00").status_code < 500
