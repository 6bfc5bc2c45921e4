"""
The one form behind every picture: petals along the golden angle.

Petal n stands at θ = n · 137.508°, r = c·√(n + ½), and is a + b·√(n/N) long. A bloom opens from
the outside in: petals before the threshold stay furled, narrow and short. `spread` below 1 gathers
all petals around the stem, from a full bloom seen from above to a cup and a bud seen from the side.
"""

from dataclasses import dataclass, replace
from math import cos, radians, sin, sqrt

from tools.drawing.svg import number, path

GOLDEN_ANGLE = 137.508


@dataclass(frozen=True)
class Petal:
    """A petal from its foot, in degrees clockwise from the right; `rank` runs from 0 inside to 1 outside."""

    x: float
    y: float
    angle: float
    length: float
    width: float
    rank: float

    def points(self):
        """Foot, two handles, tip and two handles back: the corners of its outline."""
        turn_x, turn_y = cos(radians(self.angle)), sin(radians(self.angle))
        side = self.width / 1.5  # a curve reaches three quarters of the way to its handles
        local = [(0, 0), (0.3, -side), (0.86, -0.86 * side), (1, 0), (0.86, 0.86 * side), (0.3, side)]
        return [
            (
                self.x + px * self.length * turn_x - py * turn_y,
                self.y + px * self.length * turn_y + py * turn_x,
            )
            for px, py in local
        ]

    def d(self):
        foot, *rest = [f"{number(x)} {number(y)}" for x, y in self.points()]
        return f"M{foot}C{' '.join(rest[:3])}C{' '.join(rest[3:])} {foot}Z"

    def polygon(self, steps=12):
        """The outline as points, for what cannot draw curves."""
        foot, a, b, tip, c, d = self.points()
        return [
            *(_on_curve(foot, a, b, tip, i / steps) for i in range(steps)),
            *(_on_curve(tip, c, d, foot, i / steps) for i in range(steps)),
        ]


def window(left, top, width, height, bar=14):
    """
    The panes of a window as its light falls on a wall, two beside each other in three rows: lists of points.

    It leans as the light behind a short answer does (static/css/components/window_light.css), by 25° and 10°.
    """
    lean, fall = 0.466, 0.176
    wide, high = (width - bar) / 2, (height - 2 * bar) / 3

    def at(x, y):
        return left + lean * (height - y) + x, top + y + fall * x

    corners = [(i * (wide + bar), j * (high + bar)) for j in range(3) for i in range(2)]
    return [[at(x, y), at(x + wide, y), at(x + wide, y + high), at(x, y + high)] for x, y in corners]


def _on_curve(p, q, r, s, t):
    u = 1 - t
    return tuple(
        u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d for a, b, c, d in zip(p, q, r, s, strict=True)
    )


def bloom(x, y, radius, count, opened=1.0, spread=1.0, heart=0.3, slim=0.4, inner=0.55, turn=-90):
    """
    The petals of a bloom, in the order they are painted: the outermost first.

    `opened`: the share of petals that are open, from the outside; `heart`: how much of the radius
    the feet of the petals take; `slim`: width of a petal by its length; `inner`: length of the
    innermost petal by that of the outermost; `turn`: where petal 0 points, and the stem's way up.
    """
    longest = radius * (1 - heart)
    petals = []
    for n in range(count):
        share = sqrt(n / (count - 1)) if count > 1 else 1
        away = (n * GOLDEN_ANGLE + 180) % 360 - 180
        angle = turn + away * spread
        foot = radius * heart * sqrt((n + 0.5) / count) * min(1, spread * 1.6)
        length = longest * (inner + (1 - inner) * share)
        width = length * slim
        if n < round((1 - opened) * count):
            length, width = length * 0.72, width * 0.42
        dx, dy = cos(radians(angle)), sin(radians(angle))
        petals.append(Petal(x + foot * dx, y + foot * dy, angle, length, width, share))
    return petals[::-1]


def fitted(petals, size, margin=0):
    """The petals of a bloom around (0, 0), fitted into a square, and where its center comes to lie."""
    points = [point for petal in petals for point in petal.polygon()]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (size - 2 * margin) / max(right - left, bottom - top)
    move_x, move_y = size / 2 - scale * (left + right) / 2, size / 2 - scale * (top + bottom) / 2
    moved = [
        replace(
            petal,
            x=petal.x * scale + move_x,
            y=petal.y * scale + move_y,
            length=petal.length * scale,
            width=petal.width * scale,
        )
        for petal in petals
    ]
    return moved, (move_x, move_y)


def paint(petals, color, **attributes):
    """The petals as paths; `color` tells the fill of a petal."""
    return "".join(path(petal.d(), color(petal), **attributes) for petal in petals)


def seeds(x, y, radius, count, size):
    """Where the seeds of a seed head lie, and how large each is, as (x, y, r)."""
    step = radius / sqrt(count)
    return [
        (
            x + step * sqrt(n + 0.5) * cos(radians(n * GOLDEN_ANGLE)),
            y + step * sqrt(n + 0.5) * sin(radians(n * GOLDEN_ANGLE)),
            size * (0.7 + 0.5 * sqrt(n / count)),
        )
        for n in range(count)
    ]
