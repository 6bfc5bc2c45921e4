"""
Prints what Lighthouse says of the main pages on a phone with its default throttling: `make lighthouse`.

Lighthouse is a program of Node.js, which the site itself never needs. Times mean something on a
machine that does nothing else. The exit code is 1 where anything misses what the design asks for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

import tests.environ  # noqa: F401  (before anything that reads the environment)
from tests import programs
from tests.browser.places import named
from tests.browser.serving import CHROMIUM_OPTIONS, DidNotStart, prepare, serving

VERSION = "12.8.2"  # the last that runs on Node.js 18 and 20
PLACES = named("bare", "home", "faq", "question", "article", "blog", "visit", "search-found")
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
NOT_INDEXED = {"search-found"}  # `noindex` on purpose: Lighthouse takes points for that
# Audit, heading, how many of its units make one of ours, digits, at most.
TIMES = [
    ("largest-contentful-paint", "LCP s", 1000, 2, 1.0),
    ("cumulative-layout-shift", "CLS", 1, 3, 0),
    ("total-blocking-time", "TBT ms", 1, 0, 20),
    ("total-byte-weight", "kB", 1000, 1, None),
]


def measure(url, chromium, folder):
    """Lighthouse's report of an address, after each process of the server has met it."""
    for _ in range(6):
        with urlopen(url) as answer:
            answer.read()
    report = folder / "report.json"
    command = [shutil.which("npx"), "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags=--headless=new {' '.join(CHROMIUM_OPTIONS)}"]
    report.unlink(missing_ok=True)
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True)
    if done.returncode or not report.exists():
        raise DidNotStart(f"Lighthouse did not run:\n{done.stdout}{done.stderr}".strip())
    return json.loads(report.read_text(encoding="utf-8"))


def row(place, report):
    """A line of the table, and what of it misses the mark."""
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    values = [report["audits"][audit]["numericValue"] / unit for audit, _, unit, _, _ in TIMES]
    missed = [
        f"{place}: {CATEGORIES[name]} {score}"
        for name, score in scores.items()
        if score < 100 and not (name == "seo" and place.name in NOT_INDEXED)
    ]
    missed += [
        f"{place}: {heading} {value:.{digits}f}, at most {most}"
        for (_, heading, _, digits, most), value in zip(TIMES, values, strict=True)
        if most is not None and round(value, digits) > most
    ]
    for name in CATEGORIES:
        for audit in (report["audits"][row["id"]] for row in report["categories"][name]["auditRefs"] if row["weight"]):
            meant = audit["id"] == "is-crawlable" and place.name in NOT_INDEXED
            if audit["score"] is not None and audit["score"] < 1 and not meant:
                missed.append(f"    {audit['id']}: {audit['title']}")
    figures = [f"{value:.{digits}f}" for (_, _, _, digits, _), value in zip(TIMES, values, strict=True)]
    return [place.name, *map(str, scores.values()), *figures], missed


def main():
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
            with serving(prepared, folder / "site") as site:
                headings = ["", *CATEGORIES.values(), *(heading for _, heading, *_ in TIMES)]
                widths = [16, *(max(6, len(heading)) for heading in headings[1:])]
                print_row(headings, widths)
                for place in PLACES:
                    cells, problems = row(place, measure(site.url + place.address, chromium, folder))
                    print_row(cells, widths)
                    missed += problems
    except DidNotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    if missed:
        print("\nMissed:", *missed, sep="\n  ")
    return int(bool(missed))


def print_row(cells, widths):
    print(cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)))


if __name__ == "__main__":
    sys.exit(main())
