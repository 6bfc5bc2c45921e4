"""The flower of each emblem in the colors of a sunrise: on cards beside shared links, and on the site."""

from tools.drawing.color import DARK, between, oklch, token
from tools.drawing.form import bloom, seeds, window
from tools.drawing.pictures import SAGE, SAGE_DEEP, SUNRISE, leaf, petals_in_color
from tools.drawing.svg import circle, document, group, path, polygon, tag

X, Y = 972, 300  # where the heart of each stands on a card
EDGE = oklch(0.97, 0.03, 70)
LIT = oklch(0.88, 0.1, 75)

WIDTH, HEIGHT = 440, 474
PANES = window(0, 0, 240, 430)
FROM_CARD = "translate(-499 0)scale(.74)"
# The style sheet of a page does not reach into a picture file: it asks for the scheme itself.
SCHEMES = (
    ".night{display:none}"
    "@media(prefers-color-scheme:dark){.day{display:none}.night{display:inline}}"
    "@media(prefers-contrast:more){.light{display:none}}"
)


def _on_a_stem(y, green, *parts):
    """A flower seen from its side, on a stem from `y` that leaves the picture below."""
    stem = path(f"M{X} {y}C{X + 8} {y + 100} {X - 14} {y + 180} {X} 640", stroke=green, stroke_width=12)
    return "".join([stem, leaf(X, 560, 130, 52, -38, SAGE), leaf(X - 2, 596, 120, 48, -146, green), *parts])


def _sepals(y, length, green):
    return "".join(
        leaf(X, y, length, length * 0.42, degrees, fill) for degrees, fill in ((-124, green), (-56, green), (-90, SAGE))
    )


def flowers(opened=1.0, edge=EDGE, green=SAGE_DEEP):
    """The flower of each emblem by its name, and of none: `bloom`; `opened` from 0, furled, to 1; `green`: of stems."""

    def petals(y, radius, count, shown=None, **options):
        return petals_in_color(bloom(X, y, radius, count, opened, **options)[:shown], edge=edge)

    heart = "".join(circle(x, y, r, token("action")) for x, y, r in seeds(X, Y, 236 * 0.13, 21, 236 * 0.018))
    seed_colors = ((0.5, 0.13, 335), SUNRISE[0])
    return {
        "bloom": petals(Y, 236, 34) + circle(X, Y, 236 * 0.17, LIT) + heart,
        "bud": _on_a_stem(
            430, green, petals(400, 290, 13, spread=0.13, slim=0.34, inner=0.8), _sepals(462, 150, green)
        ),
        "cup": _on_a_stem(
            420, green, petals(410, 310, 13, spread=0.34, slim=0.36, inner=0.75), _sepals(448, 100, green)
        ),
        "star": petals(Y, 250, 8, slim=0.3, heart=0.08, inner=0.85) + circle(X, Y, 30, LIT),
        "ring": petals(Y, 236, 34, shown=26, slim=0.72, heart=0.64, inner=1),
        "seed-head": "".join(
            circle(x, y, r, between(*seed_colors, n / 89)) for n, (x, y, r) in enumerate(seeds(X, Y, 226, 89, 15))
        ),
    }


def flower_svgs():
    """Each flower in a patch of window light, as a file, by its name; at night furled, and dimmer."""
    day, night = flowers(), flowers(opened=0, edge=token("ground", DARK), green=oklch(0.6, 0.055, 152))
    # What `--light` mixes for each scheme.
    by_day, by_night = oklch(0.963, 0.022, 55), oklch(0.306, 0.04, 326)

    def lit(color):
        return group(*(polygon(pane, None) for pane in PANES), class_="light", fill=color)

    return {
        name: document(
            WIDTH,
            HEIGHT,
            tag("style", SCHEMES),
            group(lit(by_day), group(day[name], transform=FROM_CARD), class_="day"),
            group(lit(by_night), group(night[name], transform=FROM_CARD, opacity=0.85), class_="night"),
        )
        for name in day
    }
