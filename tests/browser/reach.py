"""
Keyboard, zoom, spacing, contrast, forced colors, stillness, and what axe knows of: whether everybody can use a page.

Each check takes an open page, changes how it is shown and says what is wrong; test_places.py calls them in turn.
"""

import itertools
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.2 AA; contrast, headings and the look of focus are checked here as AAA asks.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ["light", "dark"]
LEAST = {"body": 7, "other": 4.5, "controls": 3}

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
TWICE = "html { font-size: 200% !important; }"
# The policy of the site keeps style elements out, and lets scripts adopt a sheet.
ADOPT = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""
EDGES = """(all) => all.map((control) => {
  const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(control);
  const ground = getComputedStyle(control.parentElement).backgroundColor;
  return [control.outerHTML.slice(0, 80), borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1
    && borderTopColor !== ground];
})"""

# The parts around every page, in the order in which they are read.
ORDER = [".skip-link", ".crisis", ".site-header", "h1", ".disclaimer", ".site-footer"]


def walk(page, at_most=300):
    """Every stop of the Tab key from the top of the page until it begins again."""
    stops, seen = [], set()
    for _ in range(at_most):
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


def check_keyboard(page, stops):
    """The keyboard meets everything, sees where it stands, and goes in the order of the eye."""
    assert len(stops) == page.evaluate(REACHABLE)
    assert [stop["what"] for stop in stops if not stop["marked"]] == []
    assert [stop["what"] for stop in stops if not stop["seen"] or stop["covered"]] == []
    back = [(one["what"], other["what"]) for one, other in itertools.pairwise(stops[1:]) if goes_back(one, other)]
    assert back == []


def check_outline(page):
    """A page has one heading, one main part, and landmarks that differ."""
    found = page.evaluate(OUTLINE)
    assert (found["h1"], found["main"], found["footer"]) == (1, 1, 1)
    assert found["language"].startswith("en")
    assert found["title"]
    assert found["twice"] == []
    assert [(one, other) for one, other in itertools.pairwise(found["levels"]) if other > one + 1] == []


def check_stillness(page):
    """Nothing moves for whoever asked for stillness."""
    moving = page.evaluate(MOVING)
    assert moving["animations"] == []
    assert max(moving["transitions"]) == 0


def check_contrast(page):
    """Words and controls stand out from their ground."""
    found = page.evaluate(CONTRAST)
    faint = {
        kind: [(round(row[0], 2), *row[1:]) for row in rows if row[0] < LEAST[kind]] for kind, rows in found.items()
    }
    assert faint == {"body": [], "other": [], "controls": []}
    assert found["other"]


def check_with_axe(page):
    """Axe finds nothing."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def check_edges(page):
    """Every control has an edge: in forced colors its ground is gone."""
    controls = page.locator("input:not([type=hidden]):visible, .button:visible, .filter a:visible")
    assert [control for control, has_edge in controls.evaluate_all(EDGES) if not has_edge] == []


def check_fit(page):
    """Nothing is wider than the page, and no words are cut off."""
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(LOST) == []


@contextmanager
def styled(page, rules):
    """Within, a reader's own rules apply to the page."""
    page.evaluate(ADOPT, rules)
    try:
        yield
    finally:
        page.evaluate(ADOPT, "")


def check_without_styles(page):
    """Without styles a page is read in order, and no icon grows to its width. Nothing brings the styles back."""
    page.evaluate("document.querySelectorAll('style').forEach((style) => style.remove())")
    tops = [page.locator(part).first.bounding_box()["y"] for part in ORDER]
    assert tops == sorted(tops)
    widths = page.locator("svg").evaluate_all("(all) => all.map((drawn) => drawn.getBoundingClientRect().width)")
    assert max(widths) <= 640
