"""When a page leaves, its old links lead to where staff said, or say that it is gone."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Site, Workflow, WorkflowTask

from faq.models import FAQEntryPage
from publishing.page_tree import outside_trash
from redirects.page_removal import GONE, redirect_removed_pages_to
from tests import factories
from trash.models import TrashedPage
from trash.moving import delete_for_good


@pytest.fixture
def desk(site):
    """The browser of an administrator."""
    client = Client()
    client.force_login(factories.administrator())
    return client


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Renames a page, and lets what follows a commit follow."""

    def renamed(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            return factories.publish(page)

    return renamed


@pytest.fixture
def visit(client):
    """What a visitor gets: the address of a permanent redirect, or the status."""

    def visited(path):
        response = client.get(path)
        return response["Location"] if response.status_code == 301 else response.status_code

    return visited


def address(action, *pages):
    """The form that does `action` to pages."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{ids}&next=/admin/"


def post(desk, action, *pages, to=None, **data):
    """Send the form: `to` is a page, GONE or None for no choice at all. Returns the page that follows, as text."""
    if to is not None:
        data |= {"lead_to": GONE} if to == GONE else {"lead_to": "page", "target": to.pk}
    return desk.post(address(action, *pages), data, follow=True).content.decode()


def chosen(html, name="lead_to"):
    """What is ticked in the form."""
    box = BeautifulSoup(html, "html.parser").select_one(f"input[name={name}][checked]")
    return box and box.get("value", "on")


def stays(page):
    return outside_trash(Page.objects.filter(pk=page.pk)).exists()


def editor_of(*permissions):
    """A client signed in as somebody with these rights on all pages, and no others."""
    group = Group.objects.create(name="Some staff")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in permissions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{name}_page")
        GroupPagePermission.objects.create(group=group, page=factories.home(), permission=permission)
    user = get_user_model().objects.create_user(email="staff@example.org", password="long-enough-for-tests")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


# --- Asking ------------------------------------------------------------------


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_staff_are_asked_where_old_links_lead_and_offered_the_page_above(action, desk):
    page = factories.question(slug="one")
    response = desk.get(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), follow=True)
    html = response.content.decode()
    assert "Where should people who follow old links go?" in html
    assert "Nowhere: say that it is gone" in html
    assert f'name="target" value="{factories.faq_index().pk}"' in html
    assert stays(page)


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_a_form_without_the_question_asks_it_and_does_nothing_yet(action, desk, visit):
    page = factories.question(slug="one")
    response = desk.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), follow=True)
    assert "Where should people who follow old links go?" in response.content.decode()
    assert visit("/faq/one/") == 200


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_without_a_choice_nothing_happens_and_staff_are_told(action, desk, visit):
    page = factories.question(slug="one")
    assert "Choose where people who follow old links should go" in post(desk, action, page)
    assert "Choose the page, or “Nowhere”" in post(desk, action, page, lead_to="page")
    assert visit("/faq/one/") == 200


@pytest.mark.parametrize("action", ["delete", "unpublish"])
@pytest.mark.parametrize("nonsense", ["0", "-1", "x", "9" * 30])
def test_a_page_that_is_not_there_is_refused_as_a_target(nonsense, action, desk, visit):
    page = factories.question(slug="one")
    html = post(desk, action, page, lead_to="page", target=nonsense)
    assert "Choose another one" in html
    assert visit("/faq/one/") == 200


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_a_page_cannot_lead_to_itself(action, desk, visit):
    page = factories.question(slug="one")
    assert "leaves the site itself" in post(desk, action, page, to=page)
    assert visit("/faq/one/") == 200


def test_a_browser_asks_again_for_a_page_that_may_come_back(desk, client):
    page = factories.standard()
    post(desk, "unpublish", page, to=factories.home())
    assert client.get(page.url)["Cache-Control"] == "no-cache"


def test_a_page_cannot_lead_to_one_that_is_deleted_with_it(desk):
    page = factories.question()
    assert "leaves the site itself" in post(desk, "delete", factories.faq_index(), to=page)
    assert stays(page)


def test_an_unpublished_page_may_lead_to_one_below_it_that_stays(desk, visit):
    page = factories.question(slug="one")
    assert "leaves the site itself" in post(desk, "unpublish", factories.faq_index(), to=page, include_descendants="on")
    post(desk, "unpublish", factories.faq_index(), to=page)
    assert visit("/faq/") == "/faq/one/"


def test_a_page_cannot_lead_to_a_draft(desk, visit):
    page, draft = factories.question(slug="one"), factories.question(live=False)
    assert "Readers cannot open" in post(desk, "delete", page, to=draft)
    assert visit("/faq/one/") == 200


def test_nobody_is_asked_about_a_draft_that_never_went_out(desk):
    draft = factories.question(live=False)
    assert "old links" not in desk.get(address("delete", draft)).content.decode()
    post(desk, "delete", draft)
    assert not stays(draft)
    assert not Redirect.objects.exists()


def test_somebody_without_permission_neither_deletes_nor_unpublishes(site, visit):
    writer = editor_of("add", "change")
    page = factories.question(slug="one")
    for action in ("delete", "unpublish"):
        url = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
        assert "do not have permission" in writer.post(url, {"lead_to": GONE}, follow=True).content.decode()
        assert f"have permission to {action}" in writer.get(address(action, page)).content.decode()
        post(writer, action, page, to=GONE)
    assert visit("/faq/one/") == 200


def test_somebody_who_may_publish_may_also_say_where_old_links_lead(site, visit):
    publisher = editor_of("add", "change", "publish")
    post(publisher, "unpublish", factories.question(slug="one"), to=factories.visit())
    assert visit("/faq/one/") == "/visit/"


def test_a_wrong_name_typed_to_confirm_deletes_nothing_and_keeps_the_choice(desk, visit):
    html = post(desk, "delete", factories.faq_index(), to=GONE, confirm_site_name="Wrong")
    assert "to confirm" in html
    assert chosen(html) == GONE
    assert visit("/faq/") == 200


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_the_home_page_stays_and_staff_are_told_why(action, desk, site, visit):
    single = desk.post(reverse(f"wagtailadmin_pages:{action}", args=[site.pk]), follow=True).content.decode()
    assert "without which there is no site" in single
    assert "without which there is no site" in post(desk, action, site, to=GONE)
    assert visit("/") == 200


# --- Deleting ----------------------------------------------------------------


def test_a_deleted_page_leads_to_the_page_that_staff_chose(desk, visit):
    page, target = factories.question(slug="one"), factories.article(slug="better")
    html = post(desk, "delete", page, to=target)
    assert "1 page has been deleted" in html
    assert visit("/faq/one/") == "/blog/better/"


def test_a_deleted_page_says_that_it_is_gone_if_staff_said_so(desk, client):
    page = factories.question(slug="one")
    post(desk, "delete", page, to=GONE)
    response = client.get("/faq/one/")
    assert response.status_code == 410
    assert "This page is gone" in response.content.decode()


def test_all_pages_below_a_deleted_page_lead_to_the_choice(desk, visit):
    target = factories.standard(slug="care")
    parent = factories.standard(slug="old")
    factories.add(parent, type(parent)(title="Below", slug="below"))
    factories.add(parent, type(parent)(title="Draft below", slug="draft"), live=False)
    post(desk, "delete", parent, to=target)
    assert visit("/old/") == "/care/"
    assert visit("/old/below/") == "/care/"
    assert visit("/old/draft/") == 404


def test_many_pages_are_deleted_with_one_choice(desk, visit):
    pages = [factories.question(slug="one"), factories.article(slug="two")]
    post(desk, "delete", *pages, to=factories.visit())
    assert visit("/faq/one/") == "/visit/"
    assert visit("/blog/two/") == "/visit/"


def test_a_page_and_the_one_above_it_are_deleted_together(desk, visit):
    parent = factories.standard(slug="old")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    for pages in ([parent, child], [child, parent]):
        assert "Where should people who follow old links go" in desk.get(address("delete", *pages)).content.decode()
    html = post(desk, "delete", parent, child, to=factories.visit())
    assert "deleted" in html
    assert visit("/old/below/") == "/visit/"


def test_the_old_addresses_of_a_deleted_page_lead_on_in_one_hop(desk, visit, rename):
    page = rename(rename(factories.question(slug="one"), "two"), "three")
    post(desk, "delete", page, to=factories.visit())
    assert [visit(f"/faq/{slug}/") for slug in ("one", "two", "three")] == ["/visit/"] * 3


def test_the_old_addresses_of_a_page_that_is_gone_are_gone(desk, visit, rename):
    page = rename(factories.question(slug="one"), "two")
    post(desk, "delete", page, to=GONE)
    assert (visit("/faq/one/"), visit("/faq/two/")) == (410, 410)


def test_a_redirect_made_by_hand_outlives_its_target(desk, visit):
    page = factories.question(slug="one")
    Redirect.objects.create(old_path="/flyer", redirect_page=page, is_permanent=False)
    post(desk, "delete", page, to=factories.visit())
    assert visit("/flyer") == 302
    delete_for_good(TrashedPage.objects.get())
    assert visit("/flyer") == 302
    row = Redirect.objects.get(old_path="/flyer")
    assert (row.redirect_page.slug, row.is_permanent, row.automatically_created) == ("visit", False, False)


def test_a_target_deleted_later_hands_its_visitors_on(desk, visit):
    first, second = factories.question(slug="one"), factories.question(slug="two")
    post(desk, "delete", first, to=second)
    post(desk, "delete", second, to=factories.visit())
    assert visit("/faq/one/") == visit("/faq/two/") == "/visit/"


def test_a_target_unpublished_later_hands_its_visitors_on_in_one_hop(desk, visit):
    first, second = factories.question(slug="one"), factories.question(slug="two")
    post(desk, "delete", first, to=second)
    post(desk, "unpublish", second, to=factories.visit())
    assert visit("/faq/one/") == "/visit/"


def test_a_page_unpublished_before_it_is_deleted_follows_the_newer_choice(desk, visit):
    page = factories.question(slug="one")
    post(desk, "unpublish", page, to=factories.visit())
    post(desk, "delete", page, to=GONE)
    assert visit("/faq/one/") == 410


def test_deleting_the_page_that_took_an_old_address_writes_no_loop(desk, visit, rename):
    moved = rename(factories.question(slug="one"), "two")
    taker = factories.question(slug="one")
    post(desk, "delete", moved, to=taker)
    assert visit("/faq/one/") == 200
    assert visit("/faq/two/") == "/faq/one/"
    taker.unpublish()
    assert visit("/faq/one/") == 404


def test_a_page_deleted_by_code_leads_to_the_page_above(site, visit):
    factories.question(slug="one").delete()
    assert visit("/faq/one/") == "/faq/"


def test_pages_deleted_by_a_query_lead_to_the_nearest_page_that_stays(site, visit):
    parent = factories.standard(slug="old")
    factories.add(parent, type(parent)(title="Below", slug="below"))
    factories.question(slug="one")
    FAQEntryPage.objects.all().delete()
    Page.objects.filter(pk=parent.pk).delete()
    assert visit("/faq/one/") == "/faq/"
    assert visit("/old/below/") == "/"


def test_a_page_deleted_by_code_keeps_the_redirect_that_staff_left_at_its_address(desk, visit):
    page = factories.question(slug="one")
    post(desk, "unpublish", page, to=GONE)
    Page.objects.get(pk=page.pk).delete()
    assert visit("/faq/one/") == 410


def test_a_choice_that_leaves_as_well_gives_way_to_the_page_above_it(site, visit):
    parent = factories.standard(slug="old")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    with redirect_removed_pages_to(child):
        parent.delete()
    assert visit("/old/below/") == "/"


def test_deleting_the_whole_site_by_code_is_possible(site, rename):
    rename(factories.question(slug="one"), "two")
    with redirect_removed_pages_to(GONE):
        Page.objects.get(pk=site.pk).delete()
    assert not Site.objects.exists()
    assert not Redirect.objects.exists()


# --- Unpublishing ------------------------------------------------------------


def test_an_unpublished_page_leads_to_the_page_that_staff_chose(desk, visit):
    page = factories.question(slug="one")
    html = post(desk, "unpublish", page, to=factories.visit())
    assert "1 page has been unpublished" in html
    assert visit("/faq/one/") == "/visit/"


def test_an_unpublished_page_says_that_it_is_gone_if_staff_said_so(desk, visit):
    post(desk, "unpublish", factories.question(slug="one"), to=GONE)
    assert visit("/faq/one/") == 410


def test_pages_below_an_unpublished_page_stay_unless_staff_take_them_along(desk, visit):
    parent = factories.standard(slug="old")
    factories.add(parent, type(parent)(title="Below", slug="below"))
    post(desk, "unpublish", parent, to=factories.visit())
    assert (visit("/old/"), visit("/old/below/")) == ("/visit/", 200)
    factories.publish(Page.objects.get(pk=parent.pk).specific)
    post(desk, "unpublish", parent, to=GONE, include_descendants="on")
    assert (visit("/old/"), visit("/old/below/")) == (410, 410)


def test_many_pages_are_unpublished_with_one_choice(desk, visit):
    pages = [factories.question(slug="one"), factories.article(slug="two")]
    post(desk, "unpublish", *pages, to=factories.visit())
    assert visit("/faq/one/") == visit("/blog/two/") == "/visit/"


def test_a_mistake_in_the_form_keeps_what_was_chosen(desk):
    parent = factories.standard(slug="old")
    factories.add(parent, type(parent)(title="Below", slug="below"))
    html = post(desk, "unpublish", parent, to=parent, include_descendants="on")
    assert "leaves the site itself" in html
    assert f'name="target" value="{parent.pk}"' in html
    assert chosen(html) == "page"
    assert chosen(html, "include_descendants") == "on"


@pytest.mark.parametrize("to", [GONE, "a page"])
def test_a_page_published_again_stands_at_its_address_and_leaves_no_redirect_behind(to, desk, visit):
    page = factories.question(slug="one")
    post(desk, "unpublish", page, to=GONE if to == GONE else factories.visit())
    page = factories.publish(Page.objects.get(pk=page.pk).specific)
    assert visit("/faq/one/") == 200
    page.unpublish()
    assert visit("/faq/one/") == 404


def test_a_page_merely_scheduled_leads_on_until_it_is_back(desk, visit):
    page = factories.question(slug="one")
    post(desk, "unpublish", page, to=factories.visit())
    page = FAQEntryPage.objects.get(pk=page.pk)
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    factories.publish(page)
    assert visit("/faq/one/") == "/visit/"


def test_a_new_page_at_an_old_address_wins(desk, visit):
    post(desk, "delete", factories.question(slug="one"), to=factories.visit())
    factories.question(slug="one")
    assert visit("/faq/one/") == 200


def test_a_page_renamed_there_and_back_can_be_unpublished(desk, visit, rename):
    page = rename(rename(factories.question(slug="one"), "two"), "one")
    post(desk, "unpublish", page, to=factories.visit())
    assert visit("/faq/one/") == visit("/faq/two/") == "/visit/"


def test_a_page_unpublished_by_code_or_expired_is_not_found(site, visit):
    page, other = factories.question(slug="one"), factories.question(slug="two")
    page.unpublish()
    FAQEntryPage.objects.filter(pk=other.pk).update(expire_at=timezone.now())
    assert (visit("/faq/one/"), visit("/faq/two/")) == (404, 404)


# --- What cannot be published --------------------------------------------------


def too_long(**fields):
    """A draft question whose short answer is too long to publish."""
    return factories.question(live=False, short_answer=f"<p>{'word ' * 61}</p>", **fields)


def test_publishing_many_leaves_out_what_is_too_long_and_says_why(desk, visit):
    fine, long = factories.question(slug="one", live=False), too_long(slug="two", title="Too long?")
    html = post(desk, "publish", fine, long)
    assert "1 page has been published" in html
    assert "“Too long?” was not published: its short answer has 61 words" in html
    assert (visit("/faq/one/"), visit("/faq/two/")) == (200, 404)


def test_publishing_a_page_with_those_below_leaves_out_what_is_too_long(desk, visit):
    factories.question(slug="one", live=False)
    too_long(slug="two", title="Too long?")
    index = factories.faq_index()
    html = post(desk, "publish", index, include_descendants="on")
    assert "1 page and 1 child page have been published" in html
    assert "“Too long?” was not published" in html
    assert (visit("/faq/one/"), visit("/faq/two/")) == (200, 404)


def test_publishing_only_what_is_too_long_claims_no_success(desk):
    html = post(desk, "publish", too_long(title="<b>Long</b>?"))
    assert "been published" not in html
    assert "“&lt;b&gt;Long&lt;/b&gt;?” was not published" in html


@pytest.fixture
def waiting(desk):
    """A too long answer that waits for approval."""
    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = too_long(slug="one", title="Too long?")
    page.save_revision()
    workflow.start(page, factories.administrator())
    return FAQEntryPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("dialog", [True, False])
def test_approving_what_is_too_long_tells_why_and_leaves_it_waiting(dialog, waiting, desk, visit):
    state = waiting.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    headers = {"x-requested-with": "XMLHttpRequest"} if dialog else {}
    response = desk.post(url, {"comment": "Fine by me"}, headers=headers)
    editor = response.json()["redirect"] if dialog else response["Location"]
    assert "“Too long?” was not published: its short answer has 61 words" in desk.get(editor).content.decode()
    waiting = FAQEntryPage.objects.get(pk=waiting.pk)
    assert waiting.workflow_in_progress
    assert waiting.current_workflow_task_state.pk == state.pk
    assert visit("/faq/one/") == 404
