"""
Takes the pictures of the handbook anew: `make handbook-pictures`.

No test of its own accord: pytest meets it only where it is named. Each picture shows what its task
in docs/editors.md speaks of, in few colors, so that it stays small.
"""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from editorial.handbook import PICTURES
from tests.browser.staff import MAKE_DOCTOR, in_the_site

pytestmark = pytest.mark.browser

SIZE = {"width": 1100, "height": 620}
COLORS = 48


def take(page, name, **options):
    """A picture of what the page shows, without what moves or shows through."""
    page.wait_for_load_state("networkidle")
    shown = page.screenshot(animations="disabled", caret="hide", **options)
    picture = Image.open(BytesIO(shown)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / f"{name}.png", optimize=True)


@pytest.fixture
def publisher(desk_of):
    return desk_of("Pia", viewport=SIZE, reduced_motion="reduce")


@pytest.fixture
def administrator(desk_of):
    return desk_of("Olga", viewport=SIZE, reduced_motion="reduce")


def test_the_home_of_the_desk(publisher):
    take(publisher, "home")


def test_a_new_question(publisher):
    publisher.goto("/admin/questions/")
    publisher.get_by_role("link", name="Add a question").first.click()
    publisher.get_by_role("textbox", name="Question").click()
    publisher.keyboard.type("May I drink tea before an infusion?")
    publisher.get_by_role("button", name="More actions").click()
    take(publisher, "question")


def test_a_photo(publisher):
    publisher.goto("/admin/images/add/")
    publisher.get_by_label("Title").fill("The waiting room")
    publisher.get_by_role("textbox", name="What would you tell someone on the phone?").fill(
        "Two armchairs and a plant by a window."
    )
    publisher.get_by_role("radio", name="No, nobody").check()
    publisher.get_by_text("What would you tell someone on the phone?").evaluate("label => label.scrollIntoView()")
    publisher.evaluate("scrollBy(0, -80)")
    take(publisher, "photo")


def test_a_fact(publisher):
    publisher.set_viewport_size({"width": SIZE["width"], "height": 800})  # down to the sentences
    publisher.goto("/admin/snippets/evidence/fact/")
    publisher.get_by_role("link", name="How long a patient is monitored after Spravato").first.click()
    expect(publisher.get_by_role("region", name="Used on")).to_be_visible()
    take(publisher, "fact")


def test_closed_days(publisher):
    publisher.goto("/admin/snippets/clinic/notice/add/")
    publisher.get_by_label("First closed day").fill("12/24/2026")
    publisher.get_by_label("Last closed day").fill("12/26/2026")
    publisher.get_by_role("heading", name="Notice", exact=True).click()
    take(publisher, "closed")


def test_a_sentence(publisher):
    publisher.goto("/admin/find/?q=patients are monitored for")
    publisher.evaluate("scrollTo(0, 120)")
    take(publisher, "find")


def test_a_link_to_hand_over(administrator):
    administrator.goto("/admin/users/")
    administrator.get_by_role("link", name="Dan Doctor").first.click()
    administrator.locator("header").get_by_role("button", name="Actions").first.click()
    administrator.get_by_role("link", name="Make a password link").click()
    administrator.locator("#link").evaluate("field => field.value = field.value.slice(0, 60) + '…'")
    take(administrator, "link", clip={"x": 0, "y": 0, "width": 1100, "height": 420})


def test_somebody_who_left(site, administrator):
    in_the_site(site, MAKE_DOCTOR)
    administrator.goto("/admin/people/")
    administrator.get_by_role("link", name="Dr. Dan Doctor").first.click()
    administrator.locator("header").get_by_role("button", name="Actions").first.click()
    administrator.get_by_role("link", name="This person has left").click()
    take(administrator, "left", clip={"x": 0, "y": 0, "width": 1100, "height": 520})
