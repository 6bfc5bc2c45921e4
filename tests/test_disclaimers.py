"""Disclaimers and their versions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from disclaimers.models import DisclaimerVersion
from tests import factories
from tests.forms import send


@pytest.mark.parametrize("way", ["unpublish", "delete", "expire", "delete the parent"])
def test_a_site_wide_notice_stands_whatever_happens_to_its_page(way, site, client):
    page = factories.disclaimer(notice="Ask your own doctor first.")
    if way == "unpublish":
        page.unpublish()
    elif way == "delete":
        page.delete()
    elif way == "expire":
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
    else:
        factories.disclaimer_index().delete()
    for url in ("/", "/search/", "/nothing/"):
        html = client.get(url).content.decode()
        assert "Ask your own doctor first." in html, url
        assert 'href="/disclaimer/"' in html
    assert "Ask your own doctor first." in client.get("/disclaimer/").content.decode()


def test_a_site_without_any_disclaimer_shows_the_built_in_one(site, client):
    assert "Nothing on this site is medical advice" in client.get("/").content.decode()
    assert client.get("/disclaimer/").status_code == 200


def test_pages_show_the_published_version_not_the_draft(site, client):
    page = factories.disclaimer(notice="As published.")
    page.notice = "<p>As drafted.</p>"
    page.save_revision()
    html = client.get("/").content.decode()
    assert "As published." in html
    assert "As drafted." not in html


def test_publishing_writes_a_version_only_when_something_changed(site):
    page = factories.disclaimer()
    page = factories.publish(page)
    assert DisclaimerVersion.objects.count() == 1
    page.notice = "<p>Another notice.</p>"
    factories.publish(page)
    assert [version.number for version in DisclaimerVersion.objects.all()] == [1, 2]


def test_a_version_waits_for_its_effective_date(site, client):
    page = factories.disclaimer(notice="In force today.")
    page.notice = "<p>In force later.</p>"
    page.effective_date = timezone.localdate() + timezone.timedelta(days=3)
    factories.publish(page)
    html = client.get("/").content.decode()
    assert "In force today." in html
    assert "In force later." not in html


def test_a_disclaimer_of_a_section_stands_on_its_pages_only(site, client):
    question = factories.question()
    factories.disclaimer(notice="About answers.", scope="section", section=factories.faq_index())
    assert "About answers." in client.get(question.url).content.decode()
    assert "About answers." not in client.get("/").content.decode()


@pytest.mark.parametrize("more", [{}, {"effective_date": "11/27/2020"}])
def test_a_disclaimer_published_in_its_editor_is_what_readers_see(more, site, client):
    page = factories.disclaimer("The old notice.")
    client.force_login(factories.member("Publishers"))
    notice = rich_text("<p>The new notice.</p>", "plain")
    typed = {"notice": notice, "body-count": "0", "action-publish": "1", **more}
    send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **typed)
    assert "The new notice." in client.get("/").content.decode()
    assert DisclaimerVersion.objects.filter(disclaimer=page).count() == 2


def test_who_publishes_a_disclaimer_for_later_is_told_from_when_on_readers_see_it(site, client):
    page = factories.disclaimer()
    client.force_login(factories.member("Publishers"))
    day = timezone.localdate() + timedelta(days=3)
    notice = rich_text("<p>The new notice.</p>", "plain")
    typed = {"notice": notice, "effective_date": f"{day:%m/%d/%Y}", "body-count": "0", "action-publish": "1"}
    answer = send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **typed)
    assert "Readers see it from" in answer.content.decode()
    assert "The new notice." not in client.get("/").content.decode()
