"""The record of what readers saw, and the look-up in it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

from archive.models import PublishedText
from disclaimers.models import DisclaimerPage
from faq.models import FAQEntryPage
from jobs.runner import run_jobs
from reviews.as_of import seen_at
from reviews.models import ReviewDecision
from reviews.sign_off import sign_off
from tests import factories
from tests.forms import send
from tests.moments import at


def record_of(page):
    """The record of a page, the oldest first, as (cause, visibility)."""
    return list(PublishedText.objects.filter(page_key=page.pk).values_list("cause", "visibility"))


def newest(page):
    return PublishedText.objects.of(page.pk).first()


def edit(page, **fields):
    """Edit and publish a page."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return factories.publish(page)


def change_value(fact, value, **fields):
    fact.value = value
    for name, more in fields.items():
        setattr(fact, name, more)
    return factories.publish(fact)


def test_publishing_writes_the_text_with_its_facts_filled_in(site):
    fact = factories.fact(value="24 hours")
    page = factories.question("May I drive?", short_answer=f"<p>Not for {factories.fact_token(fact)}.</p>")
    row = newest(page)
    assert "Not for 24 hours." in row.wording.html.replace("\n", "").replace("<span>", "").replace("</span>", "")
    assert (row.title, row.visibility, row.url) == ("May I drive?", "public", page.url)


def test_publishing_the_same_again_writes_nothing(site):
    page = factories.question()
    factories.publish(page)
    assert record_of(page) == [("published", "public")]


def test_a_draft_writes_nothing(site):
    page = factories.question(live=False)
    page.save_revision()
    assert record_of(page) == []


CHANGES = {
    "text": lambda page: edit(page, short_answer="<p>Another answer.</p>"),
    "title": lambda page: edit(page, title="Another question?"),
    "address": lambda page: edit(page, slug="another-address"),
    "taken down": lambda page: page.unpublish(),
    "closed": lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    "section closed": lambda page: PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login"),
    "disclaimer": lambda page: factories.disclaimer("Another notice."),
    "section taken away": lambda page: page.get_parent().specific.delete(),
    "deleted": lambda page: page.delete(),
    "deleted by queryset": lambda page: Page.objects.filter(pk=page.pk).delete(),
}


@pytest.mark.each_database
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_of_what_readers_see_is_one_row(change, site, django_capture_on_commit_callbacks):
    page = factories.question()
    with django_capture_on_commit_callbacks(execute=True):
        change(FAQEntryPage.objects.get(pk=page.pk))
    assert len(record_of(page)) == 2


def test_a_fact_that_changes_writes_a_row_for_each_page_that_states_it(site):
    fact = factories.fact(value="24 hours")
    pages = [factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>") for _ in range(3)]
    other = factories.question()
    change_value(fact, "48 hours")
    assert [len(record_of(page)) for page in [*pages, other]] == [2, 2, 2, 1]
    assert "48 hours" in newest(pages[0]).wording.html


def test_a_source_that_changes_writes_a_row_for_the_pages_of_its_facts(site):
    source = factories.reference()
    fact = factories.fact(reference=source)
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    source.title = "Another title"
    factories.publish(source)
    assert "Another title" in newest(page).wording.html


def test_the_name_of_an_author_changes_in_the_record_of_what_they_wrote(site):
    person = factories.person("Jordan Example")
    page = factories.question(live=False)
    page.authorships.create(person=person)
    factories.publish(page)
    edit(person, title="Jordan Sample")
    assert newest(page).byline == "Jordan Sample"


def test_rows_are_never_changed_nor_deleted(site):
    page = factories.question()
    row = newest(page)
    for attempt in (row.save, row.delete, PublishedText.objects.all().delete, row.wording.delete):
        with pytest.raises(ValidationError, match="evidence"):
            attempt()
    with pytest.raises(ValidationError, match="evidence"):
        PublishedText.objects.update(title="Something else")


def test_a_disclaimer_that_comes_into_force_by_its_date_is_found_by_the_daily_check(site):
    page = factories.question()
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.disclaimer("From tomorrow on.", effective_date=tomorrow)
    with at(timezone.now() + timedelta(days=1)):
        run_jobs()
    assert record_of(page)[-1] == ("notice", "public")
    assert "From tomorrow on." in newest(page).notices[0]["html"]


def test_the_daily_check_runs_once_a_day_and_writes_nothing_where_nothing_changed(site):
    page = factories.question()
    run_jobs()
    FAQEntryPage.objects.filter(pk=page.pk).update(title="Changed past every signal?")
    run_jobs()
    assert record_of(page) == [("published", "public")]
    with at(timezone.now() + timedelta(days=1)):
        run_jobs()
    assert record_of(page)[-1] == ("found", "public")


# --- As of ----------------------------------------------------------------------


def test_as_of_finds_the_text_of_each_time(site):
    start = timezone.now()
    with at(start):
        page = factories.question(short_answer="<p>The first text.</p>")
    with at(start + timedelta(days=1)):
        edit(page, short_answer="<p>The second text.</p>")
    with at(start + timedelta(days=2)):
        FAQEntryPage.objects.get(pk=page.pk).unpublish()
    with at(start + timedelta(days=3)):
        texts = [seen_at(page.pk, start + timedelta(days=days)) for days in (-1, 0.5, 1.5, 2.5)]
    assert texts[0].row is None
    assert texts[0].begins_at == start
    assert "The first text." in texts[1].text
    assert "The second text." in texts[2].text
    assert texts[3].row.visibility == "off"


@pytest.mark.each_database
def test_as_of_survives_rename_revert_deletion_and_the_purge_of_versions(site):
    moment = timezone.now()
    with at(moment):
        page = factories.question(short_answer="<p>What they saw.</p>")
        sign_off(factories.reviewer(), page)
    edit(page, title="Renamed?", slug="renamed")
    Revision.page_revisions.filter(object_id=str(page.pk)).exclude(pk=page.live_revision_id).delete()
    FAQEntryPage.objects.get(pk=page.pk).delete()
    seen = seen_at(page.pk, moment)
    assert "What they saw." in seen.text
    assert seen.signed.named == "Robin Example, MD"
    assert seen_at(page.pk, timezone.now()).row.cause == "deleted"


def test_as_of_names_only_who_had_signed_by_then(site):
    with at(timezone.now() - timedelta(days=2)):
        page = factories.question()
    sign_off(factories.reviewer(), page)
    assert seen_at(page.pk, timezone.now() - timedelta(days=1)).signed is None
    assert seen_at(page.pk, timezone.now()).signed is not None


def test_a_clock_that_was_set_back_keeps_the_order_of_the_record(site):
    page = factories.question(short_answer="<p>The first text.</p>")
    with at(timezone.now() - timedelta(days=1)):
        edit(page, short_answer="<p>The second text.</p>")
    assert "The second text." in seen_at(page.pk, timezone.now()).text


def test_an_expiry_counts_from_its_own_time(site):
    end = timezone.now() + timedelta(hours=1)
    page = factories.question(expire_at=end)
    with at(end + timedelta(hours=5)):
        run_jobs()
    assert newest(page).seen_from == end


def test_the_command_writes_one_html_file(site, tmp_path):
    page = factories.question(short_answer="<p>What they saw.</p>")
    file = tmp_path / "seen.html"
    call_command("asof", page.url, f"{timezone.localdate():%Y-%m-%d}", output=str(file))
    html = file.read_text()
    assert "What they saw." in html
    assert "By nobody." in html
    call_command("asof", str(page.pk), "2001-01-01T10:00", output=str(file))
    assert "Not known: the record of this page begins on" in file.read_text()


@pytest.mark.parametrize(
    ("page", "moment", "message"),
    [
        ("1", "yesterday", "no date and time"),
        ("1", "2026-13-45T10:00", "no date and time"),
        ("/nowhere/", "2026-01-01T10:00", "holds no page"),
        ("1", "9999-12-31T23:59", "has not come yet"),
        ("1", "2030-01-01", "has not come yet"),
    ],
)
def test_the_command_says_what_it_cannot_read(page, moment, message, site):
    with pytest.raises(CommandError, match=message):
        call_command("asof", page, moment)


def test_the_command_says_that_a_file_cannot_be_written(site, tmp_path):
    page = factories.question()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("asof", str(page.pk), "2026-01-01T10:00", output=str(tmp_path / "no" / "folder.html"))


def test_the_desk_shows_what_visitors_saw(desk):
    page = factories.question(short_answer="<p>What they saw.</p>")
    assert "What they saw." in desk.get(f"/admin/pages/{page.pk}/as-of/").content.decode()
    earlier = desk.get(f"/admin/pages/{page.pk}/as-of/?moment=01/01/2001 3:30 PM").content.decode()
    assert "Not known: the record of this page begins on" in earlier
    assert "What they saw." not in earlier


def test_a_moment_that_cannot_be_read_stays_as_typed(desk):
    page = factories.question()
    html = desk.get(f"/admin/pages/{page.pk}/as-of/?moment=last tuesday").content.decode()
    assert 'value="last tuesday"' in html
    assert "error-message" in html


def test_the_page_of_what_visitors_saw_is_for_those_who_may_edit_it(client, site):
    page = factories.question()
    client.force_login(factories.member("Authors"))
    assert client.get(f"/admin/pages/{page.pk}/as-of/").status_code == 200
    page.delete()
    assert client.get(f"/admin/pages/{page.pk}/as-of/").status_code in (302, 403)
    client.force_login(factories.administrator())
    assert client.get(f"/admin/pages/{page.pk}/as-of/").status_code == 200
    assert client.get("/admin/pages/999999/as-of/").status_code == 404


def test_a_new_disclaimer_is_recorded_in_a_fixed_number_of_queries(site):
    factories.disclaimer()

    def queries():
        page = DisclaimerPage.objects.get()
        page.notice += "<p>More.</p>"
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as captured:
            revision.publish()
        return len([query for query in captured.captured_queries if "archive_" in query["sql"]])

    factories.question()
    few = queries()
    for _ in range(10):
        factories.question()
    assert queries() == few


def test_decisions_are_kept_when_everybody_they_name_is_gone(site):
    page = factories.question()
    user = factories.reviewer("Robin Example", "MD")
    decision = sign_off(user, page)
    user.person_page.delete()
    user.delete()
    kept = ReviewDecision.objects.get(pk=decision.pk)
    assert (kept.named, kept.person, kept.account) == ("Robin Example, MD", None, None)


LOOK_UP = "/admin/reports/what-visitors-saw/"


def test_the_history_of_a_page_asks_for_a_moment(desk):
    page = factories.question(short_answer="<p>What they saw.</p>")
    form = BeautifulSoup(desk.get(f"/admin/pages/{page.pk}/history/").content, "html.parser").select_one(
        f'form[action="/admin/pages/{page.pk}/as-of/"]'
    )
    assert form.find("label", string="What visitors saw on")


@pytest.mark.parametrize(
    "address", ["/faq/old-address/", "faq/old-address", "https://www.example.org/faq/old-address/"]
)
def test_a_deleted_page_is_found_by_any_address_it_had(address, desk):
    page = factories.question(slug="old-address", short_answer="<p>What they saw.</p>")
    edit(page, slug="new-address")
    FAQEntryPage.objects.get(pk=page.pk).delete()
    answer = desk.get(LOOK_UP, {"address": address, "moment": ""}, follow=True)
    assert answer.request["PATH_INFO"] == f"/admin/pages/{page.pk}/as-of/"
    assert "Nothing: the page was deleted." in answer.content.decode()


@pytest.mark.each_database
@pytest.mark.parametrize(
    "typed",
    [
        {"address": "/nowhere/"},
        {"address": "/", "moment": "last tuesday"},
        {"address": "no\x00where"},
        {"address": "http://[broken"},
    ],
)
def test_what_cannot_be_looked_up_stays_as_typed(typed, desk):
    answer = desk.get(LOOK_UP, typed)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()


def test_only_administrators_look_up_pages_by_address(site, client):
    client.force_login(factories.member("Publishers"))
    assert client.get(LOOK_UP).status_code in (302, 403)


def test_nobody_knows_what_visitors_will_see(desk):
    page = factories.question()
    seen = seen_at(page.pk, timezone.now() + timedelta(minutes=5))
    assert seen.row is None
    html = desk.get(f"/admin/pages/{page.pk}/as-of/?moment=01/01/2099 3:30 PM").content.decode()
    assert "that moment has not come yet" in html


def test_each_line_of_the_record_leads_to_what_visitors_saw_from_then_on(desk):
    page = factories.question(short_answer="<p>The first text.</p>")
    edit(page, short_answer="<p>The second text.</p>")  # within the same minute
    url = f"/admin/pages/{page.pk}/as-of/"
    links = BeautifulSoup(desk.get(url).content, "html.parser").select('a[href^="?row="]')
    shown = [desk.get(url + link["href"]).content.decode() for link in links]
    assert ["The second text." in html for html in shown] == [True, False]
    assert ["The first text." in html for html in shown] == [False, True]


@pytest.mark.parametrize("row", ["x", "999999", "9" * 40])
def test_a_line_that_is_none_shows_what_visitors_see_now(row, desk):
    page = factories.question(short_answer="<p>What they saw.</p>")
    assert "What they saw." in desk.get(f"/admin/pages/{page.pk}/as-of/?row={row}").content.decode()


def test_the_record_keeps_where_links_led_and_which_picture_was_shown(site):
    one, other = factories.standard("One"), factories.standard("Other")
    page = factories.question(short_answer=factories.link(one))
    twin = factories.question(short_answer=factories.link(other), title=page.title)
    assert one.url in newest(page).wording.html
    assert other.url in newest(twin).wording.html
    edit(page, short_answer=factories.link(other))
    assert [one.url in row.wording.html for row in PublishedText.objects.of(page.pk)] == [False, True]


def test_the_record_says_who_did_it(client, site):
    page = factories.question(live=False)
    publisher = factories.member("Publishers", first_name="Kim", last_name="Reyes")
    client.force_login(publisher)
    send(client, f"/admin/pages/{page.pk}/edit/", **{"body-count": "0", "action-publish": "1"})
    assert newest(page).published_by_name == "Kim Reyes"
    factories.disclaimer("Another notice.")
    assert seen_at(page.pk, timezone.now()).published.published_by_name == "Kim Reyes"


def test_a_page_that_begins_to_speak_of_treatment_has_a_row(site):
    page = factories.standard()
    edit(page, is_clinical_text=True)
    assert [row.needs_review for row in PublishedText.objects.of(page.pk)] == [True, False]


def test_a_section_that_is_closed_can_be_deleted_with_its_pages(site, django_capture_on_commit_callbacks):
    page = factories.question()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    with django_capture_on_commit_callbacks(execute=True):
        page.get_parent().specific.delete()
    assert record_of(page)[-1] == ("deleted", "off")


@pytest.mark.parametrize("act", [lambda page: page.delete(), lambda page: page.unpublish()])
def test_a_disclaimer_that_goes_is_recorded_on_the_pages_that_carried_it(act, site, django_capture_on_commit_callbacks):
    factories.disclaimer("Everywhere.")
    section = factories.disclaimer("Here only.", scope="section", section=factories.faq_index())
    page = factories.question()
    assert len(newest(page).notices) == 2
    with django_capture_on_commit_callbacks(execute=True):
        act(DisclaimerPage.objects.get(pk=section.pk))
    assert [notice["title"] for notice in newest(page).notices] == ["Medical disclaimer"]


def test_an_alias_is_in_the_record(site, django_capture_on_commit_callbacks):
    page = factories.standard(is_clinical_text=True)
    with django_capture_on_commit_callbacks(execute=True):
        alias = page.create_alias(parent=factories.home(), update_slug="alias")
    assert newest(alias).visibility == "public"


def test_pictures_lie_in_the_file_itself(site, tmp_path):
    page = factories.question(body=[factories.figure()])
    file = tmp_path / "seen.html"
    call_command("asof", str(page.pk), f"{timezone.localdate():%Y-%m-%d}", output=str(file))
    assert BeautifulSoup(file.read_text(), "html.parser").img["src"].startswith("data:image/")
