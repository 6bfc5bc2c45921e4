"""What the first screen of the home page says, and how its bands lie."""

import pytest

from tests.browser.places import named

pytestmark = pytest.mark.browser

(HOME,) = named("bare", "home")
STATES = ["bare", "filled"]
BOTTOM = "element => element.getBoundingClientRect().bottom + scrollY"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height", "at_most"), [(390, 844, 600), (1440, 900, 900)])
def test_both_buttons_stand_on_the_first_screen(state, width, height, at_most, visit):
    buttons = visit(state, HOME, width=width, height=height).locator(".hero .button")
    assert buttons.count() == 2
    for button in buttons.all():
        assert button.evaluate(BOTTOM) <= at_most
        assert button.bounding_box()["height"] >= 44


def test_the_lead_is_short_and_speaks_to_the_reader(visit):
    words = visit("bare", HOME).locator(".hero .lead").inner_text().split()
    assert len(words) <= 25
    assert "you" in words


def test_the_calm_line_follows_the_buttons_and_links_to_who_should_not_have_ketamine(visit):
    page = visit("bare", HOME, width=390, height=844)
    line = page.locator(".hero__actions + .hero__caution")
    assert line.locator("a").get_attribute("href") == "/who-should-not-have-ketamine/"
    assert line.bounding_box()["height"] < 60


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_benefit_and_risk_are_of_one_size_on_one_screen(width, height, visit):
    page = visit("bare", HOME, width=width, height=height)
    sides = page.locator(".benefit-risk > div")
    benefit, risk = (side.bounding_box() for side in sides.all())
    assert benefit["y"] == risk["y"]
    assert abs(benefit["width"] - risk["width"]) < 2
    assert max(benefit["height"], risk["height"]) < height
    sizes = sides.locator("p:not(.basis)").evaluate_all("all => all.map((p) => getComputedStyle(p).fontSize)")
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_bands_and_hills_are_as_wide_as_the_window_and_nothing_scrolls_sideways(state, width, visit):
    page = visit(state, HOME, width=width, height=900)
    wide = page.locator(".band, .hero__hills")
    assert wide.count() == 3
    for part in wide.all():
        box = part.bounding_box()
        assert (box["x"], box["width"]) == (0, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_hills_of_the_hero_end_where_their_band_begins(scheme, visit):
    page = visit("bare", HOME, width=1440, height=900, color_scheme=scheme)
    hills, band = page.locator(".hero__hills").bounding_box(), page.locator(".band").first.bounding_box()
    assert abs(hills["y"] + hills["height"] - band["y"]) < 1
