"""The one font the site brings along."""

import re
from itertools import chain

import pytest
from PIL import ImageFont

from delivery.stylesheet import base_style
from tests import factories
from tools.drawing.files import ROOT
from tools.drawing.font import ASCII, BROWSER, LICENSE, NAMES, SIGNS, headings

pytestmark = pytest.mark.django_db


def test_the_font_is_light_and_brings_its_license():
    assert BROWSER.read_bytes()[:4] == b"wOF2"
    assert BROWSER.stat().st_size <= 18_000
    assert "SIL OPEN FONT LICENSE" in LICENSE.read_text(encoding="utf-8")


def test_the_font_has_every_letter_of_the_starter_titles():
    font = ImageFont.truetype(BROWSER, 40)
    assert font.getname()[0].startswith("Literata")
    missing = bytes(font.getmask("\u4e00"))
    for letter in set(chain.from_iterable(headings())) | set(ASCII + NAMES + SIGNS):
        assert letter in ASCII + NAMES + SIGNS
        assert letter.isspace() or letter in "\u2010\u2011" or bytes(font.getmask(letter)) != missing, letter


def test_a_page_fetches_the_font_it_announces_and_no_other(client):
    page = factories.question()
    html = client.get(page.url).text
    announced = re.findall(r'<link rel="preload" href="([^"]+)" as="font"', html)
    used = re.findall(r'url\("?([^")]+\.woff2)"?\)', base_style().text)
    assert announced == used
    assert len(announced) == 1
    assert (ROOT / "static" / announced[0].removeprefix("/static/")).is_file()
