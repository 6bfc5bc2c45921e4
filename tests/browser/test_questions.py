"""The list of all questions: native disclosures, reached by links, find-in-page, keyboard and printer."""

import contextlib
import re
import zlib
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.places import Place, named

pytestmark = pytest.mark.browser

FAQ = named("bare", "faq")[0]
# In the middle of the list, so that it must be scrolled to.
ANCHOR = "is-ketamine-safe"


def questions(page):
    return page.locator("details.question")


def opened(page):
    return page.locator("details.question[open] summary").all_inner_texts()


def first_ones(page):
    """The first question of each topic, which is open from the start."""
    return page.locator(".topic > details:first-of-type summary").all_inner_texts()


@pytest.mark.parametrize("state", ["bare", "filled"])
@pytest.mark.parametrize(("width", "height", "lowest"), [(390, 844, 600), (1440, 900, 520)])
def test_the_first_question_stands_on_the_first_screen(state, width, height, lowest, visit):
    page = visit(state, named(state, "faq")[0], width=width, height=height)
    notices = page.locator(".notices")
    # What the clinic announces comes and goes; it may push everything down.
    announced = notices.bounding_box()["height"] if notices.count() else 0
    assert questions(page).first.bounding_box()["y"] - announced <= lowest


def test_the_topics_stay_in_sight_beside_the_questions(visit):
    page = visit("bare", FAQ, width=1440, height=900)
    questions(page).last.scroll_into_view_if_needed()
    expect(page.get_by_role("navigation", name="Topics on this page")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_deep_link_opens_its_question_and_shows_it(scripts, visit):
    page = visit("bare", Place("deep link", f"/faq/#{ANCHOR}"), java_script_enabled=scripts)

    assert page.locator(f"details:has(#{ANCHOR}) summary").inner_text() in opened(page)
    assert len(opened(page)) == len(first_ones(page)) + 1
    expect(page.locator(f"details:has(#{ANCHOR}) summary")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"#{ANCHOR}")).to_be_in_viewport()


def test_a_deep_link_puts_the_focus_on_its_question(visit):
    page = visit("bare", Place("deep link", f"/faq/#{ANCHOR}"))
    expect(page.locator(f"details:has(#{ANCHOR}) summary")).to_be_focused()

    page.evaluate("location.hash = 'how-long-is-a-ketamine-session'")
    expect(page.locator("details:has(#how-long-is-a-ketamine-session) summary")).to_be_focused()


def test_without_scripts_the_keyboard_goes_on_from_a_deep_link(visit):
    page = visit("bare", Place("deep link", f"/faq/#{ANCHOR}"), java_script_enabled=False)
    # The browser marks the place to go on from when it draws the frame after it has scrolled there.
    expect(page.locator(f"#{ANCHOR}")).to_be_in_viewport()
    page.screenshot()

    page.keyboard.press("Tab")

    expect(page.locator(f"details:has(#{ANCHOR}) :focus")).to_be_visible()


@pytest.mark.parametrize("fragment", ["nothing-here", "%", "%E0%A4%A", "main"])
def test_a_link_to_no_question_opens_none(fragment, visit):
    page = visit("bare", Place("link", f"/faq/#{fragment}"))

    assert opened(page) == first_ones(page)
    assert page.complaints == []


def test_one_button_opens_and_closes_every_question(visit):
    page = visit("bare", FAQ)
    assert opened(page) == first_ones(page)

    page.get_by_role("button", name="Open all answers").click()
    expect(page.locator("details.question:not([open])")).to_have_count(0)
    page.get_by_role("button", name="Close all answers").click()
    expect(page.locator("details.question[open]")).to_have_count(0)
    expect(page.get_by_role("button", name="Open all answers")).to_be_visible()


def test_without_scripts_there_is_no_button_that_does_nothing(visit):
    page = visit("bare", FAQ, java_script_enabled=False)

    expect(page.get_by_role("button", name="Open all answers")).to_be_hidden()
    questions(page).nth(1).locator("summary").click()
    expect(questions(page).nth(1).locator(".short-answer")).to_be_visible()


def test_find_in_page_reaches_a_closed_answer(visit):
    # So many words stand nowhere else; a text fragment is looked for the way find-in-page looks.
    words = visit("bare", FAQ).locator(f"#{ANCHOR}").text_content().split()[:20]

    page = visit("bare", Place("found", f"/faq/#:~:text={quote(' '.join(words))}"))

    expect(page.locator(f"details:has(#{ANCHOR})")).to_have_attribute("open", "")
    expect(page.locator(f"#{ANCHOR}")).to_be_in_viewport()


def text_operations(pdf):
    """How many times a PDF says to draw text."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    drawn = 0
    for stream in streams:
        with contextlib.suppress(zlib.error):
            drawn += len(re.findall(rb"\bT[jJ]\b", zlib.decompress(stream)))
    return drawn


def test_paper_shows_every_answer(visit):
    page = visit("bare", FAQ)
    closed = text_operations(page.pdf(format="Letter"))

    page.get_by_role("button", name="Open all answers").click()
    expect(page.locator("details.question:not([open])")).to_have_count(0)

    assert closed == text_operations(page.pdf(format="Letter"))
    assert closed > 100
