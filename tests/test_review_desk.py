"""The reviewer's side of the desk: queue, board, weekly mail, and the line on the home of the desk."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faq.models import FAQEntryPage
from jobs.models import CompletedRound, QueuedMail
from jobs.runner import run_jobs
from reviews import digest
from reviews.models import ReviewDecision, ReviewStatus
from reviews.sign_off import ask_for_changes, sign_off
from tests import factories
from tests.forms import messages_in
from tests.moments import at
from tests.test_review_record import edit
from tests.test_review_statements import overdue

QUEUE, BOARD = "/admin/reviews/queue/", "/admin/reports/clinical-reviews/"


@pytest.fixture
def reviewer(site):
    return factories.reviewer()


@pytest.fixture
def desk(reviewer):
    client = Client()
    client.force_login(reviewer)
    return client


def opened(desk):
    """The form of the page that the queue shows, as {name: value}; None where the queue is empty."""
    answer = desk.get(QUEUE, follow=True)
    form = BeautifulSoup(answer.content, "html.parser").select_one("[data-review-decision]")
    if form is None:
        return None
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return {"address": answer.request["PATH_INFO"], "html": answer.content.decode(), **fields}


def decide(desk, decision, shown=None, **more):
    """Press a button on the page that the queue shows."""
    shown = shown or opened(desk)
    data = {"seen": shown["seen"], "newest": shown["newest"], "decision": decision, **more}
    return desk.post(shown["address"], data, follow=True)


def page_of(shown):
    return FAQEntryPage.objects.get(pk=shown["address"].strip("/").rpartition("/")[2])


# --- The queue ------------------------------------------------------------------


def test_twenty_answers_take_twenty_presses(desk):
    for _ in range(20):
        factories.question()
    presses = 0
    while opened(desk):
        decide(desk, "signed-off")
        presses += 1
    assert presses == 20
    assert ReviewStatus.objects.filter(state="reviewed").count() == 20


def test_what_was_edited_since_its_review_comes_first(desk, reviewer):
    never = factories.question("Never?")
    late = overdue_by(reviewer)
    edited = factories.question("Edited?")
    sign_off(reviewer, edited)
    edit(edited, short_answer="<p>Another answer.</p>")
    order = []
    for _ in range(3):
        order.append(page_of(opened(desk)).pk)
        decide(desk, "later")
    assert order == [edited.pk, late.pk, never.pk]


def overdue_by(reviewer):
    page = factories.question("Overdue?")
    with at(timezone.now() - timedelta(days=400)):
        sign_off(reviewer, page)
    return page


def test_what_has_changed_since_the_last_sign_off_is_marked(desk, reviewer):
    page = factories.question(short_answer="<p>No driving for 24 hours.</p>")
    sign_off(reviewer, page)
    edit(page, short_answer="<p>No driving for 48 hours.</p>")
    soup = BeautifulSoup(opened(desk)["html"], "html.parser").select_one(".review-changes")
    assert "24" in soup.find("del").get_text()
    assert "48" in soup.find("ins").get_text()


def test_the_text_is_shown_as_readers_see_it(desk):
    page = factories.question()
    frame = BeautifulSoup(opened(desk)["html"], "html.parser").iframe
    assert frame["src"] == page.url
    assert frame["title"]


def test_later_puts_a_page_behind_the_others_and_not_off_the_list(desk):
    first, second = factories.question(), factories.question()
    decide(desk, "later")
    assert page_of(opened(desk)) == second
    decide(desk, "later")
    assert page_of(opened(desk)) == first


def test_changes_asked_for_take_a_page_out_of_the_queue_until_it_is_edited(desk):
    page = factories.question()
    decide(desk, "changes-requested", comment="Say how long.")
    assert opened(desk) is None
    edit(page, short_answer="<p>For 24 hours.</p>")
    assert page_of(opened(desk)) == page


@pytest.mark.parametrize(
    ("decision", "more", "message"),
    [
        ("changes-requested", {"comment": "  "}, "the comment is empty"),
        ("", {}, "choose one of the three buttons"),
        ("published", {}, "choose one of the three buttons"),
        ("signed-off", {"seen": "forged"}, "has changed since you opened it"),
        ("signed-off", {"seen": ""}, "has changed since you opened it"),
        ("signed-off", {"newest": "9" * 30}, "Read it again"),
        ("signed-off", {"newest": "one"}, "Read it again"),
    ],
)
def test_wrong_input_decides_nothing_and_says_why(decision, more, message, desk):
    factories.question()
    answer = decide(desk, decision, **more)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not ReviewDecision.objects.exists()


def test_a_comment_stays_when_the_text_has_changed_meanwhile(desk):
    page = factories.question()
    shown = opened(desk)
    edit(page, short_answer="<p>Edited meanwhile.</p>")
    answer = decide(desk, "changes-requested", shown, comment="Say how long.")
    assert "has changed since you opened it" in messages_in(answer)
    assert "Say how long." in answer.content.decode()


def test_two_who_sign_at_once_sign_once(desk, reviewer):
    factories.question()
    other = factories.reviewer("Sam Example", "DO")
    shown = opened(desk)
    sign_off(other, page_of(shown))
    answer = decide(desk, "signed-off", shown)
    assert "Sam Example decided about" in messages_in(answer)
    assert ReviewDecision.objects.count() == 1


@pytest.mark.parametrize("group", ["Authors", "Publishers"])
def test_the_queue_is_for_reviewers(group, site, client):
    page = factories.question()
    client.force_login(factories.member(group))
    for url in (QUEUE, f"{QUEUE}{page.pk}/"):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"decision": "signed-off"}).status_code in (302, 403, 405)
    assert not ReviewDecision.objects.exists()


def test_a_reviewer_without_a_page_reads_and_is_told_why_they_cannot_sign(site, client):
    page = factories.question()
    client.force_login(factories.member("Clinical reviewers"))
    html = client.get(f"{QUEUE}{page.pk}/").content.decode()
    assert "Your account is not linked to a page under People" in html
    assert BeautifulSoup(html, "html.parser").select_one("button[value=signed-off]").has_attr("disabled")


@pytest.mark.parametrize("make", [lambda: 999999, lambda: factories.home().pk, lambda: factories.standard("Terms").pk])
def test_only_clinical_pages_can_be_opened_in_the_queue(make, desk):
    assert desk.get(f"{QUEUE}{make()}/").status_code == 404


def submitted(page):
    page.save_revision()
    page.get_workflow().start(page, factories.member("Authors"))
    return FAQEntryPage.objects.get(pk=page.pk)


def test_a_draft_that_waits_for_approval_comes_first_and_goes_on_to_the_publisher(desk):
    factories.question()
    page = submitted(factories.question(live=False))
    shown = opened(desk)
    assert page_of(shown) == page
    assert "Waiting for your approval" in shown["html"]
    decide(desk, "signed-off", shown)
    assert page_of(opened(desk)) != page
    page = FAQEntryPage.objects.get(pk=page.pk)
    assert page.current_workflow_task.name == "Approval by a publisher"
    page.get_latest_revision().publish()
    assert FAQEntryPage.objects.get(pk=page.pk).review.name == "Robin Example"


def test_who_cannot_sign_off_is_not_offered_it_in_the_editor(desk, reviewer):
    page = submitted(factories.question(live=False))
    task = page.current_workflow_task
    assert task.get_actions(page, reviewer)
    for user in (factories.member("Clinical reviewers"), factories.reviewer(credentials=""), factories.administrator()):
        assert task.get_actions(page, user) == []


def test_a_draft_that_is_sent_back_returns_to_its_author_with_the_comment(desk):
    page = submitted(factories.question(live=False))
    decide(desk, "changes-requested", comment="Say how long.")
    page = FAQEntryPage.objects.get(pk=page.pk)
    assert page.current_workflow_state.status == "needs_changes"
    assert page.current_workflow_state.current_task_state.comment == "Say how long."
    assert ReviewDecision.objects.get().comment == "Say how long."


def test_a_draft_edited_while_it_is_read_is_not_signed_off(desk):
    page = submitted(factories.question(live=False))
    shown = opened(desk)
    page.short_answer = "<p>Edited meanwhile.</p>"
    page.save_revision()
    assert "has changed since you opened it" in messages_in(decide(desk, "signed-off", shown))
    assert not ReviewDecision.objects.exists()


def test_reviewers_are_written_to_when_a_text_waits_for_them_and_nobody_else_is(desk, reviewer):
    factories.member("Clinical reviewers")  # without a page: cannot sign off
    submitted(factories.question("Waiting?", live=False))
    about = [row for row in QueuedMail.objects.all() if "Waiting?" in row.subject]
    recipients = [address for row in about for address in row.recipients] + [
        address for message in mail.outbox if "Waiting?" in message.subject for address in message.to
    ]
    assert recipients == [reviewer.email]


def test_a_page_that_needs_no_review_passes_the_step_of_the_reviewer(reviewer):
    page = factories.standard("Terms", live=False)
    page.save_revision()
    page.get_workflow().start(page, factories.member("Authors"))
    assert type(page).objects.get(pk=page.pk).current_workflow_task.name == "Approval by a publisher"


def test_without_any_reviewer_the_step_is_passed(site):
    page = submitted(factories.question(live=False))
    assert page.current_workflow_task.name == "Approval by a publisher"


# --- The board ------------------------------------------------------------------


@pytest.fixture
def standings(reviewer):
    """A page in each standing, by its name."""
    pages = {name: factories.question(f"{name}?") for name in ("never", "edited", "reviewed", "requests")}
    for name, days in (("overdue", 400), ("due-7", 360), ("due-30", 340), ("due-60", 310)):
        pages[name] = factories.question(f"{name}?")
        with at(timezone.now() - timedelta(days=days)):
            sign_off(reviewer, pages[name])
    for name in ("edited", "reviewed"):
        sign_off(reviewer, pages[name])
    edit(pages["edited"], short_answer="<p>Another answer.</p>")
    ask_for_changes(reviewer, pages["requests"], "Say how long.")
    return pages


def titles(answer):
    soup = BeautifulSoup(answer.content, "html.parser")
    return {cell.get_text(" ", strip=True) for cell in soup.select("td.title .title-wrapper")}


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        ("never", {"never?", "requests?"}),
        ("edited", {"edited?"}),
        ("overdue", {"overdue?"}),
        ("due-7", {"due-7?"}),
        ("due-30", {"due-30?"}),
        ("due-60", {"due-60?"}),
        ("reviewed", {"reviewed?", "due-7?", "due-30?", "due-60?"}),
        ("requests", {"requests?"}),
    ],
)
def test_the_board_filters_by_standing(standing, found, standings, desk):
    assert titles(desk.get(f"{BOARD}?standing={standing}")) == found


def test_the_board_filters_by_topic_owner_and_reviewer(desk, reviewer):
    owner = factories.member("Authors")
    page = factories.question("Mine?", topic=factories.topic("one"), owner=owner)
    other = factories.question("Not mine?", topic=factories.topic("two"))
    sign_off(reviewer, page)
    assert titles(desk.get(f"{BOARD}?topic={page.topic_id}")) == {"Mine?"}
    assert titles(desk.get(f"{BOARD}?owner={owner.pk}")) == {"Mine?"}
    assert titles(desk.get(f"{BOARD}?reviewer=robin")) == {"Mine?"}
    assert titles(desk.get(BOARD)) == {"Mine?", "Not mine?"}
    other.unpublish()
    assert titles(desk.get(BOARD)) == {"Mine?"}


ORDERINGS = [
    "page__title",
    "state",
    "sign_off__name",
    "sign_off__decided_at",
    "edited_at",
    "due_on",
    "page__owner__last_name",
]


@pytest.mark.each_database
@pytest.mark.parametrize("ordering", [*ORDERINGS, *(f"-{name}" for name in ORDERINGS), "nonsense"])
def test_the_board_is_ordered_by_each_column(ordering, standings, desk):
    answer = desk.get(f"{BOARD}?ordering={ordering}")
    assert answer.status_code == 200
    assert len(titles(answer)) == 8


def test_each_column_of_the_board_that_can_be_ordered_is_tried():
    from reviews.reports import BoardView

    assert [column.sort_key for column in BoardView.columns if column.sort_key] == ORDERINGS


@pytest.mark.parametrize("query", ["standing=nonsense", "topic=x", "owner=0", "owner=x", "p=99", "reviewer=%00"])
def test_the_board_answers_whatever_is_asked(query, desk):
    factories.question()
    assert desk.get(f"{BOARD}?{query}").status_code in (200, 404)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_board_is_exported(file_format, standings, desk):
    answer = desk.get(f"{BOARD}?export={file_format}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content
    if file_format == "csv":
        assert "Robin Example, MD" in content.decode()
        assert "edited?,Edited since its review" in content.decode()


def test_the_board_takes_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.question()
    desk.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        desk.get(BOARD)
    for _ in range(15):
        factories.question()
    # The topic of a question is asked for with its page.
    with CaptureQueriesContext(connection) as many:
        desk.get(BOARD)
    assert len(many) <= len(few)


def test_the_board_shows_only_pages_that_one_may_edit(site, client):
    factories.question()
    user = factories.member()
    client.force_login(user)
    assert client.get(BOARD).status_code in (302, 403)


# --- The home of the desk -------------------------------------------------------


def home_of(user):
    client = Client()
    client.force_login(user)
    return " ".join(BeautifulSoup(client.get("/admin/").content, "html.parser").main.get_text(" ").split())


def test_the_home_of_the_desk_counts_reviews_in_one_line(standings, reviewer):
    assert "Clinical review: 2 never reviewed, 1 edited since, 1 overdue" in home_of(reviewer)
    assert "Answer a reviewer on 1 page" in home_of(factories.member("Authors"))


def test_without_a_reviewer_the_line_says_what_it_takes(site):
    factories.question()
    assert "Nobody can review yet." in home_of(factories.administrator())


def test_on_a_public_site_the_line_says_so(site, monkeypatch, reviewer):
    monkeypatch.setattr("editorial.page_tasks.is_public_site", lambda: True)
    factories.question()
    assert "This site is public, and readers see texts that nobody has reviewed." in home_of(reviewer)


# --- The weekly mail ------------------------------------------------------------

MONDAY = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # eight in the morning in California


def mails():
    return list(QueuedMail.objects.values_list("subject", "recipients"))


@pytest.mark.each_database
def test_the_weekly_mail_is_sent_once_however_often_the_runner_comes_by(reviewer):
    factories.question("Never read?")
    for minutes in (0, 1, 600, 4000):
        with at(MONDAY + timedelta(minutes=minutes)):
            run_jobs()
    sent = [row for row in QueuedMail.objects.all() if row.subject == "Clinical reviews this week"]
    assert len(sent) + len(mail.outbox) == 1


def run_at(moment):
    """How many weekly mails there are after a round of the runner."""
    with at(moment):
        run_jobs()
    return CompletedRound.objects.filter(kind="digest").count()


def test_a_week_in_which_the_runner_stood_still_loses_nothing(reviewer):
    factories.question("Never read?")
    assert run_at(MONDAY - timedelta(hours=2)) == 0
    assert run_at(MONDAY + timedelta(days=4)) == 1
    assert run_at(MONDAY + timedelta(days=20)) == 2


def test_the_mail_names_what_is_to_be_done_and_leads_to_the_queue(standings):
    from reviews.digest import compose

    text = compose()
    assert "Never reviewed: 2\n  - never?" in text
    assert "Overdue: 1\n  - overdue?" in text
    assert "Due within 30 days: 1" in text
    assert text.endswith("/admin/reviews/queue/")


def test_there_is_no_mail_where_nothing_is_to_be_done(reviewer):
    sign_off(reviewer, factories.question())
    with at(MONDAY):
        run_jobs()
    assert not QueuedMail.objects.filter(subject="Clinical reviews this week").exists()
    assert not mail.outbox


def test_the_editor_tells_where_the_review_stands(desk, reviewer):
    page = overdue()
    html = " ".join(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode().split())
    assert "Signed off by Robin Example, MD on" in html
    assert "The next review was due on" in html


# --- Found by fresh eyes --------------------------------------------------------


def test_a_comment_is_there_still_when_one_comes_back_later(desk):
    factories.question()
    decide(desk, "later", comment="Say how long.")
    assert "Say how long." in opened(desk)["html"]


def test_a_control_character_in_a_comment_is_no_error(desk):
    factories.question()
    decide(desk, "changes-requested", comment="Say\x00 how long.")
    assert ReviewDecision.objects.get().comment == "Say how long."


def test_a_draft_that_readers_do_not_see_is_shown_as_it_is_typed(desk):
    page = factories.question(live=False)
    frame = BeautifulSoup(desk.get(f"{QUEUE}{page.pk}/").content, "html.parser").iframe
    assert desk.get(frame["src"]).status_code == 200


def test_a_draft_that_begins_to_speak_of_treatment_can_be_reviewed(desk):
    page = factories.standard()
    page.is_clinical_text = True
    page.save_revision()
    page.get_workflow().start(page, factories.member("Authors"))
    shown = opened(desk)
    assert shown["address"] == f"{QUEUE}{page.pk}/"
    decide(desk, "signed-off", shown)
    assert ReviewDecision.objects.get().page_key == page.pk


def test_an_alias_is_reviewed_in_the_queue_where_it_was_written(desk):
    page = factories.standard(is_clinical_text=True)
    alias = page.create_alias(parent=factories.home(), update_slug="alias")
    answer = desk.get(f"{QUEUE}{alias.pk}/", follow=True)
    assert answer.request["PATH_INFO"] == f"{QUEUE}{page.pk}/"


def approve_in_the_dialog(desk, page, state):
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return desk.post(url, {"next": "/admin/"}, follow=True)


def test_nobody_approves_in_the_dialog_what_was_edited_since_it_was_sent(desk):
    page = submitted(factories.question(live=False))
    page.short_answer = "<p>Unseen.</p>"
    page.save_revision(user=factories.member("Publishers"))
    answer = approve_in_the_dialog(desk, page, page.current_workflow_task_state)
    assert "Read it in the review queue." in answer.content.decode()
    assert not ReviewDecision.objects.exists()


def test_a_step_that_is_done_is_decided_once(desk, site):
    page = submitted(factories.question(live=False))
    state = page.current_workflow_task_state
    approve_in_the_dialog(desk, page, state)
    other = Client()
    other.force_login(factories.reviewer("Sam Example", "DO"))
    approve_in_the_dialog(other, page, state)
    assert ReviewDecision.objects.get().name == "Robin Example"


def test_the_weekly_mail_goes_to_every_reviewer(reviewer):
    other = factories.reviewer("Sam Example", "DO")
    factories.question("Never read?")
    digest._send(MONDAY.date())
    recipients = {address for _subject, addresses in mails() for address in addresses}
    recipients |= {address for message in mail.outbox for address in message.to}
    assert recipients == {reviewer.email, other.email}
