"""What an editor does at the desk, as the browser shows it, and what visitors see of it at once."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.staff import in_the_site

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)  # milliseconds: the desk on a busy machine


def from_page(desk, address, action):
    """Go from a page of the site to what Wagtail's button in its corner offers there."""
    desk.goto(address)
    desk.get_by_role("button", name="View Wagtail quick actions").click()
    desk.get_by_role("menuitem", name=action).click()
    expect(desk.get_by_role("button", name="More actions")).to_be_visible()


def choose(desk, name):
    """Choose a record in the chooser that has just been asked for."""
    dialog = desk.get_by_role("dialog")
    # Once shown it takes the focus: a choice made earlier would lose it again.
    expect(dialog).to_be_focused()
    dialog.get_by_role("link", name=name, exact=True).click()
    expect(dialog).to_be_hidden()


def short_answer(desk):
    """The editor of the short answer."""
    return desk.get_by_role("region", name="Answer").get_by_role("textbox").first


def insert(desk, kind, name):
    """Insert a fact or source where the cursor stands, by the menu that "/" opens."""
    desk.keyboard.type(f"/{kind}")
    desk.get_by_role("option", name=kind).click()
    choose(desk, name)
    expect(short_answer(desk)).to_be_focused()


def write_question(desk, title, answer=""):
    """Fill in the form of a new question up to its short answer, and leave the cursor there."""
    from_page(desk, "/faq/", "Add a child page")
    desk.get_by_role("textbox", name="Question").fill(title)
    desk.get_by_role("button", name="Choose topic").click()
    choose(desk, "Your visit")
    short_answer(desk).click()
    desk.keyboard.type(answer)
    expect_words(desk, len(answer.split()))


def expect_words(desk, number):
    """Wait until the form has taken in so many words of the short answer: the editor hands them over late."""
    expect(desk.get_by_text(re.compile(rf"^{number}( of \d+)? words"))).to_be_visible()


def message(desk, words):
    """What the desk says of the last thing done, by some of its words."""
    return desk.get_by_role("status").get_by_role("listitem").filter(has_text=words)


# True once Wagtail, which saves drafts by itself, has nothing left to save. Of two savings at
# once, the later is refused; a robot clicks fast enough to meet that, a person hardly.
ALL_IS_SAVED = """() => {
  const form = document.querySelector("form[data-controller~='w-autosave']");
  const [edits, saving] = ["w-unsaved", "w-autosave"].map(
    (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name),
  );
  return !saving.submitPromise && edits.formData === edits.initialFormData;
}"""


# Only what is typed from then on counts as a change.
EDITS_ARE_WATCHED = """() => {
  const form = document.querySelector("form[data-controller~='w-unsaved']");
  const edits = form && window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
  return Boolean(edits?.initialFormData);
}"""


def press_publish(desk):
    desk.wait_for_function(ALL_IS_SAVED)
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()


def publish(desk):
    """Publish the question of this form; its address."""
    press_publish(desk)
    return message(desk, "published").get_by_role("link", name="View live").get_attribute("href")


def test_a_question_is_typed_previewed_published_and_read_at_once(desk, page):
    title = f"May I drink tea before visit {uuid4().hex}?"

    write_question(desk, title, "Yes, up to two hours before.")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(title)
    expect(preview.get_by_role("main")).to_contain_text("Yes, up to two hours before.")
    publish(desk)

    page.goto("/faq/")
    page.get_by_role("heading", name=title).click()
    expect(page.get_by_text("Yes, up to two hours before.")).to_be_visible()


def open_fact(desk, name):
    """Open the form of a fact; the field of its value."""
    desk.goto("/admin/snippets/evidence/fact/")
    desk.get_by_role("link", name=name, exact=True).click()
    desk.wait_for_function(EDITS_ARE_WATCHED)
    return desk.get_by_role("textbox", name="Value")


def test_what_is_typed_as_a_time_is_sent_as_it_was_typed(desk):
    desk.goto("/admin/snippets/clinic/notice/add/")
    until = desk.get_by_role("textbox", name="Shown until")
    calendar = desk.locator(".xdsoft_datetimepicker:visible")

    until.click()
    expect(calendar).to_be_visible()
    desk.keyboard.type("tomorrow 9am")
    expect(calendar).to_be_hidden()
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name="Publish", exact=True).click()

    expect(desk.get_by_text("Type date and time, such as 11/30/2026 5:00 PM")).to_be_visible()
    expect(until).to_have_value("tomorrow 9am")


def test_the_calendar_of_a_schedule_leaves_the_button_that_saves_it_free(desk):
    from_page(desk, "/faq/", "Edit this page")
    desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("button", name="Set schedule").click()
    desk.get_by_role("textbox", name="Expiry date/time").click()
    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    desk.get_by_role("button", name="Save schedule").click(trial=True)


def test_a_fact_left_in_the_middle_of_typing_is_there_again_as_a_draft(desk, page):
    value = open_fact(desk, "Length of an infusion")
    before = value.input_value()
    with desk.expect_response(lambda response: response.request.method == "POST" and "/edit/" in response.url):
        value.fill("about an hour")

    desk.once("dialog", lambda dialog: dialog.accept())  # "Leave site?"
    desk.reload()
    expect(value).to_have_value("about an hour")
    value.fill(before)
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(message(desk, "published").first).to_be_visible()


def test_publishing_waits_for_an_autosave_on_its_way(desk):
    value = open_fact(desk, "Length of an infusion")
    before = value.input_value()
    on_its_way = []

    def hold_autosave(route):
        if route.request.headers.get("accept") == "application/json" and not on_its_way:
            on_its_way.append(route)
        else:
            route.continue_()

    desk.route("**/evidence/fact/edit/**", hold_autosave)
    with desk.expect_request("**/evidence/fact/edit/**"):
        value.fill("about an hour")
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(message(desk, "published")).to_be_hidden()
    on_its_way[0].continue_()
    expect(message(desk, "published").first).to_be_visible()

    desk.get_by_role("link", name="Length of an infusion").click()
    expect(value).to_have_value("about an hour")
    value.fill(before)
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(message(desk, "published").first).to_be_visible()


def test_what_is_typed_about_the_clinic_stays_in_the_window_until_it_is_dropped(desk):
    desk.goto("/admin/snippets/clinic/clinicsettings/")
    name = desk.get_by_role("textbox", name="Name", exact=True).first
    before = name.input_value()
    name.fill("Outerbloom")
    desk.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.startsWith('unsaved:'))")

    desk.once("dialog", lambda dialog: dialog.accept())  # "Leave site?"
    desk.goto("/admin/snippets/clinic/clinicsettings/")
    expect(desk.get_by_text("You typed this and did not save it.")).to_be_visible()
    expect(name).to_have_value("Outerbloom")
    desk.get_by_role("button", name="Drop it and show what is saved").click()
    expect(name).to_have_value(before)
    expect(desk.get_by_text("You typed this and did not save it.")).to_be_hidden()


def test_of_two_windows_the_later_is_told_what_the_other_saved(desk):
    address = "/admin/snippets/evidence/fact/"
    value = open_fact(desk, "Length of an infusion")
    before = value.input_value()
    other = desk.context.new_page()
    theirs = open_fact(other, "Length of an infusion")
    theirs.fill("about an hour")
    other.get_by_role("button", name="Publish", exact=True).click()
    expect(message(other, "published").first).to_be_visible()

    value.fill("about two hours")
    expect(desk.get_by_text("Autosave is paused").first).to_be_visible()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="Publish").click()
    refused = desk.get_by_role("region", name="Somebody saved in between")
    expect(refused).to_contain_text("about an hour")
    expect(refused).to_contain_text("about two hours")
    expect(value).to_have_value("about two hours")
    value.fill(before)
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(message(desk, "published").first).to_be_visible()
    desk.goto(address)
    other.close()
    desk.complaints.clear()  # of the autosave that was refused


def test_a_question_with_a_new_address_is_found_at_its_old_one_by_one_redirect(desk, page):
    title = f"May I drink coffee before visit {uuid4().hex}?"
    write_question(desk, title, "You may.")
    old = publish(desk)
    new = old.replace("drink", "have")

    from_page(desk, old, "Edit this page")
    desk.get_by_role("tab", name="Promote").click()
    desk.get_by_role("textbox", name="Address").fill(new.strip("/").split("/")[-1])
    publish(desk)

    answer = page.request.get(old, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (301, new)
    page.goto(new)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def set_fact(desk, name, value):
    """Change what a fact says; the value it had, and the public addresses of the pages it is used on."""
    field = open_fact(desk, name)
    pages = desk.get_by_role("region", name="Used on").get_by_role("link", name="view")
    expect(pages.first).to_be_visible()
    addresses = [page.get_attribute("href") for page in pages.all()]
    before = field.input_value()
    field.fill(value)
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(message(desk, "published").first).to_be_visible()
    return before, addresses


def test_a_fact_changed_once_shows_its_new_value_on_every_page_that_states_it(desk, page):
    name = "How long before an infusion not to eat"

    value, addresses = set_fact(desk, name, "4 hours and a half")
    texts = {address: page.request.get(address).text() for address in addresses}
    set_fact(desk, name, value)

    assert len(texts) > 1
    assert [address for address, text in texts.items() if "4 hours and a half" not in text] == []
    assert [address for address in texts if "4 hours and a half" in page.request.get(address).text()] == []


def test_while_a_value_is_typed_each_sentence_shows_how_it_will_read(desk):
    field = open_fact(desk, "Length of a psychotherapy session")
    value = field.input_value()
    used_on = desk.get_by_role("region", name="Used on")
    expect(used_on.get_by_text("With your change:").first).to_be_hidden()

    field.fill("one hour and a half")
    expect(used_on.get_by_text("With your change:").first).to_contain_text("one hour and a half")
    expect(used_on.get_by_text("Now:").first).to_be_visible()
    expect(used_on.locator("mark", has_text=value).first).to_be_visible()

    field.fill(value)
    expect(used_on.get_by_text("With your change:").first).to_be_hidden()
    desk.wait_for_function(ALL_IS_SAVED)


def test_what_a_figure_rests_on_is_asked_of_results_only(desk):
    open_fact(desk, "Length of a psychotherapy session")
    basis = desk.get_by_role("textbox", name="How many people")
    expect(basis).to_be_hidden()
    desk.get_by_role("combobox", name="Kind").select_option(label="Figure of results")
    expect(basis).to_be_visible()
    desk.get_by_role("combobox", name="Kind").select_option(label="Rule or duration")
    expect(basis).to_be_hidden()
    desk.wait_for_function(ALL_IS_SAVED)


def test_a_fact_and_a_source_put_in_while_typing_stand_on_the_page_with_a_numbered_source(desk, page):
    title = f"How long does visit {uuid4().hex} take?"

    write_question(desk, title, "It takes ")
    insert(desk, "Fact", "How long a patient is monitored after Spravato: at least 2 hours")
    desk.keyboard.type(" ")
    insert(desk, "Source", "Feder A 2014")
    desk.keyboard.type(" in all.")
    expect_words(desk, 8)
    expect(short_answer(desk)).to_have_text("It takes at least 2 hours [Feder A 2014] in all.")
    address = publish(desk)

    page.goto(address)
    expect(page.locator(".short-answer")).to_have_text("It takes at least 2 hours [1] in all.")
    page.get_by_role("link", name="Source 1", exact=True).click()
    expect(page.locator(":target")).to_contain_text("Feder A")
    from_page(desk, address, "Edit this page")
    expect(short_answer(desk)).to_have_text("It takes at least 2 hours [Feder A 2014] in all.")


def test_a_short_answer_that_is_too_long_is_refused_for_readers_and_kept_as_a_draft(desk, page):
    title = f"May I read before visit {uuid4().hex}?"
    answer = "You may read as long as you like. " * 8  # 64 words

    write_question(desk, title, answer)
    expect(desk.get_by_text("too long to publish, fine for a draft")).to_be_visible()
    press_publish(desk)

    expect(desk.get_by_role("region", name="Answer")).to_contain_text("The short answer has 64 words; at most 60")
    expect(desk.get_by_role("textbox", name="Question")).to_have_value(title)
    expect(short_answer(desk)).to_have_text(answer.strip())

    desk.wait_for_function(ALL_IS_SAVED)
    desk.get_by_role("button", name="Save draft").click()
    expect(message(desk, "updated")).to_be_visible()
    desk.reload()
    expect(short_answer(desk)).to_have_text(answer.strip())
    page.goto("/faq/")
    expect(page.get_by_role("heading", name=title)).to_have_count(0)


def test_the_home_of_the_desk_shows_ten_tasks_at_most_and_each_can_be_done(desk):
    desk.goto("/admin/")
    tasks = desk.locator("#to-do-content li a")
    addresses = [link.get_attribute("href") for link in tasks.all()]
    assert 0 < len(addresses) <= 10
    assert {address: desk.request.get(address).status for address in addresses} == dict.fromkeys(addresses, 200)


MAKE_COMMENT = """
from datetime import UTC, datetime
from django.contrib.auth import get_user_model
from wagtail.models import Comment, Page
page, user = Page.objects.get(slug="is-ketamine-safe"), get_user_model().objects.get(first_name="Ada")
comment = Comment.objects.create(page=page, user=user, text="Is this right?", contentpath="title")
Comment.objects.filter(pk=comment.pk).update(created_at=datetime(2026, 7, 1, 20, 30, tzinfo=UTC))
"""


def test_a_comment_bears_the_clinics_time_wherever_the_browser_stands(desk_of, site):
    desk = desk_of("Pia", timezone_id="Asia/Tokyo", locale="de-DE")
    in_the_site(site, MAKE_COMMENT)
    from_page(desk, "/faq/is-ketamine-safe/", "Edit this page")
    desk.get_by_role("button", name="Toggle comments").click()
    stamp = desk.locator(".comment", has_text="Is this right?").locator("time")
    expect(stamp).to_contain_text(re.compile(r"Jul 1, 2026, 1:30\s?PM"))


def reachable(field):
    """Whether a click on a field reaches it, from its left edge to its right one."""
    return field.evaluate(
        """field => {
          const { left, right, top, height } = field.getBoundingClientRect();
          return [left + 5, (left + right) / 2, right - 5].every(
            (x) => field === document.elementFromPoint(x, top + height / 2));
        }"""
    )


def test_opening_hours_can_be_typed_beside_the_preview(desk):
    desk.goto("/admin/snippets/clinic/clinicsettings/")
    desk.get_by_role("button", name="Add Opening time").click()
    desk.get_by_role("button", name="Toggle preview").click()
    opens, closes = desk.get_by_label("Opens").last, desk.get_by_label("Closes").last
    closes.scroll_into_view_if_needed()
    expect(desk.locator(".form-side--open")).to_be_visible()
    desk.wait_for_function("document.getAnimations().length === 0")
    assert reachable(opens)
    assert reachable(closes)


def test_the_whole_menu_shows_on_a_laptop(desk):
    for height in (900, 768, 720):
        desk.set_viewport_size({"width": 1280, "height": height})
        desk.goto("/admin/")
        last = desk.locator(".sidebar-main-menu__list > li").last
        foot = desk.locator(".sidebar-footer").bounding_box()["y"]
        box = last.bounding_box()
        assert box["y"] + box["height"] <= foot + 1, height
