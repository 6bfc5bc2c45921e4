"""A deleted page waits in the trash for 30 days and comes back as it was; meanwhile nobody meets it elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Workflow

from archive.models import PublishedText
from blog.models import BlogPostPage
from faq.models import FAQEntryPage, FAQIndexPage
from jobs.runner import run_jobs
from people.models import PersonPage
from redirects.page_removal import GONE
from tests import factories
from trash import moving
from trash.models import TrashedPage
from trash.moving import CannotBringBack, put_in_trash

TRASH = "/admin/trash/"


@pytest.fixture
def desk(site):
    """The browser of an administrator."""
    return browser(factories.administrator())


@pytest.fixture
def visit(client):
    """What a visitor gets: where a redirect leads, or the status."""

    def visited(path):
        response = client.get(path)
        return response["Location"] if response.status_code in {301, 302} else response.status_code

    return visited


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def delete(desk, *pages, to=None):
    """Delete pages as staff do; returns the page that follows, as text."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?{ids}&next=/admin/"
    data = {} if to is None else {"lead_to": GONE} if to == GONE else {"lead_to": "page", "target": to.pk}
    return desk.post(url, data, follow=True).content.decode()


def entry_of(page):
    return TrashedPage.objects.get(page_id=page.pk)


def bring_back(desk, page, **data):
    """Press the button; returns the page that follows, as text."""
    return desk.post(reverse("trash_bring_back", args=[entry_of(page).pk]), data, follow=True).content.decode()


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def on_the_list(desk):
    return [entry.page.title for entry in desk.get(TRASH).context["entries"]]


# --- There and back ------------------------------------------------------------


@pytest.mark.each_database
def test_a_deleted_page_comes_back_to_where_it_was_as_readers_saw_it(desk, visit):
    before, page, behind = (factories.question(slug=slug) for slug in ("before", "one", "behind"))
    assert "1 page has been deleted. Until" in delete(desk, page, to=factories.visit())
    assert visit("/faq/one/") == "/visit/"
    html = bring_back(desk, page)
    assert "is back below “Faq”. Readers see it again." in html
    assert visit("/faq/one/") == 200
    assert [p.pk for p in factories.faq_index().get_children()] == [before.pk, page.pk, behind.pk]
    assert not Redirect.objects.exists()
    assert not TrashedPage.objects.exists()


@pytest.mark.each_database
def test_children_go_into_the_trash_with_their_page_and_come_back_with_it(desk, visit):
    parent = factories.standard(slug="care")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    factories.add(child, type(parent)(title="Deeper", slug="deeper"))
    factories.add(parent, type(parent)(title="Draft", slug="draft"), live=False)
    delete(desk, parent, to=GONE)
    assert (visit("/care/"), visit("/care/below/"), visit("/care/below/deeper/")) == (410, 410, 410)
    assert "with 3 pages below it" in desk.get(TRASH).content.decode()
    bring_back(desk, parent)
    assert (visit("/care/"), visit("/care/below/"), visit("/care/below/deeper/")) == (200, 200, 200)
    assert visit("/care/draft/") == 404


def test_newer_changes_come_back_as_a_draft_and_stay_one(desk, client):
    page = factories.question(slug="one", title="As readers saw it?")
    page.title = "As nobody saw it?"
    page.save_revision()
    delete(desk, page, to=GONE)
    bring_back(desk, page)
    assert "As readers saw it?" in client.get("/faq/one/").content.decode()
    page = fresh(page)
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "As nobody saw it?"


def test_a_draft_comes_back_as_a_draft(desk, visit):
    page = factories.question(slug="one", live=False)
    delete(desk, page)
    assert "It is a draft." in bring_back(desk, page)
    assert visit("/faq/one/") == 404


def test_what_a_rule_holds_back_comes_back_as_a_draft_with_the_reason(desk, visit):
    topic = factories.topic("pain")
    page = factories.question(slug="one", title="Does it hurt?", short_answer="<p>No.</p>", topic=topic)
    token = factories.fact_token(fact := factories.fact(value="40 minutes"))
    page.short_answer = f"<p>It takes {token}.</p>"
    page = factories.publish(page)
    delete(desk, page, to=GONE)
    fact.delete()
    html = bring_back(desk, page)
    assert "“Does it hurt?” is a draft now" in html
    assert "has been deleted" in html
    assert visit("/faq/one/") == 410
    assert not fresh(page).live


def test_what_has_expired_meanwhile_comes_back_as_a_draft(desk):
    page = factories.question(slug="one")
    page.expire_at = timezone.now() + timedelta(days=1)
    page = factories.publish(page)
    delete(desk, page, to=GONE)
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    revision = fresh(page).latest_revision
    revision.content["expire_at"] = past
    revision.save()
    assert "time when it comes down has passed" in bring_back(desk, page)
    assert not fresh(page).live


def test_what_was_scheduled_does_not_go_live_out_of_the_trash(desk, visit):
    page = factories.question(slug="one", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert fresh(page).scheduled_revision
    delete(desk, page)
    assert not fresh(page).scheduled_revision
    assert "no longer scheduled" in bring_back(desk, page)


def test_what_waits_for_approval_leaves_the_queue(desk):
    page = factories.question(live=False)
    page.save_revision()
    Workflow.objects.get(name="Approval by a publisher").start(page, factories.administrator())
    delete(desk, page)
    assert not fresh(page).workflow_in_progress


def test_a_page_in_the_trash_cannot_be_published_by_code(desk):
    page = factories.question(slug="one", title="Back?")
    delete(desk, page, to=GONE)
    from publishing.exceptions import PublishingBlocked

    with pytest.raises(PublishingBlocked, match="in the trash"):
        fresh(page).get_latest_revision().publish()


def test_a_page_that_a_colleague_has_locked_can_be_deleted_and_is_not_locked_any_more(site):
    publisher = browser(factories.member("Publishers"))
    page = factories.question(slug="one")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=factories.administrator(), locked_at=timezone.now())
    assert "has been deleted" in delete(publisher, page, to=GONE)
    bring_back(publisher, page)
    assert fresh(page).live
    assert not fresh(page).locked


def test_several_pages_of_one_address_wait_beside_each_other(desk, visit):
    first = factories.question(slug="one", title="First?")
    delete(desk, first, to=GONE)
    second = factories.question(slug="one", title="Second?")
    delete(desk, second, to=GONE)
    assert on_the_list(desk) == ["Second?", "First?"]
    bring_back(desk, second)
    assert "Its own is “one-1” now" in bring_back(desk, first)
    assert (visit("/faq/one/"), visit("/faq/one-1/")) == (200, 200)


def test_a_page_whose_address_is_taken_says_so_and_keeps_the_new_one(desk, visit):
    page = factories.question(slug="one", title="First?")
    delete(desk, page, to=factories.visit())
    factories.question(slug="one", title="Second?")
    html = bring_back(desk, page)
    assert "Another page has taken its address “one” in the meantime" in html
    assert visit("/faq/one-1/") == 200
    page = fresh(page)
    factories.publish(page.get_latest_revision_as_object())
    assert visit("/faq/one-1/") == 200
    assert fresh(page).slug == "one-1"


def test_a_new_question_is_not_blocked_by_the_anchor_of_a_deleted_one(desk):
    page = factories.question(slug="one")
    anchor = page.anchor
    delete(desk, page, to=GONE)
    assert factories.question(slug="one").anchor != anchor
    bring_back(desk, page)
    assert fresh(page).anchor == anchor


def test_an_account_is_free_while_its_person_is_in_the_trash_and_given_back(desk):
    user = factories.member("Authors")
    page = factories.person("Ada Example", user=user)
    delete(desk, page, to=GONE)
    assert fresh(page).user is None
    bring_back(desk, page)
    assert fresh(page).user == user


def test_an_account_that_another_person_has_meanwhile_stays_there(desk):
    user = factories.member("Authors")
    page = factories.person("Ada Example", slug="ada", user=user)
    delete(desk, page, to=GONE)
    other = factories.person("Bo Example", user=user)
    html = bring_back(desk, page)
    assert "belongs to another page now" in html
    assert PersonPage.objects.get(user=user) == other
    assert fresh(page).live


def test_a_new_section_can_be_made_while_the_old_one_is_in_the_trash(desk, site):
    index = factories.faq_index()
    delete(desk, index, to=GONE)
    assert FAQIndexPage.can_create_at(site)
    factories.add(site, FAQIndexPage(title="New", slug="faq"))
    assert not FAQIndexPage.can_create_at(site)
    html = bring_back(desk, index)
    assert "was not brought back" in html
    assert "there can be only one" in html
    assert entry_of(index)


def test_an_alias_in_the_trash_does_not_hold_back_its_source_and_follows_it_again(desk, visit):
    source, place = factories.standard(slug="source", title="Source"), factories.standard(slug="place")
    alias = source.create_alias(parent=place, update_slug="alias")
    assert visit("/place/alias/") == 200
    delete(desk, alias, to=GONE)
    source.title = "Changed"
    factories.publish(source)
    bring_back(desk, alias)
    assert fresh(alias).alias_of_id == source.pk
    assert fresh(alias).title == "Changed"
    assert visit("/place/alias/") == 200


def test_two_people_who_delete_or_bring_back_at_once_meet_no_error(desk):
    page = factories.question()
    assert put_in_trash(page) == put_in_trash(page)
    entry = entry_of(page)
    bring_back(desk, page)
    with pytest.raises(CannotBringBack, match="not in the trash anymore"):
        moving.bring_back(entry, factories.faq_index())
    moving.delete_for_good(entry)
    assert fresh(page).live


# --- Where its place is gone ---------------------------------------------------


def test_a_page_whose_parent_is_deleted_too_comes_back_after_it(desk, visit):
    parent = factories.standard(slug="care", title="Care")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    delete(desk, child, to=GONE)
    delete(desk, parent, to=GONE)
    assert "is not on the site anymore" in bring_back(desk, child)
    bring_back(desk, parent)
    bring_back(desk, child)
    assert visit("/care/below/") == 200


def test_a_page_whose_parent_is_gone_comes_back_to_the_place_that_somebody_chooses(desk, visit):
    parent, other = factories.standard(slug="care"), factories.standard(slug="other", title="Other place")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    delete(desk, child, to=factories.visit())
    delete(desk, parent, to=GONE)
    entry_of(parent).page.delete()
    form = bring_back(desk, child)
    assert "Choose another place" in form
    assert "Other place" in form
    assert "Select a valid choice" in bring_back(desk, child, place="x") or "not there anymore" in bring_back(
        desk, child, place="0"
    )
    assert "is back below “Other place”" in bring_back(desk, child, place=other.pk)
    assert visit("/other/below/") == 200
    assert visit("/care/below/") == "/other/below/"


def test_a_question_without_an_faq_says_that_there_is_no_place(desk):
    page = factories.question()
    delete(desk, page, to=GONE)
    delete(desk, factories.faq_index(), to=GONE)
    assert "There is no place for" in bring_back(desk, page)
    assert entry_of(page)


def test_what_was_private_where_it_stood_is_no_public_page_elsewhere(desk, visit):
    parent, other = factories.standard(slug="care"), factories.standard(slug="other")
    child = factories.add(parent, type(parent)(title="Below", slug="below"))
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    delete(desk, child, to=GONE)
    delete(desk, parent, to=GONE)
    entry_of(parent).page.delete()
    assert "It was private where it was" in bring_back(desk, child, place=other.pk)
    assert visit("/other/below/") == 404


# --- For good --------------------------------------------------------------------


@pytest.mark.each_database
def test_after_thirty_days_a_page_goes_for_good_and_its_links_lead_on(desk, visit):
    page, other = factories.question(slug="one"), factories.question(slug="two")
    delete(desk, page, other, to=factories.visit())
    TrashedPage.objects.filter(page=page.pk).update(deleted_at=timezone.now() - timedelta(days=30))
    TrashedPage.objects.filter(page=other.pk).update(deleted_at=timezone.now() - timedelta(days=29, hours=23))
    assert run_jobs()
    assert not Page.objects.filter(pk=page.pk).exists()
    assert entry_of(other)
    assert visit("/faq/one/") == visit("/faq/two/") == "/visit/"


def test_what_visitors_saw_stays_when_a_page_goes_for_good(desk):
    page = factories.question(slug="one", title="What was said?")
    rows = PublishedText.objects.of(page.pk).count()
    delete(desk, page, to=GONE)
    html = desk.get(reverse("trash_delete", args=[entry_of(page).pk])).content.decode()
    assert "This cannot be undone." in html
    desk.post(reverse("trash_delete", args=[entry_of(page).pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    kept = PublishedText.objects.of(page.pk)
    assert kept.count() > rows
    assert not kept.first().is_public
    assert kept.last().title == "What was said?"


def test_the_versions_of_a_disclaimer_stay_when_it_goes_for_good(desk):
    page = factories.disclaimer("No medical advice.")
    versions = list(page.versions.values_list("pk", flat=True))
    assert versions
    delete(desk, page, to=GONE)
    desk.post(reverse("trash_delete", args=[entry_of(page).pk]))
    from disclaimers.models import DisclaimerVersion

    assert DisclaimerVersion.objects.filter(pk__in=versions).count() == len(versions)


# --- Who may ---------------------------------------------------------------------


def test_who_may_delete_a_page_there_may_bring_it_back_and_nobody_else_sees_it(site, visit):
    publisher, author = browser(factories.member("Publishers")), browser(factories.member("Authors"))
    page = factories.question(slug="one", title="Hidden?")
    delete(publisher, page, to=GONE)
    entry = entry_of(page)
    assert on_the_list(publisher) == ["Hidden?"]
    assert on_the_list(author) == []
    assert "Hidden?" not in bring_back(author, page)
    author.post(reverse("trash_delete", args=[entry.pk]))
    assert visit("/faq/one/") == 410
    assert author.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 404
    bring_back(publisher, page)
    assert visit("/faq/one/") == 200


def member_of_section(page, *actions):
    """Somebody with rights in one section alone."""
    group = Group.objects.create(name=f"Section {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        GroupPagePermission.objects.create(group=group, page=page, permission_type=action)
    user = factories.member()
    user.groups.add(group)
    return user


def test_a_section_shows_its_own_people_what_was_deleted_there(site):
    factories.question(title="Of the FAQ?")
    article = factories.article(title="Of the blog")
    put_in_trash(FAQEntryPage.objects.get(), factories.administrator())
    put_in_trash(article, factories.administrator())
    writer = browser(member_of_section(factories.blog_index(), "add", "change", "publish"))
    assert on_the_list(writer) == ["Of the blog"]
    bring_back(writer, article)
    assert fresh(article).live


def test_a_right_on_the_page_alone_shows_nothing_of_the_trash(site):
    page = factories.question(title="Alone?")
    user = member_of_section(page, "change", "publish")
    put_in_trash(page, factories.administrator())
    client = browser(user)
    assert client.get("/admin/").status_code == 200
    assert on_the_list(client) == []


def test_who_may_not_publish_does_not_bring_back_what_was_live(site):
    page = factories.article(title="Live")
    put_in_trash(page, factories.administrator())
    writer = browser(member_of_section(factories.blog_index(), "add", "change"))
    assert on_the_list(writer) == []


def test_a_visitor_is_asked_to_sign_in(site, client):
    assert client.get(TRASH).status_code == 302


def test_a_page_brought_back_by_a_colleague_meanwhile_is_no_error(desk):
    page = factories.question()
    delete(desk, page, to=GONE)
    url = reverse("trash_bring_back", args=[entry_of(page).pk])
    desk.post(url)
    assert "not in the trash anymore" in desk.post(url, follow=True).content.decode()


# --- Invisible elsewhere ---------------------------------------------------------

ADMIN_PLACES = [
    "/admin/",
    "/admin/pages/",
    "/admin/pages/?q=zebra",
    "/admin/pages/search/?q=zebra",
    "/admin/choose-page/",
    "/admin/choose-page/search/?q=zebra",
    "/admin/questions/",
    "/admin/questions/?q=zebra",
    "/admin/articles/",
    "/admin/people/",
    "/admin/reports/aging-pages/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/page-types-usage/",
    "/admin/reports/to-do/",
    "/admin/reports/clinical-reviews/",
    "/admin/reports/evidence/",
    "/admin/reports/workflow_tasks/",
    "/admin/api/main/pages/?search=zebra",
    "/admin/api/main/pages/?limit=20",
    "/admin/find/?q=zebra",
    "/admin/find/?phrase=zebra",
]


@pytest.mark.parametrize("who", ["administrator", "Administrators", "Publishers"])
def test_nothing_of_the_trash_is_seen_elsewhere_in_the_admin(who, site):
    pages = [
        factories.question(title="Zebra?"),
        factories.article(title="Zebra"),
        factories.person("Zebra Example"),
        factories.standard(title="Zebra"),
    ]
    draft = factories.standard(title="Zebra draft", live=False)
    Page.objects.update(latest_revision_created_at=timezone.now() - timedelta(days=400))
    for page in [*pages, draft]:
        put_in_trash(page, factories.administrator())
    user = factories.administrator() if who == "administrator" else factories.member(who)
    desk = browser(user)
    answers = {place: desk.get(place, follow=True) for place in ADMIN_PLACES}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [place for place, answer in answers.items() if "Zebra" in answer.content.decode()] == []


def test_the_explorer_of_an_administrator_begins_where_it_did(desk, site):
    page = factories.question()
    put_in_trash(page, factories.administrator())
    html = desk.get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    assert site.title in html
    assert "Trash" not in html.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("name", ["edit", "history", "delete", "unpublish", "copy", "move", "usage", "view_draft"])
def test_whoever_opens_a_page_in_the_trash_is_led_there(name, desk):
    page = factories.question(title="Opened?")
    delete(desk, page, to=GONE)
    response = desk.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), follow=True)
    assert response.redirect_chain[-1][0] == TRASH
    assert "is in the trash. Bring it back" in response.content.decode()


def test_nothing_is_added_or_moved_into_the_trash_by_hand(desk):
    gone, page = factories.standard(), factories.standard()
    delete(desk, gone, to=GONE)
    root = Page.objects.get(pk=gone.pk).get_parent()
    for target in (root, gone):
        assert desk.get(reverse("wagtailadmin_pages:add_subpage", args=[target.pk])).status_code in {302, 404}
        move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
        assert desk.post(move).status_code in {302, 404}
        assert desk.get(reverse("wagtailadmin_explore", args=[target.pk])).status_code in {302, 404}
    assert fresh(page).get_parent().pk != root.pk


def test_visitors_and_machines_meet_nothing_of_the_trash(desk, client):
    page = factories.article(title="Zebra", slug="zebra")
    factories.question(title="Zebra?", slug="zebra-q")
    put_in_trash(page, factories.administrator())
    put_in_trash(FAQEntryPage.objects.get(), factories.administrator())
    for path in ["/", "/blog/", "/faq/", "/faq/all/", "/search/?q=zebra", "/feed/rss/", "/sitemap.xml", "/llms.txt"]:
        text = client.get(path).content.decode().replace("“zebra”", "").replace('value="zebra"', "")
        assert "zebra" not in text.lower(), path
    assert client.get("/blog/zebra/index.md").status_code == 404
    assert client.get(f"/trash/trash-{page.pk}/").status_code == 404


def test_a_topic_can_be_deleted_that_only_a_page_in_the_trash_uses(desk):
    topic = factories.topic("rare")
    page = factories.question(topic=topic)
    delete(desk, page, to=GONE)
    topic.delete()
    assert "is a draft now" in bring_back(desk, page) or not fresh(page).topic_id


def test_bringing_back_many_articles_keeps_their_order(desk):
    articles = [factories.article(title=f"Article {number}") for number in range(3)]
    delete(desk, *articles, to=GONE)
    for page in articles:
        bring_back(desk, page)
    assert BlogPostPage.objects.live().count() == 3


@pytest.mark.parametrize(
    "place",
    [
        "picture",
        "document",
        "topic",
        "fact",
        "reference",
        "notice",
        "user",
        "group",
        "redirect",
        "pictures",
        "documents",
        "users",
        "facts",
    ],
)
def test_what_is_deleted_at_once_says_before_that_it_is_for_good(place, desk):
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    def document():
        return get_document_model().objects.create(title="A list", file=ContentFile(b"x", name="x.txt"))

    def many(app, model, record):
        return reverse("wagtail_bulk_action", args=[app, model, "delete"]) + f"?id={record.pk}&next=/admin/"

    addresses = {
        "picture": lambda: reverse("wagtailimages:delete", args=[factories.picture().pk]),
        "document": lambda: reverse("wagtaildocs:delete", args=[document().pk]),
        "topic": lambda: reverse("wagtailsnippets_core_topic:delete", args=[factories.topic().pk]),
        "fact": lambda: reverse("wagtailsnippets_evidence_fact:delete", args=[factories.fact().pk]),
        "reference": lambda: reverse("wagtailsnippets_evidence_reference:delete", args=[factories.reference().pk]),
        "notice": lambda: reverse("wagtailsnippets_clinic_notice:delete", args=[factories.notice().pk]),
        "user": lambda: reverse("wagtailusers_users:delete", args=[factories.member().pk]),
        "group": lambda: reverse("wagtailusers_groups:delete", args=[Group.objects.create(name="Few").pk]),
        "redirect": lambda: reverse("wagtailredirects:delete", args=[Redirect.objects.create(old_path="/x").pk]),
        "pictures": lambda: many("media", "clinicimage", factories.picture()),
        "documents": lambda: many("media", "clinicdocument", document()),
        "users": lambda: many("accounts", "user", factories.member()),
        "facts": lambda: many("evidence", "fact", factories.fact()),
    }
    html = desk.get(addresses[place](), follow=True).content.decode()
    assert html.count("This cannot be undone.") == 1


def test_the_question_before_a_page_is_deleted_says_that_it_waits_in_the_trash(desk):
    page = factories.question()
    html = desk.get(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True).content.decode()
    assert "stays in the trash for 30 days" in html
    assert "cannot be undone" not in html
