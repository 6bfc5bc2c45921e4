"""The style guide shows staff every part of the site, and visitors nothing."""

import pytest
from bs4 import BeautifulSoup

from core.blocks import BodyBlock
from tests import factories


@pytest.fixture
def guide(client, site):
    """The style guide as an administrator sees it."""
    factories.picture(), factories.reference(), factories.fact(source_note="seen in a study")
    client.force_login(factories.administrator())
    return BeautifulSoup(client.get("/styleguide/").content, "html.parser")


def test_a_visitor_is_asked_to_sign_in(client, site):
    assert client.get("/styleguide/")["Location"].startswith("/admin/login/")


def test_staff_see_every_block(guide):
    names = {heading.string.partition(",")[0] for heading in guide.select("#h_blocks ~ h3")}
    assert names == set(BodyBlock().child_blocks)


def test_callouts_stand_in_every_urgency(guide):
    assert len(guide.select(".callout--note, .callout--caution, .callout--emergency")) == 3


def test_the_style_guide_has_one_heading_and_is_not_indexed(guide):
    assert len(guide.find_all("h1")) == 1
    assert "noindex" in guide.find("meta", attrs={"name": "robots"})["content"]


def test_every_id_of_the_style_guide_stands_once(guide):
    ids = [element["id"] for element in guide.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_a_block_shows_itself_in_the_editor_before_it_is_chosen(name, site):
    block = BodyBlock().child_blocks[name]
    factories.picture()
    assert block.is_previewable
    assert BeautifulSoup(block.render(block.get_preview_value()), "html.parser").find(True)
