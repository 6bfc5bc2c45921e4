"""
Keyboard, contrast, forced colors and tables, where one page says it all, and that checks of reach.py can fail.

test_places.py looks at every place.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.places import Place, named
from tests.browser.reach import CONTRAST, MOVING, TAGS

pytestmark = pytest.mark.browser

COMPARISON = Place("comparison", "/blog/iv-ketamine-vs-spravato/")


def test_the_skip_link_leads_past_everything_to_the_content(visit):
    page = visit("filled", named("filled", "question")[0])

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_be_visible()


def test_too_little_contrast_is_found(visit):
    page = visit("filled", named("filled", "question")[0])
    page.evaluate("document.querySelector('.short-answer p').style.color = 'oklch(0.6 0 0)'")

    assert min(page.evaluate(CONTRAST)["body"])[0] == pytest.approx(4, abs=0.6)


def test_axe_finds_what_is_wrong(visit):
    page = visit("bare", named("bare", "home")[0])
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/favicon.ico><button></button>'")

    found = Axe().run(page, options={"runOnly": TAGS}).generate_snapshot()

    assert {"image-alt", "button-name"} <= {line.split()[0] for line in found.splitlines()}


def test_in_forced_colors_benefit_and_risk_and_the_times_of_a_visit_keep_their_shape(visit):
    page = visit("filled", named("filled", "blocks")[0], forced_colors="active", color_scheme="dark")

    for part in page.locator(".benefit-risk > div").all():
        assert part.evaluate("(part) => parseFloat(getComputedStyle(part).borderTopWidth)") >= 1
    dot = "(point) => parseFloat(getComputedStyle(point, '::before').borderTopWidth)"
    assert page.locator(".timeline li").first.evaluate(dot) >= 1


# By how much tables are wider than their places.
OVERFLOW = "(all) => all.map((table) => table.scrollWidth - table.clientWidth)"


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_the_cells_of_a_comparison_stand_below_each_other_with_their_columns(width, visit):
    page = visit("bare", COMPARISON, width=width)
    row = page.locator(".table-scroll tbody tr").first

    assert page.locator(".table-scroll").evaluate_all(OVERFLOW) == [0]
    tops = row.locator("> *").evaluate_all("(all) => all.map((cell) => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    label = "(cell) => getComputedStyle(cell, '::before').content"
    assert "Spravato" in row.locator("td").nth(1).evaluate(label)
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(row.locator("> *").count())


def test_a_table_wider_than_its_place_shows_that_it_goes_on(visit):
    page = visit("bare", COMPARISON, width=700)
    page.evaluate("document.querySelectorAll('tr').forEach((row) => row.append(...row.cloneNode(true).children))")
    page.evaluate("document.querySelector('table').style.visibility = 'hidden'")  # what remains are the shades
    table = page.locator(".table-scroll")
    assert table.evaluate_all(OVERFLOW)[0] > 0

    at_the_start = table.screenshot()
    table.evaluate("(table) => table.scrollTo(table.scrollWidth, 0)")

    assert table.screenshot() != at_the_start


@pytest.mark.parametrize(("name", "links"), [("faq-all", ".booklet-contents li li"), ("article", ".contents li")])
def test_the_number_of_a_wrapped_link_stands_beside_its_first_line(name, links, visit):
    page = visit("bare", named("bare", name)[0], width=320)

    lines = page.locator(f"{links} > a").evaluate_all("(all) => all.map((link) => getComputedStyle(link).display)")

    # The number of a list item stands beside the first line of a block, and the last of an inline one.
    assert set(lines) == {"block"}


def test_what_moves_is_over_within_a_second(visit):
    moving = visit("filled", named("filled", "home")[0], reduced_motion="no-preference").evaluate(MOVING)

    assert max([*moving["animations"], *moving["transitions"]]) <= 900
