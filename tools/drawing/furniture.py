"""What the site itself wears: mark, favicons, emblems of the topics, hero and six steps."""

from dataclasses import replace
from math import cos, radians, sin, sqrt

from PIL import Image, ImageDraw

from tools.drawing.color import DARK, LIGHT, between, token
from tools.drawing.form import Petal, bloom, fitted, paint, seeds, window
from tools.drawing.svg import circle, document, group, number, path, tag

DECORATION = {"aria_hidden": "true", "focusable": "false"}
MARK = {"count": 13, "slim": 0.44, "heart": 0.26, "inner": 0.62}
HEART = 0.125  # radius of the favicon's heart by its size
FAVICON = {"count": 5, "slim": 0.62, "heart": 0.2, "inner": 0.86}


def component(contract, *lines):
    """A template that begins with its contract, its name first, and asks for the sheet of that name."""
    style = '{% load core_tags %}{% style "components/' + contract.partition(" ")[0] + '" %}'
    return "".join(f"{line}\n" for line in (f"{{# {contract} #}}", style, *lines))


def inline(name, width, height, *children, **attributes):
    """An SVG that is part of a page; it only decorates."""
    view = f"0 0 {number(width)} {number(height)}"
    return tag("svg", *children, class_=name, viewBox=view, width=width, height=height, **DECORATION, **attributes)


# --- Mark and favicons ---


def mark_petals(size):
    """The petals of the mark in a square: eight outside, five within."""
    found, _ = fitted(bloom(0, 0, 1, **MARK), size)
    return found[:8], found[8:]


def mark_html():
    outer, inner = mark_petals(32)
    layers = (
        group(*(path(petal.d(), None) for petal in petals), fill=fill)
        for petals, fill in ((outer, "currentColor"), (inner, "var(--action)"))
    )
    return component("mark — no arguments; decoration only", inline("mark", 32, 32, *layers))


def mark_svg():
    outer, inner = mark_petals(64)
    bloomed, plum = token("bloom"), token("action")
    return document(64, 64, paint(outer, lambda petal: bloomed), paint(inner, lambda petal: plum))


def favicon_petals(size):
    return fitted(bloom(0, 0, 1, **FAVICON), size)


def favicon_svg():
    """Five petals that a tab shows at 16 px, lighter where the browser is dark."""
    style = tag(
        "style",
        f"path{{fill:{token('action')}}}circle{{fill:{token('bloom')}}}"
        f"@media(prefers-color-scheme:dark){{path{{fill:{token('action', DARK)}}}}}",
    )
    petals, (x, y) = favicon_petals(32)
    return document(32, 32, style, paint(petals, lambda petal: None), circle(x, y, 32 * HEART, None))


def raster(size, shapes, ground=None):
    """Shapes, each (points, color) in a unit square, as a picture with smooth edges."""
    fine = size * 8
    picture = Image.new("RGBA", (fine, fine), ground or (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    for points, color in shapes:
        draw.polygon([(x * fine, y * fine) for x, y in points], fill=color)
    return picture.resize((size, size), Image.Resampling.BOX)


def favicon_raster(size):
    """The favicon for browsers without SVG; its plum is to be seen on light and dark tabs."""
    plum = between(LIGHT["action"], DARK["action"], 0.45)
    petals, (x, y) = favicon_petals(1)
    around = (radians(n * 7.5) for n in range(48))
    heart = [(x + HEART * cos(angle), y + HEART * sin(angle)) for angle in around]
    return raster(size, [(petal.polygon(), plum) for petal in petals] + [(heart, token("bloom"))])


def touch_icon(size=180):
    """The mark on the ground of the site, for home screens."""
    outer, inner = (
        [[(0.14 + x * 0.72, 0.14 + y * 0.72) for x, y in petal.polygon()] for petal in petals]
        for petals in mark_petals(1)
    )
    shapes = [(points, token("bloom")) for points in outer] + [(points, token("action")) for points in inner]
    return raster(size, shapes, token("ground")).convert("RGB")


# --- Emblems ---


def emblems():
    """The five emblems as their elements in a square of 24, by name: five silhouettes, one form."""

    def shape(petals, size=24, left=0):
        # Petals that differ in their transforms alone travel in half the bytes.
        moved, (x, y) = fitted(petals, size)
        around = (replace(petal, x=petal.x - x, y=petal.y - y) for petal in moved)
        return group(*(_turned(petal) for petal in around), transform=f"translate({number(x + left)} {number(y)})")

    stem = "M11 15h2v9h-2Z"
    sepal = path(f"{stem}M12 23.5C7 23 4.5 19.5 4.8 16C8.5 16.6 11.4 19 12 23.5Z", None)
    ring = path(
        "M12 4.2a7.8 7.8 0 1 1 0 15.6a7.8 7.8 0 1 1 0-15.6M12 7.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6", None
    )
    return {
        "bud": [shape(bloom(0, 0, 1, 5, spread=0.13, slim=0.42, heart=0.05, inner=0.85), 17, 3.5), sepal],
        "cup": [shape(bloom(0, 0, 1, 8, spread=0.34, slim=0.36, heart=0.05, inner=0.9), 23, 0.5), path(stem, None)],
        "star": [shape(bloom(0, 0, 1, 8, slim=0.3, heart=0.06, inner=0.85))],
        "ring": [ring, shape(bloom(0, 0, 1, 34, slim=0.72, heart=0.68, inner=1)[:13])],
        "seed-head": [circle(x, y, r, None) for x, y, r in seeds(12, 12, 10.6, 21, 1.4)],
    }


def emblem_html():
    cases = [
        f'{{% {"if" if i == 0 else "elif"} name == "{name}" %}}' + inline("emblem", 24, 24, *parts, fill="currentColor")
        for i, (name, parts) in enumerate(emblems().items())
    ]
    return component("emblem — name: an emblem of a topic; decoration only", *cases, "{% endif %}")


def emblem_svg(name):
    return document(24, 24, *emblems()[name], fill=token("action"))


# --- Hero and steps ---

HERO = {"count": 21, "heart": 0.24, "slim": 0.42, "inner": 0.6}
PETAL = "M0 0C3-3 8.6-2.6 10 0C8.6 2.6 3 3 0 0Z"  # ten units long; a style sheet furls it by its width


def hero_bloom_html():
    """
    A bloom in a slanted patch of window light. Rings and petals are elements of their own, so that the
    style sheet opens them once, or keeps them furled at night.
    """
    light = path("".join(_outline(pane) for pane in window(0, 0, 240, 430)), None, class_="bloom__light")
    petals = bloom(0, 0, 176, **HERO)
    rings = (
        group(*(_unrolled(petal) for petal in ring), class_="bloom__ring")
        for ring in (petals[:8], petals[8:16], petals[16:])
    )
    heart = circle(0, 0, 24, None, class_="bloom__heart")
    flower = group(*rings, heart, transform="translate(220 236)")
    return component("hero_bloom — no arguments; decoration only", inline("bloom", 440, 476, light, flower))


def _outline(points):
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def _unrolled(petal):
    """A petal as a unit petal in its place."""
    foot = sqrt(petal.x**2 + petal.y**2)
    place = f"rotate({number(petal.angle % 360)})translate({number(foot)})scale({number(petal.length / 10)})"
    return group(path(PETAL, None), transform=place)


def _turned(petal):
    """The same in one element, as wide as it is."""
    foot = sqrt(petal.x**2 + petal.y**2)
    scale = f"{number(petal.length / 10)} {number(petal.width / 4.4)}"
    return path(PETAL, None, transform=f"rotate({petal.angle % 360:.0f})translate({number(foot)})scale({scale})")


def six_steps_html():
    """Six stages of one bloom, from bud to open."""
    stems = "".join(f"M{50 + step * 100} 72V118" for step in range(6))
    stages = [path(stems, None, class_="six-steps__stem")]
    for step, (sides, apart) in enumerate(((1, 8), (1, 17), (2, 15), (2, 24), (3, 24))):
        # The outer petals first, the middle one last and in front of all.
        around = [way * side for side in range(sides, 0, -1) for way in (-apart, apart)] + [0]
        petals = (_petal(angle, 50 + 1.5 * step - abs(angle) / 8) for angle in around)
        stages.append(group(*petals, transform=f"translate({50 + step * 100} 78)"))
    stages.append(
        group(
            *(_petal(angle, 41) for angle in range(0, 360, 45)),
            circle(0, 0, 9, None, class_="six-steps__heart"),
            transform="translate(552 46)",
        )
    )
    return component("six_steps — no arguments; decoration only", inline("six-steps", 600, 120, *stages))


def _petal(angle, length):
    """A petal on a stem, turned from upright."""
    return _turned(Petal(0, 0, angle - 90, length, length * 0.42, 1))
