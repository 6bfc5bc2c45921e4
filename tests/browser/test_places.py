"""
One visit to every place, as somebody new with a small phone: what it costs, and whether everybody can use it.

A failure names the place and the check. `make a11y` (--everything) asks axe of every place, at all widths.
"""

import pytest

from tests.browser import budgets, reach
from tests.browser.conftest import PHONE, watched_page
from tests.browser.places import OPEN_ALL, STATES, named

pytestmark = pytest.mark.browser

WIDTHS = [360, 768, 1440]
ANYWHERE = [(state, place) for state, places in STATES.items() for place in places]
# A filled site shows whatever can be shown: what takes long is looked at there, on kinds of pages that differ most.
MIXED = named(
    "filled", "home", "faq", "question-full", "blocks", "blog", "person", "visit", "search-crisis", "password"
)
WALKED = named("filled", "home", "faq", "question-full", "search-found")
SAMPLE_FOR_AXE = {
    "bare": named("bare", "home", "faq", "question", "article", "visit", "search-found", "not-found"),
    "filled": named("filled", "home", "blocks", "person", "password", "plain-error"),
}


@pytest.fixture
def visited(anywhere, site_of, chromium):
    """A new visitor's page, for `budgets.visit` to open the place in."""
    with watched_page(chromium, site_of(anywhere[0]), viewport=PHONE) as page:
        yield page


@pytest.mark.parametrize("anywhere", [pytest.param(where, id="{}-{}".format(*where)) for where in ANYWHERE])
def test_a_place_is_light_and_open_to_everybody(anywhere, visited, site_of, subtests, pytestconfig):
    (state, place), page = anywhere, visited
    is_filled, everything = state == "filled", pytestconfig.getoption("everything")

    cost = budgets.visit(page, site_of(state), place)
    for check in budgets.CHECKS:
        with subtests.test(check.__name__):
            check(cost, place)

    page.emulate_media(reduced_motion="reduce")
    page.evaluate("scrollTo(0, 0)")
    if is_filled:
        look_at_the_page_as_it_comes(page, place, subtests)
    page.evaluate(OPEN_ALL)
    look_at_the_colors(page, state, place, subtests, everything)
    look_at_the_sizes(page, state, place, subtests)
    if is_filled and place.name != "plain-error":  # that page has no styles, and none of these parts
        with subtests.test("without styles"):
            reach.check_without_styles(page)


def look_at_the_page_as_it_comes(page, place, subtests):
    with subtests.test("outline"):
        reach.check_outline(page)
    if place in MIXED:
        with subtests.test("stillness"):
            reach.check_stillness(page)
    with subtests.test("help in a crisis is two stops away"):
        stops = reach.walk(page, *() if place in WALKED else (2,))
        assert "tel:988" in [stop["href"] for stop in stops[:2]]
    if place in WALKED:
        with subtests.test("keyboard, 360"):
            reach.check_keyboard(page, stops)
        with subtests.test("keyboard, 1440"):
            page.set_viewport_size({"width": 1440, "height": 640})
            page.evaluate("scrollTo(0, 0)")
            reach.check_keyboard(page, reach.walk(page))
        page.set_viewport_size(PHONE)
    page.evaluate("document.activeElement.blur()")


def look_at_the_colors(page, state, place, subtests, everything):
    """Light, dark and forced, with everything open."""
    for scheme in reach.SCHEMES:
        page.emulate_media(color_scheme=scheme)
        if state == "filled":
            with subtests.test(f"contrast, {scheme}"):
                reach.check_contrast(page)
        for width in WIDTHS if everything else WIDTHS[: place in SAMPLE_FOR_AXE[state]]:
            page.set_viewport_size({"width": width, "height": 640})
            with subtests.test(f"axe, {scheme}, {width}"):
                reach.check_with_axe(page)
        page.set_viewport_size(PHONE)
    if state == "filled" and place in MIXED:
        page.emulate_media(forced_colors="active")
        with subtests.test("edges in forced colors"):
            reach.check_edges(page)
    page.emulate_media(color_scheme="light", forced_colors="none")


def look_at_the_sizes(page, state, place, subtests):
    """Small windows and large letters, with everything open."""
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 % is the same
    with subtests.test("fits 320 pixels"):
        reach.check_fit(page)
    if state == "filled" and place in MIXED:
        page.set_viewport_size({"width": 320, "height": 640})
        with subtests.test("wider spacing"), reach.styled(page, reach.SPACED):
            reach.check_fit(page)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 640})
            with subtests.test(f"text of twice the size, {width}"), reach.styled(page, reach.TWICE):
                reach.check_fit(page)
    page.set_viewport_size(PHONE)
