"""What comes out of a printer."""

import re

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/what-to-expect/infusion-day/", "/what-to-expect/ride-home/"])
def test_a_leaflet_is_one_sheet_of_letter_paper(address, page):
    page.goto(address)

    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))

    assert len(sheets) == 1


def test_paper_shows_no_navigation_and_keeps_crisis_line_and_disclaimer(page):
    page.goto("/what-to-expect/ride-home/")
    page.emulate_media(media="print")

    for nothing_to_tap in (".site-menu", ".breadcrumbs", ".keep-reading"):
        assert not page.locator(nothing_to_tap).first.is_visible()
    assert page.locator(".crisis").is_visible()
    assert page.locator(".disclaimer").is_visible()
    assert page.locator(".callout--emergency").is_visible()
