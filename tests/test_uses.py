"""What is in use is not deleted, drafts and scheduled versions included; nothing stands before readers with a hole."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from clinic.models import NavigationItem
from core.models import PageTopic, RelatedPage, Topic
from disclaimers.models import DisclaimerTarget
from evidence.models import Reference
from media.models import ClinicDocument, ClinicImage
from people.models import Authorship
from publishing.draft_references import uses_of
from publishing.exceptions import InUse, PublishingBlocked
from publishing.middleware import PublishingBlockedMiddleware
from tests import factories
from tests.forms import fields_of, messages_in


@pytest.fixture
def visitor():
    return Client()


def document():
    return ClinicDocument.objects.create(title="Consent form", file=ContentFile(b"%PDF-1.4", name="consent.pdf"))


def figure_of(picture):
    image = {"image": picture.pk, "decorative": False, "alt_text": "A room"}
    return {"type": "figure", "value": {"image": image, "caption": ""}}


def document_link(record):
    return f'<p><a linktype="document" id="{record.pk}">the form</a></p>'


def say(page, html):
    page.short_answer = f"<p>Do not drive for {html} after an infusion.</p>"


def question(**fields):
    return factories.question("May I drive?", **fields)


def door(page):
    return ("door", {"title": "In pain", "text": "We can help.", "page": page, "part": ""})


# {what is named: (its maker, the maker of a page, how the page comes to name it)}
KINDS = {
    "topic of a question": (lambda: factories.topic("other"), question, lambda page, it: setattr(page, "topic", it)),
    "topic of an article": (
        lambda: factories.topic("other"),
        factories.article,
        lambda page, it: page.page_topics.add(PageTopic(topic=it)),
    ),
    "fact": (factories.fact, question, lambda page, it: say(page, factories.fact_token(it))),
    "source": (factories.reference, question, lambda page, it: say(page, factories.fact_token(it))),
    "picture in a text": (factories.picture, question, lambda page, it: setattr(page, "body", [figure_of(it)])),
    "picture for links": (factories.picture, question, lambda page, it: setattr(page, "social_image", it)),
    "portrait": (factories.picture, factories.person, lambda page, it: setattr(page, "photo", it)),
    "document": (
        document,
        question,
        lambda page, it: setattr(page, "body", factories.paragraph(document_link(it))),
    ),
    "page in a text": (
        factories.standard,
        question,
        lambda page, it: setattr(page, "body", factories.paragraph(factories.link(it))),
    ),
    "related page": (factories.standard, question, lambda page, it: page.related_links.add(RelatedPage(target=it))),
    "author": (
        factories.person,
        question,
        lambda page, it: page.authorships.add(Authorship(person=it, name=it.title)),
    ),
    "door": (factories.standard, lambda live: factories.home(), lambda page, it: setattr(page, "doors", [door(it)])),
    "first step": (
        factories.standard,
        lambda live: factories.home(),
        lambda page, it: setattr(page, "first_step_page", it),
    ),
    "page of a disclaimer": (
        factories.standard,
        factories.disclaimer,
        lambda page, it: page.chosen_pages.add(DisclaimerTarget(page=it)),
    ),
    "section of a disclaimer": (
        factories.standard,
        factories.disclaimer,
        lambda page, it: vars(page).update(scope="section", section_id=it.pk),
    ),
}
REFUSED = ["topic of a question", "topic of an article", "fact", "source", "document"]
REFUSED += ["picture in a text", "picture for links", "portrait"]
HOLES = ["topic of a question", "fact", "source", "picture in a text", "document", "section of a disclaimer"]


def name_in(version, kind):
    """(page, record): the record is named by this version of the page alone."""
    make, make_page, name = KINDS[kind]
    record, page = make(), make_page(live=version != "first draft")
    if version == "published":
        name(page, record)
        return factories.publish(page), record
    name(page, record)
    schedule = timezone.now() + timedelta(days=3) if version == "scheduled" else None
    page.save_revision(approved_go_live_at=schedule)
    if version in ("scheduled", "old"):  # another version on top
        fresh = type(page).objects.get(pk=page.pk)
        fresh.save_revision()
    return type(page).objects.get(pk=page.pk), record


def delete_url(record):
    if isinstance(record, ClinicImage):
        return reverse("wagtailimages:delete", args=[record.pk])
    if isinstance(record, ClinicDocument):
        return reverse("wagtaildocs:delete", args=[record.pk])
    return reverse(record.snippet_viewset.get_url_name("delete"), args=[record.pk])


def bulk_delete_url(*records):
    meta = records[0]._meta
    url = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, "delete"])
    return f"{url}?{'&'.join(f'id={record.pk}' for record in records)}"


VERSIONS = {"published": "published", "first draft": "draft", "draft": "draft", "scheduled": "scheduled"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", REFUSED)
def test_what_any_coming_version_names_is_not_deleted_by_any_way(kind, version, desk):
    page, record = name_in(version, kind)
    for url in (delete_url(record), bulk_delete_url(record)):
        for send_request in (desk.get, desk.post):
            refusal = messages_in(send_request(url, follow=True))
            assert f"“{page.title}” ({VERSIONS[version]})" in refusal, url
    with pytest.raises(InUse, match=re.escape(page.title)), transaction.atomic():
        record.delete()
    with pytest.raises(InUse), transaction.atomic():
        type(record).objects.filter(pk=record.pk).delete()
    assert type(record).objects.filter(pk=record.pk).exists()


def test_the_refusal_leads_to_the_editor_of_the_draft(desk):
    page, topic = name_in("draft", "topic of a question")
    response = desk.get(delete_url(topic), follow=True)
    link = BeautifulSoup(response.content, "html.parser").select_one(".messages .error a")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("kind", REFUSED)
def test_what_only_an_old_version_names_can_be_deleted(kind, desk):
    _page, record = name_in("old", kind)
    desk.post(delete_url(record))
    assert not type(record).objects.filter(pk=record.pk).exists()


def test_what_a_draft_no_longer_names_can_be_deleted_although_its_first_version_did(desk):
    page, topic = name_in("first draft", "topic of a question")
    page.topic = topic
    page.save()
    page.topic = factories.topic()
    page.save_revision()
    desk.post(delete_url(topic))
    assert not Topic.objects.filter(pk=topic.pk).exists()


@pytest.mark.parametrize("version", ["draft", "scheduled"])
@pytest.mark.parametrize("kind", ["page in a text", "related page", "author"])
def test_before_a_page_is_deleted_one_sees_which_drafts_name_it(kind, version, desk):
    _page, target = name_in(version, kind)
    confirmation = desk.get(reverse("wagtailadmin_pages:delete", args=[target.pk]), follow=True)
    assert "1 other place refers to this" in confirmation.content.decode()
    uses = BeautifulSoup(desk.get(reverse("wagtailadmin_pages:usage", args=[target.pk])).content, "html.parser")
    (row,) = [row for row in uses.select("tbody tr") if "May I drive?" in row.get_text()]
    assert VERSIONS[version] in row.get_text()


@pytest.mark.parametrize("kind", REFUSED)
def test_the_list_of_uses_names_drafts(kind, desk):
    page, record = name_in("draft", kind)
    url = getattr(record, "usage_url", None)
    url = url or reverse(record.snippet_viewset.get_url_name("usage"), args=[record.pk])
    uses = BeautifulSoup(desk.get(url).content, "html.parser").select_one("tbody").get_text()
    assert page.title in uses
    assert "draft" in uses


def test_a_draft_of_a_fact_uses_the_source_it_names(desk):
    source, fact = factories.reference(live=False), factories.fact(live=False)
    fact.reference = source
    fact.save_revision()
    assert "(draft)" in messages_in(desk.post(delete_url(source), follow=True))
    assert Reference.objects.filter(pk=source.pk).exists()


def test_of_several_where_one_is_used_none_is_deleted_and_the_used_one_is_named(desk):
    _page, used = name_in("draft", "topic of a question")
    unused = factories.topic("unused")
    response = desk.post(bulk_delete_url(used, unused), follow=True)
    assert f"“{used}” cannot be deleted" in messages_in(response)
    assert "The others are still there too" in response.content.decode()
    assert Topic.objects.filter(pk__in=[used.pk, unused.pk]).count() == 2


def test_many_drafts_cost_no_more_queries_than_few(site):
    fact = factories.fact()

    def drafts(number):
        for _ in range(number):
            page = factories.question(live=False)
            page.short_answer, page.body = f"<p>{factories.fact_token(fact)}</p>", [figure_of(picture)]
            page.save_revision(clean=False)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(uses_of([fact])[fact]) == made
        return len(queries)

    picture, made = factories.picture(), 2
    drafts(2)
    few = count()
    made = 20
    drafts(18)
    assert count() == few <= 6


# --- Versions that name what is gone ---------------------------------------------------


@pytest.fixture(params=KINDS)
def gone(request, desk):
    """(kind, page, id of an old version) of a page whose version names what has been deleted since."""
    kind = request.param
    page, record = name_in("old", kind)
    revision = page.revisions.order_by("-pk")[1]
    title = str(record)
    if hasattr(record, "snippet_viewset") or isinstance(record, (ClinicImage, ClinicDocument)):
        desk.post(delete_url(record))
    else:
        record.delete()
    assert not type(record).objects.filter(pk=record.pk).exists()
    return kind, page, revision, title


def says_missing(response, title):
    shown = BeautifulSoup(response.content, "html.parser").select_one(".messages")
    return shown is not None and "have since been deleted" in shown.get_text() and title in shown.get_text()


def test_an_old_version_opens_and_says_what_is_gone(gone, desk):
    _kind, page, revision, title = gone
    revert = desk.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]))
    assert revert.status_code == 200
    assert says_missing(revert, title)


@pytest.mark.parametrize("with_version", ["live", "latest"])
def test_an_old_version_is_compared_and_says_what_is_gone(with_version, gone, desk):
    _kind, page, revision, title = gone
    compared = desk.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, revision.pk, with_version]))
    assert compared.status_code == 200
    assert says_missing(compared, title)


def test_an_old_version_is_viewed_and_listed(gone, desk):
    _kind, page, revision, _title = gone
    assert desk.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk])).status_code == 200
    assert desk.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_a_draft_that_names_what_is_gone_opens_in_editor_and_preview(gone, desk):
    """As old data may still have it: today such a deletion is refused."""
    _kind, page, revision, title = gone
    type(page).objects.filter(pk=page.pk).update(latest_revision=revision, has_unpublished_changes=True)
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert editor.status_code == 200
    assert says_missing(editor, title)
    assert desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_an_old_version_is_published_unless_it_would_have_a_hole(gone, visitor):
    kind, page, revision, _title = gone
    before = visitor.get(page.url).content
    if kind in HOLES:
        with pytest.raises(PublishingBlocked):
            revision.publish()
        assert visitor.get(page.url).content == before
    else:
        revision.publish()
        assert visitor.get(page.url).status_code == 200


@pytest.mark.parametrize("gone", HOLES, indirect=True)
def test_the_form_of_an_old_version_says_what_is_missing_instead_of_publishing_it(gone, desk):
    kind, page, revision, _title = gone
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    bodies = {
        "picture in a text": [("figure", {"image": {"image": "", "alt_text": "A room"}, "caption": ""})],
        "document": [("paragraph", rich_text(page.revisions.get(pk=revision.pk).as_object().body[0].value.source))]
        if kind == "document"
        else [],
    }
    live = type(page).objects.get(pk=page.pk).live_revision_id
    texts = nested_form_data({"body": streamfield(bodies.get(kind, []))})
    response = desk.post(url, {**fields_of(desk, url), **texts, "action-publish": "1"}, follow=True)
    assert response.status_code == 200
    assert messages_in(response)
    assert type(page).objects.get(pk=page.pk).live_revision_id == live


# --- The same for records that name others -----------------------------------------------


RECORDS = {
    "source of a fact": (factories.reference, factories.fact, lambda fact, it: setattr(fact, "reference", it)),
    "page of a notice": (factories.standard, factories.notice, lambda notice, it: setattr(notice, "link_page", it)),
    "page in a topic": (
        factories.standard,
        factories.topic,
        lambda topic, it: setattr(topic, "introduction", factories.link(it)),
    ),
    "page in the navigation": (
        factories.standard,
        factories.clinic,
        lambda clinic, it: clinic.navigation_items.add(NavigationItem(page=it)),
    ),
    "legal page": (factories.standard, factories.clinic, lambda clinic, it: setattr(clinic, "terms_page", it)),
}


@pytest.fixture(params=RECORDS)
def gone_from_record(request, desk):
    """(record, id of an old version) of a record whose version names what has been deleted since."""
    make, make_record, name = RECORDS[request.param]
    named, record = make(), make_record()
    name(record, named)
    revision = record.save_revision(clean=False)
    type(record).objects.get(pk=record.pk).save_revision(clean=False)
    named.delete()
    return record, revision


def test_an_old_version_of_a_record_opens_and_says_what_is_gone(gone_from_record, desk):
    record, revision = gone_from_record
    name = record.snippet_viewset.get_url_name
    opened = desk.get(reverse(name("revisions_revert"), args=[record.pk, revision.pk]))
    compared = desk.get(reverse(name("revisions_compare"), args=[record.pk, revision.pk, "latest"]))
    for response in (opened, compared):
        assert response.status_code == 200
        assert says_missing(response, "")
    assert desk.get(reverse(name("revisions_view"), args=[record.pk, revision.pk])).status_code == 200
    assert desk.get(reverse(name("history"), args=[record.pk])).status_code == 200


def test_a_scheduled_version_of_a_fact_does_not_lose_its_source(site):
    source, fact = factories.reference(), factories.fact(value="82%")
    fact.value, fact.reference = "90%", source
    revision = fact.save_revision()
    Reference.objects.filter(pk=source.pk)._raw_delete("default")
    with pytest.raises(PublishingBlocked, match="source"):
        revision.publish()
    fact.refresh_from_db()
    assert fact.value == "82%"


def test_a_page_does_not_state_a_fact_that_readers_cannot_see_yet(site, visitor):
    fact = factories.fact(live=False)
    page = factories.question()
    say(page, factories.fact_token(fact))
    with pytest.raises(PublishingBlocked, match="which is not published"):
        page.save_revision().publish()
    factories.publish(fact)
    page.save_revision().publish()
    assert fact.value in visitor.get(page.url).content.decode()


def test_a_link_to_a_page_that_is_gone_holds_nothing_back(site, visitor):
    target, page = factories.standard(), factories.question()
    page.body = factories.paragraph(factories.link(target, "our treatment"))
    revision = page.save_revision()
    target.delete()
    revision.publish()
    assert "our treatment" in visitor.get(page.url).content.decode()


def test_a_refusal_in_a_view_that_did_not_ask_first_leads_to_the_record(desk):
    _page, picture = name_in("draft", "picture in a text")
    request = desk.get(reverse("wagtailimages:edit", args=[picture.pk])).wsgi_request
    refusal = InUse(picture, uses_of([picture])[picture])
    answer = PublishingBlockedMiddleware(lambda request: None).process_exception(request, refusal)
    assert answer.url == reverse("wagtailimages:edit", args=[picture.pk])
    assert "“May I drive?” (draft)" in str(next(iter(messages.get_messages(request))))


# --- Bylines ----------------------------------------------------------------------------


def written_by(client, page):
    return " ".join(BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".byline").get_text().split())


def with_author(desk, page, person):
    """Save a draft with an author by the form, as staff do."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    author = nested_form_data({"authorships": inline_formset([{"person": str(person.pk)}])})
    desk.post(url, {**fields_of(desk, url), "body-count": "0", **author})
    return page.revisions.latest("pk")


def test_a_draft_keeps_the_name_of_its_author_when_the_person_is_gone(desk, visitor):
    page, person = factories.question(), factories.person("Jordan Example")
    revision = with_author(desk, page, person)
    person.delete()
    assert "Jordan Example" in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    revision.publish()
    assert "Written by Jordan Example" in written_by(visitor, page)


def test_the_form_publishes_a_page_whose_author_is_gone(desk, visitor):
    page, person = factories.question(), factories.person("Jordan Example")
    with_author(desk, page, person)
    person.delete()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = desk.post(url, {**fields_of(desk, url), "body-count": "0", "action-publish": "1"}, follow=True)
    assert messages_in(response) == ""
    assert "Written by Jordan Example" in written_by(visitor, page)


def test_a_byline_never_names_nobody(site, visitor):
    page, person = factories.question(), factories.person()
    page.authorships.add(Authorship(person=person))  # without a name, as versions of before have it
    revision = page.save_revision(clean=False)
    person.delete()
    revision.publish()
    assert "Written by" not in written_by(visitor, page)
    assert "Published by" in written_by(visitor, page)


def test_an_author_who_is_nobody_is_refused(desk):
    page = factories.question()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    author = nested_form_data({"authorships": inline_formset([{"person": ""}])})
    response = desk.post(url, {**fields_of(desk, url), "body-count": "0", **author, "action-publish": "1"})
    assert "Choose who wrote it" in messages_in(response)
