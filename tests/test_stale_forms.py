"""Two people at once: a form that was opened before a colleague saved is refused, with both texts."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from clinic.models import OpeningHours
from faq.models import FAQEntryPage
from seo.models import CrawlerSettings
from tests import factories
from tests.forms import fields_in, fields_of, main_button, messages_in, send

PUBLISH = {"action-publish": "action-publish"}
# What is edited, the field, and what a colleague and one oneself type there.
EDITED = {
    "page": (factories.question, "title", "What a colleague asks?", "What I ask?"),
    "topic": (lambda: factories.topic("costs"), "name", "What a colleague says", "What I say"),
    "notice": (factories.notice, "ends_at", "05/01/2030 8:00 AM", "06/01/2030 8:00 AM"),
    "fact": (factories.fact, "value", "what a colleague says", "what I say"),
    "source": (factories.reference, "title", "What a colleague says", "What I say"),
    "clinic": (factories.clinic, "name", "What a colleague says", "What I say"),
}
SHOWN = {"05/01/2030 8:00 AM": "May 1, 2030", "06/01/2030 8:00 AM": "06/01/2030 08:00"}


def form_of(record):
    if isinstance(record, Page):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(f"wagtailsnippets_{record._meta.app_label}_{record._meta.model_name}:edit", args=[record.pk])


def on_page(record, url, client):
    """What the form of a page sends; its texts are no plain fields."""
    fields = fields_of(client, url)
    if isinstance(record, FAQEntryPage):
        fields |= {"short_answer": rich_text("<p>Yes.</p>", "answer"), "body-count": "0"}
    return fields


@pytest.fixture
def me():
    return factories.member("Publishers")


@pytest.fixture
def colleague():
    return factories.member("Publishers", first_name="Robin", last_name="Reyes")


@pytest.fixture(params=EDITED)
def overtaken(request, site, client, me, colleague):
    """(record, its form's address, field, the fields as I opened them, their text, my text): a colleague has saved."""
    make, field, theirs, mine = EDITED[request.param]
    record = make()
    url = form_of(record)
    client.force_login(me)
    opened = on_page(record, url, client)
    client.force_login(colleague)
    shown = client.get(url)
    action = PUBLISH if isinstance(record, Page) else main_button(shown)
    client.post(url, {**on_page(record, url, client), field: theirs, **action})
    client.force_login(me)
    assert fields_of(client, url)[field] == theirs
    return record, url, field, opened, theirs, mine


def both_texts(response):
    """What the refused form shows as saved and as typed, {label: (saved, typed)}."""
    rows = BeautifulSoup(response.content, "html.parser").select(".stale-form tbody tr")
    return {row.th.get_text(strip=True): tuple(cell.get_text(" ", strip=True) for cell in row("td")) for row in rows}


@pytest.mark.parametrize("action", [{}, PUBLISH], ids=["save", "publish"])
def test_a_form_that_a_colleague_overtook_is_refused_and_shows_both_texts(action, overtaken, client):
    _record, url, field, opened, theirs, mine = overtaken
    response = client.post(url, {**opened, field: mine, **action})
    assert fields_of(client, url)[field] == theirs
    assert fields_in(response)[field] == mine
    assert "Robin Reyes saved this on" in messages_in(response)
    [(saved, typed)] = both_texts(response).values()
    assert SHOWN.get(theirs, theirs) in saved
    assert mine in typed or "June 1, 2030" in typed


def test_saving_once_more_replaces_what_the_colleague_saved(overtaken, client):
    _record, url, field, opened, _theirs, mine = overtaken
    refused = client.post(url, {**opened, field: mine, **PUBLISH})
    seen = {name: fields_in(refused)[name] for name in ("loaded_revision_id", "loaded_revision_created_at")}
    client.post(url, {**opened, field: mine, **seen, **PUBLISH})
    assert fields_of(client, url)[field] == mine


def test_autosave_of_a_form_that_a_colleague_overtook_is_refused(overtaken, client):
    _record, url, field, opened, theirs, mine = overtaken
    answer = client.post(url, {**opened, field: mine}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert fields_of(client, url)[field] == theirs


def test_saving_twice_in_a_row_needs_no_second_thought(client, site):
    client.force_login(factories.member("Publishers"))
    url = form_of(factories.fact())
    send(client, url, value="about 45 minutes")
    send(client, url, value="about 50 minutes")
    assert fields_of(client, url)["value"] == "about 50 minutes"


def test_a_form_overtaken_by_a_program_says_so_without_a_name(client, site, me):
    fact = factories.fact()
    client.force_login(me)
    opened = fields_of(client, form_of(fact))
    fact.value = "about 45 minutes"
    factories.publish(fact)
    response = client.post(form_of(fact), {**opened, "value": "an hour"})
    assert "Somebody saved this after you opened it." in messages_in(response)
    assert "about 45 minutes" in both_texts(response)["Value"][0]


def test_a_first_version_that_appears_meanwhile_counts(client, site, me):
    fact = factories.fact()
    fact.revisions.all().delete()
    client.force_login(me)
    opened = fields_of(client, form_of(fact))
    assert "loaded_revision_id" not in opened
    fact.refresh_from_db()
    fact.value = "about 45 minutes"
    factories.publish(fact)
    response = client.post(form_of(fact), {**opened, "value": "an hour", **PUBLISH})
    assert "about 45 minutes" in both_texts(response)["Value"][0]
    autosave = client.post(form_of(fact), {**opened, "value": "an hour"}, headers={"accept": "application/json"})
    assert autosave.json()["error_code"] == "invalid_revision"


def test_autosave_goes_on_from_its_own_version(client, site, me):
    fact = factories.fact()
    client.force_login(me)
    opened = fields_of(client, form_of(fact))
    as_json = {"accept": "application/json"}
    first = client.post(form_of(fact), {**opened, "value": "an hour"}, headers=as_json).json()
    own = {"overwrite_revision_id": first["revision_id"]}
    second = client.post(form_of(fact), {**opened, **own, "value": "two hours"}, headers=as_json).json()
    assert second["success"]
    # The browser brings the form up to date: see publishing/static/publishing/stale-form.js.
    now = {name.replace("revision", "loaded_revision"): second[name] for name in ("revision_id", "revision_created_at")}
    client.post(form_of(fact), {**opened, **now, "value": "three hours", **PUBLISH})
    fact.refresh_from_db()
    assert fact.value == "three hours"


def test_a_stale_form_with_a_mistake_shows_both_texts_too(client, site, me):
    fact = factories.fact()
    client.force_login(me)
    opened = fields_of(client, form_of(fact))
    fact.value = "about 45 minutes"
    factories.publish(fact)
    response = client.post(form_of(fact), {**opened, "value": "", **PUBLISH})
    assert both_texts(response)["Value"] == ("about 45 minutes", "–")


def test_the_preview_of_a_stale_form_is_still_shown(client, site, me):
    fact = factories.fact()
    client.force_login(me)
    opened = fields_of(client, form_of(fact))
    factories.publish(fact)
    preview = reverse("wagtailsnippets_evidence_fact:preview_on_edit", args=[fact.pk])
    assert client.post(preview, {**opened, "value": "an hour"}).json()["is_valid"]


def test_opening_hours_that_a_colleague_deleted_come_back_when_saved_again(client, site, me):
    clinic = factories.clinic(name="Innerbloom")
    clinic.opening_hours.add(OpeningHours(weekday=0, opens=time(9), closes=time(17)))
    clinic.save()
    factories.clinic()
    client.force_login(me)
    opened = fields_of(client, form_of(clinic))
    OpeningHours.objects.all().delete()
    factories.clinic()
    refused = client.post(form_of(clinic), opened)
    assert not OpeningHours.objects.exists()
    assert "Monday" in both_texts(refused)["Hours"][1]
    client.post(form_of(clinic), fields_in(refused))
    assert [str(row) for row in OpeningHours.objects.all()] == ["Monday 9:00 AM–5:00 PM"]


def test_going_back_to_an_earlier_version_is_refused_where_a_colleague_saved_meanwhile(client, site, me):
    fact = factories.fact(value="about 40 minutes")
    first = fact.latest_revision
    client.force_login(me)
    url = reverse("wagtailsnippets_evidence_fact:revisions_revert", args=[fact.pk, first.pk])
    opened = fields_of(client, url)
    fact.value = "about 45 minutes"
    factories.publish(fact)
    response = client.post(url, {**opened, **PUBLISH})
    assert both_texts(response)["Value"] == ("about 45 minutes", "about 40 minutes")
    fact.refresh_from_db()
    assert fact.value == "about 45 minutes"


def test_a_stale_form_of_a_page_is_not_scheduled_either(client, site, me, colleague):
    page = factories.question("May I drive?")
    client.force_login(me)
    opened = on_page(page, form_of(page), client)
    page.title = "May I drive at night?"
    page.save_revision(user=colleague)
    later = f"{timezone.localtime() + timedelta(days=2):%m/%d/%Y %H:%M}"
    response = client.post(form_of(page), {**opened, "title": "May I walk?", "go_live_at": later, **PUBLISH})
    assert "May I drive at night?" in both_texts(response)["Title"][0]
    assert not Page.objects.get(pk=page.pk).approved_schedule


def test_what_machines_may_read_is_not_overwritten_either(client, site):
    client.force_login(factories.administrator())
    url = form_of(CrawlerSettings.load())
    opened = fields_of(client, url)
    opened.pop("allows_training")
    send(client, url, allows_training="on")
    response = client.post(url, opened)
    assert both_texts(response) == {"AI companies may learn from it": ("Yes", "No")}
    assert CrawlerSettings.load().allows_training
