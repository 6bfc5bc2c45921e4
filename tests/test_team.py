"""The team enters navigation and home page by itself, with the first person who is published."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from clinic.models import NavigationItem
from tests import factories


def look(client, url="/"):
    return BeautifulSoup(client.get(url).content, "html.parser")


def navigation(client):
    return [link.get_text() for link in look(client).select(".site-nav__link")]


def faces(client):
    section = look(client).find("section", attrs={"aria-labelledby": "h_team"})
    return [card.get_text(" ", strip=True) for card in section.select(".person-card")] if section else []


def test_nothing_speaks_of_a_team_without_people(site, client):
    factories.team()
    factories.person(live=False)
    assert navigation(client) == ["Search"]
    assert faces(client) == []


def test_the_team_is_in_the_navigation_with_the_first_person(site, client):
    person = factories.person()
    assert navigation(client) == ["Team", "Search"]
    person.unpublish()
    assert navigation(client) == ["Search"]


def test_a_team_that_staff_put_into_the_navigation_stands_there_once_and_in_their_words(site, client):
    factories.person()
    clinic = factories.clinic()
    clinic.navigation_items = [NavigationItem(page=factories.team(), label="Our people")]
    clinic.save()
    assert navigation(client) == ["Our people", "Search"]


@pytest.mark.parametrize("closed", [factories.team, lambda: factories.person()])
def test_what_is_closed_to_the_public_is_not_shown(closed, site, client):
    page = closed()
    if page == factories.team():
        factories.person()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="open")
    assert navigation(client) == ["Search"]
    assert faces(client) == []


def test_home_shows_three_faces_by_first_name_and_role(site, client):
    for name, role in [("Dr. Jordan Example", "Doctor"), ("Kim Example", "Therapist"), ("Lee", ""), ("Max M", "Nurse")]:
        factories.person(name, role=role)
    assert faces(client) == ["Jordan Doctor", "Kim Therapist", "Lee"]
    assert look(client).select(f'section[aria-labelledby="h_team"] a[href="{factories.team().url}"]')


def test_a_face_is_a_photo_where_there_is_one(site, client):
    factories.person(photo=factories.picture(description="Jordan, smiling"))
    assert look(client).select_one('section[aria-labelledby="h_team"] img')["alt"] == "Jordan, smiling"
