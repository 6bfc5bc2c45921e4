"""What stands in a page of style sheets and script: what the page uses, and nothing else."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string

from delivery.script import script
from delivery.stylesheet import (
    STYLESHEET_FOLDER,
    base_style,
    collected_styles,
    component_names,
    component_styles,
    sheet_path,
    style_elements,
)
from tests import factories, filled

TEMPLATES = settings.BASE_DIR / "templates"


def carried(html):
    """The names of the component sheets that stand in a page."""
    return {name for name in component_names() if str(component_styles([name])[0]) in html}


def hash_of(text):
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def classes_begun(css):
    """The classes with which rules of a sheet begin."""
    return set(re.findall(r"^\s+\.([a-z][\w-]*)", css, re.MULTILINE))


@pytest.mark.django_db
def test_a_question_carries_the_base_and_what_it_uses(client):
    html = client.get(factories.question().url).text

    assert html.count("<style>") == len(carried(html)) + 1
    assert html.index(str(base_style())) < html.index(str(component_styles(["components/header"])[0]))
    assert {"components/byline", "components/short_answer", "components/footer"} <= carried(html)
    assert not {"components/hero", "components/time_strip", "blocks/table"} & carried(html)


@pytest.mark.django_db
def test_a_block_brings_its_sheet(client):
    page = factories.question(body=[{"type": "quote", "value": {"text": "Words.", "attribution": ""}}])

    assert "blocks/quote" in carried(client.get(page.url).text)


@pytest.mark.django_db
def test_a_list_of_sources_and_what_cites_them_bring_their_sheets(client):
    fact = factories.fact(reference=factories.reference())
    page = factories.question(short_answer=f"<p>For {factories.fact_token(fact)}.</p>")

    assert {"components/fact", "components/citation", "components/sources"} <= carried(client.get(page.url).text)


def test_every_class_with_rules_finds_them_on_every_kind_of_page(empty_site, client):
    begun = {name: classes_begun(sheet_path(name).read_text(encoding="utf-8")) for name in component_names()}
    addresses = filled.fill()

    for address in ["/", "/faq/", "/faq/all/", "/blog/", "/team/", "/visit/", "/search/?q=suicide", *addresses]:
        html = client.get(address).text
        sheets = carried(html)
        for name in {name for names in re.findall(r'\bclass="([^"]*)"', html) for name in names.split()}:
            owners = {sheet for sheet, classes in begun.items() if name in classes}
            assert not owners or owners & sheets, f"{address} lacks the rules of .{name}"
        assert not re.search(r"<[^>]+\sstyle=", html), f"{address} has a style attribute, which no policy can name"


@pytest.mark.django_db
def test_the_request_names_the_hash_of_every_style_element_and_no_other(client):
    answer = client.get(factories.question().url)

    found = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert answer.wsgi_request.style_hashes == [hash_of(text) for text in found]


@pytest.mark.django_db
def test_a_style_element_in_a_text_brings_no_hash_and_no_sheet(client):
    typed = "main{display:none}"
    page = factories.question(short_answer=f'<p class="hero">Most.</p><style>{typed}</style>')

    answer = client.get(page.url)

    assert f"<style>{typed}</style>" in answer.text
    assert hash_of(typed) not in answer.wsgi_request.style_hashes
    assert "components/hero" not in carried(answer.text)


def test_styles_stand_in_one_order_however_they_were_asked_for():
    names = ["components/header", "blocks/table", "components/byline"]

    assert style_elements(names) == style_elements(reversed(names))


def test_what_asks_twice_is_carried_once():
    with collected_styles() as names:
        Template('{% load core_tags %}{% style "blocks/table" %}{% style "blocks/table" "blocks/quote" %}').render(
            Context()
        )

    assert names == {"blocks/table", "blocks/quote"}


def test_a_template_that_asks_for_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(TemplateSyntaxError, match="There is no sheet components/nowhere"):
        Template('{% load core_tags %}{% style "components/nowhere" %}')


def test_every_sheet_is_asked_for_by_a_template_or_comes_with_its_token():
    asked = {"components/fact", "components/basis", "components/citation"}  # evidence.tokens
    for path in TEMPLATES.rglob("*.html"):
        for names in re.findall(r"\{% style (.*?) %\}", path.read_text(encoding="utf-8")):
            asked |= set(re.findall(r'"(.*?)"', names))

    assert asked == set(component_names())


@pytest.mark.parametrize("name", component_names())
def test_a_template_with_a_sheet_of_its_name_asks_for_it(name):
    path = TEMPLATES / f"{name}.html"
    if path.exists():
        assert re.search(rf'\{{% style [^%]*"{name}"', path.read_text(encoding="utf-8"))


def test_the_text_of_a_style_is_the_sheet_without_comments_and_needless_space():
    text = component_styles(["components/corner_flower"])[0].text

    assert text.startswith("@layer components{@media screen and (forced-colors:none) and (min-width:80rem){")
    assert 'url("/static/brand/flowers/bloom.svg")' in text
    assert not any("/*" in style.text or "\n" in style.text for style in component_styles(component_names()))


def test_important_stands_in_no_sheet():
    assert [
        path.name for path in STYLESHEET_FOLDER.rglob("*.css") if "!important" in path.read_text(encoding="utf-8")
    ] == []


@pytest.mark.django_db
def test_a_preview_of_a_block_carries_every_sheet(rf):
    request = rf.get("/")

    html = render_to_string("wagtailcore/shared/block_preview.html", {"request": request})

    assert carried(html) == set(component_names())
    assert len(request.style_hashes) == len(component_names()) + 1


@pytest.mark.django_db
def test_the_script_of_the_questions_travels_with_them(client):
    factories.question()

    html = client.get("/faq/").text

    assert re.findall(r"<script[^>]*>", html.replace(' type="application/ld+json"', "")) == [
        "<script>",
        '<script type="module">',
    ]
    assert "onhashchange" in html
    assert "//" not in script("faq.js")
    assert "</script" not in script("faq.js")
