"""The colors of the style sheet, as a picture file can say them."""

import re
from math import cos, radians, sin
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"


def linear(lightness, chroma, hue):
    """OKLCH as linear sRGB, not yet clipped."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def oklch(lightness, chroma, hue):
    """OKLCH as #rrggbb."""
    channels = []
    for value in linear(lightness, chroma, hue):
        value = min(max(value, 0), 1)
        value = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
        channels.append(round(value * 255))
    return "#{:02x}{:02x}{:02x}".format(*channels)


def _schemes():
    """The raw tier of tokens.css: a dictionary of each scheme, light first."""
    light, dark = {}, {}
    found = re.findall(r"--raw-([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", TOKENS.read_text(encoding="utf-8"))
    for name, *values in found:
        (dark if name in light else light)[name] = tuple(map(float, values))
    return light, dark


LIGHT, DARK = _schemes()


def token(name, scheme=LIGHT):
    """A color of the style sheet by its raw name, such as `bloom`."""
    return oklch(*scheme[name])


def between(first, second, share):
    """The color that lies `share` of the way from one OKLCH to another, by the shorter way round."""
    turn = (second[2] - first[2] + 180) % 360 - 180
    lightness, chroma = (a + (b - a) * share for a, b in zip(first[:2], second[:2], strict=True))
    return oklch(lightness, chroma, (first[2] + turn * share) % 360)
