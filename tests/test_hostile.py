"""Whatever is typed into the forms of the desk leaves site and desk whole."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.models import Notice
from core.models import Topic
from evidence.models import Fact, Reference
from faq.models import FAQEntryPage
from media.models import ClinicImage
from publishing import gates
from tests import factories
from tests.forms import fields_of, messages_in
from tests.pictures import plain
from tests.test_switches import MAKERS

pytestmark = pytest.mark.each_database

# Markup, quotes, template syntax, an astral character, text from right to left, a line separator of JavaScript.
HOSTILE = "<script>alert(1)</script>'\"&{{x}}🌱\u202eكي\u2028"
NUL = "before\x00after"
LONG = "x" * 10_000
every_kind = pytest.mark.parametrize("kind", MAKERS)


def rich(text, entity=None):
    """What the editor of rich text sends: one paragraph, all of it within `entity` if one is given."""
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if entity else []
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def body(text, picture=None):
    """Every block of a text with `text` in each of its places, as the editor sends it."""
    item = {"deleted": "", "type": "item", "order": "0"}
    blocks = [
        ("paragraph", rich(text)),
        ("heading", {"text": text, "level": "h2"}),
        ("callout", {"urgency": "note", "title": text, "text": rich(text)}),
        ("steps", {"title": text, "steps-count": "1", "steps-0-value": {"title": text, "text": rich(text)}}),
        ("timeline", {"title": text, "points-count": "1", "points-0-value": {"time": rich(text), "text": rich(text)}}),
        ("six_steps", {"caption": rich(text)}),
        ("benefit_risk", {"benefits": rich(text), "risks": rich(text)}),
        ("quote", {"text": text, "attribution": text}),
        ("disclosure", {"summary": text, "text": rich(text)}),
        ("table", table(text)),
    ]
    if picture:
        chosen = {"image": str(picture.pk), "alt_text": text}
        blocks.append(("figure", {"image": chosen, "caption": text}))
    for _kind, value in blocks:
        for name in [name for name in value if name.endswith("-0-value")] if isinstance(value, dict) else []:
            value.update({name.replace("value", key): text for key, text in item.items()})
    return streamfield(blocks)


def table(text):
    """A table of one column and one row."""
    return {
        "caption": text,
        "column-count": "1",
        "column-0": {"type": "text", "order": "0", "heading": text, "deleted": ""},
        "row-count": "1",
        "row-0": {"order": "0", "deleted": ""},
        "cell-0-0": text,
    }


def is_text(field):
    """Whether people type freely into a field."""
    exact = (models.SlugField, models.URLField, models.EmailField)
    return isinstance(field, (models.CharField, models.TextField)) and not (field.choices or isinstance(field, exact))


def typed(data, model, text):
    """The fields of a form with `text` in each that takes free text."""
    data = dict(data)
    for field in model._meta.get_fields():
        if field.name in data and is_text(field):
            data[field.name] = rich(text) if isinstance(field, RichTextField) else text
    return data


def send(desk, page, text, picture=None):
    """Publish a page with `text` in every field and block."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = typed(fields_of(desk, url), type(page), text)
    names = {field.name for field in page._meta.get_fields()}
    if "body" in names:
        data.update(nested_form_data({"body": body(text, picture)}))
    if "key_points" in names:
        data.update(nested_form_data({"key_points": streamfield([("point", text)])}))
    if "doors" in names:
        door = {"title": text[:60], "text": text, "page": str(factories.faq_index().pk)}
        data.update(nested_form_data({"doors": streamfield([("door", door)])}))
    return desk.post(url, {**data, "action-publish": "1"}, follow=True)


def is_inert(response):
    """Whether a page was made, and holds no script but its own."""
    html = BeautifulSoup(response.content, "html.parser")
    own = all("alert(1)" not in (script.string or "") or script.get("type") for script in html.find_all("script"))
    return response.status_code == 200 and own and b"<script>alert" not in response.content


@every_kind
def test_hostile_text_is_kept_and_shown_as_it_was_typed(kind, desk, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = MAKERS[kind]()
    # One kind with a picture stands for all: encoders take their time.
    words = {"title": HOSTILE, "description": HOSTILE, "rights_holder": HOSTILE}
    picture = ClinicImage.objects.create(**words, file=plain()) if kind == "article" else None
    response = send(desk, page, HOSTILE, picture)
    assert messages_in(response) == ""
    page = type(page).objects.get(pk=page.pk)
    assert page.title == HOSTILE.strip()
    assert not page.has_unpublished_changes
    for url in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    ):
        assert is_inert(desk.get(url)), url
    client.logout()
    for url in {page.url, page.get_parent().url or "/", "/search/?q=alert"}:
        assert is_inert(client.get(url)), url
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert HOSTILE.strip() in shown.get_text()
    json.loads(shown.find("script", type="application/ld+json").string)


def test_hostile_text_stays_inert_on_the_other_pages_of_the_desk(desk):
    page = factories.article(HOSTILE)
    for url in (
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_home"),
    ):
        assert is_inert(desk.get(url, follow=True)), url


@every_kind
def test_a_null_character_is_refused_and_nothing_is_changed(kind, desk):
    page = MAKERS[kind]()
    before = page.title
    response = send(desk, page, NUL)
    assert "Null characters are not allowed" in response.content.decode()
    page = type(page).objects.get(pk=page.pk)
    assert page.title == before
    assert not page.has_unpublished_changes


@pytest.mark.parametrize("kind", ["home", "question", "article", "person", "disclaimer"])
def test_too_much_text_is_refused_and_stays_in_the_form(kind, desk):
    page = MAKERS[kind]()
    before = page.title
    response = send(desk, page, LONG)
    assert "at most 255 characters" in messages_in(response)
    assert LONG in response.content.decode()
    assert type(page).objects.get(pk=page.pk).title == before


def test_a_long_text_where_it_may_be_long_is_kept(desk, client):
    page = factories.question()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    long = "Much to say. " * 800
    changes = {"patients_words": long, **nested_form_data({"body": streamfield([("paragraph", rich(long))])})}
    desk.post(url, {**fields_of(desk, url), **changes, "action-publish": "1"})
    assert BeautifulSoup(client.get(page.url).content, "html.parser").get_text().count("Much to say.") == 800


ENTITIES = {
    "a script as a link": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}},
    "a page that is gone": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 999_999, "parentId": 1}},
    "a page that is none": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 'x"><script>alert(1)</script>'}},
    "a document that is gone": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": 999_999}},
    "a document that is none": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": "abc"}},
    "a fact that is gone": {"type": "FACT", "mutability": "IMMUTABLE", "data": {"id": "999999"}},
    "a fact that is none": {"type": "FACT", "mutability": "IMMUTABLE", "data": {"id": 'x"/><script>alert(1)</script>'}},
    "a fact without a number": {"type": "FACT", "mutability": "IMMUTABLE", "data": {}},
    "a fact of a huge number": {"type": "FACT", "mutability": "IMMUTABLE", "data": {"id": "9" * 40}},
    "a source of a huge number": {"type": "REFERENCE", "mutability": "IMMUTABLE", "data": {"id": "9" * 40}},
    "a document of a huge number": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": int("9" * 40)}},
    "a source of strange digits": {"type": "REFERENCE", "mutability": "IMMUTABLE", "data": {"id": "\u00b2\u0663"}},
    "a page of a huge number": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": int("9" * 40)}},
    "a picture": {
        "type": "IMAGE",
        "mutability": "IMMUTABLE",
        "data": {"id": 1, "format": "none", "alt": "x", "src": "/x"},
    },
    "something unknown": {"type": "UNKNOWN", "mutability": "IMMUTABLE", "data": {"x": 1}},
}


def test_strange_tokens_in_a_text_break_neither_page_nor_editor(desk, client, monkeypatch):
    monkeypatch.setattr(gates, "_gates", {})  # which would hold back what names nothing
    page = factories.standard()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    paragraphs = [("paragraph", rich(f"Here {name}.", entity)) for name, entity in ENTITIES.items()]
    text = nested_form_data({"body": streamfield(paragraphs)})
    response = desk.post(url, {**fields_of(desk, url), **text, "action-publish": "1"}, follow=True)
    assert messages_in(response) == ""
    assert is_inert(desk.get(url))
    client.logout()
    response = client.get(page.url)
    assert is_inert(response)
    assert b'href="javascript' not in response.content
    shown = BeautifulSoup(response.content, "html.parser").get_text()
    for name, entity in ENTITIES.items():
        assert f"Here {name}." in shown or entity["mutability"] == "IMMUTABLE"


# --- Snippets, pictures, documents -----------------------------------------------

SNIPPETS = {
    "core_topic": (Topic, {"slug": "new", "emblem": "bud", "order": "1"}),
    "clinic_notice": (Notice, {"ends_at": "2099-01-01 10 am"}),
    "evidence_fact": (Fact, {"key": "new", "kind": "rule"}),
    "evidence_reference": (Reference, {"key": "new", "year": "2006", "doi": "", "pubmed_id": ""}),
}
every_snippet = pytest.mark.parametrize("name", SNIPPETS)


def add_snippet(desk, name, text):
    """Add a record with `text` in every field that takes free text."""
    model, fields = SNIPPETS[name]
    url = reverse(f"wagtailsnippets_{name}:add")
    return desk.post(url, {**typed(fields_of(desk, url), model, text), **fields}, follow=True)


@every_snippet
def test_hostile_text_in_a_record_stays_inert(name, desk, client, monkeypatch):
    # Short numbers of a volume take no more than this.
    text = HOSTILE if name != "evidence_reference" else "<script>alert(1)</sc"[:10] + "'\"&🌱\u202eكي"
    response = add_snippet(desk, name, text)
    assert messages_in(response) == ""
    record = SNIPPETS[name][0].objects.get()
    place = f"wagtailsnippets_{name}"
    for url in (
        reverse(f"{place}:list"),
        reverse(f"{place}:edit", args=[record.pk]),
        reverse(f"{place}:usage", args=[record.pk]),
        reverse(f"{place}:delete", args=[record.pk]),
    ):
        assert is_inert(desk.get(url)), url
    token = factories.fact_token(record) if name.startswith("evidence") else ""
    fields = {"topic": record} if name == "core_topic" else {}
    record.publish(record.latest_revision)
    page = factories.question(short_answer=f"<p>So {token}</p>", **fields)
    assert is_inert(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    client.logout()
    for url in (page.url, "/faq/", "/faq/all/"):
        assert is_inert(client.get(url)), url


@every_snippet
def test_a_record_with_a_null_character_is_refused(name, desk):
    response = add_snippet(desk, name, NUL)
    assert "Null characters are not allowed" in response.content.decode()
    assert not SNIPPETS[name][0].objects.exists()


@pytest.mark.parametrize("name", sorted(SNIPPETS.keys() - {"clinic_notice"}))  # whose only text may be long
def test_a_record_of_too_much_text_is_refused_and_the_text_stays(name, desk):
    response = add_snippet(desk, name, LONG)
    assert "at most" in messages_in(response)
    assert LONG in response.content.decode()
    assert not SNIPPETS[name][0].objects.exists()


def test_a_topic_in_use_cannot_be_deleted_and_the_desk_says_why(desk):
    page = factories.question()
    url = reverse("wagtailsnippets_core_topic:delete", args=[page.topic.pk])
    assert f"cannot be deleted: it is used in “{page.title}”" in messages_in(desk.get(url, follow=True))
    desk.post(url)
    assert FAQEntryPage.objects.get(pk=page.pk).topic


@pytest.mark.parametrize(("text", "words"), [(NUL, "Null characters"), (LONG, "at most 255")])
def test_a_picture_of_impossible_words_is_refused(text, words, desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fields = {"title": text, "description": text, "rights_holder": text, "rights_note": text, "file": plain()}
    response = desk.post(reverse("wagtailimages:add"), fields)
    assert words in messages_in(response)
    assert not ClinicImage.objects.exists()


def test_a_document_of_a_hostile_title_stays_inert(desk, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile('a"<b>.pdf', b"%PDF-1.4")
    response = desk.post(reverse("wagtaildocs:add"), {"title": HOSTILE, "file": file}, follow=True)
    assert is_inert(response)
    document = get_document_model().objects.get()
    body = factories.paragraph(f'<p><a linktype="document" id="{document.pk}">leaflet</a></p>')
    page = factories.article(body=body)
    client.logout()
    assert is_inert(client.get(page.url))
    assert (
        client.get(
            BeautifulSoup(client.get(page.url).content, "html.parser").find("a", string="leaflet")["href"]
        ).status_code
        == 200
    )


def test_a_hostile_notice_stands_on_every_page_inert(desk, client):
    now = timezone.now()
    Notice.objects.create(text=f"<p>{HOSTILE}</p>", starts_at=now, ends_at=now + timezone.timedelta(days=1))
    assert is_inert(desk.get(reverse("wagtailsnippets_clinic_notice:list")))
