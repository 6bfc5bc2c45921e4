"""The pictures the site brings along are what the program in drawing/ draws."""

import xml.etree.ElementTree as ElementTree

import pytest
from PIL import Image

from drawing.files import ROOT, STARTER, texts
from drawing.pictures import PICTURES

TEXTS = texts()
AT_MOST = {"drawing/sources/": 32_000}


@pytest.mark.parametrize("name", TEXTS)
def test_a_drawing_in_the_project_is_what_the_program_draws(name):
    assert (ROOT / name).read_text(encoding="utf-8") == TEXTS[name], "run `python -m drawing`"


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".svg")])
def test_a_drawing_is_small_and_can_neither_run_nor_fetch_anything(name):
    text = TEXTS[name]
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(text) <= next((size for folder, size in AT_MOST.items() if name.startswith(folder)), 4_000)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"script", "image", "foreignObject", "a", "use"}
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert "href" not in attribute
            assert "//" not in value
            assert "url(" not in value or value.startswith("url(#")


@pytest.mark.parametrize("name", PICTURES)
def test_a_starter_picture_is_four_by_three_and_light_enough_for_a_phone(name):
    path = ROOT / STARTER / f"{name}.png"
    assert path.stat().st_size <= 150_000
    with Image.open(path) as picture:
        assert picture.size == (1600, 1200)
