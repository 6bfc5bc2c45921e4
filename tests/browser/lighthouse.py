"""
Prints what Lighthouse says of the main pages on a phone with its default throttling: `make lighthouse`.

Lighthouse is a program of Node.js, which the site itself never needs. Each figure is the median of
three loads, as Lighthouse's authors advise, but blocking time is the least of up to eight: Lighthouse counts
by the clock, so that whatever else the processor does only adds to it. Times mean something on a machine that
does nothing else. `make lighthouse ARGS=--every-page` asks once of every kind of page that search engines may
list, bare and filled, and leaves out times: any machine will do. The exit code is 1 where anything misses what
the design asks for.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low
from urllib.request import urlopen

import tests.environ  # noqa: F401  (before anything that reads the environment)
from tests import programs
from tests.browser.places import STATES, named
from tests.browser.serving import CHROMIUM_OPTIONS, DidNotStart, prepare, serving

LOADS = 3
MOST_LOADS = 8
TRIES = 6  # for each: Chromium loses the beginning of a trace now and then, and again soon after
VERSION = "12.8.2"  # the last that runs on Node.js 18 and 20
PLACES = named("bare", "home", "faq", "question", "article", "blog", "visit", "search-found")
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
WITHOUT_TIMES = {name: heading for name, heading in CATEGORIES.items() if name != "performance"}
NOT_INDEXED = {"search-found"}  # `noindex` on purpose: nothing is asked of its SEO
BLOCKING, LONGEST_BLOCKING = "total-blocking-time", 20  # ms
# Audit, heading, how many of its units make one of ours, digits, at most, which load counts.
TIMES = [
    ("largest-contentful-paint", "LCP s", 1000, 2, 1.0, median_low),
    ("cumulative-layout-shift", "CLS", 1, 3, 0, median_low),
    (BLOCKING, "TBT ms", 1, 0, LONGEST_BLOCKING, min),
    ("total-byte-weight", "kB", 1000, 1, None, median_low),
]


def measure(url, chromium, folder):
    """
    Lighthouse's reports of an address, one a load, after each process of the server has met it.

    More loads follow while each of them was blocked for too long: the least of more is no worse.
    """
    for _ in range(6):
        text_of(url)
    reports = [load(url, chromium, folder, CATEGORIES) for _ in range(LOADS)]
    while len(reports) < MOST_LOADS and min(map(blocking, reports)) > LONGEST_BLOCKING:
        reports.append(load(url, chromium, folder, CATEGORIES))
    return reports


def blocking(report):
    """Milliseconds for which a load could not have answered a finger."""
    return round(report["audits"][BLOCKING]["numericValue"])


def text_of(url):
    with urlopen(url) as answer:
        return answer.read().decode()


def listed(site, state):
    """The places of a state that search engines may list."""
    found = [place for place in STATES[state] if place.status == 200]
    return [
        place for place in found if '<meta name="robots" content="noindex">' not in text_of(site.url + place.address)
    ]


def load(url, chromium, folder, categories):
    """Lighthouse's report of one load of an address."""
    report = folder / "report.json"
    command = [shutil.which("npx"), "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--only-categories={','.join(categories)}"]
    command += [f"--chrome-flags=--headless=new {' '.join(CHROMIUM_OPTIONS)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(TRIES):
        report.unlink(missing_ok=True)
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode == 0 and report.exists():
            return json.loads(report.read_text(encoding="utf-8"))
    raise DidNotStart(f"Lighthouse did not run:\n{done.stdout}{done.stderr}".strip())


def row(place, reports, categories, times):
    """A line of the table, and what of it misses the mark."""
    scores = {
        name: median_low(round(100 * (report["categories"][name]["score"] or 0)) for report in reports)
        for name in categories
    }
    values = [
        of_loads(report["audits"][audit]["numericValue"] for report in reports) / unit
        for audit, _, unit, _, _, of_loads in times
    ]
    asked = [name for name in categories if not (name == "seo" and place.name in NOT_INDEXED)]
    missed = [f"{place}: {CATEGORIES[name]} {scores[name]}" for name in asked if scores[name] < 100]
    missed += [
        f"{place}: {heading} {value:.{digits}f}, at most {most}"
        for (_, heading, _, digits, most, _), value in zip(times, values, strict=True)
        if most is not None and round(value, digits) > most
    ]
    report = min(reports, key=lambda report: sum(report["categories"][name]["score"] or 0 for name in categories))
    for name in asked:
        if scores[name] == 100:
            continue
        for audit in (report["audits"][row["id"]] for row in report["categories"][name]["auditRefs"] if row["weight"]):
            if audit["score"] is not None and audit["score"] < 1:
                missed.append(f"    {audit['id']}: {audit['title']}")
    figures = [f"{value:.{digits}f}" for (_, _, _, digits, _, _), value in zip(times, values, strict=True)]
    return [place.name, *map(str, scores.values()), *figures], missed


def table(state, site, folder, chromium, every_page):
    """Print a line for each place of a state of the site; what misses the mark."""
    categories, times = (WITHOUT_TIMES, []) if every_page else (CATEGORIES, TIMES)
    headings = [state, *categories.values(), *(heading for _, heading, *_ in times)]
    widths = [16, *(max(6, len(heading)) for heading in headings[1:])]
    print_row(headings, widths)
    missed = []
    for place in listed(site, state) if every_page else PLACES:
        url = site.url + place.address
        reports = [load(url, chromium, folder, categories)] if every_page else measure(url, chromium, folder)
        cells, problems = row(place, reports, categories, times)
        print_row(cells, widths)
        missed += problems
    return missed


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="make lighthouse", description="Prints what Lighthouse says of pages.")
    parser.add_argument("--every-page", action="store_true", help="every kind that may be listed, without times")
    options = parser.parse_args(arguments)
    try:
        chromium = programs.chromium()
        if not (shutil.which("node") and shutil.which("npx")):
            raise programs.Missing("Node.js with npx was not found (on Debian and Ubuntu: apt install nodejs npm)")
    except programs.Missing as reason:
        print(f"Lighthouse cannot run: {reason}.", file=sys.stderr)
        return 1
    missed = []
    try:
        with tempfile.TemporaryDirectory(prefix="innerbloom-lighthouse-") as name:
            folder = Path(name)
            prepared = folder / "prepared"
            prepared.mkdir()
            print("Readying the site; this takes about a minute.", flush=True)
            prepare(prepared)
            for state in STATES if options.every_page else ["bare"]:
                with serving(prepared, folder / state, filled=state == "filled") as site:
                    missed += table(state, site, folder, chromium, options.every_page)
    except DidNotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    if missed:
        print("\nMissed:", *missed, sep="\n  ")
    return int(bool(missed))


def print_row(cells, widths):
    cells = [cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))]
    print(*cells, flush=True)


if __name__ == "__main__":
    sys.exit(main())
