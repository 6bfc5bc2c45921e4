"""What figures rest on: the line that readers find under them."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import Context, Template

from evidence.models import Fact
from tests import factories
from text.rendering import count_words, plain_text

RESULT = Fact.Kind.RESULT


def result(key="response", value="82%", **fields):
    """A figure of results; without a basis unless told otherwise."""
    return factories.fact(key, value, **{"kind": RESULT, "source_note": "our own count", **fields})


def counted(key="response", value="82%", **fields):
    """A figure of results that says what it rests on."""
    basis = {"sample_size": "120", "period": "2023 to 2025", "measure": "whoever said so"}
    return factories.fact(key, value, **{"kind": RESULT, **basis, **fields})


def main_of(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").main


def lines_of(element):
    return [" ".join(line.get_text().split()) for line in element.select(".basis")]


def test_what_a_result_rests_on_stands_in_a_line_below_its_paragraph(site, client):
    fact = counted(published_in="Our report", source_note="Half of them had PTSD")
    token = factories.fact_token(fact)
    main = main_of(client, factories.question(short_answer=f"<p>For {token} it helped.</p><p>Ask us.</p>"))
    (line,) = main.select(".basis")
    assert line.find_previous_sibling("p").get_text() == "For 82% it helped."
    assert line.find_next_sibling("p").get_text() == "Ask us."
    said = "Based on 120 people, 2023 to 2025. What was counted: whoever said so. Published in Our report."
    assert lines_of(main) == [f"{said} Half of them had PTSD."]


def test_a_result_without_a_basis_says_that_staff_can_tell_more(site, client):
    page = factories.standard(body=factories.paragraph(f"<p>{factories.fact_token(result())}</p>"))
    assert lines_of(main_of(client, page)) == ["Our own count. Ask us what this figure rests on."]


def test_a_rule_shows_its_note_and_nothing_else(site, client):
    noted = factories.fact("stay", "90 minutes", source_note="as we plan it.", sample_size="12")
    bare = factories.fact("fasting", "3 hours")
    text = "".join(f"<p>{factories.fact_token(fact)}</p>" for fact in (noted, bare))
    assert lines_of(main_of(client, factories.question(short_answer=text))) == ["As we plan it."]


def test_where_a_result_is_published_can_be_opened(site, client):
    fact = counted(published_in="https://example.org/results/")
    main = main_of(client, factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>"))
    assert main.select_one(".basis a")["href"] == "https://example.org/results/"


@pytest.mark.parametrize("address", ["https://", "http://no host/", "https:example"])
def test_an_address_that_cannot_be_opened_is_refused(address, site):
    with pytest.raises(ValidationError) as refused:
        Fact(key="x", name="x", value="x", published_in=address).full_clean()
    assert "published_in" in refused.value.message_dict


def test_markup_in_a_basis_is_shown_as_it_was_typed(site, client):
    fact = result(source_note="a < b & <b>c</b>", published_in="javascript:alert(1)", sample_size="<i>9</i>")
    main = main_of(
        client,
        factories.question(
            short_answer="<p>None</p>", body=factories.paragraph(f"<p>{factories.fact_token(fact)}</p>")
        ),
    )
    assert not main.select(".basis a, .basis b, .basis i")
    assert "A < b & <b>c</b>." in lines_of(main)[0]


def test_one_and_the_same_basis_stands_once_a_page(site, client):
    tokens = [factories.fact_token(result(f"fact-{number}", f"{number}%")) for number in range(3)]
    text = "".join(f"<p>{token}</p>" for token in tokens)
    page = factories.question(
        short_answer="<p>Well.</p>", body=[*factories.paragraph(text), *factories.paragraph(text)]
    )
    assert len(lines_of(main_of(client, page))) == 1


def test_where_figures_rest_on_different_things_each_line_names_its_figures(site, client):
    ours = [result("a", "82%"), result("b", "14%")]
    theirs = counted("c", "64%")
    text = ", ".join(factories.fact_token(fact) for fact in [*ours, theirs])
    lines = lines_of(main_of(client, factories.standard(body=factories.paragraph(f"<p>{text}</p>"))))
    assert [line.partition(":")[0] for line in lines] == ["82%, 14%", "64%"]


def blocks(token):
    """{name of a block: its raw value, which states the fact}."""
    text = f"<p>Well, {token}.</p>"
    cell = {
        "caption": "At a glance",
        "columns": [{"type": "rich_text", "heading": "How"}, {"type": "rich_text", "heading": "How often"}],
        "rows": [{"values": ["<p>Ours</p>", text]}],
    }
    item = {"type": "item", "id": "1"}
    return {
        "paragraph": text,
        "list": f"<ul><li>One</li><li>Well, {token}.</li></ul>",
        "callout": {"urgency": "caution", "title": "", "text": text},
        "benefit_risk": {"benefits": text, "risks": "<p>Some.</p>"},
        "steps": {"title": "", "steps": [{**item, "value": {"title": "First", "text": text}}]},
        "timeline": {"title": "", "points": [{**item, "value": {"time": "<p>Start</p>", "text": text}}]},
        "six_steps": {"caption": text},
        "disclosure": {"summary": "More", "text": text},
        "table": cell,
    }


@pytest.mark.parametrize("name", blocks(""))
def test_the_line_stands_in_every_block_right_below_the_figure(name, site, client):
    raw = {"type": "paragraph" if name == "list" else name, "value": blocks(factories.fact_token(result()))[name]}
    page = factories.article(body=[raw])
    feed = ElementTree.fromstring(client.get("/feed/atom/").content)  # noqa: S314  (our own)
    for html in (client.get(page.url).content, feed.findtext(".//{*}entry/{*}content")):
        soup = BeautifulSoup(html, "html.parser")
        (line,) = soup.select(".basis")
        assert "Well, 82%." in " ".join(line.parent.get_text(" ").split()).replace(" .", ".")
        assert not soup.select("p p, h1 p, h2 p, h3 p, summary p, span p")
    assert "Our own count. Ask us what this figure rests on." in client.get(f"{page.url}index.md").content.decode()


def test_the_line_stands_where_no_page_is_rendered_around_the_text(site):
    text = f"<p>Well, {factories.fact_token(result())}.</p><p>So.</p>"
    html = Template("{% load wagtailcore_tags %}{{ text|richtext }}").render(Context({"text": text}))
    assert [part.get_text() for part in BeautifulSoup(html, "html.parser").find_all("p")] == [
        "Well, 82%.",
        "Our own count. Ask us what this figure rests on.",
        "So.",
    ]


def test_as_plain_text_the_line_follows_as_a_sentence_and_is_not_counted(site, client):
    text = f"<p>Well, {factories.fact_token(counted())} felt better.</p>"
    sentence = "Well, 82% felt better."
    assert plain_text(text).startswith(f"{sentence} Based on 120 people,")
    assert plain_text(text, notes=False) == sentence
    assert count_words(text) == 4
    html = BeautifulSoup(client.get(factories.question(short_answer=text).url).content, "html.parser")
    graph = json.loads(html.find("script", type="application/ld+json").string)["@graph"]
    (answer,) = [node["acceptedAnswer"]["text"] for node in graph if "acceptedAnswer" in node]
    assert answer == " ".join(html.select_one(".short-answer").get_text(" ").split()).replace(" .", ".")


def test_the_source_of_a_result_is_named_in_its_line(site, client):
    source = factories.reference(container="J Test")
    page = factories.question(short_answer=f"<p>{factories.fact_token(result(reference=source))}.</p>")
    assert lines_of(main_of(client, page)) == ["Published in J Test, 2006. Our own count."]


@pytest.mark.parametrize(
    ("fields", "has_basis"),
    [
        ({}, False),
        ({"sample_size": "120", "period": "2024"}, False),
        ({"sample_size": "120", "period": "2024", "measure": "PHQ-9"}, True),
        ({"published_in": "Our report"}, False),
        ({"reference": {}}, True),
        ({"reference": {"is_retracted": True}}, False),
        ({"reference": {"live": False}}, False),
    ],
)
def test_a_result_has_a_basis_with_a_source_or_with_number_period_and_measure(fields, has_basis, site):
    if "reference" in fields:
        fields = {**fields, "reference": factories.reference(**fields["reference"])}
    fact = result(**fields)
    assert fact.has_basis is has_basis
    assert (fact in Fact.objects.without_basis()) is not has_basis
