"""Old addresses lead straight to where their content is, or say that it is gone."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests import factories

pytestmark = pytest.mark.each_database


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Renames a page, and lets what follows a commit follow."""

    def renamed(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            return factories.publish(page)

    return renamed


def test_a_renamed_page_leaves_a_redirect_without_a_chain(site, client, rename):
    page = factories.question(slug="one")
    rename(rename(page, "two"), "three")
    response = client.get("/faq/one/")
    assert (response.status_code, response["Location"]) == (301, "/faq/three/")


def test_a_redirect_to_an_unpublished_page_is_not_found(site, client, rename):
    page = rename(factories.question(slug="one"), "two")
    page.unpublish()
    assert client.get("/faq/one/").status_code == 404


def test_a_redirect_without_a_target_says_that_the_page_is_gone(site, client):
    Redirect.objects.create(old_path="/old")
    assert client.get("/old/").status_code == 410


def test_a_loop_of_redirects_ends(site, client):
    Redirect.objects.create(old_path="/a", redirect_link="/b")
    Redirect.objects.create(old_path="/b", redirect_link="/a")
    assert client.get("/a/").status_code == 404


def test_the_routes_of_a_renamed_index_lead_on_too(site, client, rename):
    factories.article(topics=[factories.topic("your-visit")])
    factories.question(topic=factories.topic("your-visit"))
    rename(factories.faq_index(), "answers")
    rename(factories.blog_index(), "articles")
    assert client.get("/faq/topic/your-visit/")["Location"] == "/answers/topic/your-visit/"
    assert client.get("/faq/all/")["Location"] == "/answers/all/"
    assert client.get("/blog/topic/your-visit/")["Location"] == "/articles/topic/your-visit/"


@pytest.mark.parametrize("make", [factories.faq_index, factories.blog_index])
def test_no_page_takes_a_word_that_its_section_answers_itself(make, site):
    index = make()
    routes = {str(route.pattern).partition("/")[0] for route in index.get_subpage_urls()}
    assert index.reserved_slugs == routes - {""}
