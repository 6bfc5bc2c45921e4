"""The site without scripts, and without its style sheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import FILLED, named

pytestmark = pytest.mark.browser

HOME = named("bare", "home")[0]

# The parts around every page, in the order in which they are read.
ORDER = [".skip-link", ".crisis", ".site-header", "h1", ".disclaimer", ".site-footer"]


def test_without_scripts_the_menu_leads_to_a_search_that_finds(visit):
    page = visit("bare", HOME, java_script_enabled=False)

    page.locator(".site-menu > summary").click()
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("ketamine")
    page.get_by_role("button", name="Search").click()

    expect(page.locator(".card").first).to_be_visible()


# The plain error page has no styles, and none of these parts.
@pytest.mark.parametrize("place", [place for place in FILLED if place.name != "plain-error"], ids=str)
def test_without_styles_a_page_is_read_in_order(place, visit):
    page = visit("filled", place, java_script_enabled=False)

    page.evaluate("document.querySelectorAll('style').forEach((style) => style.remove())")
    tops = [page.locator(part).first.bounding_box()["y"] for part in ORDER]

    assert tops == sorted(tops)
    # No icon grows to the width of the page.
    widths = page.locator("svg").evaluate_all("(all) => all.map((drawn) => drawn.getBoundingClientRect().width)")
    assert max(widths) <= 640
