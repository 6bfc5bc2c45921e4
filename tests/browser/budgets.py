"""What a first visit on a phone may cost: bytes as they travel, requests, other hosts, cookies, and words that jump."""

from dataclasses import dataclass, field

import brotli

from tests.browser.places import go

FIRST_PAINT = 14 * 1024  # bytes of HTML with its style sheet: one round trip
PAGE = 60 * 1024  # bytes, font included, content pictures apart
SCRIPTS = 5 * 1024  # bytes
REQUESTS_OF_THE_FAQ = 6

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
class Cost:
    """A first visit to a place: bytes by kind, and what else it asked for and left behind."""

    bytes: dict = field(default_factory=dict)
    requests: int = 0
    elsewhere: list = field(default_factory=list)
    cookies: list = field(default_factory=list)
    shifts: list = field(default_factory=list)


def visit(page, site, place):
    """Open a place in a new `watched_page`, look at all its pictures, and say what that cost."""
    cost, answered, fonts = Cost(), [], []
    page.add_init_script(WATCH_SHIFTS)
    page.on("requestfinished", lambda asked: answered.append(asked))
    page.route("**/*.woff2", lambda font: fonts.append(font))  # a slow font: it comes when the page has long been read
    go(page, site, place, wait_until="domcontentloaded")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    for font in fonts:
        font.continue_()
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.evaluate(SEE_ALL_PICTURES)
    for asked in answered:
        # A page that a healthy site never shows does not travel: what it would weigh.
        is_given = place.file and asked.url == page.url
        size = (
            len(brotli.compress(asked.response().body(), quality=5)) if is_given else asked.sizes()["responseBodySize"]
        )
        cost.bytes[_kind(asked)] = cost.bytes.get(_kind(asked), 0) + size
    cost.requests = sum(_kind(asked) != "content picture" for asked in answered)
    cost.elsewhere, cost.shifts = page.elsewhere, page.evaluate("window.shifts")
    cost.cookies = [cookie["name"] for cookie in page.context.cookies()]
    return cost


def _kind(request):
    return "content picture" if "/media/" in request.url else request.resource_type


def check_first_paint_needs_one_round_trip(cost, place):
    if place.name != "faq-all":  # a booklet to print: every answer in full
        assert cost.bytes["document"] <= FIRST_PAINT


def check_page_weighs_little(cost, place):
    assert sum(size for kind, size in cost.bytes.items() if kind != "content picture") <= PAGE, cost.bytes
    assert cost.bytes.get("script", 0) <= SCRIPTS


def check_page_asks_no_other_host_and_leaves_no_cookie(cost, place):
    assert cost.elsewhere == []
    # The form of a page's password is the one that must know its visitor again.
    assert cost.cookies == (["csrftoken"] if place.name == "password" else [])


def check_nothing_moves_when_the_font_comes_late(cost, place):
    assert cost.shifts == []


def check_faq_takes_few_requests(cost, place):
    if place.name == "faq":
        assert cost.requests <= REQUESTS_OF_THE_FAQ


CHECKS = [
    check_first_paint_needs_one_round_trip,
    check_page_weighs_little,
    check_page_asks_no_other_host_and_leaves_no_cookie,
    check_nothing_moves_when_the_font_comes_late,
    check_faq_takes_few_requests,
]
