"""One picture stands for a page: in its head, in lists, beside links. Without any, a flower unlike its neighbors'."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import ReferenceIndex

from core.cards import REACH, flowers_apart
from media.renditions import make_page_renditions
from tests import factories

CSS = Path(settings.BASE_DIR) / "static" / "css"
KINDS = {
    "question": factories.question,
    "article": factories.article,
    "standard page": factories.standard,
    "visit": factories.visit,
    "home": factories.home,
}


def look(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def give(page, picture, **fields):
    for name, value in {"lead_picture": picture, **fields}.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


@pytest.fixture
def picture(site):
    return factories.picture(description="A chair by a window", rights_holder="")


@pytest.mark.parametrize("kind", KINDS)
def test_a_lead_picture_stands_on_its_page_with_its_words_and_beside_links(kind, picture, client):
    page = KINDS[kind]() if kind != "home" else picture and factories.HomePage.objects.get()
    html = look(client, give(page, picture, lead_caption="A room, drawn"))
    (shown,) = html.select("main .lead-picture")
    assert shown.img["alt"] == "A chair by a window"
    assert shown.figcaption.get_text(strip=True) == "A room, drawn"
    assert shown["aria-label"] == "A room, drawn"
    assert "/media/" in html.find("meta", property="og:image")["content"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_lead_picture_there_is_no_empty_place(kind, site, client):
    page = KINDS[kind]() if kind != "home" else site
    html = look(client, page)
    assert not html.select(".lead-picture, .page-head, .hero--picture")


def test_a_picture_chosen_for_links_comes_before_the_lead_picture(picture, client):
    chosen = factories.picture(description="For links")
    html = look(client, give(factories.standard(), picture, social_image=chosen))
    assert html.find("meta", property="og:image:alt")["content"] == "For links"


def test_a_list_of_articles_shows_the_picture_of_each_or_a_flower(picture, client):
    give(factories.article("First"), picture)
    factories.article("Second")
    factories.article("Third")
    html = look(client, factories.blog_index())
    assert len(html.select("main .card__picture")) == 1
    assert len(html.select("main .flower")) == 2
    # The title beside it says what a reader needs.
    assert html.select_one(".card__picture img")["alt"] == ""


def test_publishing_makes_the_sizes_for_page_list_and_link(picture):
    page = give(factories.article(), picture)
    picture.renditions.all().delete()
    make_page_renditions(page)
    made = " ".join(picture.renditions.values_list("filter_spec", flat=True))
    assert "fill-800x600" in made
    assert "fill-640x480" in made
    assert "fill-1200x630" in made


def test_doors_show_pictures_and_flowers_as_soon_as_one_has_a_picture(picture, client, site):
    leads = factories.standard()
    door = {"title": "For your mind", "text": "What we treat.", "page": leads, "part": "", "picture": None}
    site.doors = [("door", door), ("door", door)]
    site.save_revision().publish()
    assert not look(client, site).select(".doors :is(.card__picture, .flower)")

    site.doors = [("door", {**door, "picture": picture}), ("door", door)]
    site.save_revision().publish()
    html = look(client, site)
    assert len(html.select(".doors .card__picture")) == 1
    assert len(html.select(".doors .flower")) == 1
    paths = ReferenceIndex.get_references_for_object(site).values_list("model_path", flat=True)
    assert set(site.block_picture_places) <= set(paths)


@pytest.mark.parametrize("wished", [["bud"] * 12, [None] * 12, ["bud", "cup", "bud", "cup", "star", "star"]])
def test_no_neighbor_in_a_row_or_a_column_has_the_same_flower(wished):
    chosen = flowers_apart(wished)
    for distance in range(1, REACH + 1):
        assert all(one != other for one, other in zip(chosen, chosen[distance:], strict=False))
    assert chosen == flowers_apart(wished)


def test_a_flower_stays_as_wished_where_no_neighbor_has_it():
    assert flowers_apart(["cup", "bud", "ring"]) == ["cup", "bud", "ring"]


def test_lists_without_bullets_stay_lists_for_screen_readers():
    # Safari takes `list-style: none` for a layout; a <summary> is no list.
    for sheet in CSS.rglob("*.css"):
        for rule in re.findall(r"([^{};]*)\{[^{}]*list-style(?:-type)?: none", sheet.read_text(encoding="utf-8")):
            assert "summary" in rule, sheet


@pytest.mark.parametrize("sheet", ["blocks/figure", "components/lead_picture", "components/card_picture"])
def test_a_transparent_picture_stands_on_light_ground_in_the_dark(sheet):
    dark = (CSS / f"{sheet}.css").read_text(encoding="utf-8").partition("prefers-color-scheme: dark")[2]
    assert "background: #fff" in dark


def test_whatever_is_a_figure_has_a_name(picture, client):
    steps = {"title": "The day before", "steps": [{"title": "Sleep", "text": ""}]}
    bare = {"title": "", "steps": [{"title": "Eat nothing", "text": ""}]}
    page = factories.standard(body=[("steps", steps), ("steps", bare), ("quote", {"text": "Hello", "attribution": ""})])
    html = look(client, give(page, picture))
    figures = html.find_all("figure")
    assert figures
    assert all(figure.get("aria-label") for figure in figures)
