"""Who may sign off what, and what a sign-off covers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from archive.wording import wording_of, words_of_page
from clinic.models import ClinicSettings
from faq.models import FAQEntryPage
from people.models import Authorship
from reviews.board import condition
from reviews.models import ReviewDecision, ReviewStatus
from reviews.reviewers import NotAReviewer, reviewers
from reviews.sign_off import TextChanged, ask_for_changes, keep_review, sign_off
from reviews.status import add_months
from tests import factories
from tests.forms import fields_of, messages_in, send
from tests.moments import at
from tests.test_review_record import change_value, edit

State = ReviewStatus.State


def status_of(page):
    return ReviewStatus.objects.get(page=page.pk)


def state_of(page):
    return status_of(page).state


# --- Who ------------------------------------------------------------------------


def without_page():
    return factories.member("Clinical reviewers")


def without_credentials():
    return factories.reviewer(credentials="")


def without_role():
    user = factories.member("Publishers")
    factories.person(credentials="MD", user=user)
    return user


def deactivated():
    user = factories.reviewer()
    user.is_active = False
    user.save()
    return user


def with_page_deleted():
    user = factories.reviewer()
    user.person_page.delete()
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize("make", [without_page, without_credentials, without_role, deactivated, with_page_deleted])
def test_who_is_no_reviewer_is_told_why_and_nothing_is_written(make, site):
    page = factories.question()
    with pytest.raises(NotAReviewer) as refusal:
        sign_off(make(), page)
    assert len(str(refusal.value)) > 30
    assert not ReviewDecision.objects.exists()
    assert make() not in reviewers()


def test_a_sign_off_keeps_name_and_credentials_as_they_were(site):
    page = factories.question()
    user = factories.reviewer("Robin Example", "MD")
    decision = sign_off(user, page)
    edit(user.person_page, title="Robin Sample", credentials="DO")
    decision.refresh_from_db()
    assert decision.named == "Robin Example, MD"


def test_the_only_reviewer_may_sign_off_their_own_text_and_it_is_recorded(site):
    user = factories.reviewer()
    page = factories.question(live=False)
    page.authorships.create(person=user.person_page)
    page = factories.publish(page)
    assert sign_off(user, page).is_own_text


@pytest.mark.parametrize("way", ["author", "editor"])
def test_with_two_reviewers_nobody_signs_off_what_they_wrote(way, site):
    user, other = factories.reviewer(), factories.reviewer("Sam Example", "DO")
    page = factories.question(live=False)
    if way == "author":
        page.authorships.create(person=user.person_page)
        page = factories.publish(page)
    else:
        page.save_revision(user=user).publish()
    with pytest.raises(NotAReviewer, match="another reviewer"):
        sign_off(user, page)
    assert not sign_off(other, page).is_own_text


def test_an_edit_before_the_last_sign_off_does_not_count(site):
    user, other = factories.reviewer(), factories.reviewer("Sam Example", "DO")
    page = factories.question()
    page.save_revision(user=user).publish()
    sign_off(other, page)
    assert not sign_off(user, FAQEntryPage.objects.get(pk=page.pk)).is_own_text


# --- What it covers -------------------------------------------------------------


def test_a_page_is_reviewed_once_it_is_signed_off(site):
    page = factories.question()
    assert state_of(page) == State.NEVER
    sign_off(factories.reviewer(), page)
    assert state_of(page) == State.REVIEWED


EDITS = {
    "short answer": lambda page: edit(page, short_answer="<p>Another answer.</p>"),
    "question": lambda page: edit(page, title="Another question?"),
    "full answer": lambda page: edit(page, body=factories.paragraph("<p>More of it.</p>")),
    "summary": lambda page: edit(page, summary="Another summary."),
    "description of a picture": lambda page: edit(page, body=[factories.figure("Another room")]),
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_an_edit_ends_the_review_and_never_renews_it(change, site):
    page = factories.question()
    decision = sign_off(factories.reviewer(), page)
    change(page)
    status = status_of(page)
    assert (status.state, status.sign_off) == (State.EDITED, decision)
    assert status.edited_at is not None


NO_EDITS = {
    "published again": lambda page: factories.publish(FAQEntryPage.objects.get(pk=page.pk)),
    "topic": lambda page: edit(page, topic=factories.topic("another")),
    "patients' words": lambda page: edit(page, patients_words="am i safe"),
    "address": lambda page: edit(page, slug="another-address"),
    "interval": lambda page: edit(page, review_interval=6),
    "markup": lambda page: edit(page, short_answer='<p data-block-key="x1">A short answer.</p>'),
    "disclaimer": lambda page: factories.disclaimer("Another notice."),
    "draft": lambda page: page.save_revision(),
}


@pytest.mark.parametrize("change", NO_EDITS.values(), ids=NO_EDITS)
def test_what_does_not_change_the_text_leaves_the_review(change, site):
    page = factories.question()
    sign_off(factories.reviewer(), page)
    change(page)
    assert state_of(page) == State.REVIEWED


def test_going_back_to_the_text_that_was_signed_brings_its_review_back(site):
    page = factories.question(short_answer="<p>Signed.</p>")
    sign_off(factories.reviewer(), page)
    edit(page, short_answer="<p>Not signed.</p>")
    edit(page, short_answer="<p>Signed.</p>")
    assert state_of(page) == State.REVIEWED


def test_a_draft_signed_off_before_publishing_is_reviewed_from_the_start(site):
    page = factories.question(live=False)
    revision = page.save_revision()
    sign_off(factories.reviewer(), page, revision)
    assert not ReviewStatus.objects.filter(page=page.pk, state=State.REVIEWED).exists()
    revision.publish()
    assert state_of(page) == State.REVIEWED


def test_signing_a_draft_says_nothing_of_what_readers_see(site):
    page = factories.question(short_answer="<p>Old and unread.</p>")
    page.short_answer = "<p>New.</p>"
    sign_off(factories.reviewer(), page, page.save_revision())
    assert state_of(page) == State.NEVER


def test_a_copy_has_no_sign_off(site):
    page = factories.question()
    sign_off(factories.reviewer(), page)
    copy = page.copy(update_attrs={"slug": "copy", "title": page.title}, keep_live=True)
    assert words_of_page(copy.specific) == words_of_page(page)
    assert state_of(copy) == State.NEVER


def test_a_fact_that_changes_ends_the_review_of_the_pages_that_state_it(site):
    fact = factories.fact(value="24 hours")
    page = factories.question(short_answer=f"<p>Not for {factories.fact_token(fact)}.</p>")
    sign_off(factories.reviewer(), page)
    change_value(fact, "48 hours")
    assert state_of(page) == State.EDITED


# --- No change of meaning -------------------------------------------------------


def test_a_typo_waved_through_keeps_the_review_and_the_name_of_who_did_it(site):
    page = factories.question(short_answer="<p>Ketmaine.</p>")
    sign_off(factories.reviewer(), page)
    earlier = wording_of(page)
    page = edit(page, short_answer="<p>Ketamine.</p>")
    publisher = factories.member("Publishers", first_name="Kim")
    keep_review(publisher, page, earlier, wording_of(page))
    assert state_of(page) == State.REVIEWED
    assert ReviewDecision.objects.get(kind="same-meaning").name == "Kim"


def test_typos_waved_through_one_after_another_keep_the_review(site):
    page = factories.question(short_answer="<p>One.</p>")
    sign_off(factories.reviewer(), page)
    for text in ("Two", "Three"):
        earlier = wording_of(page)
        page = edit(page, short_answer=f"<p>{text}.</p>")
        keep_review(None, page, earlier, wording_of(page))
    assert state_of(page) == State.REVIEWED
    edit(page, short_answer="<p>Four.</p>")
    assert state_of(page) == State.EDITED


@pytest.mark.parametrize(("group", "keeps"), [("Publishers", True), ("Authors", False)])
def test_only_a_publisher_can_say_in_the_editor_that_nothing_changed_in_meaning(group, keeps, site, client):
    page = factories.question("Is it saef?")
    sign_off(factories.reviewer(), page)
    client.force_login(factories.member(group))
    typed = {"title": "Is it safe?", "body-count": "0", "action-publish": "1", "keeps_review": "on"}
    send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **typed)
    if group == "Authors":  # who may not publish saves a draft
        FAQEntryPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert FAQEntryPage.objects.get(pk=page.pk).title == "Is it safe?"
    assert state_of(page) == (State.REVIEWED if keeps else State.EDITED)


def test_without_the_tick_an_edit_in_the_editor_ends_the_review(site, client):
    page = factories.question("Is it saef?")
    sign_off(factories.reviewer(), page)
    client.force_login(factories.member("Publishers"))
    typed = {"title": "Is it safe?", "body-count": "0", "action-publish": "1"}
    send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **typed)
    assert state_of(page) == State.EDITED


@pytest.mark.parametrize(("changes_meaning", "state"), [(True, State.EDITED), (False, State.REVIEWED)])
@pytest.mark.parametrize("kind", ["fact", "source"])
def test_a_publisher_decides_whether_a_fact_or_source_ends_the_reviews(kind, changes_meaning, state, site):
    source = factories.reference()
    fact = factories.fact(value="24 hours", reference=source)
    pages = [factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>") for _ in range(3)]
    user = factories.reviewer()
    for page in pages:
        sign_off(user, page)
    record, field = (fact, "value") if kind == "fact" else (source, "title")
    setattr(record, field, "Another wording")
    record.changes_meaning = changes_meaning
    factories.publish(record)
    assert {state_of(page) for page in pages} == {state}


def test_who_edits_a_fact_next_is_asked_anew_whether_the_meaning_changes(site, client):
    fact = factories.fact(changes_meaning=False)
    client.force_login(factories.member("Publishers"))
    url = reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])
    assert "changes_meaning" in fields_of(client, url)


def test_a_publisher_who_approves_can_wave_a_typo_through(site, client):
    page = factories.question("Is it saef?")
    sign_off(factories.reviewer(), page)
    page.title = "Is it safe?"
    page.save_revision()
    publisher = factories.member("Publishers")
    page.get_workflow().start(page, factories.member("Authors"))
    page.current_workflow_task_state.approve(user=publisher)  # the reviewer's step, without a decision
    client.force_login(publisher)
    data = {
        "body-count": "0",
        "keeps_review": "on",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **data)
    assert FAQEntryPage.objects.get(pk=page.pk).title == "Is it safe?"
    assert state_of(page) == State.REVIEWED


# --- Races and wrong input ------------------------------------------------------


def test_a_text_edited_while_it_is_read_is_not_signed_off(site):
    user, page = factories.reviewer(), factories.question()
    seen = wording_of(page).pk
    edit(page, short_answer="<p>Edited meanwhile.</p>")
    with pytest.raises(TextChanged, match="has changed since you opened it"):
        sign_off(user, page, seen=seen)
    assert not ReviewDecision.objects.exists()


def test_of_two_who_sign_at_once_the_second_is_told(site):
    page = factories.question()
    first, second = factories.reviewer(), factories.reviewer("Sam Example", "DO")
    sign_off(first, page, newest=0)
    with pytest.raises(TextChanged, match="Robin Example decided about"):
        sign_off(second, page, newest=0)
    assert ReviewDecision.objects.count() == 1


def test_a_version_that_is_not_the_latest_cannot_be_signed_off(site):
    page = factories.question(live=False)
    old = page.save_revision()
    page.short_answer = "<p>Newer.</p>"
    page.save_revision()
    with pytest.raises(TextChanged, match="edited since"):
        sign_off(factories.reviewer(), page, old)


def test_a_version_that_a_sign_off_names_is_never_overwritten(site):
    user, page = factories.reviewer(), factories.question(live=False)
    page.short_answer = "<p>Signed.</p>"
    signed = page.save_revision(user=user)
    sign_off(user, page, signed)
    page.short_answer = "<p>Typed later.</p>"
    later = page.save_revision(user=user, overwrite_revision=signed)
    assert later != signed
    assert "Signed." in Revision.objects.get(pk=signed.pk).content["short_answer"]


def test_changes_asked_for_stand_until_the_text_changes_or_is_signed_off(site):
    user, page = factories.reviewer(), factories.question()
    ask_for_changes(user, page, "Say how long.")
    assert status_of(page).request.comment == "Say how long."
    page = edit(page, short_answer="<p>For 24 hours.</p>")
    assert status_of(page).request is None
    ask_for_changes(user, page, "Whose hours?")
    sign_off(user, page)
    assert status_of(page).request is None


# --- Intervals ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 28), 12, date(2027, 11, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, later):
    assert add_months(day, months) == later


@pytest.mark.parametrize(("own", "of_topic", "months"), [(None, None, 12), (None, 6, 6), (3, 6, 3), (24, 6, 24)])
def test_the_interval_is_the_page_s_else_its_topic_s_else_a_year(own, of_topic, months, site):
    page = factories.question(review_interval=own, topic=factories.topic("one", review_interval=of_topic))
    decision = sign_off(factories.reviewer(), page)
    assert status_of(page).due_on == add_months(timezone.localdate(decision.decided_at), months)


def test_another_interval_of_a_topic_moves_the_dates_of_its_pages(site):
    topic = factories.topic("one")
    page = factories.question(topic=topic)
    sign_off(factories.reviewer(), page)
    topic.review_interval = 1
    factories.publish(topic)
    assert status_of(page).due_on == add_months(timezone.localdate(), 1)


def test_the_clock_change_moves_no_date(site):
    page = factories.question()
    user = factories.reviewer()
    # 1:30 in the morning of November 1, 2026, which comes twice in California.
    with at(datetime(2026, 11, 1, 9, 30, tzinfo=UTC)):
        sign_off(user, page)
    assert status_of(page).due_on == date(2027, 11, 1)


@pytest.mark.parametrize("months", ["0", "10000", "-1", "many", "1.5"])
@pytest.mark.parametrize("kind", ["page", "topic"])
def test_an_interval_that_is_none_is_refused_and_stays_as_typed(kind, months, site, client):
    client.force_login(factories.administrator())
    url = (
        f"/admin/pages/{factories.question().pk}/edit/"
        if kind == "page"
        else f"/admin/snippets/core/topic/edit/{factories.topic().pk}/"
    )
    answer = send(client, url, **{"review_interval": months, "body-count": "0", "action-publish": "1"})
    assert messages_in(answer)
    assert f'value="{months}"' in answer.content.decode()


def test_the_setting_is_off_at_first(site):
    assert not ClinicSettings.load().clinical_review_required


def test_a_page_that_speaks_of_treatment_no_more_leaves_the_board(site):
    page = factories.standard(is_clinical_text=True)
    assert status_of(page).needs_review
    edit(page, is_clinical_text=False)
    assert not status_of(page).needs_review


def test_an_alias_is_reviewed_where_it_was_written(site):
    page = factories.standard(is_clinical_text=True)
    alias = page.create_alias(parent=factories.home(), update_slug="alias")
    sign_off(factories.reviewer(), page)
    assert Page.objects.get(pk=alias.pk).specific.review.name == "Robin Example"


def test_days_are_those_of_the_clinic(site):
    page = factories.question()
    user = factories.reviewer()
    # Ten in the evening in California is the next day in Greenwich.
    with at(datetime(2026, 6, 2, 5, 0, tzinfo=UTC)):
        sign_off(user, page)
    assert FAQEntryPage.objects.get(pk=page.pk).review.reviewed_on == date(2026, 6, 1)


# --- Found by fresh eyes --------------------------------------------------------


def two_reviewers():
    return factories.reviewer(), factories.reviewer("Sam Example", "DO")


def test_a_draft_of_one_s_own_is_not_signed_off_because_somebody_signed_the_text_of_now(site):
    user, other = two_reviewers()
    page = factories.question()
    page.short_answer = "<p>Mine.</p>"
    draft = page.save_revision(user=user)
    sign_off(other, FAQEntryPage.objects.get(pk=page.pk))
    with pytest.raises(NotAReviewer, match="another reviewer"):
        sign_off(user, page, draft)


def test_who_is_an_author_of_the_draft_alone_does_not_sign_it_off(site):
    user, _other = two_reviewers()
    page = factories.question()
    page.authorships.add(Authorship(person=user.person_page))
    with pytest.raises(NotAReviewer, match="another reviewer"):
        sign_off(user, page, page.save_revision())


def test_who_changed_a_fact_does_not_sign_off_the_pages_that_state_it(site):
    user, other = two_reviewers()
    fact = factories.fact(value="24 hours")
    page = factories.question(short_answer=f"<p>Not for {factories.fact_token(fact)}.</p>")
    fact.value = "48 hours"
    fact.save_revision(user=user).publish()
    with pytest.raises(NotAReviewer, match="another reviewer"):
        sign_off(user, page)
    assert sign_off(other, page)


def test_the_day_of_the_edit_is_that_of_the_last_one(site):
    user, start = factories.reviewer(), timezone.now()
    with at(start - timedelta(days=30)):
        page = factories.question()
        sign_off(user, page)
    for days in (20, 5):
        with at(start - timedelta(days=days)):
            page = edit(page, short_answer=f"<p>{days} days ago.</p>")
    assert status_of(page).edited_at == start - timedelta(days=5)


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, False), (0, True), (1, True)])
def test_a_review_is_overdue_from_its_day_on(days, is_overdue, site):
    page = factories.question()
    sign_off(factories.reviewer(), page)
    status = status_of(page)
    assert status.is_overdue(status.due_on + timedelta(days=days)) == is_overdue
    moment = timezone.make_aware(datetime.combine(status.due_on + timedelta(days=days), time(12)))
    with at(moment):
        assert ReviewStatus.objects.filter(condition("overdue")).exists() == is_overdue


def test_a_version_that_an_approval_names_is_never_overwritten(site):
    user, page = factories.member("Authors"), factories.question(live=False)
    submitted = page.save_revision(user=user)
    page.get_workflow().start(page, user)
    page.short_answer = "<p>Typed later.</p>"
    assert page.save_revision(user=user, overwrite_revision=submitted) != submitted


def test_signing_a_draft_answers_no_wish_about_the_text_of_now(site):
    user, page = factories.reviewer(), factories.question()
    ask_for_changes(user, page, "Say how long.")
    page.short_answer = "<p>A draft.</p>"
    sign_off(user, page, page.save_revision())
    assert status_of(page).request.comment == "Say how long."


def test_a_link_to_another_site_is_part_of_the_text(site):
    page = factories.question(short_answer='<p><a href="https://www.fda.gov/">See there</a>.</p>')
    sign_off(factories.reviewer(), page)
    edit(page, short_answer='<p><a href="https://www.example.com/">See there</a>.</p>')
    assert state_of(page) == State.EDITED


def test_the_title_for_search_engines_is_part_of_the_text(site):
    page = factories.question()
    sign_off(factories.reviewer(), page)
    edit(page, seo_title="It cures everybody")
    assert state_of(page) == State.EDITED


@pytest.mark.parametrize(("group", "is_asked"), [("Publishers", True), ("Clinical reviewers", False)])
def test_only_publishers_are_asked_whether_a_fact_changes_the_meaning(group, is_asked, site, client):
    fact = factories.fact()
    client.force_login(factories.member(group))
    url = reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])
    assert ("changes_meaning" in fields_of(client, url)) == is_asked
    if not is_asked:
        send(client, url, value="2 hours")
        assert type(fact).objects.get(pk=fact.pk).changes_meaning
