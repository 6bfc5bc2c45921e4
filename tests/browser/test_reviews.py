"""
Clinical reviews as each role does them, in a site of its own: a reviewer changes the way of every draft.

Clicks are counted as in test_stories.py.
"""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser import staff
from tests.browser.conftest import PHONE, watched_page
from tests.browser.serving import serving
from tests.browser.staff import in_the_site, took
from tests.browser.test_desk_in_a_browser import ALL_IS_SAVED, expect_words, insert, message, short_answer
from tests.browser.test_stories import approve, begin_question, press, submit, write

pytestmark = pytest.mark.browser

# Rita signs off; the fact that she will change stands in three answers.
MAKE_REVIEWER = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from people.models import PersonPage, TeamIndexPage
user = get_user_model().objects.create_user(
    email="rita@example.org", password={staff.PASSWORD!r}, first_name="Rita", last_name="Reviewer"
)
user.groups.set(Group.objects.filter(name="Clinical reviewers"))
person = PersonPage(title="Rita Reviewer", slug="rita-reviewer", credentials="MD", user=user)
TeamIndexPage.objects.get().add_child(instance=person)
person.save_revision().publish()
"""
# Whatever other tests have signed off, so many answers wait.
MAKE_QUESTIONS = """
from uuid import uuid4
from core.models import Topic
from faq.models import FAQEntryPage, FAQIndexPage
for number in range(21):
    name = f"question-{uuid4()}"
    page = FAQEntryPage(title=f"What about {name}?", slug=name, topic=Topic.objects.first(), live=False)
    page.short_answer = "<p>Ask us.</p>"
    FAQIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
"""
# Nothing else waits for a review, so that the story has the queue to itself.
SIGN_OFF_THE_REST = """
from django.contrib.auth import get_user_model
from wagtail.models import Page
from reviews.queue import queue_keys
from reviews.sign_off import sign_off
user = get_user_model().objects.get(email="rita@example.org")
for key in queue_keys():
    sign_off(user, Page.objects.get(pk=key))
"""


@pytest.fixture(scope="module")
def clinic(prepared, tmp_path_factory):
    """A site with its starter texts, with staff and one clinical reviewer."""
    with serving(prepared, tmp_path_factory.mktemp("reviews")) as site:
        staff.make_accounts(site)
        in_the_site(site, MAKE_REVIEWER)
        yield site


@pytest.fixture
def desk_of(clinic, chromium):
    """As `desk_of` of conftest.py, in that site."""
    with ExitStack() as pages:

        def desk_of(name, **options):
            options = {"viewport": {"width": 1280, "height": 900}, **options}
            page = pages.enter_context(watched_page(chromium, clinic, **options))
            staff.come_to_the_desk(page, name)
            return page

        yield desk_of


@pytest.fixture
def reader(clinic, chromium):
    """A visitor on a phone."""
    with watched_page(chromium, clinic, viewport=PHONE, has_touch=True) as page:
        yield page


def sign_off_next(desk):
    """Sign off the text that the queue shows."""
    desk.get_by_role("button", name="Sign off: no change needed").click()


def test_twenty_answers_are_reviewed_in_one_sitting_by_keyboard_on_a_tablet(clinic, desk_of):
    in_the_site(clinic, MAKE_QUESTIONS)
    reviewer = desk_of("Rita", viewport={"width": 820, "height": 1180}, has_touch=True)
    reviewer.get_by_role("link", name="Clinical review: ").click()
    for number in range(20):
        frame = reviewer.frame_locator("[data-review-text]")
        expect(frame.locator("h1")).to_be_visible()
        title = reviewer.get_by_role("heading", level=1).inner_text()
        reviewer.keyboard.press("s") if number % 2 else sign_off_next(reviewer)
        expect(message(reviewer, "Signed off:")).to_be_visible()
        assert reviewer.get_by_role("heading", level=1).inner_text() != title
    took(reviewer, "Review 20 answers, as a clinical reviewer", 25)


def test_reviewing_works_at_the_width_of_a_phone(clinic, desk_of):
    in_the_site(clinic, MAKE_QUESTIONS)
    reviewer = desk_of("Rita", viewport={"width": 390, "height": 844}, has_touch=True)
    reviewer.goto("/admin/reviews/queue/")
    button = reviewer.get_by_role("button", name="Sign off: no change needed")
    expect(button).to_be_in_viewport()
    assert button.bounding_box()["height"] >= 44
    assert reviewer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reviewer.get_by_text("Ask for changes").click()
    expect(reviewer.get_by_label("What should change?")).to_be_visible()


def test_a_text_goes_from_its_author_past_reviewer_and_publisher_and_stays_provable(clinic, desk_of, reader):
    in_the_site(clinic, SIGN_OFF_THE_REST)
    title, address = "How long must I not drive?", "/faq/how-long-must-i-not-drive/"

    author = desk_of("Ada")
    begin_question(author, title, "You must not drive for ")
    insert(author, "Fact", "How long not to drive or use heavy machinery after an infusion: at least 24 hours")
    insert(author, "Source", "Zarate CA Jr 2006")
    submit(author)

    reviewer = desk_of("Rita")
    reviewer.goto("/admin/reviews/queue/")
    expect(reviewer.get_by_text("Waiting for your approval.")).to_be_visible()
    expect(reviewer.frame_locator("[data-review-text]").locator("h1")).to_have_text(title)
    sign_off_next(reviewer)
    approve(desk_of("Pia", viewport={"width": 390, "height": 844}, has_touch=True), title)  # on a phone
    reader.goto(address)
    byline = reader.locator(".byline")
    expect(byline).to_contain_text("Reviewed by Rita Reviewer, MD,")
    expect(byline).not_to_contain_text("Edited since")
    expect(reader.locator(".sources")).to_contain_text("Zarate")

    # The author edits it; the publisher publishes it: readers see both dates, and the board lists it.
    author.goto(f"/admin/questions/?q={title}")
    author.get_by_role("link", name=title).first.click()
    short_answer(author).click()
    author.keyboard.press("ControlOrMeta+End")
    author.keyboard.type(" Pleese be careful.")
    expect_words(author, 12)
    submit(author)
    publisher = desk_of("Pia")
    publisher.goto(f"/admin/questions/?q={title}")
    publisher.get_by_role("link", name=title).first.click()
    press(publisher, "Publish")
    publisher.get_by_role("dialog").get_by_role("button", name="Publish").click()  # without waiting for the review
    expect(message(publisher, "published")).to_be_visible()
    reader.goto(address)
    expect(byline).to_contain_text("Edited since, on")
    publisher.goto("/admin/reports/clinical-reviews/?standing=edited")
    expect(publisher.get_by_role("table")).to_contain_text(title)

    # The reviewer signs it again; a typo is waved through.
    reviewer.goto("/admin/reviews/queue/")
    expect(reviewer.get_by_role("region", name="Changed since the last sign-off")).to_contain_text("Pleese be careful.")
    sign_off_next(reviewer)
    expect(message(reviewer, "Signed off:")).to_be_visible()
    publisher.goto(f"/admin/questions/?q={title}")
    publisher.get_by_role("link", name=title).first.click()
    write_over(publisher, "Pleese", "Please")
    publisher.get_by_label("No change of meaning").click()
    publisher.wait_for_function(ALL_IS_SAVED)
    press(publisher, "Publish")
    expect(message(publisher, "published")).to_be_visible()
    reader.goto(address)
    expect(reader.get_by_text("Please be careful.")).to_be_visible()
    expect(byline).to_contain_text("Reviewed by Rita Reviewer, MD,")
    expect(byline).not_to_contain_text("Edited since")

    # A fact changes once: every page that states it follows, and counts as edited.
    publisher.goto("/admin/snippets/evidence/fact/")
    publisher.get_by_role("link", name="How long not to drive").first.click()
    used_on = publisher.get_by_role("region", name="Used on")
    expect(used_on).to_contain_text("at least 24 hours")
    addresses = [link.get_attribute("href") for link in used_on.get_by_role("link", name="view").all()]
    write(publisher, publisher.get_by_role("textbox", name="Value"), "at least 36 hours")
    publisher.get_by_role("button", name="Publish", exact=True).click()
    expect(message(publisher, "What you published is now on")).to_be_visible()
    assert len(addresses) >= 3
    assert [one for one in addresses if "at least 36 hours" not in reader.request.get(one).text()] == []
    reader.goto(address)
    expect(byline).to_contain_text("Edited since, on")

    # Each state can be looked up.
    publisher.goto(f"/admin/questions/?q={title}")
    publisher.get_by_role("link", name=title).first.click()
    publisher.get_by_role("link", name="What visitors saw").first.click()
    changes = publisher.get_by_role("main").get_by_role("listitem").filter(has_text="published")
    expect(publisher.get_by_role("main")).to_contain_text("at least 36 hours")
    expect(changes).to_have_count(3)


def write_over(desk, old, new):
    """Replace a word of the short answer."""
    editor = short_answer(desk)
    editor.click()
    text = editor.inner_text()
    desk.keyboard.press("ControlOrMeta+End")
    for _ in range(len(text) - text.index(old) - len(old)):
        desk.keyboard.press("ArrowLeft")
    for _ in old:
        desk.keyboard.press("Backspace")
    desk.keyboard.type(new)
    expect(editor).to_contain_text(new)
