"""Dates and times in the forms of the desk: typed as people do, in the clinic's time zone, never changed silently."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.db import models
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import rich_text

from clinic.form_fields import DateField, DateTimeField, TimeField
from clinic.models import ClinicSettings, Notice, OpeningHours
from clinic.widgets import DateInput, DateTimeInput, TimeInput
from tests import factories
from tests.forms import fields_of, messages_in, send

CLINIC = "/admin/snippets/clinic/clinicsettings/"
NOTICE = "/admin/snippets/clinic/notice/add/"


@pytest.fixture
def page(site):
    return factories.person()


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def field(response, name):
    """An input of the form that came back."""
    return BeautifulSoup(response.content, "html.parser").find("input", attrs={"name": name})


# --- The clinic's hours ----------------------------------------------------------


@pytest.mark.parametrize("closes", ["1:00 pm", "1pm", "1 p.m.", "13:00", "1:00\u202fPM"])
def test_one_in_the_afternoon_is_published_as_the_afternoon(closes, desk, client):
    send(desk, CLINIC, opening_hours=[{"weekday": "0", "opens": "9 am", "closes": closes}])
    assert OpeningHours.objects.get().closes == time(13)
    footer = BeautifulSoup(client.get("/").content, "html.parser").select_one(".site-footer")
    assert "Monday 9:00 AM–1:00 PM" in footer.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("5", "Morning or afternoon? Type 5:00 AM or 5:00 PM."), ("late", "Type it as 1:00 PM, noon, or 13:00.")],
)
def test_an_hour_that_cannot_be_read_stays_as_typed_with_a_message(typed, says, desk):
    response = send(desk, CLINIC, opening_hours=[{"weekday": "0", "opens": "9 am", "closes": typed}])
    assert says in messages_in(response)
    assert field(response, "opening_hours-0-closes")["value"] == typed
    assert not OpeningHours.objects.exists()


def test_hours_are_shown_as_they_are_typed(desk):
    clinic = factories.clinic()
    clinic.opening_hours = [OpeningHours(weekday=0, opens=time(9), closes=time(17, 30))]
    clinic.save()
    shown = fields_of(desk, CLINIC)
    assert (shown["opening_hours-0-opens"], shown["opening_hours-0-closes"]) == ("9:00 AM", "5:30 PM")


# --- Notices -----------------------------------------------------------------------


def announce(desk, **fields):
    return send(desk, NOTICE, text=rich_text("<p>Closed.</p>", "plain"), **fields)


@pytest.mark.parametrize("until", ["11/29/2035 5:00 pm", "Nov 29, 2035 5pm", "2035-11-29 17:00"])
def test_a_notice_ends_at_the_time_of_the_clinic_that_was_typed(until, desk):
    announce(desk, ends_at=until)
    assert Notice.objects.get().ends_at == datetime(2035, 11, 30, 1, tzinfo=UTC)


def test_an_end_that_cannot_be_read_stays_as_typed_and_is_not_asked_for_besides(desk):
    response = announce(desk, ends_at="tomorrow 9am")
    assert field(response, "ends_at")["value"] == "tomorrow 9am"
    assert "Type date and time, such as 11/30/2026 5:00 PM" in messages_in(response)
    assert "Until when should it be shown?" not in messages_in(response)
    assert not Notice.objects.exists()


def test_closed_days_are_typed_in_words(desk):
    year = timezone.localdate().year + 1
    send(desk, NOTICE, closed_from=f"Dec. 24, {year}", closed_until=f"December 26 {year}")
    closed = Notice.objects.get()
    assert (closed.closed_from, closed.closed_until) == (date(year, 12, 24), date(year, 12, 26))


def test_a_closed_day_that_cannot_be_read_stays_as_typed(desk):
    response = send(desk, NOTICE, closed_from="24.12.2035", closed_until="12/26/2035")
    assert "Type month, day, and year" in messages_in(response)
    assert "Which day does the clinic close?" not in messages_in(response)
    assert field(response, "closed_from")["value"] == "24.12.2035"


def test_the_list_of_notices_tells_times_as_its_form_does(desk):
    moment = datetime(2035, 11, 30, 1, tzinfo=UTC)
    factories.notice(ends_at=moment)
    assert "Nov. 29, 2035, 5:00 PM" in desk.get("/admin/snippets/clinic/notice/").content.decode()


def test_saving_a_form_unchanged_changes_no_time(desk):
    clinic = factories.clinic()
    clinic.opening_hours = [OpeningHours(weekday=0, opens=time(0), closes=time(12))]
    clinic.save()
    start = datetime(2035, 6, 30, 7, tzinfo=UTC)
    day = timezone.localdate() + timedelta(days=30)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=12), "closed_from": day, "closed_until": day}
    notice = factories.notice(**times)
    url = f"/admin/snippets/clinic/notice/edit/{notice.pk}/"
    send(desk, CLINIC, name="Renamed")
    desk.post(url, {**fields_of(desk, url), "text": rich_text("<p>Changed.</p>", "plain"), "action-publish": "1"})
    assert ClinicSettings.load().name == "Renamed"
    assert OpeningHours.objects.values_list("opens", "closes").get() == (time(0), time(12))
    saved = Notice.objects.get()
    assert str(saved) == "Changed."
    assert {name: getattr(saved, name) for name in times} == times


# --- Publishing on schedule ---------------------------------------------------------


def test_a_page_goes_live_and_expires_at_the_times_that_were_typed(desk, page):
    send(desk, editor(page), go_live_at="Nov 29, 2035 5pm", expire_at="12/1/2035 at noon")
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2035, 11, 30, 1, tzinfo=UTC)
    assert draft.expire_at == datetime(2035, 12, 1, 20, tzinfo=UTC)
    shown = fields_of(desk, editor(page))
    assert (shown["go_live_at"], shown["expire_at"]) == ("11/29/2035 5:00 PM", "12/01/2035 12:00 PM")


@pytest.mark.parametrize("typed", ["tomorrow 9am", "11/30/2035 5", "3/11/2035 2:30 am"])
def test_a_schedule_that_cannot_be_read_stays_as_typed_in_its_dialog_with_a_message(typed, desk, page):
    response = send(desk, editor(page), go_live_at=typed)
    dialog = BeautifulSoup(response.content, "html.parser").find(id="schedule-publishing-dialog")
    assert dialog.find("input", attrs={"name": "go_live_at"})["value"] == typed
    assert "Type" in str(dialog.select_one(".error-message"))


def test_autosave_refuses_a_schedule_that_cannot_be_read_and_loses_nothing(desk, page):
    send(desk, editor(page), go_live_at="Nov 29, 2035 5pm")
    opened = fields_of(desk, editor(page))
    accepts = {"Accept": "application/json"}
    refused = desk.post(editor(page), {**opened, "title": "Draft", "go_live_at": "tomorrow 9am"}, headers=accepts)
    assert refused.json()["success"] is False
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2035, 11, 30, 1, tzinfo=UTC)
    kept = desk.post(editor(page), {**opened, "title": "Draft", "go_live_at": "11/30/2035 9am"}, headers=accepts)
    assert kept.json()["success"] is True
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2035, 11, 30, 17, tzinfo=UTC)


def test_a_comparison_of_versions_tells_times_as_lists_do(desk, page):
    send(desk, editor(page), go_live_at="Nov 29, 2035 5pm")
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk])
    changes = BeautifulSoup(desk.get(url).content, "html.parser").main.get_text()
    assert "Nov. 29, 2035, 5:00 PM" in changes
    assert "None" not in changes


def test_the_status_of_a_page_tells_the_time_of_today_in_12_hours(monkeypatch):
    moment = datetime(2035, 11, 30, 1, 7, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    shown = Template("{% load wagtailadmin_tags %}{% timesince_last_update moment user_display_name='Pat' %}")
    assert shown.render(Context({"moment": moment})) == "5:07 PM by Pat"


# --- All of them ---------------------------------------------------------------------

TEMPORAL = {models.DateTimeField: (DateTimeField, DateTimeInput), models.TimeField: (TimeField, TimeInput)}
TEMPORAL[models.DateField] = (DateField, DateInput)


def forms_of_the_desk():
    """The class of every form that staff edit a page or a record with, and of the rows in it."""
    for model in [*get_page_models(), *get_snippet_models(), ClinicSettings]:
        edit_handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
        form = edit_handler.get_form_class()
        yield form
        yield from (formset.form for formset in form.formsets.values())


def test_every_date_and_time_of_the_desk_is_typed_and_read_the_same_way():
    found = []
    for form in forms_of_the_desk():
        for name, field in form.base_fields.items():
            if isinstance(field, forms.fields.BaseTemporalField):
                expected = TEMPORAL[type(form._meta.model._meta.get_field(name))]
                assert (type(field), type(field.widget)) == expected, f"{form._meta.model.__name__}.{name}"
                found.append(name)
    assert {"opens", "starts_at", "closed_from", "go_live_at", "effective_date", "published_on"} <= set(found)


def test_the_calendar_of_a_schedule_opens_within_its_dialog(page):
    fields = type(page).get_edit_handler().get_form_class().base_fields
    for name in ("go_live_at", "expire_at"):
        assert fields[name].widget.get_config()["parentID"] == "#schedule-publishing-dialog"


@pytest.mark.parametrize("names", [("starts_at", "ends_at"), ("go_live_at", "expire_at")])
def test_the_time_zone_of_the_clinic_is_named_beside_every_date_with_a_time(names, desk, page):
    url = NOTICE if "ends_at" in names else editor(page)
    html = BeautifulSoup(desk.get(url).content, "html.parser")
    for name in names:
        described_by = html.find("input", attrs={"name": name})["aria-describedby"]
        assert "In the clinic’s time zone (Los Angeles)." in str(html.find(id=described_by))


def test_a_field_tells_and_reads_the_time_of_the_clinic_in_whatever_zone_somebody_works():
    field = DateTimeField()
    moment = datetime(2035, 11, 30, 1, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):
        assert field.widget.format_value(field.prepare_value(moment)) == "11/29/2035 5:00 PM"
        assert field.clean("11/29/2035 5:00 PM") == moment


def test_a_calendar_begins_at_the_day_of_the_clinic(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2035, 11, 30, 1, tzinfo=UTC))
    assert DateInput().get_config()["defaultDate"] == "11/29/2035"
    assert DateTimeInput().get_config()["defaultDate"] == "11/29/2035 9:00 AM"


def test_the_script_that_keeps_pickers_from_rewriting_runs_before_any_picker_is_made(desk):
    html = desk.get(NOTICE).content.decode()
    assert html.index("jquery.datetimepicker.js") < html.index("clinic/date-picker.js") < html.index("initDateChooser(")
