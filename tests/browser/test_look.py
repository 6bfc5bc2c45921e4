"""What the eye sees where two drawings of the page meet."""

import io

import pytest
from PIL import Image

from tests.browser.places import BARE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_hills_run_into_the_footer_without_a_seam(width, scheme, visit):
    page = visit("bare", BARE[0], width=width, color_scheme=scheme)
    hills = page.locator(".horizon > img")
    hills.scroll_into_view_if_needed()
    hills.evaluate("(picture) => picture.decode()")

    above = page.locator(".site-footer").bounding_box()["y"] - 1
    with Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": above, "width": width, "height": 2}))) as seam:
        colors = {seam.convert("RGB").getpixel((x, y)) for x in range(0, width, 40) for y in (0, 1)}

    assert all(max(channel) - min(channel) <= 1 for channel in zip(*colors, strict=True)), colors
