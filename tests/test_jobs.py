"""Scheduled publishing: on time, alone, once; and staff are told when it is not."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import DraftStateMixin, Page, PageLogEntry, Revision, RevisionMixin
from wagtail.signals import page_published

from clinic.models import Notice
from faq.models import FAQEntryPage
from jobs import runner
from jobs.models import JobRun
from publishing import scheduling
from tests import factories

pytestmark = pytest.mark.each_database

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def schedule(page, start, end=None):
    """Schedule the page as it is now in memory, as the editor does; start and end from now."""
    now = timezone.now()
    page.go_live_at, page.expire_at = now + start, end and now + end
    return page.save_revision(approved_go_live_at=page.go_live_at)


def expire(page, ago=HOUR):
    """Let the end of a live page have come."""
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - ago)


def run_once():
    call_command("runjobs", "--once")


def is_live(page):
    return Page.objects.get(pk=page.pk).live


def too_long(page):
    page.short_answer = f"<p>{'word ' * 61}</p>"
    return page


@pytest.fixture
def published(site):
    """The titles of what is published while a test runs, in order."""
    titles = []

    def note(instance, **kwargs):
        titles.append(instance.title)

    page_published.connect(note)
    yield titles
    page_published.disconnect(note)


def home_of(desk):
    return desk.get(reverse("wagtailadmin_home")).content.decode()


# --- Publishing and expiring -------------------------------------------------


def test_a_page_goes_live_when_its_time_has_come(site, client):
    page = factories.question("Is it due?", live=False)
    schedule(page, -MINUTE)
    run_once()
    assert "Is it due?" in client.get(factories.faq_index().url).content.decode()


def test_a_page_does_not_go_live_before_its_time(site):
    page = factories.question(live=False)
    revision = schedule(page, HOUR)
    run_once()
    revision.refresh_from_db()
    assert not is_live(page)
    assert revision.approved_go_live_at


def test_a_live_page_shows_its_next_version_when_the_time_has_come(site, client):
    page = factories.question("The old wording?")
    page.title = "The new wording?"
    schedule(page, -MINUTE)
    run_once()
    assert "The new wording?" in client.get(page.url).content.decode()


def test_a_page_expires_and_its_history_says_so(site):
    page = factories.question()
    expire(page)
    run_once()
    page.refresh_from_db()
    assert (page.live, page.status_string) == (False, "expired")
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish.scheduled").count() == 1


def test_a_page_without_an_end_stays(site):
    page = factories.question()
    run_once()
    assert is_live(page)


def test_a_page_whose_start_and_end_were_both_missed_never_goes_live(published):
    page = factories.question("Too late?", live=False)
    revision = schedule(page, -2 * HOUR, -HOUR)
    run_once()
    page.refresh_from_db()
    revision.refresh_from_db()
    assert "Too late?" not in published
    assert (page.live, page.status_string, page.first_published_at) == (False, "expired", None)
    assert revision.approved_go_live_at is None
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.schedule.cancel").count() == 1


def test_a_missed_version_of_a_live_page_does_not_replace_what_stands(published):
    page = factories.question("What stands?")
    page.title = "Too late?"
    schedule(page, -2 * HOUR, -HOUR)
    run_once()
    page.refresh_from_db()
    assert "Too late?" not in published
    assert (page.live, page.title) == (True, "What stands?")


def test_a_missed_version_of_a_page_that_expired_too_leaves_it_unpublished(published):
    page = factories.question("What stood?")
    page.title = "Too late?"
    schedule(page, -2 * HOUR, -HOUR)
    expire(page, 3 * HOUR)
    run_once()
    assert "Too late?" not in published
    assert not is_live(page)


def test_an_expiry_leaves_a_later_publishing_scheduled(site):
    page = factories.question()
    revision = schedule(page, HOUR)
    expire(page)
    run_once()
    revision.refresh_from_db()
    assert not is_live(page)
    assert revision.approved_go_live_at


def test_a_page_whose_next_version_is_due_does_not_expire_in_between(site):
    page = factories.question("Until now?")
    page.title = "From now on?"
    schedule(page, -MINUTE)
    expire(page)
    run_once()
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "From now on?")


def test_what_has_no_drafts_is_left_alone(site):
    now = timezone.now()
    notice = Notice.objects.create(text="<p>Closed</p>", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    before = Notice.objects.values().get(pk=notice.pk)
    run_once()
    assert Notice.objects.values().get(pk=notice.pk) == before


@pytest.fixture
def leaflet(db):
    """A kind of snippet with drafts; the site has none of its own yet."""

    class Leaflet(DraftStateMixin, RevisionMixin, models.Model):
        text = models.CharField(max_length=20)

        class Meta:
            app_label = "core"

        def __str__(self):
            return self.text

    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    sql, parameters = editor.table_sql(Leaflet)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
    yield Leaflet
    del apps.all_models["core"]["leaflet"]
    apps.clear_cache()


def test_a_snippet_with_drafts_goes_live_and_expires_too(leaflet):
    now = timezone.now()
    due = leaflet.objects.create(text="due", live=False, go_live_at=now - HOUR)
    due.save_revision(approved_go_live_at=now - HOUR)
    over = leaflet.objects.create(text="over", live=True, expire_at=now - HOUR)
    stays = leaflet.objects.create(text="stays", live=True)
    run_once()
    assert {row.text: row.live for row in leaflet.objects.all()} == {"due": True, "over": False, "stays": True}
    over.refresh_from_db()
    assert over.expired
    assert not stays.expired


# --- What fails --------------------------------------------------------------


def test_a_page_that_cannot_be_published_keeps_no_other_from_going_live(site, caplog):
    broken = factories.question("Broken?", live=False)
    schedule(broken, -2 * HOUR)
    Revision.objects.filter(pk=broken.latest_revision_id).update(content=[])
    page = factories.question(live=False)
    schedule(page, -HOUR)
    run_once()
    assert is_live(page)
    assert not is_live(broken)
    [failure] = scheduling.status().failures
    assert (failure["object"], failure["title"]) == (f"wagtailcore.page:{broken.pk}", "Broken?")
    assert "unexpected error" in failure["reason"]
    assert f"“Broken?” (wagtailcore.page:{broken.pk})" in caplog.text
    assert "Traceback" in caplog.text


def test_a_page_that_cannot_expire_keeps_no_other_from_expiring(site, monkeypatch):
    broken, page = factories.question(), factories.article()
    expire(broken, 2 * HOUR)
    expire(page)

    def fail(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(FAQEntryPage, "unpublish", fail)
    run_once()
    assert not is_live(page)
    assert [failure["object"] for failure in scheduling.status().failures] == [f"wagtailcore.page:{broken.pk}"]


def test_nothing_remains_of_a_publishing_that_failed_halfway(site, monkeypatch):
    page = factories.question("As it was?")
    page.title = "Half a change?"
    schedule(page, -HOUR)
    publish = FAQEntryPage.publish

    def fail(self, *args, **kwargs):
        publish(self, *args, **kwargs)
        raise RuntimeError

    monkeypatch.setattr(FAQEntryPage, "publish", fail)
    run_once()
    page.refresh_from_db()
    assert page.title == "As it was?"


def test_an_answer_that_is_too_long_is_told_once_and_stays_visible(site, caplog):
    page = too_long(factories.question("Too long?", live=False))
    revision = schedule(page, -HOUR)
    with caplog.at_level(logging.WARNING):
        run_once()
        first = scheduling.status().failures
        run_once()
    assert caplog.text.count("61 words") == 1
    assert "Traceback" not in caplog.text
    assert scheduling.status().failures == first
    assert "61 words" in first[0]["reason"]
    revision.refresh_from_db()
    assert not is_live(page)
    assert revision.approved_go_live_at


def test_a_failure_is_gone_once_it_has_been_put_right(site):
    page = too_long(factories.question(live=False))
    schedule(page, -HOUR)
    run_once()
    page.short_answer = "<p>Short.</p>"
    factories.publish(page)
    run_once()
    assert scheduling.status().failures == []


def test_a_field_that_keeps_a_page_from_going_live_is_named(site):
    page = factories.question(live=False)
    schedule(page, -HOUR)
    factories.question(slug="taken")
    revision = page.latest_revision
    revision.content["slug"] = "taken"
    revision.save()
    run_once()
    [failure] = scheduling.status().failures
    assert failure["reason"].startswith("slug: ")
    assert "in use" in failure["reason"]


def test_a_blocked_version_stays_scheduled_and_visible_when_the_page_expires(site):
    page = factories.question()
    revision = schedule(too_long(page), -MINUTE)
    expire(page)
    run_once()
    revision.refresh_from_db()
    assert not is_live(page)
    assert revision.approved_go_live_at
    assert "61 words" in scheduling.status().failures[0]["reason"]


def test_a_job_that_fails_as_a_whole_is_told_and_the_other_jobs_go_on(site, monkeypatch, caplog):
    done = []

    def fail(this):
        raise RuntimeError

    monkeypatch.setattr(runner, "JOBS", [("first", fail), ("second", done.append)])
    with pytest.raises(CommandError):
        run_once()
    assert len(done) == 1
    first = JobRun.objects.get(name="first")
    assert first.is_overdue
    assert "RuntimeError" in first.failures[0]["reason"]
    assert not JobRun.objects.get(name="second").is_overdue


# --- One runner at a time ----------------------------------------------------


def test_of_many_runners_at_the_same_moment_one_gets_the_lease(django_db_setup, django_db_blocker):
    # Threads have connections of their own, and see only what is committed: no transaction around this test.
    start = threading.Barrier(8)

    def take(_):
        start.wait()
        try:
            return JobRun.objects.take("contested")
        finally:
            connection.close()

    with django_db_blocker.unblock():
        try:
            with ThreadPoolExecutor(8) as pool:
                leases = list(pool.map(take, range(8)))
        finally:
            JobRun.objects.filter(name="contested").delete()
    assert len([lease for lease in leases if lease]) == 1


def test_two_runners_at_once_publish_once(published):
    page = factories.question("Once?", live=False)
    schedule(page, -MINUTE)
    lease = JobRun.objects.take(scheduling.JOB_NAME)
    run_once()
    assert "Once?" not in published
    lease.release()
    run_once()
    run_once()
    assert published.count("Once?") == 1


def test_what_another_runner_did_between_looking_and_doing_is_not_done_again(published):
    page = factories.question("Once?", live=False)
    schedule(page, -MINUTE)
    over = factories.article()
    expire(over)
    due, ended = scheduling.due_revisions(), scheduling.due_expiries()
    run_once()
    for item in due:
        scheduling._publish(item.pk)
    for item in ended:
        scheduling._expire(item)
    assert published.count("Once?") == 1
    assert PageLogEntry.objects.filter(page=over.pk, action="wagtail.unpublish.scheduled").count() == 1


def test_a_page_whose_end_an_editor_has_just_put_off_does_not_expire(site):
    page = factories.question()
    expire(page)
    [item] = scheduling.due_expiries()
    expire(page, -HOUR)
    scheduling._expire(item)
    assert is_live(page)


def test_the_lease_of_a_runner_that_was_killed_ends_by_itself(site):
    page = factories.question(live=False)
    schedule(page, -MINUTE)
    killed = JobRun.objects.take(scheduling.JOB_NAME)
    assert killed.lease_until <= timezone.now() + 2 * MINUTE
    JobRun.objects.update(lease_until=timezone.now())
    run_once()
    assert is_live(page)


def test_a_runner_whose_lease_went_to_another_does_no_more_and_writes_nothing(site):
    page = factories.question(live=False)
    schedule(page, -MINUTE)
    slow = JobRun.objects.take(scheduling.JOB_NAME)
    JobRun.objects.update(lease_until=timezone.now())
    other = JobRun.objects.take(scheduling.JOB_NAME)
    with pytest.raises(runner.Interrupted):
        scheduling.publish_due(runner.JobRound(slow, threading.Event()))
    assert not slow.release(last_succeeded_at=timezone.now())
    assert not is_live(page)
    assert other.renew()
    assert scheduling.status().last_succeeded_at is None


def test_a_runner_told_to_stop_ends_after_the_page_at_hand_and_frees_the_lease(published):
    for title in ("First?", "Second?"):
        schedule(factories.question(title, live=False), -MINUTE)
    stop = threading.Event()

    def tell(**kwargs):
        stop.set()

    page_published.connect(tell)
    try:
        runner.run_jobs(stop)
    finally:
        page_published.disconnect(tell)
    assert [title for title in published if title in {"First?", "Second?"}] == ["First?"]
    run_once()
    assert published[-1] == "Second?"


# --- What staff see ----------------------------------------------------------


def announced(client):
    """[(page, what happens, when)] as the home of the admin lists it."""
    panel = BeautifulSoup(home_of(client), "html.parser").find(id="scheduled-publishing-section")
    return [tuple(cell.get_text(strip=True) for cell in row.find_all("td")) for row in panel.select("tbody tr")]


def at(time):
    return date_format(timezone.localtime(time, timezone.get_default_timezone()), "DATETIME_FORMAT")


def test_the_home_of_the_admin_lists_what_goes_live_and_comes_down_in_clinic_time(desk):
    run_once()
    new = factories.question("New?", live=False)
    schedule(new, 3 * HOUR, 5 * HOUR).publish()
    changed = factories.question("Changed?")
    changed.title = "Changed again?"
    schedule(changed, 2 * HOUR).publish()
    ending = factories.question("Ending?")
    expire(ending, -HOUR)
    far = factories.question("Far?")
    expire(far, timedelta(days=-61))
    times = {page.pk: page for page in Page.objects.filter(pk__in=[new.pk, changed.pk, ending.pk])}
    assert announced(desk) == [
        ("Ending?", "Comes down", at(times[ending.pk].expire_at)),
        ("Changed again?", "New version goes live", at(changed.go_live_at)),
        ("New?", "Goes live", at(new.go_live_at)),
        ("New?", "Comes down", at(new.expire_at)),
    ]


def test_what_is_due_or_was_called_off_is_not_announced(desk):
    run_once()
    schedule(factories.question("Due?", live=False), -MINUTE)
    off = factories.question("Called off?", live=False)
    schedule(off, HOUR).publish()
    off.revisions.update(approved_go_live_at=None)
    merely_drafted = factories.question("Drafted?")
    merely_drafted.expire_at = timezone.now() + HOUR
    merely_drafted.save_revision()
    assert announced(desk) == []


def test_an_end_that_a_scheduled_version_puts_off_is_not_announced(desk):
    run_once()
    page = factories.question("Stays?")
    expire(page, -3 * HOUR)
    page.refresh_from_db()
    schedule(page, HOUR, 200 * 24 * HOUR).publish()
    assert [row[:2] for row in announced(desk)] == [("Stays?", "New version goes live")]


def test_who_may_see_no_page_hears_of_none_that_is_scheduled(client, site):
    schedule(factories.question("Secret?", live=False), HOUR).publish()
    group = Group.objects.create(name="Visitors of the desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user(email="guest@example.org", password="long-enough-for-tests")
    user.groups.add(group)
    client.force_login(user)
    assert announced(client) == []


def test_the_home_of_the_admin_says_that_publishing_has_never_run(desk):
    assert "has never run" in home_of(desk)


def test_the_home_of_the_admin_says_when_publishing_last_ran_in_clinic_time(desk):
    run_once()
    html = home_of(desk)
    assert "Scheduled publishing last ran just now" in html
    assert "never run" not in html
    clinic_time = timezone.localtime(scheduling.status().last_succeeded_at, timezone.get_default_timezone())
    assert f"{clinic_time:%Y}, {clinic_time.hour % 12 or 12}" in html


def test_the_home_of_the_admin_warns_when_publishing_is_overdue(desk):
    run_once()
    JobRun.objects.update(last_succeeded_at=timezone.now() - timedelta(minutes=6))
    html = home_of(desk)
    assert "last ran 6 minutes ago" in html.replace("\xa0", " ")
    assert "tell whoever looks after the website" in html


def test_the_home_of_the_admin_names_what_failed_and_leads_to_its_editor(desk):
    page = too_long(factories.question("Too <long>?", live=False))
    schedule(page, -HOUR)
    run_once()
    html = home_of(desk)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f'<a href="{edit}">Too &lt;long&gt;?</a>' in html
    assert "61 words" in html


def test_the_home_of_the_admin_stands_when_what_failed_is_gone(desk):
    run_once()
    since = timezone.now().isoformat()
    gone = ["wagtailcore.page:999999", "core.nomore:1", ""]
    JobRun.objects.update(failures=[{"object": o, "title": "Gone", "reason": "Why", "since": since} for o in gone])
    assert home_of(desk).count("Gone: Why") == 3


def test_who_may_not_edit_a_page_is_told_of_it_without_a_link(client, site):
    group = Group.objects.create(name="Visitors of the desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user(email="desk@example.org", password="long-enough-for-tests")
    user.groups.add(group)
    page = too_long(factories.question("Too long?", live=False))
    schedule(page, -HOUR)
    run_once()
    client.force_login(user)
    html = home_of(client)
    assert "61 words" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in html
