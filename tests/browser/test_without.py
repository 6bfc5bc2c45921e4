"""The site without scripts. Only the list of questions has any; test_places.py looks at all without styles."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import named
from tests.browser.reach import check_without_styles

pytestmark = pytest.mark.browser

HOME = named("bare", "home")[0]


def test_without_scripts_the_menu_leads_to_a_search_that_finds(visit):
    page = visit("bare", HOME, java_script_enabled=False)

    page.locator(".site-menu > summary").click()
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("ketamine")
    page.get_by_role("button", name="Search").click()

    expect(page.locator(".card").first).to_be_visible()


def test_without_scripts_and_styles_the_questions_are_read_in_order(visit):
    check_without_styles(visit("filled", named("filled", "faq")[0], java_script_enabled=False))
