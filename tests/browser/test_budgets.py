"""What a first visit on a phone costs: bytes as they travel, requests, other hosts, cookies, and words that jump."""

import gzip
from dataclasses import dataclass, field

import pytest

from tests.browser.conftest import watched_page
from tests.browser.places import STATES, go, named

pytestmark = pytest.mark.browser

FIRST_PAINT = 14 * 1024  # bytes of HTML with its style sheet: one round trip
PAGE = 60 * 1024  # bytes, font included, content pictures apart
SCRIPTS = 5 * 1024  # bytes
REQUESTS_OF_THE_FAQ = 6

EVERYWHERE = [(state, place) for state, places in STATES.items() for place in places]
anywhere = pytest.mark.parametrize("anywhere", [pytest.param(where, id="{}-{}".format(*where)) for where in EVERYWHERE])

# Adds up what moved without being asked to.
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) {
      const what = entry.sources.map(({ node }) => (node?.outerHTML ?? node?.data ?? "").slice(0, 80));
      window.shifts.push([entry.value, ...what]);
    }
  })).observe({ type: "layout-shift", buffered: true });
"""
SEE_ALL_PICTURES = """async () => {
  for (const picture of document.images) {
    if (getComputedStyle(picture).display === "none") continue;  // never asked for
    picture.scrollIntoView();
    await picture.decode().catch(() => {});
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@dataclass
class Visit:
    """The first visit to a place: bytes by kind, and what else it asked for and left behind."""

    bytes: dict = field(default_factory=dict)
    requests: int = 0
    elsewhere: list = field(default_factory=list)
    cookies: list = field(default_factory=list)
    shifts: list = field(default_factory=list)


def _kind(request):
    return "content picture" if "/media/" in request.url else request.resource_type


@pytest.fixture(scope="module")
def first_visit(request, chromium):
    """A function from (state, place) to its `Visit`, made once however many tests ask."""
    made = {}

    def first_visit(state, place):
        if (state, place) not in made:
            site = request.getfixturevalue({"bare": "site", "filled": "filled_site"}[state])
            made[state, place] = _first_visit(chromium, site, place)
        return made[state, place]

    return first_visit


def _first_visit(chromium, site, place):
    visit, answered, fonts = Visit(), [], []
    with watched_page(chromium, site, viewport={"width": 360, "height": 640}) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.on("requestfinished", lambda asked: answered.append(asked))
        page.route(
            "**/*.woff2", lambda font: fonts.append(font)
        )  # a slow font: it comes when the page has long been read
        answer = go(page, site, place, wait_until="domcontentloaded")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        for font in fonts:
            font.continue_()
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready")
        page.evaluate(SEE_ALL_PICTURES)
        for asked in answered:
            size = len(gzip.compress(answer.body())) if place.file and asked.url == page.url else _size(asked)
            visit.bytes[_kind(asked)] = visit.bytes.get(_kind(asked), 0) + size
        visit.requests = sum(_kind(asked) != "content picture" for asked in answered)
        visit.elsewhere, visit.shifts = page.elsewhere, page.evaluate("window.shifts")
        visit.cookies = [cookie["name"] for cookie in page.context.cookies()]
    return visit


def _size(request):
    return request.sizes()["responseBodySize"]


@anywhere
def test_the_first_paint_needs_one_round_trip(anywhere, first_visit):
    if anywhere[1].name == "faq-all":  # a booklet to print: every answer in full
        return
    assert first_visit(*anywhere).bytes["document"] <= FIRST_PAINT


@anywhere
def test_a_page_weighs_little(anywhere, first_visit):
    sizes = first_visit(*anywhere).bytes

    assert sum(size for kind, size in sizes.items() if kind != "content picture") <= PAGE, sizes
    assert sizes.get("script", 0) <= SCRIPTS


@anywhere
def test_a_page_asks_no_other_host_and_leaves_no_cookie(anywhere, first_visit):
    visit = first_visit(*anywhere)

    assert visit.elsewhere == []
    # The form of a page's password is the one that must know its visitor again.
    assert visit.cookies == (["csrftoken"] if anywhere[1].name == "password" else [])


@anywhere
def test_nothing_moves_when_the_font_comes_late(anywhere, first_visit):
    assert first_visit(*anywhere).shifts == []


def test_the_faq_takes_few_requests(first_visit):
    assert first_visit("filled", *named("filled", "faq")).requests <= REQUESTS_OF_THE_FAQ


def test_a_shift_is_noticed(chromium, site):
    with watched_page(chromium, site, viewport={"width": 360, "height": 640}) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.goto("/")
        page.evaluate("document.querySelector('h1').style.marginBlockStart = '200px'")
        page.wait_for_function("window.shifts.length")
