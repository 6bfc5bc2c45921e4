"""The grounds of the social cards, 1200×630: window light, and in it the flower of a topic."""

from tools.drawing.color import oklch, token
from tools.drawing.flowers import flowers
from tools.drawing.form import window
from tools.drawing.svg import document, gradient, group, polygon, rect

WIDTH, HEIGHT = 1200, 630
PANES = window(704, -60, 400, 620, 22)


def grounds():
    """The ground of a card, without words, as SVG by the name of its emblem."""
    light = gradient("light", [(0, oklch(0.97, 0.045, 75), 1), (1, oklch(0.965, 0.02, 40), 1)])
    panes = group(*(polygon(pane, "url(#light)") for pane in PANES))
    return {
        name: document(WIDTH, HEIGHT, f"<defs>{light}</defs>", rect(0, 0, WIDTH, HEIGHT, token("ground")), panes, drawn)
        for name, drawn in flowers().items()
    }
