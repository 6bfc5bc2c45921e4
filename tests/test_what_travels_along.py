"""What stands in a page of style sheet and script: what the page needs, and nothing else."""

import re

import pytest

from delivery.script import script
from delivery.stylesheet import CLASSES_OF_SELECTOR, joined, rules, stylesheet_for, used
from tests import factories


def classes_of(css):
    return set(CLASSES_OF_SELECTOR.findall(css))


def style_of(html):
    return re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]


def test_a_page_that_shows_everything_has_the_whole_sheet():
    sheet = joined()

    assert used(rules(sheet), classes_of(sheet)) == sheet
    assert stylesheet_for(f'<i class="{" ".join(classes_of(sheet))}">') == sheet


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<p class="fact">', ".fact{font-variant-numeric:tabular-nums}"),
        ('<p class="other\n fact">', ".fact{font-variant-numeric:tabular-nums}"),
        ('<p class="card"><i class="emblem">', ".emblem{flex:none"),
        ("<p>", "body{background:var(--ground)"),
        ("<p>", "@font-face"),
        ("<p>", "@layer reset,tokens,base,layout,components,utilities;"),
    ],
)
def test_a_rule_stands_where_all_its_classes_do(html, rule):
    assert rule in stylesheet_for(html)


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p>", "card"),
        ('<p class="cards">', "card__title"),
        ('<p class="emblem">', "card__flower"),
        ("class=card", "card"),
    ],
)
def test_a_rule_is_left_out_where_one_of_its_classes_is_missing(html, name):
    assert f".{name}{{" not in stylesheet_for(html)


@pytest.mark.parametrize(
    ("css", "classes", "text"),
    [
        ("a:not(.x){b:c}", set(), "a:not(.x){b:c}"),
        (":is(.x,.y) a,.x a{b:c}", set(), ":is(.x,.y) a{b:c}"),
        (".x:has(:not(.y)){b:c}", {"x"}, ".x:has(:not(.y)){b:c}"),
        ("@media print{@supports (a:b){.x{c:d}}}", set(), ""),
        ("@media print{@supports (a:b){.x{c:d}}}e{f:g}", {"x"}, "@media print{@supports (a:b){.x{c:d}}}e{f:g}"),
        ("@keyframes k{from{a:b}to{c:d}}", set(), "@keyframes k{from{a:b}to{c:d}}"),
    ],
)
def test_what_may_apply_is_kept(css, classes, text):
    assert used(rules(css), classes) == text


@pytest.mark.django_db
def test_a_question_carries_no_rules_of_the_home_page(client):
    question = factories.question()

    styles = style_of(client.get(question.url).text)

    assert ".short-answer{" in styles
    assert ".site-header{" in styles
    assert ".hero" not in styles
    assert ".time-strip" not in styles
    assert ".table-scroll" not in styles
    assert "@keyframes" not in styles


@pytest.mark.django_db
def test_a_page_with_something_that_moves_carries_how(site, client):
    styles = style_of(client.get("/").text)

    assert "@keyframes bloom-open{" in styles
    assert "@keyframes bloom-turn{" in styles


@pytest.mark.django_db
def test_every_class_of_a_page_that_has_rules_finds_them(client):
    html = client.get(factories.question().url).text

    standing = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    wanted = standing & classes_of(joined())
    assert len(wanted) > 10
    assert wanted <= classes_of(style_of(html))


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
