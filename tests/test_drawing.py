"""The pictures the site brings along are what the program in tools/drawing/ draws."""

import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.template.loader import render_to_string
from PIL import Image

from core.head import CARD_SIZE
from core.models import Topic
from tests import factories
from tools.drawing.files import CARDS, DRAWN, ROOT, STARTER, icons, texts
from tools.drawing.furniture import emblems

TEXTS = texts()
AT_MOST = {
    "tools/drawing/sources/": 32_000,
    "static/brand/flowers/": 14_000,
    "static/brand/horizon": 10_000,
}  # bytes; others 4,000


@pytest.mark.parametrize("name", TEXTS)
def test_a_drawing_in_the_project_is_what_the_program_draws(name):
    assert (ROOT / name).read_text(encoding="utf-8") == TEXTS[name], "run `python -m tools.drawing`"


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


@pytest.mark.parametrize(("name", "pictures"), icons().items())
def test_an_icon_in_the_project_is_what_the_program_draws(name, pictures):
    with Image.open(ROOT / name) as found:
        for drawn in pictures:
            frame = found.ico.getimage(drawn.size) if found.format == "ICO" else found
            assert frame.convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes(), "run `python -m tools.drawing`"


def test_every_emblem_a_topic_may_have_is_drawn_and_differs():
    drawn = {name: render_to_string("components/emblem.html", {"name": name}).strip() for name in Topic.Emblem.values}
    assert set(drawn) == set(emblems())
    assert len(set(drawn.values())) == len(drawn)
    for svg in drawn.values():
        assert ElementTree.fromstring(svg).attrib["aria-hidden"] == "true"  # noqa: S314


def flowers_of(client, url):
    """The names of the flowers of a page, in reading order."""
    return re.findall(r'<img src="/static/brand/flowers/([a-z-]+)(?:\.[0-9a-f]+)?\.svg" alt=""', look(client, url))


def look(client, url):
    return client.get(url).content.decode()


def test_there_is_a_flower_for_every_emblem_and_one_for_none():
    assert {path.stem for path in (ROOT / "static/brand/flowers").iterdir()} == {"bloom", *Topic.Emblem.values}


@pytest.mark.parametrize("emblem", Topic.Emblem.values)
def test_the_flower_of_its_topic_stands_beside_an_answer(emblem, site, client):
    page = factories.question(topic=factories.topic("drawn", emblem=emblem))
    assert flowers_of(client, page.url) == [emblem]


def test_the_flower_of_its_first_topic_stands_beside_an_article_and_on_its_card(site, client):
    first, second = factories.topic("first", emblem="cup"), factories.topic("second", emblem="ring")
    page = factories.article(topics=[first, second], key_points=[("point", "One")])
    assert flowers_of(client, page.url) == ["cup"]
    assert flowers_of(client, "/blog/") == ["cup"]
    assert "cup" in flowers_of(client, "/")


def test_without_a_topic_there_is_a_bloom(site, client):
    page = factories.article(key_points=[("point", "One")])
    assert flowers_of(client, page.url) == ["bloom"]
    assert "bloom" in flowers_of(client, "/blog/")


@pytest.mark.parametrize("name", ["mark", "hero_bloom", "six_steps"])
def test_a_drawing_inside_a_page_is_small_and_for_the_eye_only(name):
    svg = render_to_string(f"components/{name}.html").strip()
    assert len(svg) <= 4_000
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.attrib["aria-hidden"] == "true"
    assert not any("style" in element.attrib or "id" in element.attrib for element in root.iter())


def test_browsers_that_ask_for_favicon_ico_get_one(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 200
    assert response["Content-Type"] in {"image/x-icon", "image/vnd.microsoft.icon"}
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as icon:
        assert icon.ico.sizes() == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize("name", DRAWN)
def test_a_starter_picture_is_four_by_three_and_light_enough_for_a_phone(name):
    path = ROOT / STARTER / f"{name}.png"
    assert path.stat().st_size <= 150_000
    with Image.open(path) as picture:
        assert picture.size == (1600, 1200)


@pytest.mark.parametrize("name", ["mark", *Topic.Emblem.values])
def test_a_card_beside_a_shared_link_has_the_size_that_networks_ask_for_and_is_light(name):
    path = ROOT / CARDS / f"{name}.png"
    assert path.stat().st_size <= 30_000
    with Image.open(path) as picture:
        assert picture.size == CARD_SIZE


def test_every_card_beside_a_shared_link_is_used_and_differs():
    cards = [*(ROOT / CARDS).iterdir()]
    assert {path.stem for path in cards} == {"mark", *Topic.Emblem.values}
    assert len({path.read_bytes() for path in cards}) == len(cards)


def test_the_site_runs_without_the_program_that_draws():
    rooms = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in {"tools", "tests"}]
    assert rooms
    for path in (path for room in rooms for path in room.rglob("*.py")):
        assert not re.search(r"^\s*(from|import) tools\b", path.read_text(encoding="utf-8"), re.MULTILINE), path
