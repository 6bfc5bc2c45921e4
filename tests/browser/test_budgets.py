"""The budgets of tests/browser/budgets.py can be missed; test_places.py holds every place to them."""

import pytest

from tests.browser.budgets import WATCH_SHIFTS
from tests.browser.conftest import PHONE, watched_page

pytestmark = pytest.mark.browser


def test_a_shift_is_noticed(chromium, site):
    with watched_page(chromium, site, viewport=PHONE) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.goto("/")
        page.evaluate("document.querySelector('h1').style.marginBlockStart = '200px'")
        page.wait_for_function("window.shifts.length")
