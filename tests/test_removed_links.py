"""A link in a text to a page that was removed leads to where staff said, and asks nobody for the impossible."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from jobs.runner import run_jobs
from redirects.page_removal import GONE
from tests import factories
from trash.models import TrashedPage

KEPT = "read on"


@pytest.fixture
def desk(site):
    client = Client()
    client.force_login(factories.administrator())
    return client


def remove(desk, action, page, to, django_capture_on_commit_callbacks):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}&next=/admin/"
    data = {"lead_to": GONE} if to == GONE else {"lead_to": "page", "target": to.pk}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, data)


def empty_trash(django_capture_on_commit_callbacks):
    TrashedPage.objects.update(deleted_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert run_jobs()
    assert not TrashedPage.objects.exists()


def href(client, path):
    """Where the link with the words leads on a page; None where they stand without a link."""
    html = client.get(path).content.decode()
    assert KEPT in html
    found = re.search(rf'<a href="([^"]*)">{KEPT}</a>', html)
    return found and found[1]


def tasks(desk):
    html = desk.get("/admin/reports/to-do/").content.decode()
    return re.findall(r"” (links to (?:“|a page)[^<]*)", html)


@pytest.mark.each_database
@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_links_in_texts_lead_to_the_page_that_staff_chose(action, desk, client, django_capture_on_commit_callbacks):
    page, target = factories.article(slug="old"), factories.article(slug="new")
    factories.question(slug="short", short_answer=factories.link(page, KEPT))
    factories.question(slug="long", body=factories.paragraph(factories.link(page, KEPT)))
    factories.article(slug="article", body=factories.paragraph(factories.link(page, KEPT)))
    places = ["/faq/short/", "/faq/long/", "/blog/article/", "/faq/all/"]
    assert [href(client, place) for place in places] == ["/blog/old/"] * 4
    remove(desk, action, page, target, django_capture_on_commit_callbacks)
    assert [href(client, place) for place in places] == ["/blog/new/"] * 4
    assert tasks(desk) == []
    if action == "delete":
        empty_trash(django_capture_on_commit_callbacks)
        assert not Page.objects.filter(pk=page.pk).exists()
        assert [href(client, place) for place in places] == ["/blog/new/"] * 4
        assert tasks(desk) == []


def test_a_link_follows_further_removals_in_one_hop(desk, client, django_capture_on_commit_callbacks):
    first, second, third = (factories.article(slug=slug) for slug in ("first", "second", "third"))
    factories.question(slug="one", short_answer=factories.link(first, KEPT))
    remove(desk, "delete", first, second, django_capture_on_commit_callbacks)
    remove(desk, "delete", second, third, django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") == "/blog/third/"
    empty_trash(django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") == "/blog/third/"


def test_a_redirect_that_staff_change_later_changes_the_links(desk, client, django_capture_on_commit_callbacks):
    page = factories.article(slug="old")
    factories.question(slug="one", short_answer=factories.link(page, KEPT))
    remove(desk, "delete", page, GONE, django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") is None
    Redirect.objects.filter(old_path="/blog/old").update(redirect_page=factories.visit())
    assert href(client, "/faq/one/") == "/visit/"


def test_where_nothing_follows_the_words_stay_and_the_task_says_what_can_be_done(
    desk, client, django_capture_on_commit_callbacks
):
    page = factories.article(slug="old", title="Old news")
    source = factories.question(slug="one", title="What then?", short_answer=factories.link(page, KEPT))
    remove(desk, "delete", page, GONE, django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") is None
    html = desk.get("/admin/reports/to-do/").content.decode()
    assert "links to “Old news”, which is in the trash" in html
    assert "Take the link out, or bring the page back." in html
    assert reverse("wagtailadmin_pages:edit", args=[source.pk]) in html
    empty_trash(django_capture_on_commit_callbacks)
    html = desk.get("/admin/reports/to-do/").content.decode()
    assert "links to a page that is gone" in html
    assert "Publish it" not in html


def test_a_page_brought_back_is_linked_to_again(desk, client, django_capture_on_commit_callbacks):
    page = factories.article(slug="old")
    factories.question(slug="one", short_answer=factories.link(page, KEPT))
    remove(desk, "delete", page, factories.visit(), django_capture_on_commit_callbacks)
    desk.post(reverse("trash_bring_back", args=[TrashedPage.objects.get().pk]))
    assert href(client, "/faq/one/") == "/blog/old/"


def test_links_to_pages_below_a_removed_one_lead_on_too(desk, client, django_capture_on_commit_callbacks):
    parent = factories.standard(slug="care")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    factories.question(slug="one", short_answer=factories.link(child, KEPT))
    remove(desk, "delete", parent, factories.visit(), django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") == "/visit/"
    empty_trash(django_capture_on_commit_callbacks)
    assert href(client, "/faq/one/") == "/visit/"


def test_a_door_whose_page_is_gone_is_still_a_task(desk, site, django_capture_on_commit_callbacks):
    page = factories.article(slug="old", title="Old news")
    site.doors = [("door", {"title": "For you", "text": "Come in.", "page": page})]
    factories.publish(site)
    remove(desk, "delete", page, factories.visit(), django_capture_on_commit_callbacks)
    assert tasks(desk) == ["links to “Old news”, which is in the trash"]


def test_a_link_to_a_private_page_says_nothing_of_it(desk, client, django_capture_on_commit_callbacks):
    from wagtail.models import PageViewRestriction

    page = factories.standard(slug="inside")
    factories.question(slug="one", short_answer=factories.link(page, KEPT))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    Redirect.objects.create(old_path="/inside", redirect_link="/visit/")
    assert href(client, "/faq/one/") is None


def test_many_links_to_removed_pages_cost_a_few_queries(
    desk, client, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    pages = [factories.article(slug=f"old-{number}") for number in range(12)]
    links = "".join(factories.link(page, f"{KEPT} {page.pk}") for page in pages)
    factories.article(slug="source", body=factories.paragraph(links))
    client.get("/blog/source/")
    for page in pages:
        remove(desk, "delete", page, factories.visit(), django_capture_on_commit_callbacks)
    client.get("/blog/source/")
    with django_assert_max_num_queries(60):
        html = client.get("/blog/source/").content.decode()
    assert html.count('<a href="/visit/">read on') == 12
