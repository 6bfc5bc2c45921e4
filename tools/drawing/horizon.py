"""Where the clinic is: the morros of San Luis Obispo in morning fog, and a bloom that rises behind them."""

from itertools import pairwise
from math import exp, sin

from tools.drawing.color import DARK, LIGHT, oklch, token
from tools.drawing.flowers import EDGE, LIT
from tools.drawing.form import bloom
from tools.drawing.pictures import hills, petals_in_color
from tools.drawing.svg import circle, document, group, number, path, tag

WIDTH, HEIGHT = 1440, 230
SUN = (812, 158, 104)  # x, y, radius

# The chain of old volcanoes, steep and with uneven shoulders: peaks as (x, height, half width, roundness).
STEP, FOOT = 16, 176
PEAKS = [
    *[(66, 46, 62, 1.7), (262, 88, 62, 1.35), (322, 60, 50, 1.6), (494, 104, 58, 1.25), (556, 62, 54, 1.5)],
    *[(668, 36, 66, 2), (988, 128, 76, 1.3), (1066, 78, 60, 1.6), (1236, 80, 62, 1.4), (1352, 46, 72, 1.8)],
]
# Softer rows behind and before it: height, peaks and valleys as (share of the width, share of the height).
FAR = (64, [(0.11, 0.8), (0.27, 0.4), (0.4, 0.7), (0.56, 0.35), (0.78, 1), (0.93, 0.5)])
NEAR = (44, [(0.1, 0.9), (0.33, 0.3), (0.52, 0.6), (0.7, 0.35), (0.9, 1)])

# The top of a row as OKLCH, and the fog that it fades into towards its foot.
DAY = {"far": ((0.875, 0.035, 318), (0.965, 0.012, 335)), "morros": ((0.74, 0.055, 312), (0.955, 0.02, 350))}
NIGHT = {"far": ((0.275, 0.035, 318), (0.215, 0.03, 325)), "morros": ((0.34, 0.05, 305), (0.225, 0.03, 325))}


def _colors(rows, scheme):
    tones = {f"{name}-{n}": oklch(*color) for name, pair in rows.items() for n, color in enumerate(pair)}
    return "".join(f"--{name}:{color};" for name, color in {**tones, "near": token("hill", scheme)}.items())


def _fog(name, top, foot):
    stops = (tag("stop", offset=n, stop_color=f"var(--{name}-{n})") for n in range(2))
    return tag("linearGradient", *stops, id=name, gradientUnits="userSpaceOnUse", x1=0, x2=0, y1=top, y2=foot)


def _morros():
    """The outline of the chain, smooth between points a step apart, down to the lower edge of the picture."""

    def height(x):
        return max(high * exp(-((abs(x - at) / wide) ** round_)) for at, high, wide, round_ in PEAKS)

    points = [(x, FOOT - height(x) - 5 * sin(x / 83)) for x in range(0, WIDTH + STEP, STEP)]
    d = f"M0 {number(points[0][1])}"
    for (x1, y1), (x2, y2) in pairwise(points):
        d += f"Q{number(x1)} {round(y1)} {number((x1 + x2) / 2)} {number((y1 + y2) / 2)}"
    return f"{d}H{WIDTH}V{HEIGHT}H0Z"


def horizon_svg(with_bloom=True):
    """
    The picture as a file; its nearest hill has the color of the ground that goes on below it, in either scheme.

    Without its bloom it stands before a larger one, at the front door.
    """
    style = (
        f":root{{{_colors(DAY, LIGHT)}}}.night{{display:none}}@media(prefers-color-scheme:dark){{"
        f":root{{{_colors(NIGHT, DARK)}}}.day{{display:none}}.night{{display:inline}}}}"
    )
    x, y, radius = SUN
    petals = {opened: bloom(x, y, radius, 21, opened, heart=0.26) for opened in (0, 1)}
    sun = [
        group(petals_in_color(petals[1], edge=EDGE), circle(x, y, radius * 0.17, LIT), class_="day"),
        group(petals_in_color(petals[0], edge=token("ground", DARK)), class_="night", opacity=0.75),
    ]
    return document(
        WIDTH,
        HEIGHT,
        tag("style", style),
        tag("defs", _fog("far", 70, 170), _fog("morros", 48, 206)),
        hills(WIDTH, 140, [(FAR[0], "url(#far)", FAR[1])]),
        *(sun if with_bloom else []),
        path(_morros(), "url(#morros)"),
        hills(WIDTH, 226, [(NEAR[0], "var(--near)", NEAR[1])]),
    )
