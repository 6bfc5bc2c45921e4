"""What comes out of a printer."""

import re
from contextlib import ExitStack
from functools import cache
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, watched_page
from tests.browser.places import go, named

pytestmark = pytest.mark.browser

POINT = 4 / 3  # CSS pixels
NO_MORE_SHEETS = 16  # for the 20 answers of the booklet

LEAFLETS = named("bare", "infusion-day", "ride-home")
leaflets = pytest.mark.parametrize("leaflet", LEAFLETS, ids=str)
states = pytest.mark.parametrize("state", ["bare", "filled"])

# The sizes of all words to be seen, in pixels, with the words.
SIZES = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = [];
  for (let text; text = words.nextNode();) {
    const holder = text.parentElement;
    if (text.data.trim() && holder.checkVisibility() && !holder.closest(".visually-hidden, script, style")) {
      sizes.push([parseFloat(getComputedStyle(holder).fontSize), text.data.trim().slice(0, 40)]);
    }
  }
  return sizes;
}"""
WRITTEN_OUT = "(link) => getComputedStyle(link, '::after').content"


def sheets(page, paper="Letter"):
    """How many sheets a page takes, with the margins that its own style sheet asks for."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.fixture(scope="module")
def opened(site_of, chromium):
    """A function that opens a place of the site, once however many tests ask: they only look at it."""
    with ExitStack() as pages:

        @cache
        def opened(state, place):
            page = pages.enter_context(watched_page(chromium, site_of(state), viewport=PHONE, reduced_motion="reduce"))
            go(page, site_of(state), place)
            return page

        yield opened


@pytest.fixture
def on_screen(opened):
    """A function that shows a place on a screen, until it is printed."""

    def on_screen(state, place):
        page = opened(state, place)
        page.emulate_media(media="null")
        return page

    return on_screen


@pytest.fixture
def on_paper(opened):
    """A function that shows a place as a printer sees it."""

    def on_paper(state, place):
        page = opened(state, place)
        page.emulate_media(media="print")
        return page

    return on_paper


@leaflets
@states
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_leaflet_is_one_sheet(paper, state, leaflet, on_screen):
    assert sheets(on_screen(state, leaflet), paper) == 1


@leaflets
def test_a_leaflet_is_read_without_effort(leaflet, on_paper):
    page = on_paper("filled", leaflet)

    assert [(size, words) for size, words in page.evaluate(SIZES) if size < 9 * POINT] == []
    body = page.locator(".body p").first.evaluate("(words) => parseFloat(getComputedStyle(words).fontSize)")
    assert body >= 11 * POINT - 0.01


@leaflets
def test_a_leaflet_leaves_out_what_holds_for_a_few_days(leaflet, on_paper):
    page = on_paper("filled", leaflet)

    assert page.locator(".notices").count()
    assert not page.locator(".notices").is_visible()


def test_the_card_of_the_driver_has_lines_to_write_on(on_paper):
    lines = on_paper("bare", LEAFLETS[1]).locator("td:empty")

    heights = lines.evaluate_all("(all) => all.map((line) => line.getBoundingClientRect().height)")
    assert len(heights) == 3
    assert min(heights) >= 36  # about a centimeter


def test_a_leaflet_says_the_number_of_the_clinic_or_has_a_line_for_it(on_screen):
    bare, filled = (on_screen(state, LEAFLETS[1]).locator(".leaflet-phone") for state in ("bare", "filled"))

    assert not bare.is_visible()
    assert "(805) 555-0100" in filled.inner_text()
    bare.page.emulate_media(media="print")
    assert bare.is_visible()


def test_paper_shows_no_navigation_and_keeps_crisis_line_and_disclaimer(on_paper):
    page = on_paper("bare", LEAFLETS[1])

    for nothing_to_tap in (".site-menu", ".breadcrumbs", ".related-pages"):
        assert not page.locator(nothing_to_tap).first.is_visible()
    assert page.locator(".crisis").is_visible()
    assert page.locator(".disclaimer").is_visible()
    assert page.locator(".callout--emergency").is_visible()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("question-full", "Keep reading"),
        ("article", "Questions this article covers in more depth"),
        ("article", "Keep reading"),
        ("faq-topic", "Full answer"),
        ("faq-topic", "All questions"),
        ("home", "Questions people ask first"),
    ],
)
def test_what_only_leads_on_stays_off_the_paper(name, words, on_paper):
    ways_on = on_paper("filled", named("filled", name)[0]).locator("main").get_by_text(words)

    assert ways_on.count()
    assert not any(way.is_visible() for way in ways_on.all())


def test_help_in_a_crisis_stands_large_at_the_edge_of_the_text(on_paper):
    page = on_paper("bare", named("bare", "question")[0])
    crisis, heading = page.locator(".crisis__text"), page.locator("h1")

    assert crisis.bounding_box()["x"] == heading.bounding_box()["x"]
    style = crisis.evaluate("(words) => [getComputedStyle(words).fontSize, getComputedStyle(words).fontWeight]")
    assert float(style[0].removesuffix("px")) >= 11 * POINT - 0.01
    assert int(style[1]) >= 600


def test_paper_says_where_it_comes_from(on_paper):
    foot = on_paper("bare", LEAFLETS[0]).locator(".imprint")

    assert foot.is_visible()
    assert LEAFLETS[0].address in foot.inner_text()


def test_a_screen_does_not_show_the_foot_of_the_paper(on_screen):
    assert not on_screen("bare", LEAFLETS[0]).locator(".imprint").is_visible()


def test_paper_writes_out_where_links_of_the_text_lead(on_paper):
    text = on_paper("filled", named("filled", "blocks")[0]).locator(".body")

    inside = text.locator("a[href='/faq/']").first.evaluate(WRITTEN_OUT)
    outside = text.locator("a[href^='https://example.org']").first.evaluate(WRITTEN_OUT)
    mail = text.locator("a[href^='mailto:']").first.evaluate(WRITTEN_OUT)
    assert f"{urlsplit(text.page.url).netloc}/faq/" in inside
    assert "https://example.org/a?b=1&c=2" in outside
    assert "help@example.org" in mail


def test_paper_does_not_repeat_the_numbers_for_a_crisis(on_paper):
    numbers = on_paper("bare", LEAFLETS[0]).locator(".callout a").all()

    assert numbers
    assert {number.evaluate(WRITTEN_OUT) for number in numbers} == {"none"}


def test_the_booklet_does_not_write_out_the_questions_that_stand_in_it(on_paper):
    booklet = on_paper("bare", named("bare", "faq-all")[0])

    inside = booklet.locator(".topic .body a[href^='/faq/']").all()
    elsewhere = booklet.locator(".topic .body a[href^='/blog/']").all()
    assert inside
    assert {link.evaluate(WRITTEN_OUT) for link in inside} == {"none"}
    assert elsewhere
    assert all("/blog/" in link.evaluate(WRITTEN_OUT) for link in elsewhere)


@states
def test_the_booklet_wastes_no_paper(state, on_screen):
    booklet = on_screen(state, named(state, "faq-all")[0])

    assert sheets(booklet) <= NO_MORE_SHEETS + (state == "filled") * 3
    assert booklet.locator(".booklet-contents").is_visible()


def test_benefit_and_risk_keep_their_frames_where_grounds_are_not_printed(on_paper):
    parts = on_paper("filled", named("filled", "blocks")[0]).locator(".benefit-risk > div")

    frames = parts.evaluate_all("(all) => all.map((part) => getComputedStyle(part).border)")
    assert len(frames) >= 2
    assert all(frame.startswith("1px solid") and "transparent" not in frame for frame in frames)
