"""SVG as text: numbers kept short, elements in the order they are painted."""

from html import escape
from math import cos, radians, sin


def number(value):
    """A coordinate with one decimal at most; a hundredth is kept for opacities and strokes below one."""
    text = f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def tag(name, *children, **attributes):
    """An element; `stroke_width` becomes `stroke-width`, `class_` becomes `class`, None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def group(*children, **attributes):
    return tag("g", *children, **attributes)


def path(d, fill="none", **attributes):
    return tag("path", d=d, fill=fill, **attributes)


def circle(cx, cy, r, fill="none", **attributes):
    return tag("circle", cx=cx, cy=cy, r=r, fill=fill, **attributes)


def ellipse(cx, cy, rx, ry, fill="none", **attributes):
    return tag("ellipse", cx=cx, cy=cy, rx=rx, ry=ry, fill=fill, **attributes)


def rect(x, y, width, height, fill="none", **attributes):
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **attributes)


def line(x1, y1, x2, y2, stroke, stroke_width, **attributes):
    """A straight line with round ends."""
    d = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return path(d, stroke=stroke, stroke_width=stroke_width, stroke_linecap="round", **attributes)


def polygon(points, fill="none", **attributes):
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
    return path(d, fill, **attributes)


def placed(points, x, y, degrees):
    """Points turned by `degrees` and moved to (x, y)."""
    turn_x, turn_y = cos(radians(degrees)), sin(radians(degrees))
    return [(x + px * turn_x - py * turn_y, y + px * turn_y + py * turn_x) for px, py in points]


def gradient(name, stops, x1=0, y1=0, x2=0, y2=1):
    """A linear gradient over the box of what it fills; stops are (offset, color, opacity)."""
    marks = (
        tag("stop", offset=offset, stop_color=color, stop_opacity=None if opacity == 1 else opacity)
        for offset, color, opacity in stops
    )
    return tag("linearGradient", *marks, id=name, x1=x1, y1=y1, x2=x2, y2=y2)


def document(width, height, *children, **attributes):
    """A whole file."""
    view = f"0 0 {number(width)} {number(height)}"
    return tag("svg", *children, xmlns="http://www.w3.org/2000/svg", viewBox=view, **attributes) + "\n"
