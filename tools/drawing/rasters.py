"""PNG and ICO files: flat shapes by Pillow, whole pictures by the browser."""

import io
import os
import shutil

from PIL import Image

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def with_palette(picture):
    """
    The picture as a PNG file of 256 colors: the most frequent ones exactly, so that a sky does not
    fall into bands, and an eighth for the rest.
    """
    frequent = sorted(picture.getcolors(picture.width * picture.height), reverse=True)[:224]
    colors = [channel for _, color in frequent for channel in color]
    rest = picture.quantize(32, method=Image.Quantize.MAXCOVERAGE, kmeans=3).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette(colors + rest)
    output = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
    return output.getvalue()


def photographed(drawings, width, height):
    """SVG texts as pictures, by Chromium; drawings and result are dictionaries by name."""
    from playwright.sync_api import sync_playwright  # only who draws pictures anew needs a browser

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": height})
        for name, svg in drawings.items():
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{width}px}}</style>{svg}")
            shot = page.screenshot()
            found[name] = Image.open(io.BytesIO(shot)).convert("RGB")
        browser.close()
    return found
