"""The starter pictures, 4:3: flat shapes in morning light, every plant the same form."""

from itertools import pairwise
from math import cos, radians, sin

from tools.drawing.color import between, oklch, token
from tools.drawing.form import Petal, bloom, paint, seeds
from tools.drawing.svg import circle, document, ellipse, gradient, group, line, number, path, placed, polygon, rect, tag

WIDTH, HEIGHT = 1600, 1200

WALL_SHADE = oklch(0.885, 0.027, 325)
FLOOR = oklch(0.855, 0.036, 50)
FLOOR_SHADE = oklch(0.8, 0.042, 40)
LIGHT = oklch(0.975, 0.028, 80)
WHITE = oklch(0.99, 0.005, 60)
WHITE_SHADE = oklch(0.915, 0.018, 320)
WHITE_DEEP = oklch(0.84, 0.03, 320)
PLUM = token("action")
DUSK = oklch(0.52, 0.1, 330)
LILAC = oklch(0.74, 0.075, 320)
ROSE = oklch(0.77, 0.09, 5)
APRICOT = token("bloom")
SAND = oklch(0.87, 0.07, 70)
SAGE = oklch(0.66, 0.06, 150)
SAGE_DEEP = oklch(0.47, 0.06, 155)
STEEL = oklch(0.68, 0.02, 320)
INK = token("ink")
WOOD = oklch(0.6, 0.065, 50)
WOOD_DEEP = oklch(0.47, 0.06, 45)

SUNRISE = ((0.83, 0.115, 68), (0.6, 0.14, 348))  # the colors of a bloom from its heart outward


def petals_in_color(found, inner=SUNRISE[0], outer=SUNRISE[1], edge=None, **attributes):
    stroke = {"stroke": edge, "stroke_width": 2} if edge else {}
    return paint(found, lambda petal: between(inner, outer, petal.rank), **stroke, **attributes)


def flower(x, y, radius, count, opened=1.0, edge=WHITE, **options):
    """A bloom in the colors of a sunrise, with seeds in its heart once it is open."""
    found = petals_in_color(bloom(x, y, radius, count, opened, **options), edge=edge)
    if options.get("spread", 1) < 1:
        return found
    heart = "".join(circle(sx, sy, r, PLUM) for sx, sy, r in seeds(x, y, radius * 0.13, 21, radius * 0.018))
    return found + circle(x, y, radius * 0.17, oklch(0.88, 0.1, 75)) + heart


def leaf(x, y, length, width, degrees, fill, vein=None):
    """A leaf from its foot, pointing `degrees` clockwise from the right."""
    ribs = line(length * 0.08, 0, length * 0.86, 0, vein, 2.5) if vein else ""
    half = width / 1.5
    d = (
        f"M0 0C{number(length * 0.3)} {number(-half)} {number(length * 0.8)} {number(-half * 0.7)} {number(length)} 0"
        f"C{number(length * 0.8)} {number(half * 0.7)} {number(length * 0.3)} {number(half)} 0 0Z"
    )
    return group(path(d, fill), ribs, transform=f"translate({number(x)} {number(y)}) rotate({number(degrees)})")


def lupine(x, y, height, lean=0, blossoms=34):
    """A spire of lupine from its foot: blossoms spiral up the stem by the golden angle, smaller towards the tip."""
    top = [(0, 0), (0, -height)]
    (x0, y0), (x1, y1) = placed(top, x, y, lean)
    parts = [line(x0, y0, x1, y1, SAGE_DEEP, 5)]
    for n in range(blossoms):
        share = n / blossoms
        up = 0.42 + 0.58 * share
        depth = sin(n * radians(137.508))
        side = cos(n * radians(137.508)) * height * 0.075 * (1.15 - share)
        (bx, by) = placed([(side, -height * up)], x, y, lean)[0]
        size = height * 0.042 * (1.25 - 0.75 * share)
        color = between((0.5, 0.13, 310), (0.78, 0.08, 320), 0.25 + 0.35 * share + 0.25 * depth)
        parts.append(ellipse(bx, by, size, size * 0.8, color))
    return "".join(parts)


def palm(x, y, radius, fill, leaflets=7, degrees=-90):
    """The leaf of a lupine: leaflets around one point."""
    spread = 280 / leaflets
    return "".join(
        leaf(x, y, radius, radius * 0.3, degrees + (i - (leaflets - 1) / 2) * spread, fill) for i in range(leaflets)
    )


def hills(width, horizon, rows):
    """Rows of hills in fog, far to near; a row is (height, color, list of (x share, height share))."""
    parts = []
    for base, color, peaks in rows:
        points = [(0, base * 0.3), *[(px * width, base * py) for px, py in peaks], (width, base * 0.35)]
        d = f"M0 {number(horizon + 400)}L0 {number(horizon - points[0][1])}"
        for (ax, ay), (bx, by) in pairwise(points):
            middle = (ax + bx) / 2
            d += (
                f"C{number(middle)} {number(horizon - ay)} {number(middle)} {number(horizon - by)} "
                f"{number(bx)} {number(horizon - by)}"
            )
        parts.append(path(d + f"L{number(width)} {number(horizon + 400)}Z", color))
    return "".join(parts)


def recliner(x, y, scale=1.0, blanket=True):
    """A white reclining chair seen from its left side, its feet at (x, y), facing left."""
    parts = [
        # foot and pedestal
        rect(-150, -26, 330, 26, WOOD_DEEP, rx=13),
        path("M-70 -26L-40 -110H90L110 -26Z", WOOD),
        # back, behind the seat
        path("M104 -196C128 -330 196 -474 262 -566C284 -598 338 -590 346 -550C352 -520 330 -470 300 -410"
             "C262 -334 236 -250 226 -176C220 -130 120 -130 104 -196Z", WHITE),
        path("M226 -176C236 -250 262 -334 300 -410C330 -470 352 -520 346 -550C342 -568 330 -580 316 -584"
             "C318 -520 226 -400 190 -158C206 -152 222 -154 226 -176Z", WHITE_SHADE),
        # headrest pillow
        path("M214 -500C232 -548 268 -606 302 -618C330 -622 340 -596 330 -574C312 -536 290 -500 262 -474"
             "C240 -458 204 -472 214 -500Z", oklch(0.955, 0.022, 55)),
        # leg rest and seat in one sweep
        path("M-372 -150C-392 -182 -366 -214 -332 -208C-250 -196 -190 -216 -120 -226C-40 -236 60 -232 140 -216"
             "C200 -204 220 -150 190 -122C160 -98 60 -96 -30 -100C-110 -104 -170 -108 -230 -104"
             "C-300 -98 -352 -116 -372 -150Z", WHITE),
        path("M-372 -150C-352 -116 -300 -98 -230 -104C-170 -108 -110 -104 -30 -100C60 -96 160 -98 190 -122"
             "C208 -140 208 -164 196 -182C170 -150 60 -146 -30 -146C-140 -146 -220 -140 -300 -142"
             "C-330 -143 -356 -146 -372 -150Z", WHITE_SHADE),
    ]  # fmt: skip
    if blanket:
        parts += [
            path("M-336 -222C-250 -206 -190 -228 -118 -240C-70 -248 -10 -250 36 -246C56 -226 60 -196 56 -160"
                 "C52 -110 58 -70 50 -42C-20 -30 -70 -54 -130 -44C-190 -36 -240 -46 -318 -40"
                 "C-330 -80 -352 -170 -336 -222Z", ROSE),
            path("M-118 -240C-70 -248 -10 -250 36 -246C56 -226 60 -196 56 -160C52 -110 58 -70 50 -42"
                 "C16 -36 -10 -38 -38 -42C-20 -110 -60 -200 -118 -240Z", oklch(0.71, 0.1, 0)),
        ]  # fmt: skip
        for offset in (0, 26):
            parts.append(path(f"M{-338 + offset * 0.2:.1f} {-96 + offset}C-240 {-100 + offset} -120 {-104 + offset} "
                              f"54 {-96 + offset}", stroke=SAND, stroke_width=8))  # fmt: skip
        for n in range(26):
            fx = -314 + n * 14.4
            parts.append(line(fx, -44, fx - 2, -22, oklch(0.71, 0.1, 0), 4))
    parts += [
        # arm
        path("M-70 -286C-70 -306 -54 -316 -34 -316H128C160 -316 176 -292 166 -268C162 -258 150 -252 136 -252H-36"
             "C-56 -252 -70 -266 -70 -286Z", WHITE),
        path("M-70 -286C-70 -266 -56 -252 -36 -252H136C150 -252 162 -258 166 -268C168 -274 169 -280 168 -286Z",
             WHITE_SHADE),
        path("M8 -252H44L56 -110H16Z" if not blanket else "M84 -252H118L126 -120H92Z", WHITE_DEEP),
    ]  # fmt: skip
    return group(*parts, transform=f"translate({number(x)} {number(y)}) scale({number(scale)})")


def drip_stand(x, y, height, reach, scale=1.0):
    """A drip stand with its feet at (x, y); `reach` is where its line ends, seen from there."""
    top = -height
    glass = oklch(0.8, 0.03, 250)
    end_x, end_y = reach
    low = number(end_y + 22)
    tube = (
        f"M-46 {number(top + 224)}C-46 {number(top + 414)} {number(end_x + 190)} {low} {number(end_x + 70)} {low}"
        f"S{number(end_x + 60)} {number(end_y)} {number(end_x)} {number(end_y)}"
    )
    below = "v64q0 26-26 30h-32q-26-4-26-30"  # the round lower end of the bag
    parts = [
        line(0, 0, 0, top, STEEL, 9),
        line(-46, top, 46, top, STEEL, 7),
        line(0, -16, -92, 0, STEEL, 9),
        line(0, -16, 92, 0, STEEL, 9),
        line(0, -16, 24, 8, STEEL, 9),
        *(circle(wheel_x, wheel_y, 9, INK, opacity=0.75) for wheel_x, wheel_y in ((-92, 6), (92, 6), (26, 14))),
        path(tube, stroke=glass, stroke_width=4.5, stroke_linecap="round"),
        path(f"M-78 {number(top + 18)}h64q10 0 10 10v56{below}v-120q0-10 10-10Z", oklch(0.95, 0.02, 240),
             stroke=glass, stroke_width=3),
        path(f"M-88 {number(top + 84)}q42 10 84 0{below}Z", oklch(0.86, 0.045, 240)),
        rect(-72, top + 40, 52, 26, WHITE, rx=4),
        rect(-52, top + 186, 12, 38, oklch(0.86, 0.045, 240), rx=5),
    ]  # fmt: skip
    return group(*parts, transform=f"translate({number(x)} {number(y)}) scale({number(scale)})")


def infusion_room():
    """A quiet room: a white chair with a blanket by a window, slanted morning light, a drip stand, plants."""
    floor = 900
    definitions = "".join(
        [
            gradient("wall", [(0, oklch(0.94, 0.016, 335), 1), (1, WALL_SHADE, 1)]),
            gradient("floor", [(0, FLOOR_SHADE, 1), (1, FLOOR, 1)]),
            gradient(
                "sky", [(0, oklch(0.87, 0.045, 300), 1), (0.6, oklch(0.93, 0.04, 50), 1), (1, oklch(0.95, 0.03, 75), 1)]
            ),
            gradient("ray", [(0, LIGHT, 0.95), (1, LIGHT, 0.6)]),
        ]
    )
    panes = [
        [(700, 84), (882, 134), (882, 424), (700, 360)],
        [(904, 140), (1096, 194), (1096, 498), (904, 431)],
        [(700, 386), (882, 450), (882, 752), (700, 674)],
        [(904, 457), (1096, 524), (1096, 844), (904, 761)],
    ]
    definitions += tag("clipPath", rect(0, 0, 380, 520, INK), id="window")
    definitions += tag("clipPath", *(polygon(pane, INK) for pane in panes), id="panes")
    view = group(
        rect(0, 0, 380, 520, "url(#sky)"),
        circle(262, 222, 44, oklch(0.95, 0.07, 80)),
        hills(380, 400, [
            (150, oklch(0.8, 0.045, 310), [(0.16, 0.55), (0.4, 1), (0.56, 0.5), (0.8, 0.78)]),
            (90, oklch(0.73, 0.05, 170), [(0.3, 0.4), (0.62, 1.25), (0.85, 0.7)]),
        ]),
        *(rect(x, y, width, 22, WHITE, rx=11, opacity=0.5)
          for x, y, width in ((-30, 330, 240), (60, 352, 390), (-60, 374, 330), (210, 330, 90), (190, 396, 240))),
        hills(380, 470, [(70, oklch(0.6, 0.06, 150), [(0.2, 0.95), (0.55, 0.45), (0.9, 1.1)])]),
        clip_path="url(#window)",
    )  # fmt: skip
    window = group(
        view,
        path("M0 0H380V520H0ZM10 10V510H370V10Z", WHITE, fill_rule="evenodd"),
        rect(184, 0, 12, 520, WHITE),
        rect(0, 200, 380, 12, WHITE),
        transform="translate(150 130)",
    )  # fmt: skip
    frame = rect(132, 112, 416, 556, oklch(0.97, 0.01, 330)) + rect(112, 664, 456, 26, WHITE, rx=4)
    sill = rect(112, 686, 456, 10, WHITE_DEEP, opacity=0.6)
    # The light comes from another window, to the left of the picture, and a bloom stands in it.
    ghost = group(
        *(polygon(pane, "url(#ray)") for pane in panes),
        paint(
            bloom(892, 400, 190, 21, heart=0.2),
            lambda petal: between((0.93, 0.045, 70), (0.895, 0.04, 350), petal.rank),
        ),
        path("M884 560C876 640 880 720 860 840", stroke=oklch(0.895, 0.035, 350), stroke_width=9),
        clip_path="url(#panes)",
    )
    floor_light = [
        polygon([(180, floor + 60), (470, floor + 60), (700, 1200), (330, 1200)], LIGHT, opacity=0.55),
        polygon([(500, floor + 60), (790, floor + 60), (1110, 1200), (740, 1200)], LIGHT, opacity=0.55),
    ]
    boards = "".join(
        line(x, floor + 14, x + (x - 800) * 0.75, 1200, FLOOR_SHADE, 2, opacity=0.8) for x in range(-200, 1900, 170)
    )
    plant = "".join(
        [
            palm(236, 590, 58, SAGE, 7, -110),
            palm(300, 606, 52, SAGE_DEEP, 7, -70),
            lupine(268, 640, 250, -5),
            lupine(252, 640, 190, -17, 21),
            lupine(286, 640, 180, 10, 21),
            palm(264, 624, 50, oklch(0.57, 0.065, 150), 7, -90),
            path("M214 606H322L308 664H228Z", oklch(0.62, 0.09, 40)),
            rect(208, 598, 120, 20, oklch(0.68, 0.09, 42), rx=6),
        ]
    )
    rug = ellipse(820, 1064, 560, 84, oklch(0.78, 0.05, 335)) + ellipse(820, 1062, 528, 72, oklch(0.82, 0.045, 335))
    table = group(
        *[
            ellipse(1376, 1020, 96, 16, INK, opacity=0.1),
            path("M1364 800H1388L1394 1010H1358Z", WOOD_DEEP),
            rect(1316, 1002, 120, 18, WOOD_DEEP, rx=9),
            rect(1268, 782, 216, 24, WOOD, rx=12),
            # a glass of water
            path("M1292 708H1340L1334 782H1298Z", oklch(0.95, 0.02, 230), opacity=0.85),
            path("M1295 734H1337L1334 782H1298Z", oklch(0.86, 0.045, 230), opacity=0.9),
            # a vase with one bloom
            path("M1420 610C1424 660 1418 690 1416 716", stroke=SAGE_DEEP, stroke_width=7),
            leaf(1420, 672, 64, 26, -28, SAGE_DEEP),
            flower(1418, 560, 84, 21, edge=oklch(0.97, 0.02, 60)),
            path("M1396 700C1384 730 1388 770 1402 782H1434C1448 770 1452 730 1440 700Z", oklch(0.58, 0.09, 330)),
            path("M1424 700C1432 730 1432 770 1420 782H1434C1448 770 1452 730 1440 700Z", oklch(0.5, 0.09, 330)),
        ],
        transform="translate(70 0)",
    )
    chair_shadow = ellipse(850, 1052, 330, 26, INK, opacity=0.14)
    parts = [
        rect(0, 0, WIDTH, floor, "url(#wall)"),
        ghost,
        frame,
        window,
        sill,
        plant,
        rect(0, floor, WIDTH, HEIGHT - floor, "url(#floor)"),
        boards,
        rect(0, floor - 26, WIDTH, 30, oklch(0.965, 0.012, 330)),
        rect(0, floor + 2, WIDTH, 5, FLOOR_SHADE),
        rug,
        *floor_light,
        table,
        chair_shadow,
        recliner(820, 1050, 1.12),
        drip_stand(1268, 1036, 880, reach=(-278, -332)),
    ]  # fmt: skip
    return document(WIDTH, HEIGHT, f"<defs>{definitions}</defs>", *parts)


def kap_process():
    """The stages of ketamine-assisted psychotherapy as one flower: bud, opening, bloom; people's places below."""
    ground = 1010
    definitions = "".join(
        [
            gradient("air", [(0, oklch(0.945, 0.018, 330), 1), (1, oklch(0.915, 0.025, 330), 1)]),
            gradient("one", [(0, oklch(0.965, 0.02, 70), 1), (1, oklch(0.95, 0.02, 40), 0.3)]),
            gradient("two", [(0, oklch(0.965, 0.035, 75), 1), (1, oklch(0.95, 0.03, 50), 0.35)]),
            gradient("three", [(0, oklch(0.965, 0.05, 80), 1), (1, oklch(0.95, 0.04, 60), 0.4)]),
        ]
    )
    centers = (300, 800, 1300)
    panels = [
        polygon([(x - 258, 70), (x + 170, 150), (x + 218, ground), (x - 210, ground)], f"url(#{name})")
        for x, name in zip(centers, ("one", "two", "three"), strict=True)
    ]
    stem = {"stroke": SAGE_DEEP, "stroke_width": 13, "stroke_linecap": "round"}
    plants = [
        # preparing: a bud, still furled
        path("M300 1050C296 900 316 760 304 600", **stem),
        leaf(303, 800, 130, 54, -146, SAGE, SAGE_DEEP),
        leaf(306, 730, 110, 46, -38, SAGE_DEEP, SAGE),
        petals_in_color(bloom(304, 560, 210, 13, spread=0.13, slim=0.34, inner=0.8), edge=oklch(0.95, 0.03, 40)),
        leaf(304, 612, 120, 50, -122, SAGE_DEEP),
        leaf(304, 612, 120, 50, -58, SAGE_DEEP),
        leaf(304, 616, 104, 46, -90, SAGE),
        # the infusion: it opens
        path("M800 1050C808 880 788 720 800 560", **stem),
        leaf(800, 760, 136, 56, -34, SAGE, SAGE_DEEP),
        leaf(798, 690, 118, 48, -144, SAGE_DEEP, SAGE),
        petals_in_color(bloom(800, 540, 262, 21, spread=0.42, slim=0.36, inner=0.7), edge=oklch(0.96, 0.035, 60)),
        leaf(800, 570, 96, 44, -150, SAGE_DEEP),
        leaf(800, 570, 96, 44, -30, SAGE_DEEP),
        leaf(800, 572, 84, 40, -90, SAGE),
        # making sense of it: in full bloom
        path("M1300 1050C1290 880 1312 700 1300 420", **stem),
        leaf(1302, 800, 140, 58, -140, SAGE, SAGE_DEEP),
        leaf(1304, 740, 134, 54, -36, SAGE_DEEP, SAGE),
        flower(1300, 400, 244, 34, edge=oklch(0.97, 0.04, 75)),
    ]
    scenes = [
        armchair(170, 1080, 0.9),
        armchair(438, 1080, -0.9),
        recliner(800, 1084, 0.46),
        drip_stand(998, 1082, 758, reach=(-200, -234), scale=0.62),
        armchair(1170, 1080, 0.9),
        armchair(1438, 1080, -0.9),
        notebook(1304, 1080),
    ]
    parts = [
        rect(0, 0, WIDTH, HEIGHT, "url(#air)"),
        *panels,
        rect(0, ground, WIDTH, HEIGHT - ground, oklch(0.86, 0.035, 50)),
        path(f"M0 {ground}H{WIDTH}", stroke=oklch(0.8, 0.042, 40), stroke_width=4),
        *(ellipse(x, 1086, 214, 20, INK, opacity=0.09) for x in centers),
        *plants,
        *(mound(x, 1056) for x in centers),
        *scenes,
    ]
    return document(WIDTH, HEIGHT, f"<defs>{definitions}</defs>", *parts)


def mound(x, y):
    """What a stem grows from."""
    tufts = (
        leaf(x, y, length, 16, degrees, SAGE) for length, degrees in ((44, -160), (52, -128), (54, -50), (44, -22))
    )
    return "".join(tufts) + path(f"M{x - 46} {y + 6}Q{x} {y - 30} {x + 46} {y + 6}Z", SAGE_DEEP)


def armchair(x, y, scale):
    """An armchair seen from its side, facing right; a negative scale turns it round."""
    parts = [
        line(-44, -30, -52, 0, WOOD_DEEP, 9),
        line(48, -30, 56, 0, WOOD_DEEP, 9),
        path("M-66 -40C-76 -96 -96 -156 -98 -196C-98 -226 -56 -228 -50 -200C-42 -160 -36 -110 -22 -86L-26 -36Z", LILAC),
        path("M-60 -84C-20 -96 40 -96 66 -86C82 -80 82 -36 66 -30C20 -24 -30 -24 -62 -30Z", oklch(0.8, 0.06, 320)),
        path("M-58 -110C-58 -126 -46 -130 -36 -130H46C66 -130 72 -112 62 -104C54 -98 -58 -96 -58 -110Z", LILAC),
        path("M36 -100H54L52 -34H40Z", LILAC),
    ]
    return group(*parts, transform=f"translate({number(x)} {number(y)}) scale({number(scale)} {number(abs(scale))})")


def notebook(x, y):
    """A low table with an open notebook."""
    parts = [
        line(-26, -60, -34, 0, WOOD_DEEP, 7),
        line(26, -60, 34, 0, WOOD_DEEP, 7),
        rect(-62, -68, 124, 13, WOOD, rx=6),
        path("M-40 -72C-26 -84 -10 -84 0 -74C10 -84 26 -84 40 -72Z", WHITE, stroke=DUSK, stroke_width=3,
             stroke_linejoin="round"),
        line(0, -74, 0, -70, DUSK, 3),
    ]  # fmt: skip
    return group(*parts, transform=f"translate({number(x)} {number(y)})")


def weekly_pill_case():
    """A colorful pill case with seven compartments on a table in morning light, one open; a list, a glass, a bloom."""
    definitions = "".join(
        [
            gradient("table", [(0, oklch(0.9, 0.03, 50), 1), (1, oklch(0.85, 0.038, 45), 1)], 0, 0, 1, 1),
            gradient("ray", [(0, LIGHT, 1), (1, LIGHT, 0.5)], 0, 0, 1, 1),
        ]
    )
    lids = [
        oklch(0.56, 0.12, 330),
        oklch(0.7, 0.085, 315),
        oklch(0.76, 0.06, 255),
        oklch(0.72, 0.07, 165),
        oklch(0.84, 0.095, 92),
        oklch(0.79, 0.115, 62),
        oklch(0.71, 0.13, 15),
    ]
    step, deep = 186, 236
    case = [rect(-666, -140, 1332, 294, oklch(0.8, 0.03, 320), rx=44), rect(-666, -150, 1332, 286, WHITE, rx=44)]
    for day, color in enumerate(lids):
        left = -3.5 * step + day * step + 9
        middle = left + (step - 18) / 2
        if day == 4:  # today's compartment stands open
            case += [
                rect(left, -126, step - 18, deep, oklch(0.9, 0.02, 320), rx=24),
                rect(left, -116, step - 18, deep - 10, oklch(0.94, 0.018, 320), rx=22),
                tablet(middle - 32, 36, 34, WHITE),
                tablet(middle + 34, -10, 26, oklch(0.88, 0.08, 75)),
                capsule(middle + 8, -66, 40, 74, oklch(0.73, 0.1, 20), -24),
                rect(left - 2, -352, step - 14, 206, INK, rx=26, opacity=0.1, transform="translate(16 14)"),
                rect(left - 2, -352, step - 14, 214, color, rx=26),
                rect(left + 10, -340, step - 38, 190, between((0.84, 0.095, 92), (0.97, 0.03, 90), 0.5), rx=18),
                rect(middle - 40, -156, 80, 22, between((0.84, 0.095, 92), (0.5, 0.05, 80), 0.2), rx=8),
            ]
            lid_y = -246
        else:
            case += [
                rect(left, -126, step - 18, deep, color, rx=24),
                path(f"M{left} -20V-102Q{left} -126 {left + 24} -126H{left + 84}Z", WHITE, opacity=0.2),
                rect(middle - 26, 92, 52, 30, color, rx=12),
            ]
            lid_y = -16
        case.append(paint(counted(middle, lid_y, 50, day + 1), lambda petal: WHITE, opacity=0.92))
    shadow = rect(-650, -120, 1332, 300, oklch(0.5, 0.06, 330), rx=50, opacity=0.2)
    lines = "".join(
        line(60, 96 + i * 52, 330 - (i * 67) % 120, 96 + i * 52, oklch(0.8, 0.03, 320), 7) for i in range(5)
    )
    note = group(
        rect(18, 22, 400, 480, oklch(0.5, 0.06, 330), rx=16, opacity=0.16),
        rect(0, 0, 400, 480, oklch(0.985, 0.01, 80), rx=14),
        lines,
        *(circle(40, 96 + i * 52, 8, ROSE) for i in range(5)),
        transform="translate(1120 800) rotate(8)",
    )
    pencil = group(
        line(14, 18, 314, 18, oklch(0.5, 0.06, 330), 20, opacity=0.16),
        polygon([(0, -13), (250, -13), (250, 13), (0, 13)], DUSK),
        polygon([(250, -13), (296, 0), (250, 13)], oklch(0.9, 0.05, 70)),
        polygon([(282, -4), (296, 0), (282, 4)], INK),
        rect(-24, -13, 24, 26, ROSE, rx=8),
        transform="translate(1010 1130) rotate(-58)",
    )
    glass = group(
        ellipse(34, 40, 150, 146, oklch(0.5, 0.06, 330), opacity=0.14),
        ellipse(60, 70, 120, 110, LIGHT, opacity=0.6),
        circle(0, 0, 140, oklch(0.93, 0.02, 230), opacity=0.95),
        circle(0, 0, 122, oklch(0.87, 0.04, 230)),
        circle(0, 0, 104, oklch(0.905, 0.035, 225)),
        path("M-88 -40A97 97 0 0 1 -20 -94", stroke=WHITE, stroke_width=11, stroke_linecap="round"),
        path("M96 28A100 100 0 0 1 66 76", stroke=WHITE, stroke_width=8, stroke_linecap="round", opacity=0.8),
        transform="translate(1330 236)",
    )
    plant = "".join(
        [
            leaf(190, 170, 330, 120, 78, SAGE, SAGE_DEEP),
            leaf(190, 170, 340, 120, 12, SAGE_DEEP, SAGE),
            leaf(190, 170, 300, 110, 44, oklch(0.57, 0.065, 150), SAGE),
            flower(170, 150, 236, 34, edge=oklch(0.95, 0.03, 60)),
        ]
    )
    loose = [
        tablet(250, 1010, 40, WHITE),
        tablet(372, 1064, 30, oklch(0.88, 0.08, 75)),
        capsule(490, 978, 46, 96, oklch(0.56, 0.12, 330), 62),
    ]
    parts = [
        rect(0, 0, WIDTH, HEIGHT, "url(#table)"),
        polygon([(320, 0), (1040, 0), (1600, 900), (1600, 1200), (1110, 1200)], "url(#ray)", opacity=0.75),
        polygon([(0, 130), (0, 0), (230, 0), (990, 1200), (610, 1200)], "url(#ray)", opacity=0.75),
        group(plant, opacity=0.14, transform="translate(30 36)"),
        plant,
        glass,
        note,
        pencil,
        *loose,
        group(shadow, *case, transform="translate(800 640) rotate(-7)"),
    ]
    return document(WIDTH, HEIGHT, f"<defs>{definitions}</defs>", *parts)


def counted(x, y, length, count):
    """As many petals as a lid has days, evenly round, so that they can be counted."""
    angles = [-90 + 360 / count * n for n in range(count)]
    feet = [placed([(10, 0)], x, y, angle)[0] for angle in angles]
    return [Petal(*foot, angle, length, 24, 1) for foot, angle in zip(feet, angles, strict=True)]


def tablet(x, y, radius, color):
    """A scored tablet from above."""
    return "".join(
        [
            circle(x + radius * 0.2, y + radius * 0.24, radius, oklch(0.5, 0.06, 330), opacity=0.2),
            circle(x, y, radius, color),
            circle(x, y, radius * 0.8, oklch(0.95, 0.02, 330), opacity=0.5),
            line(x - radius * 0.5, y + radius * 0.28, x + radius * 0.5, y - radius * 0.28, oklch(0.8, 0.03, 320), 4),
        ]
    )


def capsule(x, y, width, length, color, degrees):
    """A two-colored capsule from above."""
    half = width / 2
    return group(
        rect(-half + 8, -length / 2 + 9, width, length, oklch(0.5, 0.06, 330), rx=half, opacity=0.2),
        rect(-half, -length / 2, width, length, WHITE, rx=half),
        path(
            f"M{number(-half)} 0V{number(half - length / 2)}A{number(half)} {number(half)} 0 0 1 "
            f"{number(half)} {number(half - length / 2)}V0Z",
            color,
        ),
        line(-half * 0.4, half - length / 2, -half * 0.4, length / 2 - half, WHITE, width * 0.14, opacity=0.55),
        transform=f"translate({number(x)} {number(y)}) rotate({number(degrees)})",
    )


PICTURES = {"infusion-room": infusion_room, "kap-process": kap_process, "weekly-pill-case": weekly_pill_case}
