"""
Keyboard, zoom, spacing, contrast, forced colors, stillness: what axe cannot see.

Pages are measured as they are painted, filled with everything that staff can add.
"""

import itertools
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched_page
from tests.browser.places import FILLED, OPEN_ALL, STATES, Place, go, named

pytestmark = pytest.mark.browser

WALKED = named("filled", "home", "faq", "question-full", "search-found")
MIXED = named(
    "filled", "home", "faq", "question-full", "blocks", "blog", "person", "visit", "search-crisis", "password"
)

COMPARISON = Place("comparison", "/blog/iv-ketamine-vs-spravato/")

everywhere = pytest.mark.parametrize("place", FILLED, ids=str)
mixed = pytest.mark.parametrize("place", MIXED, ids=str)
walked = pytest.mark.parametrize("place", WALKED, ids=str)
SCHEMES = ["light", "dark"]
schemes = pytest.mark.parametrize("scheme", SCHEMES)

# What the keyboard stands on: where it is painted, what marks it, and what lies over it.
STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const box = stop.getClientRects()[0] ?? stop.getBoundingClientRect();
  const marked = [stop, stop.parentElement, stop.closest(".card")].some((element) => {
    const style = element && getComputedStyle(element);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const all = [...document.querySelectorAll("*")];
  return {
    index: all.indexOf(stop), what: stop.outerHTML.slice(0, 120), marked,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(above && (stop.contains(above) || above.contains(stop))),
    left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY,
    href: stop.getAttribute("href"),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length"""

MOVING = """() => ({
  animations: document.getAnimations().map(({ effect }) => effect.getComputedTiming().endTime),
  transitions: [...document.querySelectorAll("*")].flatMap((element) =>
    getComputedStyle(element).transitionDuration.split(",").map((text) => 1000 * parseFloat(text))),
})"""
OUTLINE = """() => {
  const count = (selector) => document.querySelectorAll(selector).length;
  const labels = [...document.querySelectorAll("nav, aside, [role=search]")].map((landmark) =>
    `${landmark.tagName} ${landmark.getAttribute("aria-label") ?? landmark.getAttribute("aria-labelledby") ?? ""}`);
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => Number(heading.tagName[1]));
  return {
    h1: count("h1"), main: count("main"), footer: count("body > footer"), language: document.documentElement.lang,
    title: document.title, twice: labels.filter((label, i) => labels.indexOf(label) !== i), levels,
  };
}"""
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@dataclass
class Sight:
    """A first visit to a place on a phone: what the tests of every page want to know of it."""

    moving: dict
    outline: dict
    first_stops: list
    contrast: dict


@pytest.fixture(scope="module")
def sight(chromium, filled_site):
    """A function from a place of the filled site to its `Sight`, made once however many tests ask."""
    return cache(partial(_sight, chromium, filled_site))


def _sight(chromium, site, place):
    with watched_page(chromium, site, viewport={"width": 360, "height": 640}, reduced_motion="reduce") as page:
        go(page, site, place)
        moving, outline, first_stops, contrast = page.evaluate(MOVING), page.evaluate(OUTLINE), [], {}
        for _ in range(2):
            page.keyboard.press("Tab")
            first_stops.append(page.evaluate(STOP)["href"])
        page.evaluate("document.activeElement.blur()")
        page.evaluate(OPEN_ALL)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            contrast[scheme] = page.evaluate(CONTRAST)
    return Sight(moving, outline, first_stops, contrast)


def walk(page):
    """Every stop of the Tab key from the top of the page until it begins again."""
    stops, seen = [], set()
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["index"] in seen:
            break
        seen.add(stop["index"])
        stops.append(stop)
    return stops


def goes_back(one, other):
    """Whether the eye must go up or, in the same line, to the left, from one stop to the other."""
    shared = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    if shared > min(one["bottom"] - one["top"], other["bottom"] - other["top"]) / 2:
        return other["right"] <= one["left"]
    return other["bottom"] <= one["top"] and other["left"] < one["right"]  # a column further right begins at its top


@walked
@pytest.mark.parametrize("width", [360, 1440])
def test_the_keyboard_meets_everything_in_the_order_of_the_eye(place, width, visit):
    page = visit("filled", place, width=width)

    stops = walk(page)

    assert len(stops) == page.evaluate(REACHABLE)
    assert [stop["what"] for stop in stops if not stop["marked"]] == []
    assert [stop["what"] for stop in stops if not stop["seen"] or stop["covered"]] == []
    back = [(one["what"], other["what"]) for one, other in itertools.pairwise(stops[1:]) if goes_back(one, other)]
    assert back == []


@everywhere
def test_help_in_a_crisis_is_two_stops_away(place, sight):
    assert "tel:988" in sight(place).first_stops


def test_the_skip_link_leads_past_everything_to_the_content(visit):
    page = visit("filled", named("filled", "question")[0])

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_be_visible()


# Boxes that hide part of their own content, and words that begin outside the page.
LOST = """() => {
  const lost = [];
  for (const box of document.querySelectorAll("body *")) {
    const style = getComputedStyle(box);
    if (!box.checkVisibility() || box.closest(".visually-hidden, .skip-link, svg") || !box.textContent.trim()) continue;
    const hides = ["hidden", "clip"].some((value) => [style.overflowX, style.overflowY].includes(value));
    if (hides && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)) {
      lost.push(box.outerHTML.slice(0, 120));
    }
  }
  return lost;
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide <= 0 ? [] : [...document.querySelectorAll("body *")]
    .filter((box) => box.getBoundingClientRect().right > innerWidth + 0.5 && !box.closest(".table-scroll *, svg *"))
    .map((box) => box.outerHTML.slice(0, 120)).slice(0, 5);
}"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
SPACED += "p { margin-block-end: 2em !important; }"


def fits(page):
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(LOST) == []


@pytest.mark.parametrize(
    "anywhere",
    [pytest.param((state, place), id=f"{state}-{place}") for state, places in STATES.items() for place in places],
)
def test_a_page_fits_320_pixels(anywhere, visit):
    # 1280 × 1024 at 400 % is the same.
    page = visit(*anywhere, width=320, height=256, bypass_csp=True)
    page.evaluate(OPEN_ALL)

    fits(page)


@mixed
def test_wider_spacing_of_text_loses_nothing(place, visit):
    page = visit("filled", place, width=320, bypass_csp=True)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=SPACED)

    fits(page)


@mixed
@pytest.mark.parametrize("width", [360, 1280])
def test_text_of_twice_the_size_loses_nothing(place, width, visit):
    page = visit("filled", place, width=width, bypass_csp=True)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content="html { font-size: 200% !important; }")

    fits(page)


LEAST = {"body": 7, "other": 4.5, "controls": 3}


@everywhere
@schemes
def test_words_and_controls_stand_out_from_their_ground(place, scheme, sight):
    found = sight(place).contrast[scheme]

    faint = {
        kind: [(round(row[0], 2), *row[1:]) for row in rows if row[0] < LEAST[kind]] for kind, rows in found.items()
    }
    assert faint == {"body": [], "other": [], "controls": []}
    assert found["other"]


def test_too_little_contrast_is_found(visit):
    page = visit("filled", named("filled", "question")[0])
    page.evaluate("document.querySelector('.short-answer p').style.color = 'oklch(0.6 0 0)'")

    assert min(page.evaluate(CONTRAST)["body"])[0] == pytest.approx(4, abs=0.6)


@mixed
def test_in_forced_colors_every_control_has_an_edge(place, visit):
    page = visit("filled", place, forced_colors="active", color_scheme="dark")

    edges = page.locator("input:not([type=hidden]):visible, .button:visible, .filter a:visible").evaluate_all(
        """(all) => all.map((control) => {
             const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(control);
             const ground = getComputedStyle(control.parentElement).backgroundColor;
             return [control.outerHTML.slice(0, 80), borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1
               && borderTopColor !== ground];
           })"""
    )

    assert [control for control, has_edge in edges if not has_edge] == []


def test_in_forced_colors_benefit_and_risk_and_the_times_of_a_visit_keep_their_shape(visit):
    page = visit("filled", named("filled", "blocks")[0], forced_colors="active", color_scheme="dark")

    for part in page.locator(".benefit-risk > div").all():
        assert part.evaluate("(part) => parseFloat(getComputedStyle(part).borderTopWidth)") >= 1
    dot = "(point) => parseFloat(getComputedStyle(point, '::before').borderTopWidth)"
    assert page.locator(".timeline li").first.evaluate(dot) >= 1


# By how much tables are wider than their places.
OVERFLOW = "(all) => all.map((table) => table.scrollWidth - table.clientWidth)"


@pytest.mark.parametrize("width", [320, 360])
def test_a_phone_shows_all_three_columns_of_a_comparison(width, visit):
    tables = visit("bare", COMPARISON, width=width).locator(".table-scroll")

    assert tables.evaluate_all(OVERFLOW) == [0]


def test_a_table_wider_than_the_phone_shows_that_it_goes_on(visit):
    page = visit("bare", COMPARISON)
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


@mixed
def test_nothing_moves_for_whoever_asked_for_stillness(place, sight):
    moving = sight(place).moving

    assert moving["animations"] == []
    assert max(moving["transitions"]) == 0


def test_what_moves_is_over_within_a_second(visit):
    moving = visit("filled", named("filled", "home")[0], reduced_motion="no-preference").evaluate(MOVING)

    assert max([*moving["animations"], *moving["transitions"]]) <= 900


@everywhere
def test_a_page_has_one_heading_one_main_part_and_landmarks_that_differ(place, sight):
    found = sight(place).outline

    assert (found["h1"], found["main"], found["footer"]) == (1, 1, 1)
    assert found["language"].startswith("en")
    assert found["title"]
    assert found["twice"] == []
    assert [(one, other) for one, other in itertools.pairwise(found["levels"]) if other > one + 1] == []
