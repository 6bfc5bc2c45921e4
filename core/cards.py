"""
The picture other sites show beside a link to a page: its title in the display font, in window light.

Drawn from parts that lie ready (core/card_grounds/, core/fonts/), with no browser and no database.
"""

import io
import unicodedata
from functools import cache
from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
LONGEST_TITLE = 200  # characters

# Ink and soft ink of the light scheme in tokens.css.
INK = "#2c1a2d"
SOFT = "#564356"

FOLDER = Path(__file__).resolve().parent
GROUNDS = FOLDER / "card_grounds"
PLAIN = "bloom"

LEFT, TOP, WIDTH, HEIGHT = 72, 72, 648, 410  # the room of the title
NAME_BASELINE, NAME_SIZE = 566, 32
LARGEST, SMALLEST, STEP = 76, 30, 2
LINE_HEIGHT = 1.14
BASELINE = 0.76  # of a line's height from its top


def card(title, site_name, emblem=None):
    """
    A PNG file of 1200×630 for a page: its title, the clinic's name and the flower of an emblem.

    Letters the font lacks lose their accents or are left out; without any left, the name is the title.
    """
    title, site_name = readable(title), readable(site_name)
    picture = _ground(emblem).copy()
    draw = ImageDraw.Draw(picture)
    font, lines = _set(_shortened(title or site_name))
    leading = round(font.size * LINE_HEIGHT)
    y = TOP + (HEIGHT - leading * len(lines)) // 2
    for line in lines:
        draw.text((LEFT, y + round(leading * BASELINE)), line, INK, font, anchor="ls")
        y += leading
    if title:
        name = _font(NAME_SIZE)
        draw.text((LEFT, NAME_BASELINE), _fitting(site_name, name), SOFT, name, anchor="ls")
    output = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.MAXCOVERAGE).save(output, "PNG", optimize=True)
    return output.getvalue()


@cache
def _ground(emblem):
    path = GROUNDS / f"{emblem}.png"
    known = {known.stem for known in GROUNDS.glob("*.png")}
    with Image.open(path if emblem in known else GROUNDS / f"{PLAIN}.png") as picture:
        return picture.convert("RGB")


@cache
def _font(size):
    return ImageFont.truetype(FOLDER / "fonts" / "literata-500.ttf", size)


# --- Letters -------------------------------------------------------------------


@cache
def _drawn(letter):
    """Whether the font has the letter: what it lacks all looks like what no font has."""
    if letter == " ":
        return True
    font = _font(NAME_SIZE)
    mask, nothing = font.getmask(letter), font.getmask("\uffff")
    return mask.getbbox() is not None and (mask.size, bytes(mask)) != (nothing.size, bytes(nothing))


def readable(text):
    """The text in letters of the font, in one line."""
    kept = []
    for letter in unicodedata.normalize("NFC", " ".join(text.split())):
        parts = [letter] if _drawn(letter) else unicodedata.normalize("NFKD", letter)
        kept += [part for part in parts if _drawn(part)]
    return " ".join("".join(kept).split())


def _shortened(title):
    """The title, ended at a word with an ellipsis where it is longer than any title should be."""
    if len(title) <= LONGEST_TITLE:
        return title
    start = title[: LONGEST_TITLE - 1]
    words = start.rpartition(" ")[0] if " " in start[LONGEST_TITLE // 2 :] else start
    return words.rstrip(" ,;:.–—-") + "…"


# --- Lines ---------------------------------------------------------------------


def _set(title):
    """The largest font in which the title fits its room, and its lines."""
    for size in range(LARGEST, SMALLEST, -STEP):
        font = _font(size)
        whole = all(font.getlength(word) <= WIDTH for word in title.split())
        if whole and len(_wrapped(title, font, WIDTH)) * round(size * LINE_HEIGHT) <= HEIGHT:
            return font, _balanced(title, font)
    font = _font(SMALLEST)
    return font, _balanced(title, font)[: HEIGHT // round(SMALLEST * LINE_HEIGHT)]


def _wrapped(title, font, width):
    """Lines no wider than `width`; a word that is wider than that is broken."""
    lines = [""]
    for word in title.split():
        if lines[-1] and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        if lines[-1]:
            lines.append("")
        if font.getlength(word) <= width:
            lines[-1] = word
            continue
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def _balanced(title, font):
    """As few lines as fit, and those about equally long."""
    fewest = len(_wrapped(title, font, WIDTH))
    widest_word = max((font.getlength(word) for word in title.split()), default=0)
    low, high = min(ceil(widest_word), WIDTH), WIDTH
    while low < high:
        middle = (low + high) // 2
        if len(_wrapped(title, font, middle)) <= fewest:
            high = middle
        else:
            low = middle + 1
    return _wrapped(title, font, high)


def _fitting(text, font):
    """One line of the text, ended with an ellipsis where it would not fit."""
    if font.getlength(text) <= WIDTH:
        return text
    while text and font.getlength(f"{text}…") > WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"
