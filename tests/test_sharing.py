"""Sharing a draft: a link shows one version, as it was shared, to whoever has it, and no longer than it should."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from archive.models import PublishedText
from faq.models import FAQEntryPage
from jobs.runner import run_jobs
from sharing.models import SharedDraft
from tests import factories
from tests.forms import send
from tests.moments import at

DRAFT = "<p>What nobody has read yet.</p>"


@pytest.fixture
def author():
    return factories.member("Authors", first_name="Robin", last_name="Reyes")


@pytest.fixture
def desk(site, author):
    """A client signed in as an author."""
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def page(site, author):
    """A published question with a draft of which readers know nothing."""
    page = factories.question("May I drive?", short_answer="<p>Not that day.</p>")
    page.short_answer = DRAFT
    page.save_revision(user=author)
    return FAQEntryPage.objects.get(pk=page.pk)


def share(desk, page):
    """Make a link by the button of the page's form; the address that the form shows."""
    url = reverse("share_page", args=[page.pk])
    version = read(desk.get(url)).find("input", attrs={"name": "version"})["value"]
    return links_on(desk.post(url, {"version": version}, follow=True))[0]


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def links_on(response):
    return [field["value"] for field in read(response).select("input[readonly]")]


def visit(link, client=None, method="get"):
    """What somebody without an account is answered."""
    address = urlsplit(link)
    return getattr(client or Client(), method)(f"{address.path}?{address.query}")


def words(response):
    return " ".join(read(response).get_text(" ", strip=True).split())


def no_longer_works(link):
    response = visit(link)
    assert response["Cache-Control"] == "private, no-store"
    return response.status_code == 410 and "This link no longer works" in words(response)


# --- What the reader gets -------------------------------------------------------


@pytest.mark.each_database
def test_somebody_without_an_account_reads_the_draft_marked_as_one(desk, page):
    response = visit(share(desk, page))
    assert response.status_code == 200
    until = timezone.localtime(SharedDraft.objects.get().expires_at)
    assert "What nobody has read yet." in words(response)
    mark = read(response).select_one("body > .draft-mark").get_text(" ", strip=True)
    assert mark.startswith(f"Draft, not published. This link works until {until:%B} {until.day},")
    assert "Robin" not in words(response)
    assert "Not that day." in words(Client().get(page.url))
    assert "draft-mark" not in Client().get(page.url).content.decode()


@pytest.mark.parametrize(
    "make",
    [
        factories.home,
        factories.faq_index,
        factories.blog_index,
        factories.team,
        factories.disclaimer_index,
        factories.visit,
        factories.question,
        factories.article,
        factories.person,
        factories.standard,
        factories.disclaimer,
    ],
)
def test_every_kind_of_page_can_be_shared(site, make):
    page = make().specific
    page.title = "Another title"
    revision = page.save_revision()
    shared = SharedDraft.objects.share(page, revision, factories.administrator())
    response = visit(shared.link)
    assert response.status_code == 200
    assert read(response).select_one(".draft-mark")


def test_nothing_keeps_lists_or_remembers_what_was_shared(desk, page):
    record = PublishedText.objects.count()
    response = visit(share(desk, page))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in read(response).find("meta", attrs={"name": "robots"})["content"]
    assert not read(response).select("link[rel=canonical], meta[property='og:url']")
    assert not response.cookies
    assert "ETag" not in response
    assert PublishedText.objects.count() == record


def test_who_is_signed_in_sees_the_same_as_everybody(desk, page):
    link = share(desk, page)
    response = visit(link, desk)
    assert response.content == visit(link).content
    assert not response.cookies
    assert "wagtail-userbar" not in response.content.decode()
    assert f"/admin/pages/{page.pk}" not in response.content.decode()


def test_a_link_is_for_reading_only(desk, page):
    link = share(desk, page)
    assert visit(link, method="head").status_code == 200
    for method in ("post", "put", "delete"):
        assert visit(link, method=method).status_code == 405


def test_a_draft_of_a_private_page_can_be_shared(desk, page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "What nobody has read yet." in words(visit(share(desk, page)))


def test_links_to_other_drafts_stay_dead(desk, page):
    other = factories.article("Not yet", live=False)
    page.body = factories.paragraph(factories.link(other, "more on that"))
    page.save_revision()
    response = visit(share(desk, page))
    assert "more on that" in words(response)
    assert "more on that" not in [link.get_text() for link in read(response).find_all("a", href=True)]


def test_a_version_that_was_published_meanwhile_is_not_called_a_draft(desk, page):
    link = share(desk, page)
    page.latest_revision.publish()
    mark = read(visit(link)).select_one(".draft-mark")
    assert "It is published now" in mark.get_text()
    assert mark.a["href"] == page.full_url


# --- One version ----------------------------------------------------------------


@pytest.mark.each_database
def test_a_link_shows_what_was_shared_whatever_autosave_makes_of_the_draft(desk, page, author):
    link = share(desk, page)
    page.short_answer = "<p>Half a sentence of aft</p>"
    later = page.save_revision(user=author, overwrite_revision=page.latest_revision)
    assert "What nobody has read yet." in words(visit(link))
    page.short_answer = "<p>Autosave goes on.</p>"
    assert page.save_revision(user=author, overwrite_revision=later) == later
    assert "What nobody has read yet." in words(visit(link))


def test_once_a_link_has_ended_its_version_is_nothing_special(desk, page, author):
    share(desk, page)
    with at(timezone.now() + timedelta(days=7, seconds=1)):
        assert page.save_revision(user=author, overwrite_revision=page.latest_revision) == page.latest_revision


def test_what_was_saved_after_one_looked_is_not_shared_unseen(desk, page):
    url = reverse("share_page", args=[page.pk])
    version = read(desk.get(url)).find("input", attrs={"name": "version"})["value"]
    page.save_revision(overwrite_revision=None)
    response = desk.post(url, {"version": version}, follow=True)
    assert "the page has been saved again" in words(response)
    assert not SharedDraft.objects.exists()


def test_what_readers_see_already_is_no_draft(desk, site):
    page = factories.question()
    url = reverse("share_page", args=[page.pk])
    assert "Readers already see the latest version" in words(desk.get(url))
    assert "No link was made" in words(desk.post(url, {"version": "1"}, follow=True))
    assert not SharedDraft.objects.exists()


def test_what_is_in_the_form_is_saved_and_then_shared(desk, page):
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Share this draft" in words(desk.get(editor))
    response = send(desk, editor, **{"title": "May I ride?", "body-count": "0", "action-share": "Share this draft"})
    assert response.request["PATH_INFO"] == reverse("share_page", args=[page.pk])
    assert "May I ride?" in words(visit(share(desk, page)))


# --- Until when -----------------------------------------------------------------


@pytest.mark.each_database
def test_a_link_works_for_seven_days(desk, page):
    link = share(desk, page)
    with at(timezone.now() + timedelta(days=6, hours=23)):
        assert visit(link).status_code == 200
    with at(timezone.now() + timedelta(days=7, seconds=1)):
        assert no_longer_works(link)


def test_staff_can_copy_a_link_again_until_they_end_it(desk, page):
    link = share(desk, page)
    url = reverse("share_page", args=[page.pk])
    shown = desk.get(url)
    assert links_on(shown) == [link]
    assert "Shared by Robin Reyes" in words(shown)
    stop = read(shown).select_one("form[action$='/stop/']")["action"]
    response = desk.post(stop, follow=True)
    assert "does not work anymore" in words(response)
    assert links_on(response) == []
    assert no_longer_works(link)
    assert "had already ended" in words(desk.post(stop, follow=True))


def test_each_link_ends_alone(desk, page):
    first = share(desk, page)
    page.short_answer = "<p>A second draft.</p>"
    page.save_revision()
    second = share(desk, page)
    SharedDraft.objects.order_by("created_at").first().stop(factories.administrator())
    assert no_longer_works(first)
    assert "A second draft." in words(visit(second))


@pytest.mark.parametrize(
    "go",
    [
        lambda page, author: Page.objects.get(pk=page.pk).delete(),
        lambda page, author: Revision.objects.filter(pk=page.latest_revision_id).delete(),
        lambda page, author: type(author).objects.filter(pk=author.pk).update(is_active=False),
        lambda page, author: author.delete(),
        lambda page, author: page.move(Page.get_first_root_node(), "last-child"),
    ],
    ids=["page deleted", "version purged", "the account ended", "the account deleted", "out of the site"],
)
def test_a_link_goes_with_what_it_hangs_on(desk, page, author, go):
    link = share(desk, page)
    assert visit(link).status_code == 200
    go(page, author)
    assert no_longer_works(link)


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1] + ("a" if link[-1] != "a" else "b"),
        lambda link: link.partition("?")[0],
        lambda link: link.partition(".")[0],
        lambda link: link.partition("?")[0] + "?link=",
        lambda link: link.partition("?")[0] + "?link=%00.%FF",
        lambda link: link.partition("?")[0] + "?link=" + "9" * 5000,
        lambda link: link.replace("link=", "link=0"),
    ],
)
def test_a_link_cannot_be_guessed(desk, page, change):
    assert no_longer_works(change(share(desk, page)))


def test_another_key_of_the_site_ends_every_link(desk, page, settings):
    link = share(desk, page)
    settings.SECRET_KEY = "another"
    assert no_longer_works(link)


def test_the_database_alone_opens_no_draft(desk, page):
    signature = share(desk, page).rpartition(".")[2]
    rows = [str(list(model.objects.values())) for model in (SharedDraft, PageLogEntry)]
    assert not any(signature in row for row in rows)


@pytest.mark.each_database
def test_the_runner_drops_what_has_ended_and_the_history_keeps_it(desk, page):
    share(desk, page)
    working = SharedDraft.objects.share(page, page.latest_revision, factories.administrator())
    SharedDraft.objects.exclude(pk=working.pk).update(expires_at=timezone.now())
    assert run_jobs()
    assert list(SharedDraft.objects.all()) == [working]
    assert PageLogEntry.objects.filter(action="sharing.share").count() == 2


def test_a_purge_of_versions_leaves_the_shared_one_while_it_is_the_latest(desk, page):
    link = share(desk, page)
    call_command("purge_revisions")
    assert visit(link).status_code == 200


# --- Who, and where it is told --------------------------------------------------


def test_only_who_may_edit_the_page_may_share_it(site, page):
    reader = factories.member()
    reader.user_permissions.add(*_admin_access())
    client = Client()
    url = reverse("share_page", args=[page.pk])
    assert client.get(url)["Location"].startswith("/admin/login/")
    client.force_login(reader)
    shared = SharedDraft.objects.share(page, page.latest_revision, factories.administrator())
    for response in (
        client.get(url),
        client.post(url, {"version": "1"}),
        client.post(reverse("stop_sharing", args=[page.pk, shared.pk])),
    ):
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    assert SharedDraft.objects.count() == 1
    assert page.title not in words(client.get(reverse("shared_drafts"), follow=True))


def _admin_access():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="access_admin")


def test_a_link_is_ended_from_its_own_page_only(desk, page):
    share(desk, page)
    other = factories.question()
    desk.post(reverse("stop_sharing", args=[other.pk, SharedDraft.objects.get().pk]))
    assert SharedDraft.objects.exists()


def test_the_history_says_who_shared_what_and_who_ended_it(desk, page, author):
    share(desk, page)
    SharedDraft.objects.get().stop(author)
    history = words(desk.get(reverse("wagtailadmin_pages:history", args=[page.pk])))
    assert "Shared this version through a link that works until" in history
    assert "Ended a link to the version of" in history
    assert "Robin Reyes" in history


def test_the_report_lists_every_link_that_works_and_leads_to_it(desk, page):
    share(desk, page)
    over = SharedDraft.objects.share(page, page.latest_revision, factories.administrator())
    SharedDraft.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    report = read(desk.get(reverse("shared_drafts")))
    [row] = report.select("table.listing tbody tr")
    assert "May I drive?" in row.get_text()
    assert row.a["href"] == reverse("share_page", args=[page.pk])
    for column in ("created_at", "-created_at", "expires_at", "title", "shared_by"):
        assert desk.get(reverse("shared_drafts"), {"ordering": column}).status_code == 200
    for kind in ("csv", "xlsx"):
        assert desk.get(reverse("shared_drafts"), {"export": kind}).status_code == 200


def test_the_editor_says_that_a_link_works(desk, page):
    share(desk, page)
    editor = words(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "Share this draft (1 link works)" in editor


def test_a_page_that_repeats_another_has_no_draft_of_its_own(desk, page):
    alias = page.create_alias(update_slug="again")
    assert desk.get(reverse("share_page", args=[alias.pk])).status_code == 404
    assert "Share this draft" not in words(desk.get(reverse("wagtailadmin_pages:edit", args=[alias.pk])))


def test_no_page_of_the_site_takes_the_address_of_the_links(site):
    assert "shared-draft" in site.reserved_slugs
