"""Disclaimers and their versions."""

import pytest
from django.utils import timezone

from disclaimers.models import DisclaimerVersion
from tests import factories


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
