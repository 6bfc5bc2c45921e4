"""Which file holds which drawing."""

from pathlib import Path

from drawing import rasters
from drawing.pictures import HEIGHT, PICTURES, WIDTH

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "drawing/sources"
STARTER = "starter/content/pictures"


def texts():
    """Every SVG and template as text, by its path in the project."""
    return {f"{SOURCES}/{name}.svg": draw() for name, draw in PICTURES.items()}


def photographs():
    """The files only a browser can make of a drawing, by path. Slow."""
    found = rasters.photographed({name: draw() for name, draw in PICTURES.items()}, WIDTH, HEIGHT)
    return {f"{STARTER}/{name}.png": rasters.with_palette(picture.convert("RGB")) for name, picture in found.items()}


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
