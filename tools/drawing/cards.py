"""The cards beside shared links, 1200×630: a topic's flower, or the mark, in the light of a window."""

from tools.drawing.color import oklch, token
from tools.drawing.flowers import X, flowers
from tools.drawing.form import paint, window
from tools.drawing.furniture import mark_petals
from tools.drawing.svg import document, gradient, group, polygon, rect

WIDTH, HEIGHT = 1200, 630
PANES = window(332, -60, 400, 620, 22)
MARK_SIZE = 420


def _mark():
    outer, inner = mark_petals(MARK_SIZE)
    petals = paint(outer, lambda petal: token("bloom")) + paint(inner, lambda petal: token("action"))
    corner = ((WIDTH - MARK_SIZE) / 2, (HEIGHT - MARK_SIZE) / 2)
    return group(petals, transform="translate({:g} {:g})".format(*corner))


def cards():
    """Every card as SVG, by the name of its emblem; `mark` is for pages without a topic."""
    light = gradient("light", [(0, oklch(0.97, 0.045, 75), 1), (1, oklch(0.965, 0.02, 40), 1)])
    panes = group(*(polygon(pane, "url(#light)") for pane in PANES))
    moved = f"translate({WIDTH // 2 - X} 0)"
    drawn = {name: group(flower, transform=moved) for name, flower in flowers().items() if name != "bloom"}
    return {
        name: document(WIDTH, HEIGHT, f"<defs>{light}</defs>", rect(0, 0, WIDTH, HEIGHT, token("ground")), panes, shape)
        for name, shape in {**drawn, "mark": _mark()}.items()
    }
