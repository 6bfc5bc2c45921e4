"""
Takes a picture of every kind of page: `make screenshots`.

Bare and filled, at three widths, in the light and the dark scheme, in forced colors and as printed,
into screenshots/, with an index.html to look through them. Arguments narrow it down:
`make screenshots ARGS="faq home --width 360 --look dark --state filled"`.
"""

import argparse
import shutil
import sys
import tempfile
import time
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

import tests.environ  # noqa: F401  (before anything that reads the environment)
from tests import programs
from tests.browser.places import STATES, go
from tests.browser.serving import BASE_DIR, CHROMIUM_OPTIONS, DidNotStart, prepare, serving

FOLDER = BASE_DIR / "screenshots"
WIDTHS = {360: 640, 768: 1024, 1440: 900}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active", "color_scheme": "dark"},
    "print": {"media": "print"},
}
EVERY_PICTURE = """async () => {
  await document.fonts.ready;
  // What is painted only when somebody comes near is in no picture of a whole page.
  for (const far of document.querySelectorAll(".horizon")) far.style.contentVisibility = "visible";
  for (const picture of document.images) {
    picture.loading = "eager";
    await picture.decode().catch(() => {});
  }
}"""


def wanted(arguments):
    names = list(dict.fromkeys(place.name for places in STATES.values() for place in places))
    parser = argparse.ArgumentParser(prog="make screenshots", description="Takes a picture of every kind of page.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(names)}")
    parser.add_argument("--state", choices=STATES, action="append", help="only this; may be given twice")
    parser.add_argument("--width", choices=WIDTHS, type=int, action="append")
    parser.add_argument("--look", choices=LOOKS, action="append")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(names):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


def take(browser, site, state, options):
    """Take the pictures of one state of the site; yields the name of each, below FOLDER."""
    places = [place for place in STATES[state] if not options.names or place.name in options.names]
    for width in options.width or WIDTHS:
        size = {"width": width, "height": WIDTHS[width]}
        # Still: a picture shows where motion ends.
        with browser.new_context(viewport=size, reduced_motion="reduce") as context:
            page = context.new_page()
            for place in places:
                go(page, site, place)
                page.evaluate(EVERY_PICTURE)
                for look in options.look or LOOKS:
                    page.emulate_media(**{"media": "screen", "color_scheme": "light", "forced_colors": "none"})
                    page.emulate_media(**LOOKS[look])
                    name = f"{state}/{place.name}-{width}-{look}.png"
                    page.screenshot(path=FOLDER / name, full_page=True)
                    yield name


def index():
    """A page to look through all pictures: each kind of page in a row."""
    rows = {}
    for picture in sorted(FOLDER.glob("*/*.png")):
        place = picture.stem.rsplit("-", 2)[0]
        name = escape(picture.relative_to(FOLDER).as_posix())
        link = f'<a href="{name}"><img src="{name}" loading="lazy" alt=""><br>{name}</a>'
        rows[place] = rows.get(place, "") + link
    style = (
        "body{font:14px sans-serif}div{display:flex;gap:1em;overflow-x:auto;align-items:start}"
        "img{height:24em;border:1px solid #888}a{flex:none}"
    )
    content = "".join(f"<h2>{escape(place)}</h2><div>{row}</div>" for place, row in rows.items())
    html = f"<!doctype html><meta charset=utf-8><title>Screenshots</title><style>{style}</style>{content}"
    (FOLDER / "index.html").write_text(html, encoding="utf-8")


def main(arguments=None):
    options, started, taken = wanted(arguments), time.monotonic(), 0
    try:
        chromium = programs.chromium()
    except programs.Missing as reason:
        print(f"Screenshots need a browser: {reason}.", file=sys.stderr)
        return 1
    if not any(vars(options).values()):  # all are taken anew: none of an earlier time stays
        shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="innerbloom-screenshots-") as folder, sync_playwright() as playwright:
        print("Readying the site; this takes about a minute.", flush=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        try:
            prepared = Path(folder, "prepared")
            prepared.mkdir()
            prepare(prepared)
            for state in options.state or STATES:
                with serving(prepared, Path(folder, state), filled=state == "filled") as site:
                    for name in take(browser, site, state, options):
                        taken += 1
                        print(f"\r{taken:4} {name:<60}", end="", flush=True)
        except DidNotStart as reason:
            print(reason, file=sys.stderr)
            return 1
        finally:
            browser.close()
    index()
    print(f"\r{taken} pictures in {time.monotonic() - started:.0f} s; look at {FOLDER / 'index.html'}{'':<30}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
