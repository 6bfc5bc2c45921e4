"""Calling and booking in a browser: the bar on phones, the number in the header, hours at the moment of reading."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from tests.browser.conftest import PHONE, watched_page
from tests.browser.places import go, named

pytestmark = pytest.mark.browser

HOME, QUESTION, VISIT = named("filled", "home", "question", "visit")
PACIFIC = ZoneInfo("America/Los_Angeles")


def test_the_header_of_a_wide_screen_shows_the_number_in_one_row(visit):
    page = visit("filled", QUESTION, width=1440)
    call = page.locator(".site-header__call")
    assert call.inner_text() == "(805) 555-0100"
    assert call.bounding_box()["width"] > 120
    middles = {
        round(box["y"] + box["height"] / 2)
        for box in (link.bounding_box() for link in page.locator(".site-header a").all())
    }
    assert max(middles) - min(middles) <= 2


def test_the_header_of_a_phone_says_call(visit):
    call = visit("filled", QUESTION).locator(".site-header__call")
    assert call.bounding_box()["height"] >= 44
    assert "Call" in call.inner_text()


def test_the_bar_stands_at_the_foot_of_a_phone_and_covers_no_focus(visit):
    page = visit("filled", QUESTION)
    bar = page.locator(".call-bar")
    box = bar.bounding_box()
    assert box["y"] + box["height"] == PHONE["height"]
    assert all(link.bounding_box()["height"] >= 44 for link in bar.locator("a").all())
    last = page.locator(".site-footer a").last
    last.focus()
    focused = last.bounding_box()
    assert focused["y"] + focused["height"] <= box["y"]


def test_the_bar_gives_way_to_zoom_and_to_paper(visit):
    page = visit("filled", QUESTION)
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 % is the same
    assert not page.locator(".call-bar").is_visible()
    page.set_viewport_size(PHONE)
    page.emulate_media(media="print")
    assert not page.locator(".call-bar").is_visible()


def test_a_wide_screen_and_a_bare_site_have_no_bar(visit):
    assert not visit("filled", QUESTION, width=1440).locator(".call-bar").is_visible()
    assert not visit("bare", QUESTION).locator(".call-bar").count()


def test_what_is_tapped_in_the_contact_part_is_high_enough(visit):
    page = visit("filled", VISIT)
    for link in page.locator(".contact a").all():
        assert link.bounding_box()["height"] >= 44, link.inner_text()


# Opens on Monday, November 30, from 9 to 12 and from 13 to 17.
TURNS = [datetime(2026, 11, 30, hour, tzinfo=PACIFIC).timestamp() // 60 for hour in (9, 12, 13, 17)]
HOURS = " ".join(str(int(turn - before)) for before, turn in zip([0, *TURNS], TURNS, strict=False))
SCRIPT = (settings.BASE_DIR / "static/js/hours.js").read_text(encoding="utf-8")
ASIDE = f'<p data-hours="{HOURS}" data-zone="America/Los_Angeles">Open Monday, November 30, 9 AM–5 PM</p>'


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (23, 20, "Opens Monday, November 30, at 9 AM"),  # a Monday, too
        (29, 20, "Opens Monday at 9 AM"),
        (30, 8, "Opens at 9 AM"),
        (30, 11, "Open until 12 PM"),
        (30, 12, "Opens at 1 PM"),
        (30, 16, "Open until 5 PM"),
        (30, 18, "Open Monday, November 30, 9 AM–5 PM"),
    ],
)
def test_the_hours_are_right_at_the_moment_of_reading_and_of_the_clinic_s_zone(day, hour, said, chromium, site_of):
    site = site_of("filled")
    with watched_page(chromium, site, viewport=PHONE, timezone_id="America/New_York") as page:
        page.clock.set_fixed_time(datetime(2026, 11, day, hour, tzinfo=PACIFIC))
        go(page, site, HOME)
        page.evaluate(
            "(html) => { document.querySelectorAll('[data-hours]').forEach((e) => e.remove());"
            "document.querySelector('main').insertAdjacentHTML('beforeend', html); }",
            ASIDE,
        )
        page.add_script_tag(content=SCRIPT, type="module")
        page.wait_for_timeout(50)
        line = page.locator("[data-hours]").inner_text().replace("\u202f", " ")
        assert line == said
