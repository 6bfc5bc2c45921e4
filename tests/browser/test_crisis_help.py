"""Help in a crisis, as somebody meets it: on a small screen, without scripts, and in a hurry to leave."""

import pytest

from search.views import NEUTRAL_PAGE
from tests.browser.places import BARE

pytestmark = pytest.mark.browser

HELP = [place for place in BARE if place.name.startswith("search-crisis")]
VIOLENCE = next(place for place in HELP if place.name == "search-crisis-violence")


@pytest.fixture
def leaving(visit):
    """A page about violence, come to from the home page; the neutral page answers without a network."""
    page = visit("bare", BARE[0])
    page.route(f"{NEUTRAL_PAGE}**", lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    page.goto(VIOLENCE.address)
    return page


@pytest.mark.parametrize("way", ["tap", "Escape"])
def test_the_page_is_left_at_once_and_the_tab_leads_back_to_where_one_was_before(way, leaving, bare_site):
    home = f"{bare_site.url}{BARE[0].address}"
    if way == "tap":
        leaving.locator("[data-leave]").click()
    else:
        leaving.keyboard.press("Escape")
    leaving.wait_for_url(f"{NEUTRAL_PAGE}**")
    leaving.go_back()
    assert leaving.url == home


def test_the_tab_forgets_the_words_as_soon_as_help_is_there(leaving):
    leaving.wait_for_function("location.search === ''")
    assert leaving.locator("[data-crisis]").is_visible()


def test_the_page_can_be_left_without_scripts(visit):
    page = visit("bare", VIOLENCE, java_script_enabled=False)
    link = page.locator("[data-leave]")
    assert link.get_attribute("href") == NEUTRAL_PAGE
    assert link.is_visible()
    assert not page.locator(".crisis-help__key").is_visible()


@pytest.mark.parametrize("place", HELP, ids=lambda place: place.name)
def test_numbers_stay_in_one_line_and_links_are_easy_to_hit(place, visit):
    page = visit("bare", place, width=320)
    links = page.locator(".crisis-help a")
    assert links.count() >= 4
    for link in links.all():
        assert max(part["height"] for part in link.evaluate("(link) => [...link.getClientRects()]")) >= 43.5
    numbers = page.locator(".crisis-help b")
    assert {number.evaluate("(number) => number.getClientRects().length") for number in numbers.all()} == {1}


@pytest.mark.parametrize("place", HELP, ids=lambda place: place.name)
def test_help_is_on_the_first_screen_of_a_phone_before_anything_else(place, visit):
    page = visit("bare", place, width=390, height=844)
    first = page.locator(".crisis-help__contacts a").first.bounding_box()
    assert first["y"] + first["height"] <= 844
    assert first["y"] < page.locator(".search-form").bounding_box()["y"]


def test_paper_has_the_numbers_and_no_way_out(visit):
    page = visit("bare", VIOLENCE)
    page.emulate_media(media="print")
    assert page.locator(".crisis-help__contacts").is_visible()
    assert not page.locator("[data-leave]").is_visible()
