"""With the clinic's setting on, no way leads an unreviewed clinical text to readers."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import wagtail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

import starter.loader
from faq.models import FAQEntryPage
from jobs.runner import run_jobs
from publishing.exceptions import PublishingBlocked
from reviews.board import past_the_gate
from reviews.checks import clinical_pages_are_reviewed
from reviews.sign_off import ask_for_changes, sign_off
from tests import factories
from tests.forms import messages_in, send
from tests.moments import at
from tests.test_review_record import edit
from trash.moving import bring_back, put_in_trash

ROLES = ["Authors", "Clinical reviewers", "Publishers", "Administrators"]


@pytest.fixture
def gate(site):
    """The clinic asks for a review before readers see a clinical page."""
    factories.clinic(clinical_review_required=True)


def signed_in(group):
    client = Client()
    client.force_login(factories.member(group))
    return client


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft():
    return factories.question(live=False, short_answer="<p>Unread.</p>")


# Each way takes somebody signed in and a draft, and does what it takes to have it published.


def by_the_editor(client, page):
    send(client, editor(page), **{"body-count": "0", "action-publish": "1"})


def by_schedule(client, page):
    later = timezone.localtime() + timedelta(hours=1)
    send(client, editor(page), **{"go_live_at": f"{later:%m/%d/%Y %I:%M %p}", "body-count": "0", "action-publish": "1"})
    with at(later + timedelta(hours=1)):
        run_jobs()


def by_an_earlier_version(client, page):
    revision = page.latest_revision
    page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    if client.get(url).status_code == 200:
        send(client, url, **{"body-count": "0", "action-publish": "1"})


def by_copying(client, page):
    Page.objects.filter(pk=page.pk).update(live=True)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Copy?", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": "on"}
    client.post(url, data)
    Page.objects.filter(pk=page.pk).update(live=False)


def by_the_bulk_action(client, page):
    url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={page.pk}"
    client.post(url)


def by_publishing_again(client, page):
    client.post(reverse("republish", args=[page.pk]))


def by_approving(client, page):
    workflow = page.get_workflow()
    workflow.start(page, None)
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(url, {"next": "/admin/"})


def by_creating(client, page):
    url = reverse("wagtailadmin_pages:add", args=["faq", "faqentrypage", factories.faq_index().pk])
    if client.get(url).status_code == 200:
        typed = {"title": "New?", "slug": "new", "topic": factories.topic().pk, "body-count": "0"}
        send(client, url, **typed, **{"action-publish": "1"})


WAYS = {
    "editor": by_the_editor,
    "schedule": by_schedule,
    "earlier version": by_an_earlier_version,
    "copy": by_copying,
    "bulk action": by_the_bulk_action,
    "publish again": by_publishing_again,
    "approval": by_approving,
    "new page": by_creating,
}
# Who gets an unreviewed draft to readers: with the setting off, and with it on. A row a way, written by hand.
# A: Authors, C: Clinical reviewers, P: Publishers, D: Administrators.
EXPECTED = {
    "editor": ("PD", ""),
    "schedule": ("PD", ""),
    "earlier version": ("PD", ""),
    "copy": ("PD", ""),
    "bulk action": ("PD", ""),
    "publish again": ("PD", ""),
    "approval": ("PD", ""),
    "new page": ("PD", ""),
}


def published_questions():
    return set(FAQEntryPage.objects.filter(live=True).values_list("title", flat=True))


@pytest.mark.parametrize("is_on", [False, True], ids=["off", "on"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("way", WAYS)
def test_who_can_bring_an_unreviewed_text_to_readers_in_which_way(way, role, is_on, site):
    page = draft()
    if way == "publish again":
        page = factories.publish(page)
        page.unpublish()
        page = FAQEntryPage.objects.get(pk=page.pk)
        page.save_revision()
    if is_on:
        factories.clinic(clinical_review_required=True)
    before = published_questions()
    WAYS[way](signed_in(role), page)
    reached = published_questions() - before
    letter = {"Authors": "A", "Clinical reviewers": "C", "Publishers": "P", "Administrators": "D"}[role]
    assert bool(reached) == (letter in EXPECTED[way][is_on])


def calls_that_publish(root):
    """{(module, function)} below a folder in which a page or record may be published or copied alive."""
    names = {"publish", "PublishPageRevisionAction", "PublishRevisionAction", "CopyPageAction", "CreatePageAliasAction"}
    found = set()
    for file in sorted(root.rglob("*.py")):
        if {"test", "tests", "migrations", "node_modules", ".venv"} & set(file.relative_to(root).parts):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in names:
                        found.add(f"{file.relative_to(root).with_suffix('')}:{function.name}")
    return found


# Every place that publishes or copies alive, and which of the ways above, or which test below, goes through it.
OURS = {
    "publishing/records:publish": "",  # records, which are no pages
    "publishing/scheduling:_publish": "schedule",
    "publishing/unpublished_pages:republish": "publish again",
    "starter/loader:load": "test_the_starter_texts_are_refused_by_the_gate",
    "starter/loader:publish": "test_the_starter_texts_are_refused_by_the_gate",
    "trash/moving:_publish_again": "test_out_of_the_trash_it_needs_a_review",
}
WAGTAILS = {
    "admin/api/actions/copy:_action_from_data": "test_the_admin_s_api_is_no_way_around_the_gate",
    "admin/api/actions/create_alias:_action_from_data": "test_the_admin_s_api_is_no_way_around_the_gate",
    "admin/api/actions/publish:_action_from_data": "test_the_admin_s_api_is_no_way_around_the_gate",
    "admin/views/generic/mixins:publish_action": "",  # records, which are no pages
    "admin/views/pages/bulk_actions/publish:execute_action": "bulk action",
    "admin/views/pages/copy:copy": "copy",
    "admin/views/pages/create:publish_action": "new page",
    "admin/views/pages/edit:publish_action": "editor",
    "management/commands/publish_scheduled:handle": "test_commands_and_code_are_no_way_around_the_gate",
    "models/draft_state:publish": "",
    "models/pages:copy": "test_commands_and_code_are_no_way_around_the_gate",
    "models/pages:create_alias": "test_commands_and_code_are_no_way_around_the_gate",
    "models/pages:publish": "editor",
    "models/revisions:publish": "test_commands_and_code_are_no_way_around_the_gate",
    "workflows:publish_workflow_state": "approval",
}


@pytest.mark.parametrize(
    ("root", "listed"),
    [(Path(__file__).resolve().parent.parent, OURS), (Path(wagtail.__file__).parent, WAGTAILS)],
    ids=["ours", "wagtail"],
)
def test_a_new_way_to_publish_is_listed_before_it_is_built(root, listed):
    found = {door for door in calls_that_publish(root) if not door.startswith(("tests/", "tools/", ".", "var/"))}
    assert {door for door in found if "/tests:" not in door} == listed.keys()
    assert all(not way or way in WAYS or way in globals() for way in listed.values())


def blocked(act):
    with pytest.raises(PublishingBlocked, match="no clinical reviewer has signed off this text"):
        act()


def scheduled(page):
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)


@pytest.mark.each_database
def test_commands_and_code_are_no_way_around_the_gate(gate):
    page = draft()
    blocked(lambda: page.latest_revision.publish())

    def save_live():
        page.live = True
        page.save()

    blocked(save_live)
    page = FAQEntryPage.objects.get(pk=page.pk)
    scheduled(page)
    blocked(lambda: call_command("publish_scheduled"))
    read = signed_off()
    blocked(lambda: read.copy(update_attrs={"slug": "copy"}, keep_live=True))
    new = FAQEntryPage(title="New?", slug="new", topic=factories.topic(), short_answer="<p>Unread.</p>")
    blocked(lambda: factories.faq_index().add_child(instance=new))
    standard = factories.standard(live=False, is_clinical_text=True)
    Page.objects.filter(pk=standard.pk).update(live=True)
    standard = type(standard).objects.get(pk=standard.pk)
    blocked(lambda: standard.create_alias(parent=factories.home(), update_slug="alias"))
    assert not FAQEntryPage.objects.filter(live=True).exclude(pk=read.pk).exists()


def test_the_admin_s_api_is_no_way_around_the_gate(gate):
    page, read = draft(), signed_off()
    client = signed_in("Administrators")
    for action, of, data in (
        ("publish", page, {}),
        ("copy", read, {"destination_page_id": read.get_parent().pk, "slug": "copy", "keep_live": True}),
        ("create_alias", page, {"destination_page_id": factories.home().pk, "update_slug": "alias"}),
    ):
        url = reverse("wagtailadmin_api:pages:action", args=[of.pk, action])
        assert client.post(url, data).status_code != 500
    assert set(FAQEntryPage.objects.filter(live=True)) == {read}


def test_the_starter_texts_are_refused_by_the_gate(gate, small_content, empty_site):
    with pytest.raises(PublishingBlocked):
        starter.loader.load(small_content)


def signed_off(**fields):
    """A question that a clinician signed off as a draft, and that was published then."""
    page = factories.question(live=False, **fields)
    sign_off(factories.reviewer(), page, page.save_revision())
    page.get_latest_revision().publish()
    return FAQEntryPage.objects.get(pk=page.pk)


def test_what_a_clinician_signed_off_is_published(gate):
    assert signed_off().live


def test_an_edit_after_the_sign_off_waits_for_the_next(gate):
    page = signed_off()
    blocked(lambda: edit(page, short_answer="<p>Another answer.</p>"))


def test_what_readers_see_already_may_stay(site):
    page = factories.question("Unread, and live?")
    factories.clinic(clinical_review_required=True)
    page = edit(page, topic=factories.topic("another"))
    assert page.topic.slug == "another"
    blocked(lambda: edit(page, short_answer="<p>Another answer.</p>"))


def test_a_draft_of_a_live_page_is_saved_whatever_it_says(gate):
    page = signed_off()
    typed = {"title": "What I typed?", "body-count": "0"}
    send(signed_in("Authors"), editor(page), **typed)
    page = FAQEntryPage.objects.get(pk=page.pk)
    assert page.get_latest_revision().as_object().title == "What I typed?"
    assert page.title != "What I typed?"


def test_taken_down_it_needs_a_review_to_come_back(site):
    page = factories.question()
    factories.clinic(clinical_review_required=True)
    page.unpublish()
    blocked(lambda: page.get_latest_revision().publish())


def test_out_of_the_trash_it_needs_a_review(site):
    page, signed = factories.question(title="Unread?"), factories.question()
    sign_off(factories.reviewer(), signed)
    factories.clinic(clinical_review_required=True)
    why = [bring_back(put_in_trash(row), factories.faq_index()) for row in (page, signed)]
    assert "“Unread?” is a draft now: no clinical reviewer has signed off" in why[0][0]
    assert why[1] == []
    assert [FAQEntryPage.objects.get(pk=row.pk).live for row in (page, signed)] == [False, True]


def test_pages_that_do_not_speak_of_treatment_pass(gate):
    assert factories.standard("Terms").live
    assert factories.article(is_clinical_text=False).live
    assert factories.person().live


def test_the_editor_says_why_and_keeps_what_was_typed(gate):
    page = draft()
    answer = send(
        signed_in("Publishers"), editor(page), **{"title": "What I typed?", "body-count": "0", "action-publish": "1"}
    )
    assert "no clinical reviewer has signed off this text" in messages_in(answer)
    assert "What I typed?" in answer.content.decode()


def test_a_typo_waved_through_passes_the_gate(gate):
    page = signed_off(title="Is it saef?")
    typed = {"title": "Is it safe?", "keeps_review": "on", "body-count": "0", "action-publish": "1"}
    send(signed_in("Publishers"), editor(page), **typed)
    assert FAQEntryPage.objects.get(pk=page.pk).title == "Is it safe?"


def test_the_tick_alone_passes_nothing_that_was_never_reviewed(gate):
    page = draft()
    typed = {"keeps_review": "on", "body-count": "0", "action-publish": "1"}
    send(signed_in("Publishers"), editor(page), **typed)
    assert not FAQEntryPage.objects.get(pk=page.pk).live


def test_copying_alive_says_why_not_and_copies_nothing(gate):
    page = signed_off()
    client = signed_in("Publishers")
    data = {"new_title": "Copy?", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": "on"}
    answer = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data, follow=True)
    assert "Nothing was copied." in answer.content.decode()
    del data["publish_copies"]
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data, follow=True)
    assert not FAQEntryPage.objects.get(slug="copy").live


def test_a_workflow_with_a_reviewer_leads_from_the_author_to_readers(gate):
    page = draft()
    reviewer = factories.reviewer()
    send(signed_in("Authors"), editor(page), **{"body-count": "0", "action-submit": "1"})
    client = Client()
    client.force_login(reviewer)
    for who in (client, signed_in("Publishers")):
        page = FAQEntryPage.objects.get(pk=page.pk)
        state = page.current_workflow_task_state
        who.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {"next": "/admin/"}
        )
    page = FAQEntryPage.objects.get(pk=page.pk)
    assert page.live
    assert page.review.name == "Robin Example"


def test_live_rows_that_passed_no_gate_are_on_the_board(gate, client):
    page = draft()
    Page.objects.filter(pk=page.pk).update(live=True)
    assert list(past_the_gate(Page.objects.all())) == [Page.objects.get(pk=page.pk)]
    client.force_login(factories.administrator())
    assert "Live past every check" in client.get("/admin/reports/clinical-reviews/").content.decode()
    signed_off()
    assert len(past_the_gate(Page.objects.all())) == 1


@pytest.mark.parametrize(
    ("https", "host", "warned"),
    [(True, "www.example.org", True), (False, "www.example.org", False), (True, "localhost", False)],
)
def test_deploying_a_public_site_with_unreviewed_pages_is_warned_of(https, host, warned, site, settings):
    settings.IS_HTTPS, settings.SITE_HOST = https, host
    factories.question()
    assert bool(clinical_pages_are_reviewed()) == warned


def test_deploying_reviewed_pages_is_warned_of_by_nothing(site, settings):
    settings.IS_HTTPS, settings.SITE_HOST = True, "www.example.org"
    sign_off(factories.reviewer(), factories.question())
    assert clinical_pages_are_reviewed() == []


# --- Found by fresh eyes --------------------------------------------------------


def test_the_tick_alone_passes_nothing_on_a_live_page_that_was_never_reviewed(site):
    page = factories.question("Unread?")
    factories.clinic(clinical_review_required=True)
    typed = {"title": "Still unread?", "keeps_review": "on", "body-count": "0", "action-publish": "1"}
    send(signed_in("Publishers"), editor(page), **typed)
    assert FAQEntryPage.objects.get(pk=page.pk).title == "Unread?"


def test_a_text_does_not_pass_by_speaking_of_something_else_for_a_moment(gate):
    page = factories.standard(is_clinical_text=False)
    edit(page, summary="Nobody has read this.")
    blocked(lambda: edit(page, is_clinical_text=True))


def test_a_page_saved_as_no_more_than_a_page_passes_the_gate(gate):
    page = Page.objects.get(pk=draft().pk)
    page.live = True
    blocked(page.save)


def test_what_some_people_could_read_is_not_what_readers_see(site):
    page = factories.question()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    factories.clinic(clinical_review_required=True)
    blocked(lambda: edit(page, topic=factories.topic("another")))


def test_an_expired_text_needs_a_review_to_come_back(site):
    page = factories.question(expire_at=timezone.now() + timedelta(hours=1))
    factories.clinic(clinical_review_required=True)
    with at(timezone.now() + timedelta(hours=2)):
        blocked(lambda: edit(page, expire_at=None))


def test_a_text_about_which_changes_are_asked_for_waits(gate):
    page = factories.question(live=False)
    revision, reviewer = page.save_revision(), factories.reviewer()
    sign_off(reviewer, page, revision)
    ask_for_changes(reviewer, page, "Say how long.", revision)
    blocked(revision.publish)


def test_an_alias_of_what_was_signed_off_passes(gate):
    page = factories.standard(live=False, is_clinical_text=True)
    sign_off(factories.reviewer(), page, page.save_revision())
    page.get_latest_revision().publish()
    assert type(page).objects.get(pk=page.pk).create_alias(parent=factories.home(), update_slug="alias").live


def test_what_came_to_readers_past_every_check_stays_on_the_board(gate):
    page = draft()
    Page.objects.filter(pk=page.pk).update(live=True)
    run_jobs()
    with at(timezone.now() + timedelta(days=1)):
        run_jobs()
    assert list(past_the_gate(Page.objects.all())) == [Page.objects.get(pk=page.pk)]
    blocked(lambda: edit(page, topic=factories.topic("another")))


def test_what_was_taken_down_and_made_live_again_by_hand_is_on_the_board(site):
    page = factories.question()
    page.unpublish()
    Page.objects.filter(pk=page.pk).update(live=True)
    assert len(past_the_gate(Page.objects.all())) == 1


def test_who_approves_a_page_that_waits_no_more_is_told(site):
    page = factories.question()
    data = {"body-count": "0", "action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = send(signed_in("Publishers"), editor(page), **data)
    assert answer.status_code == 200
    assert "is no longer waiting for approval" in messages_in(answer)
