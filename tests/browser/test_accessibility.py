"""
Everybody can use the site: WCAG 2.2 AA, and of AAA contrast, headings and the look of focus.

CI looks at a sample of pages; `make a11y` at every page, bare and filled, light and dark, at every width.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.places import FILLED, OPEN_ALL, STATES, named

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ["light", "dark"]
WIDTHS = [360, 768, 1440]
SAMPLE = {
    "bare": named("bare", "home", "faq", "question", "article", "visit", "search-found", "not-found"),
    "filled": named("filled", "home", "blocks", "person", "password", "plain-error"),
}


def pytest_generate_tests(metafunc):
    """Which pages, schemes and widths: a sample, or with --everything all of them."""
    everything = metafunc.config.getoption("everything")
    if "anywhere" in metafunc.fixturenames:
        places = STATES if everything else SAMPLE
        metafunc.parametrize(
            "anywhere", [pytest.param((state, p), id=f"{state}-{p}") for state in places for p in places[state]]
        )
    if "scheme" in metafunc.fixturenames:
        metafunc.parametrize("scheme", SCHEMES)
    if "width" in metafunc.fixturenames:
        metafunc.parametrize("width", WIDTHS if everything else WIDTHS[:1])


def test_axe_finds_nothing(anywhere, scheme, width, visit):
    page = visit(*anywhere, width=width, color_scheme=scheme)
    page.evaluate(OPEN_ALL)

    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_what_is_wrong(visit):
    page = visit("bare", FILLED[0])
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/favicon.ico><button></button>'")

    found = Axe().run(page, options={"runOnly": TAGS}).generate_snapshot()

    assert {"image-alt", "button-name"} <= {line.split()[0] for line in found.splitlines()}
