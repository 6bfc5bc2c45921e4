"""What was said of a picture is not said of the file that takes its place, until somebody says it again."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from media.models import ClinicImage
from tests import factories
from tests.forms import fields_in, fields_of, messages_in
from tests.pictures import photo, plain
from tests.test_media import cut, figure, kept_bytes

pytestmark = pytest.mark.usefixtures("media_of_its_own")


SAID = {
    "description": "Jordan by the window",
    "is_decorative": False,
    "shows_person": "recognizable",
    "rights_holder": "Sam Example",
    "rights_note": "Signed November 3, staff folder",
}
NOTHING_SAID = {"description": "", "shows_person": "", "rights_holder": "", "rights_note": ""}


def picture(**fields):
    return ClinicImage.objects.create(title="Room", **{"file": plain(), **SAID, **fields})


def edit(desk, kept, **changes):
    """Send the form of a picture as it stands there, with some fields changed."""
    url = reverse("wagtailimages:edit", args=[kept.pk])
    fields = {name: text for name, text in fields_of(desk, url).items() if name != "file"}
    return desk.post(url, {**fields, **changes})


def shown(response):
    """The answers that a form stands filled with; what is not filled is left out."""
    fields = fields_in(response)
    return {name: fields[name] for name in SAID if fields.get(name)}


def test_a_new_file_is_not_taken_with_the_old_answers_and_shows_them(desk):
    kept = picture()
    response = edit(desk, kept, file=photo())
    unchanged = ClinicImage.objects.get(pk=kept.pk)
    assert (unchanged.file.name, unchanged.description) == (kept.file.name, kept.description)
    assert shown(response) == {}
    said = messages_in(response)
    for answer in ["“Jordan by the window”", "“Yes, and the person can be recognized”", "“Sam Example”", "“Signed"]:
        assert answer in said
    assert "“IMG_0001.jpg” is here already" in response.content.decode()


def test_the_answers_given_for_the_new_file_are_kept_with_it(desk):
    kept = picture()
    asked = fields_in(edit(desk, kept, file=photo()))
    answers = {"description": "A path in the garden", "shows_person": "nobody"}
    desk.post(reverse("wagtailimages:edit", args=[kept.pk]), {**asked, **answers})
    kept.refresh_from_db()
    assert kept.filename == "IMG_0001.jpg"
    assert {name: getattr(kept, name) for name in SAID} == {**SAID, **NOTHING_SAID, **answers}
    assert kept_bytes("wagtail_uploads") == {}


def test_the_same_answer_may_be_given_again(desk):
    kept = picture(shows_person="nobody", rights_holder="", rights_note="")
    asked = fields_in(edit(desk, kept, file=photo()))
    again = {"description": kept.description, "shows_person": "nobody"}
    desk.post(reverse("wagtailimages:edit", args=[kept.pk]), {**asked, **again})
    kept.refresh_from_db()
    assert (kept.filename, kept.description) == ("IMG_0001.jpg", "Jordan by the window")


def test_consent_for_the_old_file_is_none_for_the_new_one(desk):
    kept = picture()
    asked = fields_in(edit(desk, kept, file=photo()))
    answers = {"description": "Kim", "shows_person": "recognizable"}
    response = desk.post(reverse("wagtailimages:edit", args=[kept.pk]), {**asked, **answers})
    assert "they agreed in writing" in messages_in(response)
    assert shown(response) == answers
    kept.refresh_from_db()
    assert kept.filename == "drawn.png"


def test_only_what_stayed_unchanged_is_asked_again(desk):
    kept = picture(rights_holder="", rights_note="", shows_person="nobody")
    response = edit(desk, kept, file=photo(), description="A path in the garden")
    assert shown(response) == {"description": "A path in the garden"}
    assert "“No, nobody”" in messages_in(response)


def test_a_file_whose_answers_are_all_new_is_taken_at_once(desk):
    kept = picture(rights_holder="", rights_note="", shows_person="nobody")
    edit(desk, kept, file=photo(), description="A path", shows_person="anonymous")
    kept.refresh_from_db()
    assert (kept.filename, kept.description, kept.shows_person) == ("IMG_0001.jpg", "A path", "anonymous")


def test_a_decorative_picture_is_asked_again_whether_it_is_decorative(desk):
    kept = picture(description="", is_decorative=True, shows_person="nobody", rights_holder="", rights_note="")
    response = edit(desk, kept, file=photo(), shows_person="anonymous", is_decorative="on")
    assert "Before, it was: checked" in messages_in(response)
    assert shown(response) == {"shows_person": "anonymous"}


def test_a_picture_edited_without_a_new_file_is_asked_nothing(desk):
    kept = picture()
    edit(desk, kept, title="The room")
    kept.refresh_from_db()
    assert (kept.title, kept.description) == ("The room", "Jordan by the window")


def test_a_damaged_new_file_leaves_the_answers_where_they_are(desk):
    kept = picture()
    response = edit(desk, kept, file=cut("JPEG"))
    assert "damaged" in messages_in(response)
    assert shown(response) == {name: answer for name, answer in SAID.items() if answer}


def test_the_focal_point_of_the_old_file_does_not_cut_the_new_one(desk):
    kept = picture(rights_holder="", rights_note="", shows_person="nobody")
    point = {"focal_point_x": 70, "focal_point_y": 30, "focal_point_width": 8, "focal_point_height": 8}
    ClinicImage.objects.filter(pk=kept.pk).update(**point)
    edit(desk, kept, file=photo(), description="A path", shows_person="anonymous")
    kept.refresh_from_db()
    assert not kept.has_focal_point()


def test_whoever_replaces_a_picture_in_use_is_sent_to_the_places_with_words_of_their_own(desk):
    kept = picture()
    factories.article(body=figure(kept))
    response = edit(desk, kept, file=photo())
    assert "used 1 time" in messages_in(response)
    assert "Usage" in BeautifulSoup(response.content, "html.parser").get_text()
