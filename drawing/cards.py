"""The grounds of the social cards, 1200×630: window light, and in it the flower of a topic."""

from drawing.color import between, oklch, token
from drawing.form import bloom, seeds, window
from drawing.pictures import SAGE, SAGE_DEEP, SUNRISE, flower, leaf, petals_in_color
from drawing.svg import circle, document, gradient, group, path, polygon, rect

WIDTH, HEIGHT = 1200, 630
PANES = window(704, -60, 400, 620, 22)
EDGE = oklch(0.97, 0.03, 70)


def _on_a_stem(x, y, *petals, leaves=True):
    """A flower seen from its side, on a stem that leaves the card below."""
    parts = [path(f"M{x} {y}C{x + 8} {y + 100} {x - 14} {y + 180} {x} 640", stroke=SAGE_DEEP, stroke_width=12)]
    if leaves:
        parts += [leaf(x, 560, 130, 52, -38, SAGE), leaf(x - 2, 596, 120, 48, -146, SAGE_DEEP)]
    return "".join([*parts, *petals])


def _sepals(x, y, length):
    return "".join(
        leaf(x, y, length, length * 0.42, degrees, fill)
        for degrees, fill in ((-124, SAGE_DEEP), (-56, SAGE_DEEP), (-90, SAGE))
    )


def flowers():
    """The flower of each emblem by its name, and of none: `bloom`."""
    x, y = 972, 300
    seed_colors = ((0.5, 0.13, 335), SUNRISE[0])
    return {
        "bloom": flower(x, y, 236, 34, edge=EDGE),
        "bud": _on_a_stem(
            x,
            430,
            petals_in_color(bloom(x, 400, 290, 13, spread=0.13, slim=0.34, inner=0.8), edge=EDGE),
            _sepals(x, 462, 150),
        ),
        "cup": _on_a_stem(
            x,
            420,
            petals_in_color(bloom(x, 410, 310, 13, spread=0.34, slim=0.36, inner=0.75), edge=EDGE),
            _sepals(x, 448, 100),
        ),
        "star": petals_in_color(bloom(x, y, 250, 8, slim=0.3, heart=0.08, inner=0.85), edge=EDGE)
        + circle(x, y, 30, oklch(0.88, 0.1, 75)),
        "ring": petals_in_color(bloom(x, y, 236, 34, slim=0.72, heart=0.64, inner=1)[:26], edge=EDGE),
        "seed-head": "".join(
            circle(sx, sy, r, between(*seed_colors, n / 89)) for n, (sx, sy, r) in enumerate(seeds(x, y, 226, 89, 15))
        ),
    }


def grounds():
    """The ground of a card, without words, as SVG by the name of its emblem."""
    light = gradient("light", [(0, oklch(0.97, 0.045, 75), 1), (1, oklch(0.965, 0.02, 40), 1)])
    panes = group(*(polygon(pane, "url(#light)") for pane in PANES))
    return {
        name: document(WIDTH, HEIGHT, f"<defs>{light}</defs>", rect(0, 0, WIDTH, HEIGHT, token("ground")), panes, drawn)
        for name, drawn in flowers().items()
    }
