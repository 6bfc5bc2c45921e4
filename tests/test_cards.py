"""The picture that other sites show beside a link."""

import io

import pytest
from PIL import Image, ImageChops

from core.cards import GROUNDS, HEIGHT, INK, LEFT, PLAIN, SOFT, TOP, WIDTH, card, readable
from core.models import Topic
from tools.drawing.color import token

CLINIC = "Innerbloom Ketamine Therapy"
QUESTION = "How many ketamine infusions will I need?"


def opened(content):
    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB")


def written(content, emblem=PLAIN):
    """The box around all that a card has written on its ground."""
    with Image.open(GROUNDS / f"{emblem}.png") as ground:
        difference = ImageChops.difference(opened(content), ground.convert("RGB")).convert("L")
    return difference.point(lambda value: 255 if value > 40 else 0).getbbox()


@pytest.mark.parametrize("emblem", [None, *Topic.Emblem.values])
def test_a_card_has_the_size_that_networks_ask_for_and_is_light(emblem):
    content = card(QUESTION, CLINIC, emblem)
    assert opened(content).size == (1200, 630)
    assert len(content) <= 60_000


def test_every_emblem_gives_a_card_of_its_own():
    cards = {card(QUESTION, CLINIC, emblem) for emblem in [None, *Topic.Emblem.values]}
    assert len(cards) == 1 + len(Topic.Emblem.values)


def test_an_unknown_emblem_leaves_the_card_plain():
    assert card(QUESTION, CLINIC, "../fonts/rose") == card(QUESTION, CLINIC)


@pytest.mark.parametrize(
    "title",
    [
        "Ketamine",
        QUESTION,
        "What should I know about ketamine-assisted psychotherapy before, during and after my infusions? " * 2,
        "Incomprehensibilities" * 12,
        "W" * 400,
        "WWWWWWWWWWWW " * 30,
        "Übermäßig gypsy jumping qÄÅ",
    ],
)
def test_a_title_is_never_clipped(title):
    left, top, right, bottom = written(card(title, CLINIC))
    assert left >= LEFT - 4
    assert right <= LEFT + WIDTH + 4
    assert top >= TOP - 4
    assert bottom <= 630 - 40


def test_a_title_keeps_clear_of_the_name_below_it():
    with_name, without = card("WWWWWWWWWWWW " * 30, CLINIC), card("WWWWWWWWWWWW " * 30, "")
    band = (0, TOP + HEIGHT, LEFT + WIDTH, 630)
    assert opened(without).crop(band).getcolors() == opened(card("A", "")).crop(band).getcolors()
    assert opened(with_name).crop(band).getcolors() != opened(without).crop(band).getcolors()


def test_a_title_longer_than_any_should_be_ends_at_a_word():
    long = "A question that goes on and on and on. " * 12
    assert card(long, CLINIC) == card(long + "Even longer.", CLINIC)
    assert card(long[:150], CLINIC) != card(long, CLINIC)


def test_what_the_font_lacks_leaves_no_boxes():
    assert readable("Hello 😀\u200d world\x00 ") == "Hello world"
    assert readable("Is it safe?\n\tYes — “mostly”…") == "Is it safe? Yes — “mostly”…"
    assert readable("Dvořák and Muñoz") == "Dvorák and Muñoz"


@pytest.mark.parametrize("title", ["", "   ", "😀😀", "هل الكيتامين آمن؟", "\u202e\u0000"])
def test_a_title_without_any_letter_of_the_font_gives_the_name_its_place(title):
    assert card(title, CLINIC) == card("", CLINIC)
    assert written(card(title, CLINIC))[2] > LEFT + 200


def test_a_very_long_name_is_shortened():
    assert written(card("Ketamine", "Innerbloom " * 20))[2] <= LEFT + WIDTH + 4


def test_a_card_without_any_words_is_still_a_picture():
    assert opened(card("", "")).size == (1200, 630)


def test_cards_are_written_in_the_ink_of_the_site():
    assert (token("ink"), token("soft")) == (INK, SOFT)
