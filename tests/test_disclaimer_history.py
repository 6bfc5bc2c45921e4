"""When each version of a disclaimer was in force, and the pages that show earlier ones."""

from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from disclaimers.models import DisclaimerPage
from tests import factories, filled


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the clock of the clinic, as "2026-03-02 10:00"."""

    def set_clock(moment):
        now = timezone.make_aware(datetime.fromisoformat(moment), timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return set_clock


@pytest.fixture
def published(site, clock):
    """A function that makes a disclaimer published at these moments, each time with another notice."""

    def publish(*versions):
        page = None
        for number, (moment, effective_date) in enumerate(versions, start=1):
            clock(moment)
            fields = {"effective_date": effective_date and date.fromisoformat(effective_date)}
            if page is None:
                page = factories.disclaimer(f"Words of version {number}.", slug="legal", **fields)
                continue
            page.notice = f"<p>Words of version {number}.</p>"
            page.effective_date = fields["effective_date"]
            page = factories.publish(page)
        return page

    return publish


def main(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser").main


def words(element):
    return " ".join(element.get_text().split())


@pytest.mark.parametrize(
    ("versions", "now", "in_force", "earlier"),
    [
        pytest.param([("2026-03-02 10:00", None)], "2026-03-02 10:01", "March 2, 2026", [], id="only one"),
        pytest.param(
            [("2026-03-02 10:00", "2026-02-01")], "2026-03-05 10:00", "March 2, 2026", [], id="effective in the past"
        ),
        pytest.param([("2026-03-02 10:00", "2026-03-02")], "2026-03-02 11:00", "March 2, 2026", [], id="starts today"),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-05 10:00", "2026-03-09")],
            "2026-03-08 23:59",
            "March 2, 2026",
            [],
            id="the minute before the next one begins",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-05 10:00", "2026-03-09")],
            "2026-03-09 00:00",
            "March 9, 2026",
            ["Version 1: in force from March 2, 2026 to March 8, 2026"],
            id="at the midnight it begins",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-04-05 10:00", None), ("2026-05-06 10:00", "2026-05-06")],
            "2026-06-01 10:00",
            "May 6, 2026",
            [
                "Version 2: in force from April 5, 2026 to May 6, 2026",
                "Version 1: in force from March 2, 2026 to April 5, 2026",
            ],
            id="three versions",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-02 15:00", None), ("2026-03-04 09:00", None)],
            "2026-06-01 10:00",
            "March 4, 2026",
            [
                "Version 2: in force from March 2, 2026 to March 4, 2026",
                "Version 1: in force on March 2, 2026",
            ],
            id="two on one day",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-03 10:00", "2026-09-01"), ("2026-03-04 10:00", None)],
            "2026-12-01 10:00",
            "March 4, 2026",
            ["Version 1: in force from March 2, 2026 to March 4, 2026"],
            id="superseded before it began",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-03 10:00", "2026-09-01"), ("2026-03-04 10:00", "2026-09-01")],
            "2026-12-01 10:00",
            "September 1, 2026",
            ["Version 1: in force from March 2, 2026 to August 31, 2026"],
            id="two for the same day ahead",
        ),
        pytest.param(
            [("2026-03-02 23:30", None), ("2026-03-03 00:30", None)],
            "2026-03-03 01:00",
            "March 3, 2026",
            ["Version 1: in force from March 2, 2026 to March 3, 2026"],
            id="late in the evening, when it is tomorrow in UTC",
        ),
        pytest.param(
            [("2026-03-02 10:00", None), ("2026-03-03 10:00", "2026-03-04")],
            "2026-03-03 23:30",
            "March 2, 2026",
            [],
            id="the day has begun in UTC but not at the clinic",
        ),
        pytest.param(
            [("2026-11-01 00:30", None), ("2026-11-01 09:00", "2026-11-02")],
            "2026-11-02 00:00",
            "November 2, 2026",
            ["Version 1: in force on November 1, 2026"],
            id="the day on which clocks change",
        ),
    ],
)
def test_a_disclaimer_says_when_each_version_was_in_force(versions, now, in_force, earlier, published, clock, client):
    page = published(*versions)
    clock(now)

    shown = main(client, page.url)

    assert f"In force since {in_force}" in words(shown)
    assert [words(item) for item in shown.select(".earlier-versions li")] == earlier


THREE = [("2026-03-02 10:00", None), ("2026-03-03 10:00", "2026-09-01"), ("2026-03-04 10:00", None)]


def test_an_earlier_version_shows_its_own_text_dates_and_what_changed(published, client):
    page = published(*THREE)
    link = main(client, page.url).select_one(".earlier-versions a")

    shown = main(client, link["href"])

    assert link["href"] == "/disclaimers/legal/version/1/"
    assert words(shown.select_one(".lead")) == "Words of version 1."
    assert "Version 1 · in force from March 2, 2026 to March 4, 2026" in words(shown)
    assert "What version 3 changed" in words(shown)
    assert (words(shown.select_one("del")), words(shown.select_one("ins"))) == (
        "Deleted: 1. (end of the deletion)",
        "Inserted: 3. (end of the insertion)",
    )


def test_an_earlier_version_keeps_title_and_full_text_of_its_time(published, clock, client):
    page = published(("2026-03-02 10:00", None))
    clock("2026-03-03 10:00")
    page.body = factories.paragraph("<p>The full text of then.</p>")
    page = factories.publish(page)
    clock("2026-03-04 10:00")
    page.title, page.body = "Another title", factories.paragraph("<p>The full text of now.</p>")
    factories.publish(page)

    shown = main(client, "/disclaimers/legal/version/2/")

    assert words(shown.h1) == "Medical disclaimer"
    assert "The full text of then." in words(shown.select_one(".body"))
    assert "The full text of now." not in words(shown.select_one(".body"))


def test_an_earlier_version_of_every_kind_of_block_can_be_read(published, clock, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = published(("2026-03-02 10:00", None))
    clock("2026-03-03 10:00")
    page.body = filled.body(f"<p>It takes {factories.fact_token(factories.fact())}.</p>")
    page = factories.publish(page)
    clock("2026-03-04 10:00")
    page.body = []
    factories.publish(page)

    shown = main(client, "/disclaimers/legal/version/2/")

    assert "It takes about 40 minutes." in words(shown.select_one(".body"))
    assert "It takes about 40 minutes." in words(shown.select_one(".difference"))
    assert "Its figures and sources are shown as they are today." in words(shown)


@pytest.mark.parametrize("number", [0, 2, 4, 99999999999999999999])
def test_a_version_that_was_never_in_force_has_no_page(number, published, client):
    published(*THREE)
    assert client.get(f"/disclaimers/legal/version/{number}/").status_code == 404


def test_a_version_that_waits_for_its_day_has_no_page(published, client):
    published(("2026-03-02 10:00", None), ("2026-03-03 10:00", "2026-09-01"))
    assert client.get("/disclaimers/legal/version/2/").status_code == 404


def test_the_address_of_the_version_in_force_leads_to_the_page(published, client):
    page = published(*THREE)
    response = client.get("/disclaimers/legal/version/3/")
    assert (response.status_code, response["Location"]) == (302, page.url)


@pytest.mark.parametrize("way", ["unpublish", "expire", "delete", "close"])
def test_earlier_versions_can_be_read_no_longer_than_the_page(way, published, clock, client):
    page = published(*THREE)
    if way == "unpublish":
        page.unpublish()
    elif way == "expire":
        DisclaimerPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    elif way == "delete":
        page.delete()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    answers = [client.get(url) for url in (page.url, f"{page.url}version/1/")]

    assert answers[0].status_code == answers[1].status_code != 200
    assert all(b"Words of version 1." not in answer.content for answer in answers)


def test_machines_are_not_led_to_earlier_versions(published, client):
    published(*THREE)
    html = client.get("/disclaimers/legal/version/1/").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "application/ld+json" not in html
    assert "/version/" not in client.get("/sitemap.xml").content.decode()


def test_earlier_versions_move_along_with_the_page(published, client, django_capture_on_commit_callbacks):
    page = published(*THREE)
    page.slug = "terms"
    with django_capture_on_commit_callbacks(execute=True):
        factories.publish(page)
    response = client.get("/disclaimers/legal/version/1/")
    assert (response.status_code, response["Location"]) == (301, "/disclaimers/terms/version/1/")


def test_the_list_of_earlier_versions_costs_no_query_each(published, clock, client):
    page = published(*THREE)
    client.get(page.url)
    with CaptureQueriesContext(connection) as of_few:
        client.get(page.url)
    for day in range(5, 10):
        clock(f"2026-03-0{day} 10:00")
        page.notice = f"<p>Words of day {day}.</p>"
        page = factories.publish(page)

    with CaptureQueriesContext(connection) as of_many:
        assert len(main(client, page.url).select(".earlier-versions li")) == 6

    assert len(of_many) == len(of_few)
