"""The site answers a visitor and lets the first administrator in, as `make run` starts it."""

import pytest

from tests.browser.places import named
from tests.crawl import served, walk

pytestmark = pytest.mark.browser


def test_the_home_page_opens_without_errors_and_asks_no_other_host(page):
    answer = page.goto("/")
    page.wait_for_load_state("load")

    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.complaints == []
    assert page.elsewhere == []


def test_the_site_as_served_has_no_dead_link(site):
    found = walk(served, f"{site.url}/")

    assert found.dead() == []
    assert len(found.pages) > 25


def test_the_home_page_fits_a_small_phone(page):
    page.goto("/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_administrator_signs_in(page, site):
    page.goto("/admin/")
    page.locator("[name=username]").fill(site.email)
    page.locator("[name=password]").fill(site.password)
    page.locator("[type=submit]").click()
    page.wait_for_url(f"{site.url}/admin/")

    assert page.locator("[name=password]").count() == 0
    assert page.elsewhere == []


def test_a_list_within_a_step_is_not_counted_as_steps(visit):
    page = visit("filled", *named("filled", "blocks"))

    numbered = (
        page.locator(".steps", has_text="Rest")
        .locator("li")
        .evaluate_all(
            """(all) => all.filter((item) => getComputedStyle(item, "::before").content !== "none")
             .map((item) => item.querySelector(".steps__title")?.textContent)"""
        )
    )

    assert numbered == ["Rest", "Eat"]
