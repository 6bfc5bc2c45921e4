"""
Says how often danger is recognized and how often help is shown without it: `python -m tools.crisis.measure [FILE ...]`.

Without files, of the authors in tools/crisis/examples/held_out, who wrote alone and of whom nothing was trained.
"""

import csv
import sys
from pathlib import Path

from search.crisis.recognition import recognize
from tools.crisis import examples

COLUMNS = ("author", "queries", "helped", "grave: first", "harmless: first", "harmless: any", "kind right")


def share(rows, is_so):
    """In percent, as text; a dash where there are no rows."""
    return f"{100 * sum(map(is_so, rows)) / len(rows):.1f} %" if rows else "–"


def measure(author, rows):
    """One line of the table."""
    told = {row: recognize(row.query) for row in rows}
    danger, harmless = ([row for row in rows if (row.degree != "none") is wanted] for wanted in (True, False))
    grave = [row for row in rows if row.degree == "first"]

    def is_first(row):
        return bool(told[row]) and told[row].degree == "first"

    return (
        author,
        str(len(rows)),
        share(danger, lambda row: bool(told[row])),
        share(grave, is_first),
        share(harmless, is_first),
        share(harmless, lambda row: bool(told[row])),
        share([row for row in danger if told[row]], lambda row: told[row].kind == row.kind),
    )


def main(files):
    authors = {path.stem: examples.read(path) for path in map(Path, files)} or examples.held_out()
    table = csv.writer(sys.stdout, delimiter="|", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(measure(author, rows) for author, rows in authors.items())


if __name__ == "__main__":
    main(sys.argv[1:])
