"""Which file holds which drawing."""

import io
from pathlib import Path

from tools.drawing import cards, flowers, furniture, horizon, rasters
from tools.drawing.pictures import HEIGHT, PICTURES, WIDTH
from tools.drawing.scenes import SCENES

ROOT = Path(__file__).resolve().parents[2]
BRAND = "static/brand"
CARDS = f"{BRAND}/cards"
COMPONENTS = "templates/components"
SOURCES = "tools/drawing/sources"
DRAWN = {**PICTURES, **SCENES}
STARTER = "starter/content/pictures"


def texts():
    """Every SVG and template as text, by its path in the project."""
    return {
        f"{COMPONENTS}/mark.html": furniture.mark_html(),
        f"{COMPONENTS}/emblem.html": furniture.emblem_html(),
        f"{COMPONENTS}/hero_bloom.html": furniture.hero_bloom_html(),
        f"{COMPONENTS}/six_steps.html": furniture.six_steps_html(),
        f"{BRAND}/mark.svg": furniture.mark_svg(),
        f"{BRAND}/horizon.svg": horizon.horizon_svg(),
        f"{BRAND}/morros.svg": horizon.horizon_svg(with_bloom=False),
        f"{BRAND}/favicon.svg": furniture.favicon_svg(),
        **{f"{BRAND}/emblems/{name}.svg": furniture.emblem_svg(name) for name in furniture.emblems()},
        **{f"{BRAND}/flowers/{name}.svg": svg for name, svg in flowers.flower_svgs().items()},
        **{f"{SOURCES}/{name}.svg": draw() for name, draw in DRAWN.items()},
        **{f"{SOURCES}/cards/{name}.svg": svg for name, svg in cards.cards().items()},
    }


def icons():
    """The favicons that are no SVG, as lists of pictures of one size or several, by path."""
    return {
        f"{BRAND}/favicon.ico": [furniture.favicon_raster(size) for size in (48, 32, 16)],
        f"{BRAND}/apple-touch-icon.png": [furniture.touch_icon()],
    }


def photographs():
    """The files only a browser can make of a drawing, by path. Slow."""
    pictures = rasters.photographed({name: draw() for name, draw in DRAWN.items()}, WIDTH, HEIGHT)
    shared = rasters.photographed(cards.cards(), cards.WIDTH, cards.HEIGHT)
    return {
        **{f"{STARTER}/{name}.png": rasters.with_palette(picture) for name, picture in pictures.items()},
        **{f"{CARDS}/{name}.png": rasters.with_palette(picture) for name, picture in shared.items()},
    }


def encoded(name, pictures):
    """Pictures as the bytes of a file of that name."""
    first, *others = pictures
    output = io.BytesIO()
    if name.endswith(".ico"):
        first.save(output, "ICO", sizes=[picture.size for picture in pictures], append_images=others)
    else:
        first.save(output, "PNG", optimize=True)
    return output.getvalue()


def write(found):
    """Write files given by path as text or bytes; those that are the same already stay untouched."""
    for name, content in found.items():
        path = ROOT / name
        content = content.encode() if isinstance(content, str) else content
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(name)
