"""Raised and lowered figures stay apart from what stands beside them, by whatever door a text comes in."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.rich_text import RichTextArea
from faq.models import FAQEntryPage
from tests import factories
from tests.forms import fields_of
from text.extraction import extract_text
from text.raised_figures import raise_figures
from text.rendering import plain_text

STORED = {
    "<p>about 10<sup>5</sup> cells, see note<sup>1</sup></p>": "<p>about 10⁵ cells, see note¹</p>",
    "<p>H<sub>2</sub>O, 10<SUP>-3</SUP> g</p>": "<p>H₂O, 10⁻³ g</p>",
    "<p>x<sup>0.5</sup>, x<sup>a</sup>, T<sub>max</sub></p>": "<p>x^(0.5), x^a, T_(max)</p>",
    "<p>the 1<sup>st</sup> day<sup>[2]</sup></p>": "<p>the 1st day[2]</p>",
    '<p>see<sup><a href="/a/">3</a></sup></p>': '<p>see<a href="/a/">³</a></p>',
    "<p>mg/m<sup><b>2</b></sup> and 1 &lt; 2</p>": "<p>mg/m<b>²</b> and 1 &lt; 2</p>",
}


@pytest.mark.parametrize(("html", "expected"), STORED.items())
def test_raised_figures_of_stored_text_become_characters(html, expected):
    assert raise_figures(html) == expected


def styled(text, *ranges, entities=()):
    """What the editor of rich text sends: one paragraph with styles at (offset, length, style)."""
    styles = [{"offset": offset, "length": length, "style": style} for offset, length, style in ranges]
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": styles}
    links = [{"offset": offset, "length": length, "key": at} for at, (offset, length) in enumerate(entities)]
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://example.org/"}}
    return json.dumps(
        {"blocks": [{**block, "entityRanges": links}], "entityMap": {str(at): link for at in range(len(links))}}
    )


SENT = {
    "characters": (styled("105 cells", (2, 1, "SUPERSCRIPT")), "10⁵ cells"),
    "a mark": (
        styled("x0.5 of C2 is bold", (1, 3, "SUPERSCRIPT"), (9, 1, "SUBSCRIPT"), (14, 4, "BOLD")),
        "x^(0.5) of C₂ is <b>bold</b>",
    ),
    "within bold": (styled("105 cells", (0, 9, "BOLD"), (2, 1, "SUPERSCRIPT")), "<b>10⁵ cells</b>"),
    "before a link": (
        styled("xab to read", (1, 2, "SUPERSCRIPT"), entities=[(7, 4)]),
        'x^(ab) to <a href="https://example.org/">read</a>',
    ),
}


@pytest.mark.parametrize(("sent", "expected"), SENT.values(), ids=SENT)
def test_raised_figures_that_an_editor_sends_become_characters(sent, expected):
    html = RichTextArea(features=["bold", "link"]).value_from_datadict({"x": sent}, {}, "x")
    assert BeautifulSoup(html, "html.parser").p.decode_contents() == expected


def test_a_text_with_raised_figures_is_saved_from_the_desk_without_losing_them(client, site):
    client.force_login(factories.administrator())
    page = factories.question()
    stored = "<p>about 10<sup>5</sup> cells</p>"
    FAQEntryPage.objects.filter(pk=page.pk).update(short_answer=stored, latest_revision=None)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(url).content.decode()
    assert "10⁵ cells" in shown or "10\\u2075 cells" in shown
    sent = styled("about 105 cells", (8, 1, "SUPERSCRIPT"))
    texts = {"short_answer": sent, **nested_form_data({"body": streamfield([])})}
    client.post(url, {**fields_of(client, url), **texts, "action-publish": "1"})
    assert "about 10⁵ cells" in client.get(page.url).content.decode()


@pytest.mark.parametrize("read", [plain_text, extract_text])
def test_raised_figures_stay_apart_where_a_text_is_read_without_its_form(read, db):
    assert read("<p>about 10<sup>5</sup> cells</p>") == "about 10⁵ cells"
