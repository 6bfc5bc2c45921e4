"""A picture that shows models says so wherever it stands."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests import factories
from tests.forms import send

NOTED = ("components/models_note.html", "components/captioned_picture.html")
NOTE = "The picture shows models, not patients or our staff."


def in_a_figure(picture):
    image = {"image": picture.pk, "decorative": False, "alt_text": "A room"}
    return factories.article(body=[{"type": "figure", "value": {"image": image, "caption": ""}}]).url


def of_a_person(picture):
    return factories.person(photo=picture).url


def on_the_team(picture):
    of_a_person(picture)
    return factories.team().url


def on_home(picture):
    of_a_person(picture)
    return factories.home().url


@pytest.mark.parametrize("place", [in_a_figure, of_a_person, on_the_team, on_home])
def test_a_picture_of_models_says_so(place, site, client):
    picture = factories.picture()
    url = place(picture)
    assert NOTE not in BeautifulSoup(client.get(url).content, "html.parser").get_text()
    type(picture).objects.update(shows_models=True)
    assert NOTE in BeautifulSoup(client.get(url).content, "html.parser").main.get_text()


def test_staff_say_so_in_the_form_of_the_picture(site, client):
    client.force_login(factories.administrator())
    picture = factories.picture(shows_person="nobody")
    send(client, f"/admin/images/{picture.pk}/", shows_models="on")
    picture.refresh_from_db()
    assert picture.shows_models


def test_no_template_shows_a_picture_without_the_note(settings):
    folder = Path(settings.BASE_DIR, "templates")
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    showing = {path for path, text in texts.items() if "{% responsive_image" in text}
    assert showing
    assert {path.name for path in showing if not any(note in texts[path] for note in NOTED)} == set()
