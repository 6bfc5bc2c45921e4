"""
What staff do most, each story as the role that does it, with the clicks it takes.

Typing counts as nothing; so does signing in. docs/protocol-desk.md tells how the stories read to
somebody new, with the handbook alone.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from clinic.opening_hours import format_date_range
from tests.browser.conftest import watched_page
from tests.browser.staff import MAKE_DOCTOR, PASSWORD, in_the_site, took
from tests.browser.test_desk_in_a_browser import ALL_IS_SAVED, choose, expect_words, message, short_answer
from tests.pictures import photo

pytestmark = pytest.mark.browser


def menu(desk, *entries):
    """Choose an entry of the menu, through those above it."""
    for entry in entries:
        desk.get_by_role("navigation").get_by_text(entry, exact=True).locator("visible=true").first.click()


def write(desk, field, text):
    """Click into a field and type; what stood there goes."""
    field.click()
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type(text)


def press(desk, action):
    """Choose from the small menu at the bottom of a page's form."""
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name=action).click()


def submit(desk):
    """Hand a page over, once its draft has saved itself."""
    desk.wait_for_function(ALL_IS_SAVED)
    press(desk, "Send for approval")
    expect(message(desk, "sent for approval")).to_be_visible()


def actions(desk):
    """Open the menu beside the title."""
    desk.locator("header").get_by_role("button", name="Actions").click()


def approve(publisher, title):
    """Publish what waits on the home of the desk."""
    publisher.locator("#awaiting-review-content").get_by_role("link", name=title).first.click()
    press(publisher, "Approve and Publish")
    expect(message(publisher, f"readers see “{title}” now")).to_be_visible()


def begin_question(author, title, answer):
    """Begin a question about a visit, with the start of its answer."""
    menu(author, "Questions")
    author.get_by_role("link", name="Add a question").first.click()
    write(author, author.get_by_role("textbox", name="Question"), title)
    author.get_by_role("button", name="Choose topic").click()
    choose(author, "Your visit")
    write(author, short_answer(author), answer)


def test_a_question_goes_from_its_author_through_a_publisher_to_readers(desk_of, page):
    title = "May I drink tea on the day of an infusion?"

    author = desk_of("Ada")
    begin_question(author, title, "Ask us about tea first.")
    expect_words(author, 5)
    submit(author)
    took(author, "Add a question, as an author", 9)
    page.goto("/faq/")
    expect(page.get_by_text(title)).to_have_count(0)

    publisher = desk_of("Pia")
    approve(publisher, title)
    took(publisher, "Publish it, as a publisher", 4)
    page.goto("/faq/")
    page.get_by_role("heading", name=title).click()
    expect(page.get_by_text("Ask us about tea first.", exact=True)).to_be_visible()


def test_a_figure_is_fixed_on_every_page_that_states_it(desk_of, page):
    publisher = desk_of("Pia")
    menu(publisher, "Facts")
    publisher.get_by_role("link", name="Length of a psychotherapy session").click()
    used_on = publisher.get_by_role("region", name="Used on")
    expect(used_on).to_contain_text("50 minutes")
    addresses = [link.get_attribute("href") for link in used_on.get_by_role("link", name="view").all()]
    write(publisher, publisher.get_by_role("textbox", name="Value"), "55 minutes")
    publisher.get_by_role("button", name="Publish", exact=True).click()

    expect(message(publisher, "What you published is now on")).to_be_visible()
    took(publisher, "Fix a figure, as a publisher", 5)
    assert addresses
    assert [address for address in addresses if "55 minutes" not in page.request.get(address).text()] == []


def test_closed_days_show_at_once_and_go_when_they_are_taken_back(desk_of, page):
    first = date.today() + timedelta(days=30)  # far enough for any time zone
    last = first + timedelta(days=1)
    words = f"We are closed {format_date_range(first, last)}."

    publisher = desk_of("Pia")
    menu(publisher, "Notices")
    publisher.get_by_role("link", name="Add notice").first.click()
    write(publisher, publisher.get_by_label("First closed day"), f"{first:%m/%d/%Y}")
    publisher.keyboard.press("Tab")
    publisher.keyboard.type(f"{last:%m/%d/%Y}")
    publisher.keyboard.press("Tab")
    publisher.get_by_role("button", name="Publish", exact=True).click()
    expect(message(publisher, "published")).to_be_visible()
    took(publisher, "Say that you are closed, as a publisher", 5)
    for address in ("/", "/visit/"):
        page.goto(address)
        expect(page.get_by_text(words).first).to_be_visible()

    publisher.get_by_role("link", name=words).first.click()
    actions(publisher)
    publisher.get_by_role("link", name="Delete").click()
    publisher.get_by_role("button", name="Yes, delete").click()
    expect(message(publisher, "deleted")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text(words)).to_have_count(0)


def test_a_doctor_who_left_is_out_of_the_desk_and_off_the_team_page(desk_of, page, site):
    in_the_site(site, MAKE_DOCTOR)
    doctor = desk_of("Dan")

    administrator = desk_of("Olga")
    menu(administrator, "People")
    administrator.get_by_role("link", name="Dr. Dan Doctor").first.click()
    actions(administrator)
    administrator.get_by_role("link", name="This person has left").click()
    expect(administrator.get_by_role("table")).to_contain_text("Who looks after me?")
    administrator.get_by_role("button", name="Yes, end access").click()
    expect(message(administrator, "has left the desk and the site")).to_be_visible()
    took(administrator, "A doctor left, as an administrator", 6)

    doctor.reload()
    expect(doctor.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto("/team/")
    expect(page.get_by_text("Dan Doctor")).to_have_count(0)
    page.goto("/faq/who-looks-after-me/")
    expect(page.get_by_text("Dr. Dan Doctor").first).to_be_visible()


# A question with two versions, by different people: (title, slug, answer of each).
MAKE_QUESTION = """
from django.contrib.auth import get_user_model
from core.models import Topic
from faq.models import FAQEntryPage, FAQIndexPage
question = FAQEntryPage(title={title!r}, slug={slug!r}, topic=Topic.objects.first(), live=False)
for name, answer in {answers!r}:
    question.short_answer = answer
    if not question.pk:
        FAQIndexPage.objects.get().add_child(instance=question)
    user = get_user_model().objects.get(first_name=name)
    question.save_revision(user=user, log_action=True).publish(user=user, skip_permission_checks=True)
"""


def test_a_sentence_somebody_complained_about_is_found_with_its_author_and_unpublished(desk_of, page, site):
    answers = [("Pia", "<p>Nobody can say.</p>"), ("Ada", "<p>It <b>mends</b> everybody “within a day”.</p>")]
    in_the_site(site, MAKE_QUESTION.format(title="Does it cure?", slug="does-it-cure", answers=answers))

    publisher = desk_of("Pia")
    write(publisher, publisher.get_by_role("textbox", name="Search").first, 'mends everybody "within a day"')
    publisher.keyboard.press("Enter")
    expect(publisher.get_by_role("main")).to_contain_text("by Ada Author")
    publisher.get_by_role("link", name="Unpublish").click()
    publisher.get_by_role("button", name="Yes, unpublish").click()
    expect(message(publisher, "unpublished")).to_be_visible()
    took(publisher, "Unpublish a page with a sentence, as a publisher", 5)

    page.goto("/faq/does-it-cure/")
    assert page.url.endswith("/faq/")
    expect(page.get_by_text("mends everybody")).to_have_count(0)

    publisher.get_by_role("button", name="Publish it again").click()
    expect(message(publisher, "Readers see “Does it cure?” again")).to_be_visible()
    page.goto("/faq/does-it-cure/")
    expect(page.get_by_text("mends everybody")).to_be_visible()


def test_a_page_that_looks_wrong_goes_back_to_an_earlier_version(desk_of, page, site):
    answers = [("Pia", "<p>The right words.</p>"), ("Ada", "<p>Wrong.</p>")]
    in_the_site(site, MAKE_QUESTION.format(title="Is it right?", slug="is-it-right", answers=answers))

    publisher = desk_of("Pia")
    menu(publisher, "Questions")
    publisher.get_by_role("link", name="Is it right?").first.click()
    publisher.get_by_role("link", name="History").first.click()
    publisher.get_by_role("row").filter(has_text="Pia").get_by_role("button", name="Actions").first.click()
    publisher.get_by_role("link", name="Review this version").locator("visible=true").click()
    press(publisher, "Publish this version")
    expect(message(publisher, "published")).to_be_visible()
    took(publisher, "Go back to an earlier version, as a publisher", 8)

    page.goto("/faq/is-it-right/")
    expect(page.get_by_role("main")).to_contain_text("The right words.")


def insert_photo(desk, file, words, field="Body"):
    """Insert a picture block at the end of a text of blocks, with a new photo in it."""
    body = desk.get_by_role("region", name=field)
    body.get_by_role("button", name="Insert a block").last.click()
    desk.get_by_role("option", name="Picture").click()
    body.get_by_role("button", name="Choose a picture").last.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    with desk.expect_file_chooser() as chooser:
        dialog.get_by_label("File").click()
    chooser.value.set_files({"name": file.name, "mimeType": "image/heic", "buffer": file.read()})
    # The dialog may take the focus back while it looks at the file: keys would go astray.
    dialog.get_by_role("textbox", name="What would you tell someone on the phone?").fill(words)
    dialog.get_by_role("radio", name="No, nobody").click()
    expect(dialog.get_by_role("radio", name="No, nobody")).to_be_checked()
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden(timeout=60_000)  # a phone's picture is taken in on a busy machine, too


def test_an_article_with_two_photos_straight_from_a_phone(desk_of, page):
    title = "A walk through the clinic"
    photos = {"Red wall above a blue floor.": (1600, 1200), "The same wall, seen from the door.": (1200, 900)}

    author = desk_of("Ada")
    menu(author, "Articles")
    author.get_by_role("link", name="Add an article").first.click()
    write(author, author.get_by_role("textbox", name="Headline"), title)
    for words, size in photos.items():
        insert_photo(author, photo("HEIF", size=size), words)
    submit(author)
    took(author, "An article with two photos, as an author", 23)

    publisher = desk_of("Pia")
    approve(publisher, title)
    page.goto("/blog/")
    page.get_by_role("link", name=title).first.click()
    for words in photos:
        shown = page.get_by_role("img", name=words)
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", True)
        # Lying on its side it would be wider; upright it is cut to a square.
        assert shown.evaluate("picture => picture.naturalHeight >= picture.naturalWidth"), "it lies on its side"


def test_a_colleague_is_invited_by_a_link_and_signs_in(desk_of, chromium, site):
    administrator = desk_of("Olga")
    menu(administrator, "Advanced", "Users")
    administrator.get_by_role("link", name="Invite somebody").first.click()
    write(administrator, administrator.get_by_label("Email"), "nora@example.org")
    write(administrator, administrator.get_by_label("First name"), "Nora")
    write(administrator, administrator.get_by_label("Last name"), "New")
    administrator.get_by_label("Authors").click()
    administrator.get_by_role("button", name="Make the invitation link").click()
    link = administrator.get_by_role("textbox", name="Link").input_value()
    administrator.get_by_role("button", name="Copy").click()
    expect(administrator.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    took(administrator, "Invite a colleague, as an administrator", 9)

    with watched_page(chromium, site) as newcomer:
        newcomer.goto(link)
        for field in newcomer.locator("input[type=password]").all():
            field.fill(PASSWORD)
        newcomer.get_by_role("button", name="Set the password").click()
        newcomer.get_by_role("link", name="Sign in").click()
        newcomer.get_by_label("E-mail").fill("nora@example.org")
        newcomer.get_by_label("Password").fill(PASSWORD)
        newcomer.get_by_role("button", name="Sign in").click()
        expect(newcomer.get_by_role("navigation").get_by_text("Questions", exact=True)).to_be_visible()
        assert newcomer.complaints == []
