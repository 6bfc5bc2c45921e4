"""The form of a disclaimer shows what its rule would change while it is chosen."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)  # milliseconds: the desk on a busy machine


def test_a_rule_shows_its_effect_while_it_is_chosen(desk_of):
    desk = desk_of("Pia")
    desk.goto("/admin/reports/disclaimers/")
    desk.get_by_role("link", name="Medical disclaimer").first.click()
    effect = desk.locator("[data-controller='disclaimer-effect']")
    expect(effect).to_contain_text("It would appear on every page of the site")

    desk.locator("select[name=scope]").select_option("section")
    expect(effect).to_contain_text("Choose the section it applies to.")
    desk.get_by_role("button", name="Choose a page").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("Our team")
    dialog.get_by_role("link", name="Our team", exact=True).click()

    expect(effect).to_contain_text("It would appear on 1 published page:")
    expect(effect).to_contain_text("pages lose it:")
