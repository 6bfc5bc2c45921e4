"""What is typed into the forms of records and settings is never lost, and changes nothing before it is saved."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.autosave import LARGEST
from core.models import Autosave, Topic
from evidence.models import Fact
from machines.models import CrawlerSettings
from tests import factories
from tests.forms import fields_of, messages_in

RECORDS = {
    "topic": (lambda: factories.topic("costs"), "name", "Costs and insurance"),
    "notice": (factories.notice, "ends_at", "05/01/2030 8:00 AM"),
    "fact": (factories.fact, "value", "about 50 minutes"),
    "source": (factories.reference, "title", "A randomized trial"),
    "clinic": (factories.clinic, "name", "Innerbloom of the coast"),
    "crawlers": (CrawlerSettings.load, "allows_training", None),
}


def address_of(name, record=None, **which):
    """An address of autosave for a record, or for a new one of a model."""
    meta = (record or which["new"])._meta
    return reverse(name, args=[meta.app_label, meta.model_name, *([record.pk] if record else [])])


def form_of(record):
    kind = f"{record._meta.app_label}/{record._meta.model_name}"
    is_setting = kind.endswith("settings")
    return f"/admin/settings/{kind}/{record.pk}/" if is_setting else f"/admin/snippets/{kind}/edit/{record.pk}/"


ADD_FACT = "/admin/snippets/evidence/fact/add/"


def keep(client, record, url=None, **typed):
    """What the browser does while somebody types into the form of a record."""
    return client.post(address_of("autosave_keep", record), {**fields_of(client, url or form_of(record)), **typed})


@pytest.fixture
def desk(client, site):
    client.force_login(factories.administrator())
    return client


@pytest.fixture(params=RECORDS)
def typed(request, desk):
    """(a record, name of a field, what is typed there); empty text for a box that is cleared."""
    make, field, text = RECORDS[request.param]
    return make(), field, text


def test_a_form_left_unsaved_opens_as_it_was_left_and_says_so(typed, desk):
    record, field, text = typed
    fields = fields_of(desk, form_of(record))
    fields.pop(field) if text is None else fields.update({field: text})
    assert desk.post(address_of("autosave_keep", record), fields).json()["kept"]
    response = desk.get(form_of(record))
    assert fields_of(desk, form_of(record)).get(field) == text
    assert "and did not save it." in response.content.decode()


def test_what_is_only_typed_changes_nothing_for_readers(desk, client):
    fact = factories.fact(value="about 40 minutes")
    keep(desk, fact, value="about 50 minutes")
    assert Fact.objects.get().value == "about 40 minutes"


def test_nobody_else_sees_what_somebody_typed(desk, client):
    fact = factories.fact(value="about 40 minutes")
    keep(desk, fact, value="about 50 minutes")
    client.force_login(factories.member("Publishers"))
    assert fields_of(client, form_of(fact))["value"] == "about 40 minutes"


def test_saving_ends_what_was_kept(typed, desk):
    record, field, text = typed
    fields = fields_of(desk, form_of(record))
    fields.pop(field) if text is None else fields.update({field: text})
    desk.post(address_of("autosave_keep", record), fields)
    desk.post(form_of(record), fields_of(desk, form_of(record)))
    response = desk.get(form_of(record))
    assert fields_of(desk, form_of(record)).get(field) == text
    assert "did not save it" not in response.content.decode()


def test_what_was_typed_can_be_dropped(desk):
    fact = factories.fact(value="about 40 minutes")
    keep(desk, fact, value="about 50 minutes")
    shown = BeautifulSoup(desk.get(form_of(fact)).content, "html.parser")
    drop = shown.find("button", string="Drop it and show what is saved")["formaction"]
    response = desk.post(drop, {"value": "about 50 minutes"}, follow=True)
    assert response.request["PATH_INFO"] == form_of(fact)
    assert fields_of(desk, form_of(fact))["value"] == "about 40 minutes"
    assert "did not save it" not in response.content.decode()


def test_a_new_record_left_unsaved_is_there_when_one_is_added(desk):
    fields = {**fields_of(desk, ADD_FACT), "key": "half-life", "name": "Half-life", "value": "about three hours"}
    desk.post(address_of("autosave_keep", new=Fact), fields)
    assert fields_of(desk, ADD_FACT)["value"] == "about three hours"
    assert not Fact.objects.exists()


def test_after_a_new_record_is_saved_the_next_form_is_empty(desk):
    fields = {**fields_of(desk, ADD_FACT), "key": "half-life", "name": "Half-life", "value": "about three hours"}
    desk.post(address_of("autosave_keep", new=Fact), fields)
    desk.post(ADD_FACT, fields_of(desk, ADD_FACT))
    assert Fact.objects.get().value == "about three hours"
    assert fields_of(desk, ADD_FACT)["value"] == ""


def test_a_form_that_a_colleague_overtook_says_so_as_it_opens(desk, client):
    fact = factories.fact(value="about 40 minutes")
    keep(desk, fact, value="about 50 minutes")
    Fact.objects.update(value="about 45 minutes")
    shown = desk.get(form_of(fact)).content.decode()
    assert "Somebody saved this after you had opened it." in shown
    assert "about 45 minutes" in shown
    assert fields_of(desk, form_of(fact))["value"] == "about 50 minutes"


def test_a_form_that_stands_again_as_it_is_saved_is_forgotten(desk):
    fact = factories.fact(value="about 40 minutes")
    keep(desk, fact, value="about 50 minutes")
    assert desk.post(address_of("autosave_keep", fact)).json() == {"kept": ""}
    assert "did not save it" not in desk.get(form_of(fact)).content.decode()


def test_rows_typed_into_the_clinic_come_back(desk):
    clinic = factories.clinic()
    rows = {
        "profiles-TOTAL_FORMS": "1",
        "profiles-0-url": "https://social.example/innerbloom",
        "profiles-0-name": "Social",
        "profiles-0-id": "",
        "profiles-0-ORDER": "1",
        "profiles-0-DELETE": "",
    }
    keep(desk, clinic, **rows)
    assert fields_of(desk, form_of(clinic))["profiles-0-url"] == "https://social.example/innerbloom"


@pytest.mark.parametrize("data", [{}, {"value": "\x00\ud83c"}, {"opened_as": "x" * 5000}, {"key": ["a", "b"]}])
def test_nonsense_that_is_kept_leaves_the_form_whole(data, desk):
    fact = factories.fact()
    desk.post(address_of("autosave_keep", fact), {key: repr(value) for key, value in data.items()})
    Autosave.objects.update(data="value=%00%ff&profiles-TOTAL_FORMS=x&opened_as=")
    assert desk.get(form_of(fact)).status_code == 200


def test_a_clinic_form_without_its_rows_leaves_the_form_whole(desk):
    clinic = factories.clinic()
    desk.post(address_of("autosave_keep", clinic), {"name": "Innerbloom", "profiles-TOTAL_FORMS": "many"})
    assert desk.get(form_of(clinic)).status_code == 200


def test_a_form_too_large_to_keep_says_so_and_keeps_what_was_kept(desk):
    fact = factories.fact()
    keep(desk, fact, value="about 50 minutes")
    answer = desk.post(address_of("autosave_keep", fact), {"value": "x" * LARGEST})
    assert answer.status_code == 413
    assert fields_of(desk, form_of(fact))["value"] == "about 50 minutes"


def test_only_who_may_change_a_record_keeps_a_form_of_it(client, site):
    fact = factories.fact()
    client.force_login(factories.member("Clinical reviewers"))
    client.post(address_of("autosave_keep", fact), {"value": "x"})
    client.post(address_of("autosave_drop", fact))
    client.logout()
    client.post(address_of("autosave_keep", fact), {"value": "x"})
    assert not Autosave.objects.exists()


def test_there_is_nothing_to_keep_of_what_has_no_such_form(desk):
    for path in ("accounts/user/1/", "core/nothing/", "core/topic/99999/", "wagtailcore/page/1/drop/"):
        assert desk.post(f"/admin/autosave/{path}").status_code == 404
    assert desk.get("/admin/autosave/core/topic/").status_code == 405


def test_what_nobody_came_back_to_goes_after_a_month(desk):
    old, recent = factories.topic("costs"), factories.topic("safety")
    keep(desk, old, name="Costs and insurance")
    Autosave.objects.update(kept_at=timezone.now() - timedelta(days=31))
    keep(desk, recent, name="Risks and safety")
    call_command("runjobs", "--once")
    assert fields_of(desk, form_of(old))["name"] == old.name
    assert fields_of(desk, form_of(recent))["name"] == "Risks and safety"
    assert Topic.objects.filter(name=old.name).exists()


def test_a_form_in_error_is_sent_again_by_the_browser(desk):
    fact = factories.fact()
    response = desk.post(form_of(fact), {**fields_of(desk, form_of(fact)), "value": ""})
    assert messages_in(response)
    assert BeautifulSoup(response.content, "html.parser").find(attrs={"data-autosave": True, "data-unsaved": True})
