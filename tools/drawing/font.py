"""
Cuts the display font: Literata at optical size 36 and weight 500, with the letters of Western Europe.

    python -m tools.drawing.font Literata[opsz,wght].ttf LICENSE [FALLBACK ...]

writes the font for browsers and the license. Fonts named after that are measured against it: their
numbers belong in static/css/fonts.css. Needs fonttools and brotli, which the project does not install,
and the variable font (3.103, as in the Python package fontpkg-literata).
"""

import shutil
import sys
import tomllib

from tools.drawing.files import ROOT

BROWSER = ROOT / "static" / "fonts" / "literata-500.woff2"
LICENSE = ROOT / "static" / "fonts" / "OFL.txt"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
NAMES = "ÁÂÄÀÇÉÈÊËÍÎÏÑÓÔÖÚÜáâäàãåçéèêëíîïñóôöõøúùûüßŒœÆæ"  # Spanish, and what names of other languages bring
SIGNS = "\u00a0¡¿©®°·«»×½¼¾±§µ\u2010\u2011–—‘’“”•…€™−≤≥"
FEATURES = ["kern", "liga", "locl"]
UNUSED = ["STAT", "vhea", "vmtx", "gasp"]


def cut(source):
    """The static subset of a variable Literata."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"opsz": 36, "wght": 500}, updateFontNames=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 4, 6, 13])
    options.drop_tables += UNUSED
    subsetter = Subsetter(options)
    subsetter.populate(text=ASCII + NAMES + SIGNS)
    subsetter.subset(font)
    return font


def headings():
    """The text a display font sets most: the titles of the starter pages."""
    for path in sorted((ROOT / "starter" / "content").glob("*/*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield data.get("question") or data.get("title") or ""


def width(font, text):
    """How wide a text runs, in ems."""
    glyphs, sizes = font.getBestCmap(), font["hmtx"]
    return sum(sizes[glyphs[ord(letter)]][0] for letter in text if ord(letter) in glyphs) / font["head"].unitsPerEm


def match(font, other):
    """What makes another font take the room of this one, as CSS."""
    text = " ".join(headings())
    adjust = width(font, text) / width(other, text)
    line = font["hhea"]
    units = font["head"].unitsPerEm * adjust
    return (
        f"size-adjust: {adjust:.1%}; ascent-override: {line.ascent / units:.1%}; "
        f"descent-override: {-line.descent / units:.1%}; line-gap-override: {line.lineGap / units:.0%};"
    )


def main(source, license_text, *fallbacks):
    from fontTools.ttLib import TTFont

    font = cut(source)
    font.flavor = "woff2"
    font.save(BROWSER)
    print(BROWSER.relative_to(ROOT), BROWSER.stat().st_size)
    shutil.copyfile(license_text, LICENSE)
    for fallback in fallbacks:
        print(fallback, match(TTFont(BROWSER), TTFont(fallback)))


if __name__ == "__main__":
    main(*sys.argv[1:])
