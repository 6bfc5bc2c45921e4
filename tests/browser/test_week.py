"""
A week at the desk: the work between the stories, as the role that does it, with the clicks it takes.

Typing counts as nothing; so does signing in. docs/protocol-desk.md tells what was met on the way.
"""

import queue
import quopri
import re
import socketserver
import threading
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched_page
from tests.browser.serving import PATIENCE, serving
from tests.browser.staff import email_of, in_the_site, make_accounts, took
from tests.browser.test_desk_in_a_browser import ALL_IS_SAVED, choose, expect_words, from_page, message, short_answer
from tests.browser.test_stories import (
    MAKE_QUESTION,
    actions,
    approve,
    begin_question,
    insert_photo,
    menu,
    press,
    submit,
    write,
)
from tests.pictures import photo

pytestmark = pytest.mark.browser
FAR = date.today() + timedelta(days=30)  # far enough for any time zone


def make_question(site, title, slug, answer="<p>Ask us first.</p>"):
    in_the_site(site, MAKE_QUESTION.format(title=title, slug=slug, answers=[("Ada", answer)]))


def test_a_question_with_a_picture_and_a_link(desk_of, page):
    title = "May I bring music?"
    author = desk_of("Ada")
    begin_question(author, title, "Yes.")
    insert_photo(author, photo("JPEG"), "Headphones on a chair.", "Answer")
    related = author.get_by_role("region", name="Keep reading")
    related.get_by_role("button", name="Add Page").click()
    related.get_by_role("button", name="Choose a page").last.click()
    author.get_by_role("dialog").get_by_role("textbox", name="Search term").fill("Is ketamine therapy safe?")
    choose(author, "Is ketamine therapy safe?")
    submit(author)
    author.complaints.clear()  # a draft is not saved by itself while a row is empty: the browser calls that an error
    took(author, "Add a question with a picture and a link, as an author", 22)

    publisher = desk_of("Pia")
    approve(publisher, title)
    took(publisher, "… and publish it", 4)
    # The way to what readers see now stands in the message.
    publisher.get_by_role("link", name="View live").first.click()
    page.goto("/faq/may-i-bring-music/")
    expect(page.get_by_role("img", name="Headphones on a chair.")).to_be_attached()
    expect(page.get_by_role("link", name="Is ketamine therapy safe?").first).to_be_visible()


def test_a_page_is_scheduled_and_expires_by_the_clinics_clock(desk_of, page, site):
    make_question(site, "Is there a concert?", "is-there-a-concert")
    publisher = desk_of("Pia", timezone_id="Asia/Tokyo")
    from_page(publisher, "/faq/is-there-a-concert/", "Edit this page")
    publisher.get_by_role("button", name="Toggle status").click()
    publisher.get_by_role("button", name="Set schedule").click()
    publisher.get_by_role("textbox", name="Expiry date/time").fill(f"{FAR:%m/%d/%Y} 5pm")
    with publisher.expect_navigation():
        publisher.get_by_role("button", name="Save schedule").click()
    press(publisher, "Publish")
    expect(message(publisher, "published")).to_be_visible()
    took(publisher, "Let a page end on a day", 8)
    publisher.goto("/admin/")
    expect(publisher.get_by_role("main")).to_contain_text("5:00 PM")


def test_a_deleted_page_is_brought_back(desk_of, page, site):
    make_question(site, "May I fly home?", "may-i-fly-home")
    publisher = desk_of("Pia")
    menu(publisher, "Questions")
    publisher.get_by_role("link", name="May I fly home?").first.click()
    actions(publisher)
    publisher.get_by_role("link", name="Delete").first.click()
    publisher.get_by_role("button", name="Yes, delete").click()
    expect(message(publisher, "deleted")).to_be_visible()
    took(publisher, "Delete a page", 6)
    page.goto("/faq/may-i-fly-home/")
    assert page.url.endswith("/faq/")

    menu(publisher, "Reports", "Trash")
    publisher.get_by_role("button", name="Bring back: May I fly home?").click()
    expect(message(publisher, "May I fly home?")).to_be_visible()
    took(publisher, "… and bring it back", 10)
    page.goto("/faq/may-i-fly-home/")
    expect(page.get_by_role("heading", level=1)).to_have_text("May I fly home?")


def test_a_half_day_is_said_wherever_hours_stand(desk_of, page):
    publisher = desk_of("Pia")
    menu(publisher, "Clinic")
    days = publisher.get_by_role("region", name="Closed days and other hours")
    days.get_by_role("button", name="Add").last.click()
    write(publisher, days.get_by_label("Date").last, f"{FAR:%m/%d/%Y}")
    publisher.keyboard.press("Tab")
    write(publisher, days.get_by_label("Opens").last, "9am")
    write(publisher, days.get_by_label("Closes").last, "noon")
    write(publisher, days.get_by_label("Why").last, "Staff training")
    publisher.get_by_role("button", name="Save", exact=True).click()
    expect(message(publisher, "updated")).to_be_visible()
    took(publisher, "Say that you close early on a day", 8)
    page.goto("/visit/")
    expect(page.get_by_role("main")).to_contain_text("Staff training")
    expect(page.get_by_role("main")).to_contain_text("9:00 AM–12:00 PM")


def test_a_draft_is_shown_to_somebody_without_an_account(desk_of, chromium, site, page):
    make_question(site, "May I paint?", "may-i-paint")
    author = desk_of("Ada")
    from_page(author, "/faq/may-i-paint/", "Edit this page")
    write(author, short_answer(author), "You may paint all day.")
    expect_words(author, 5)
    author.wait_for_function(ALL_IS_SAVED)
    press(author, "Share this draft")
    author.get_by_role("button", name="Make a link to this version").click()
    link = author.get_by_label("Link", exact=True).input_value()
    took(author, "Share a draft", 7)

    with watched_page(chromium, site) as guest:
        guest.goto(link)
        expect(guest.get_by_role("main")).to_contain_text("You may paint all day.")
        expect(guest.locator("body")).to_contain_text("Draft")
        assert guest.context.cookies() == []
        page.goto("/faq/may-i-paint/")
        expect(page.get_by_text("You may paint all day.")).to_have_count(0)
        author.get_by_role("button", name="Stop sharing").click()
        assert guest.goto(link).status == 410


MAKE_PICTURE = """
from io import BytesIO
from django.core.files.images import ImageFile
from PIL import Image
from media.models import ClinicImage
file = BytesIO()
Image.new("RGB", (800, 600), "teal").save(file, "PNG")
picture = ClinicImage(title="The old door", description="A teal door.", shows_person="nobody")
picture.file.save("door.png", ImageFile(file, name="door.png"), save=False)
picture.width, picture.height = 800, 600
picture.save()
"""


def test_of_a_replaced_picture_everything_is_asked_again(desk_of, site):
    in_the_site(site, MAKE_PICTURE)
    publisher = desk_of("Pia")
    menu(publisher, "Pictures")
    publisher.get_by_role("link", name="The old door").first.click()
    new = photo("JPEG")
    publisher.get_by_label("File").set_input_files({"name": "new.jpg", "mimeType": "image/jpeg", "buffer": new.read()})
    publisher.get_by_role("button", name="Save", exact=True).click()
    expect(publisher.get_by_role("main")).to_contain_text("A teal door.")  # said before, and asked again
    publisher.get_by_label("What would you tell someone on the phone?").fill("A red wall.")
    publisher.get_by_role("radio", name="No, nobody").check()
    publisher.get_by_label("Whose picture it is").fill("The clinic")
    publisher.get_by_role("button", name="Save", exact=True).click()
    expect(message(publisher, "updated")).to_be_visible()
    took(publisher, "Replace a picture", 9)


def test_who_forgot_a_password_is_told_whom_to_ask_while_no_mail_can_leave(chromium, site, accounts):
    with watched_page(chromium, site) as somebody:
        somebody.goto("/admin/")
        somebody.get_by_role("link", name="Forgotten").click()
        expect(somebody.get_by_role("heading", level=1)).to_have_text("Ask an administrator")


class MailServer(socketserver.StreamRequestHandler):
    """Takes whatever it is sent; what mails said lies in the server's `mails`."""

    def handle(self):
        self.wfile.write(b"220 hello\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.put(quopri.decodestring(text).decode())
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")


@pytest.fixture
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer) as server:
        server.mails = queue.Queue()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_who_forgot_a_password_gets_a_link_by_mail_where_mail_can_leave(chromium, prepared, tmp_path, mail_server):
    address = f"smtp://127.0.0.1:{mail_server.server_address[1]}"
    with (
        serving(prepared, tmp_path / "site", EMAIL_URL=address) as site,
        watched_page(chromium, site) as somebody,
    ):
        make_accounts(site)
        somebody.goto("/admin/")
        somebody.get_by_role("link", name="Forgotten").click()
        somebody.get_by_role("textbox").fill(email_of("Ada"))
        somebody.get_by_role("button").first.click()
        expect(somebody.get_by_role("main")).to_contain_text("mail")
        mail = mail_server.mails.get(timeout=PATIENCE)
        somebody.goto(re.search(r"http://\S+/password_reset/\S+", mail)[0])
        for field in somebody.locator("input[type=password]").all():
            field.fill("a-new-and-long-password")
        somebody.locator("main button, main input[type=submit]").last.click()
        somebody.goto("/admin/")
        somebody.get_by_label("E-mail").fill(email_of("Ada"))
        somebody.get_by_label("Password").fill("a-new-and-long-password")
        somebody.get_by_role("button", name="Sign in").click()
        expect(somebody.get_by_role("heading", name="To do", exact=True)).to_be_visible()


def test_a_comment_is_found_on_the_home_and_answered(desk_of, site):
    make_question(site, "May I dance?", "may-i-dance")
    in_the_site(
        site,
        """
from django.contrib.auth import get_user_model
from wagtail.models import Comment, Page
page, user = Page.objects.get(slug="may-i-dance"), get_user_model().objects.get(first_name="Ada")
Comment.objects.create(page=page, user=user, text="Is this still so?", contentpath="title")
""",
    )
    publisher = desk_of("Pia")
    publisher.locator("#to-do-content").get_by_role("link", name="Ada Author commented on “May I dance?”").click()
    thread = publisher.locator(".comment", has_text="Is this still so?")
    expect(thread).to_be_visible()
    thread.get_by_role("textbox").fill("It is, since May.")
    with publisher.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        thread.get_by_role("button", name="Reply").click()
    took(publisher, "Answer a comment", 4)

    author = desk_of("Ada")
    expect(author.locator("#to-do-content")).to_contain_text("It is, since May.")


def test_a_comment_that_was_typed_and_not_added_holds_the_form_back(desk_of, site):
    make_question(site, "May I sing?", "may-i-sing")
    author = desk_of("Ada")
    from_page(author, "/faq/may-i-sing/", "Edit this page")
    author.get_by_role("button", name="Toggle comments").click()
    title = author.get_by_role("textbox", name="Question")
    title.hover()
    author.get_by_role("button", name="Add comment").first.click()
    box = author.locator(".comment__input:visible").first
    box.fill("Is this so?")
    author.get_by_role("button", name="Save draft").click()
    assert "not added yet" in box.evaluate("box => box.validationMessage")
    author.get_by_role("button", name="Comment", exact=True).click()
    author.get_by_role("button", name="Save draft").click()
    expect(message(author, "updated")).to_be_visible()
    expect(author.locator(".comment", has_text="Is this so?")).to_be_attached()
