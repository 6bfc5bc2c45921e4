"""Two more starter pictures, in the manner of tools/drawing/pictures.py: the talk before, and the way home."""

from tools.drawing.color import between, oklch
from tools.drawing.form import bloom, paint
from tools.drawing.pictures import (
    APRICOT,
    DUSK,
    FLOOR,
    FLOOR_SHADE,
    HEIGHT,
    INK,
    LIGHT,
    LILAC,
    PLUM,
    ROSE,
    SAGE,
    SAGE_DEEP,
    SAND,
    STEEL,
    WALL_SHADE,
    WHITE,
    WHITE_DEEP,
    WHITE_SHADE,
    WIDTH,
    WOOD,
    WOOD_DEEP,
    armchair,
    flower,
    hills,
    leaf,
    lupine,
    palm,
    petals_in_color,
)
from tools.drawing.svg import circle, document, ellipse, gradient, group, line, path, polygon, rect, tag


def _cup(x, y, color):
    """A cup on its saucer, and the steam above it."""
    steam = {"stroke": WHITE, "stroke_width": 6, "stroke_linecap": "round", "opacity": 0.75}
    return group(
        ellipse(0, 0, 62, 10, WHITE_DEEP),
        ellipse(0, -4, 58, 8, WHITE),
        path("M-40 -66H40C40 -26 26 -6 0 -6S-40 -26 -40 -66Z", color),
        path("M38 -56C66 -60 66 -26 30 -26", stroke=color, stroke_width=9),
        ellipse(0, -66, 40, 8, between((0.47, 0.06, 45), (0.87, 0.07, 70), 0.25)),
        path("M-14 -86C-26 -106 -2 -116 -14 -140", **steam),
        path("M12 -88C24 -106 2 -120 14 -146", **steam),
        transform=f"translate({x} {y})",
    )


def talk_before():
    """Two armchairs turned toward each other by a window with hills, two cups, and nothing to do but talk."""
    floor = 930
    definitions = "".join(
        [
            gradient("wall", [(0, oklch(0.945, 0.016, 335), 1), (1, WALL_SHADE, 1)]),
            gradient("floor", [(0, FLOOR_SHADE, 1), (1, FLOOR, 1)]),
            gradient("sky", [(0, oklch(0.88, 0.045, 300), 1), (0.7, oklch(0.94, 0.04, 50), 1), (1, LIGHT, 1)]),
            gradient("ray", [(0, LIGHT, 0.9), (1, LIGHT, 0.35)]),
            tag("clipPath", rect(0, 0, 520, 480, INK), id="window"),
        ]
    )
    view = group(
        rect(0, 0, 520, 480, "url(#sky)"),
        petals_in_color(bloom(352, 290, 92, 21, heart=0.26), edge=oklch(0.97, 0.03, 70)),
        circle(352, 290, 16, oklch(0.88, 0.1, 75)),
        hills(520, 400, [
            (130, oklch(0.8, 0.045, 310), [(0.14, 0.5), (0.3, 1.1), (0.48, 0.4), (0.7, 0.8)]),
            (80, oklch(0.72, 0.05, 170), [(0.3, 0.4), (0.62, 1.1), (0.85, 0.7)]),
        ]),
        hills(520, 460, [(70, oklch(0.6, 0.06, 150), [(0.2, 0.95), (0.55, 0.45), (0.9, 1.1)])]),
        clip_path="url(#window)",
    )  # fmt: skip
    window = group(
        rect(-18, -18, 556, 516, oklch(0.975, 0.01, 330)),
        view,
        rect(254, 0, 12, 480, WHITE),
        rect(0, 176, 520, 12, WHITE),
        rect(-40, 494, 600, 26, WHITE, rx=4),
        rect(-40, 518, 600, 10, WHITE_DEEP, opacity=0.6),
        transform="translate(540 110)",
    )
    rays = [
        polygon([(470, floor), (760, floor), (560, HEIGHT), (200, HEIGHT)], "url(#ray)"),
        polygon([(800, floor), (1080, floor), (960, HEIGHT), (600, HEIGHT)], "url(#ray)"),
    ]
    table = group(
        ellipse(800, 1076, 150, 20, INK, opacity=0.12),
        path("M784 880H816L826 1070H774Z", WOOD_DEEP),
        rect(714, 1056, 172, 20, WOOD_DEEP, rx=10),
        rect(640, 866, 320, 28, WOOD, rx=14),
        _cup(712, 862, ROSE),
        _cup(892, 862, LILAC),
        path("M800 700C804 740 798 770 800 800", stroke=SAGE_DEEP, stroke_width=7),
        leaf(800, 770, 60, 24, -30, SAGE_DEEP),
        flower(800, 664, 72, 21, edge=oklch(0.97, 0.02, 60)),
        path("M780 790C768 816 772 850 784 864H816C828 850 832 816 820 790Z", DUSK),
    )
    plant = group(
        *(leaf(0, -150, length, 62, degrees, fill) for length, degrees, fill in (
            (250, -150, SAGE), (300, -118, SAGE_DEEP), (320, -92, SAGE), (300, -66, SAGE_DEEP), (250, -32, SAGE))),
        path("M-74 -160H74L56 0H-56Z", oklch(0.62, 0.09, 40)),
        rect(-84, -172, 168, 28, oklch(0.68, 0.09, 42), rx=8),
        transform="translate(1470 1010)",
    )  # fmt: skip
    lamp = group(
        line(0, 0, 0, -640, STEEL, 10),
        ellipse(0, 0, 84, 12, STEEL),
        path("M-70 -640H70L116 -500H-116Z", SAND),
        ellipse(0, -500, 116, 14, oklch(0.95, 0.06, 85)),
        transform="translate(120 1010)",
    )
    return document(
        WIDTH,
        HEIGHT,
        f"<defs>{definitions}</defs>",
        rect(0, 0, WIDTH, floor, "url(#wall)"),
        window,
        rect(0, floor, WIDTH, HEIGHT - floor, "url(#floor)"),
        rect(0, floor - 26, WIDTH, 30, oklch(0.965, 0.012, 330)),
        rect(0, floor + 2, WIDTH, 5, FLOOR_SHADE),
        ellipse(800, 1086, 640, 92, oklch(0.78, 0.05, 335)),
        ellipse(800, 1083, 604, 80, oklch(0.82, 0.045, 335)),
        *rays,
        lamp,
        plant,
        ellipse(420, 1090, 240, 22, INK, opacity=0.12),
        ellipse(1180, 1090, 240, 22, INK, opacity=0.12),
        armchair(430, 1090, 2.9),
        armchair(1170, 1090, -2.9),
        table,
    )


def _car():
    """A car seen from the passenger's side, going right, its wheels on y = 0."""
    body = (
        "M-470 -60C-486 -150 -470 -196 -392 -214L-300 -232C-230 -330 -160 -372 -30 -376H70C170 -374 232 -320 300 -234"
    )
    body += "C400 -226 470 -200 480 -140C484 -104 482 -74 470 -60Z"
    glass = oklch(0.9, 0.035, 240)
    wheels = (
        group(circle(x, -62, 84, INK), circle(x, -62, 46, STEEL), circle(x, -62, 16, WHITE_SHADE)) for x in (-282, 284)
    )
    return group(
        ellipse(0, 14, 520, 24, INK, opacity=0.16),
        path(body, ROSE),
        path("M-470 -60C-476 -96 -478 -120 -474 -142H480C484 -104 482 -74 470 -60Z", oklch(0.71, 0.1, 0)),
        path("M-256 -236C-206 -310 -150 -344 -44 -346V-236Z", glass),
        path("M-12 -346H64C146 -344 196 -304 246 -236H-12Z", glass),
        # two heads: the friend who drives, and the passenger who leans back and looks out
        path("M92 -236C92 -262 112 -276 136 -276S180 -262 180 -236Z", DUSK),
        circle(136, -298, 27, oklch(0.68, 0.07, 50)),
        path("M-150 -236C-150 -262 -130 -276 -106 -276S-62 -262 -62 -236Z", SAGE_DEEP),
        circle(-104, -298, 27, oklch(0.8, 0.06, 55)),
        path("M-132 -296C-134 -334 -84 -336 -78 -304C-98 -318 -112 -316 -132 -296Z", WOOD_DEEP),
        path("M108 -300C106 -334 160 -336 164 -304C146 -316 128 -316 108 -300Z", INK),
        path("M-236 -240L-210 -274L-190 -240ZM-20 -240L8 -300L22 -240Z", WHITE, opacity=0.35),
        rect(-44, -350, 32, 116, ROSE),
        line(-28, -228, -28, -96, oklch(0.66, 0.1, 0), 4),
        rect(-96, -204, 48, 12, WHITE_SHADE, rx=6),
        rect(40, -204, 48, 12, WHITE_SHADE, rx=6),
        path("M452 -196C476 -184 480 -164 480 -150H444Z", oklch(0.95, 0.07, 85)),
        path("M-462 -180C-474 -168 -474 -150 -474 -142H-446Z", PLUM),
        *wheels,
        transform="translate(800 1000)",
    )


def way_home():
    """Somebody else drives: a car with two people on the road between the hills, lupines beside it."""
    definitions = "".join(
        [
            gradient("sky", [(0, oklch(0.86, 0.05, 305), 1), (0.55, oklch(0.94, 0.04, 50), 1), (1, LIGHT, 1)]),
            gradient("road", [(0, oklch(0.74, 0.025, 320), 1), (1, oklch(0.68, 0.03, 320), 1)]),
        ]
    )
    x, y, radius = 1120, 430, 250
    sun = bloom(x, y, radius, 34, heart=0.26)
    near = [lupine(left, foot, tall, lean) for left, foot, tall, lean in (
        (120, 1190, 330, -4), (210, 1200, 250, 6), (1400, 1200, 260, -6), (1490, 1190, 340, 5))]  # fmt: skip
    leaves = [palm(left, 1150, 70, fill, 7, turn) for left, fill, turn in (
        (80, SAGE, -100), (260, SAGE_DEEP, -80), (1350, SAGE_DEEP, -100), (1540, SAGE, -80))]  # fmt: skip
    return document(
        WIDTH,
        HEIGHT,
        f"<defs>{definitions}</defs>",
        rect(0, 0, WIDTH, HEIGHT, "url(#sky)"),
        paint(sun, lambda petal: between((0.9, 0.08, 75), (0.8, 0.09, 20), petal.rank), stroke=LIGHT, stroke_width=3),
        circle(x, y, radius * 0.18, APRICOT),
        hills(WIDTH, 560, [
            (200, oklch(0.8, 0.045, 312), [(0.1, 0.5), (0.22, 1.2), (0.34, 0.4), (0.46, 0.9), (0.86, 1.3)]),
        ]),
        rect(-40, 520, 900, 30, WHITE, rx=15, opacity=0.45),
        rect(700, 560, 1000, 26, WHITE, rx=13, opacity=0.4),
        hills(WIDTH, 700, [(170, oklch(0.72, 0.055, 165), [(0.18, 0.4), (0.4, 1), (0.62, 0.5), (0.84, 0.95)])]),
        hills(WIDTH, 830, [(120, oklch(0.63, 0.06, 150), [(0.2, 0.9), (0.55, 0.4), (0.9, 0.9)])]),
        path(f"M0 900C400 872 1200 872 {WIDTH} 900V1080C1200 1062 400 1062 0 1080Z", "url(#road)"),
        path(f"M0 1044C400 1024 1200 1024 {WIDTH} 1044", stroke=WHITE, stroke_width=9, stroke_dasharray="70 60"),
        path(f"M0 1080C400 1062 1200 1062 {WIDTH} 1080V{HEIGHT}H0Z", oklch(0.56, 0.065, 150)),
        _car(),
        *leaves,
        *near,
    )  # fmt: skip


SCENES = {"talk-before": talk_before, "way-home": way_home}
