"""Topics, facts, sources and notices are drafted, published and taken back as pages are."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from clinic.models import ClinicSettings, Notice
from core.models import Topic
from evidence.models import Fact, Reference
from publishing.exceptions import InUse
from starter.loader import load
from tests import factories
from tests.forms import fields_in, fields_of, main_button, messages_in, send

AS_JSON = {"accept": "application/json"}
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def desk(client, site):
    client.force_login(factories.member("Publishers"))
    return client


def address(view, record, *args):
    names = {"Topic": "core_topic", "Notice": "clinic_notice", "ClinicSettings": "clinic_clinicsettings"}
    kind = names.get(type(record).__name__, f"evidence_{type(record).__name__.lower()}")
    return reverse(f"wagtailsnippets_{kind}:{view}", args=[record.pk, *args])


def autosave(desk, url, **typed):
    """What the browser does while somebody types."""
    return desk.post(url, {**fields_of(desk, url), **typed}, headers=AS_JSON)


def text_of(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser").get_text(" ", strip=True)


# --- Drafts ---------------------------------------------------------------------------


def test_a_draft_of_a_fact_changes_nothing_for_readers_until_it_is_published(desk, client):
    fact = factories.fact(value="about 40 minutes")
    page = factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    assert autosave(desk, address("edit", fact), value="about 50 minutes").json()["success"]
    assert "about 40 minutes" in text_of(client, page.url)
    assert fields_of(desk, address("edit", fact))["value"] == "about 50 minutes"
    send(desk, address("edit", fact))
    assert "about 50 minutes" in text_of(client, page.url)


def test_publishing_a_fact_dates_the_pages_that_state_it_and_drafting_does_not(desk):
    fact = factories.fact(value="about 40 minutes")
    page = factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    autosave(desk, address("edit", fact), value="about 50 minutes")
    page.refresh_from_db()
    assert page.dependencies_updated_at is None
    send(desk, address("edit", fact))
    page.refresh_from_db()
    assert page.dependencies_updated_at is not None


def test_search_finds_a_page_by_the_new_value_of_a_fact(desk, client):
    fact = factories.fact(value="about 40 minutes")
    factories.question("How long is it?", short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    send(desk, address("edit", fact), value="about fifty minutes")
    assert "How long is it?" in text_of(client, "/search/?q=fifty")


def test_a_draft_with_mistakes_is_kept_and_not_published(desk):
    url = reverse("wagtailsnippets_clinic_notice:add")
    typed = {"text": rich_text("", "plain"), "ends_at": "", "closed_until": "12/24/2030"}
    kept = autosave(desk, url, **typed).json()
    assert kept["success"]
    notice = Notice.objects.get()
    refused = desk.post(address("edit", notice), {**fields_of(desk, address("edit", notice)), **PUBLISH})
    assert "Which day does the clinic close?" in messages_in(refused)
    notice.refresh_from_db()
    assert not notice.live


def test_two_records_never_share_an_address_not_even_as_drafts(desk):
    factories.topic("costs")
    answer = autosave(desk, reverse("wagtailsnippets_core_topic:add"), name="Money", slug="costs")
    assert answer.json()["error_code"] == "validation_error"
    assert Topic.objects.count() == 1


def test_publish_is_the_first_button_and_nothing_unpublishes(desk):
    for record in (factories.fact(), factories.topic(), factories.notice(), factories.reference()):
        shown = desk.get(address("edit", record))
        assert main_button(shown) == PUBLISH
        assert "Unpublish" not in shown.content.decode()
        assert "Set schedule" not in shown.content.decode()
        assert desk.post(address("unpublish", record)).status_code == 404
        record.refresh_from_db()
        assert record.live


@pytest.mark.parametrize("group", ["Clinical reviewers", "Publishers", "Administrators"])
def test_whoever_may_change_a_fact_publishes_it(group, client, site):
    fact = factories.fact()
    client.force_login(factories.member(group))
    send(client, address("edit", fact), value="about 45 minutes")
    fact.refresh_from_db()
    assert fact.value == "about 45 minutes"


def test_an_author_adds_a_source_at_once_without_a_draft_in_between(client, site):
    client.force_login(factories.member("Authors"))
    url = reverse("wagtailsnippets_evidence_reference:add")
    shown = client.get(url)
    assert "Save draft" not in shown.content.decode()
    assert "w-autosave " not in str(BeautifulSoup(shown.content, "html.parser").select("form[data-controller]"))
    response = send(client, url, key="new-2020", authors="New A", title="A trial", year="2020")
    assert response.status_code == 200
    assert Reference.objects.live().filter(key="new-2020").exists()


# --- What was never published -----------------------------------------------------------


def test_a_fact_never_published_is_stated_nowhere_and_offered_to_nobody(desk, client):
    fact = factories.fact(value="about ten hours")
    page = factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    Fact.objects.update(live=False)  # past the gate, which would not publish the page
    chooser = desk.get(reverse("wagtailsnippetchoosers_evidence_fact:choose")).json()["html"]
    for shown in (text_of(client, page.url), client.get(page.url).content.decode(), chooser):
        assert "about ten hours" not in shown


def test_a_source_never_published_is_cited_nowhere(desk, client):
    source = factories.reference(title="A secret trial")
    fact = factories.fact(reference=source)
    text = f"<p>It lasts {factories.fact_token(fact)}, they say{factories.fact_token(source)}.</p>"
    page = factories.question(short_answer=text)
    Reference.objects.update(live=False)  # past the gate, as above
    assert "A secret trial" not in client.get(page.url).content.decode()
    assert "[1]" not in text_of(client, page.url)
    assert "A secret trial" not in desk.get(reverse("wagtailsnippetchoosers_evidence_reference:choose")).json()["html"]


def test_a_topic_never_published_is_nowhere(desk, client):
    topic = factories.topic("secret", name="Our secret", live=False)
    question = factories.question("May I drive?", topic=topic)
    article = factories.article(topics=[topic])
    for url in ("/faq/", "/faq/all/", "/blog/", "/", "/llms.txt", "/sitemap.xml", question.url, article.url):
        content = client.get(url).content.decode()
        assert "Our secret" not in content, url
        assert "topic/secret" not in content, url
    assert client.get("/faq/topic/secret/").status_code == 404
    assert client.get("/blog/topic/secret/").status_code == 404
    assert "May I drive?" in text_of(client, "/faq/")
    for listing in ("questions:index", "articles:index"):
        assert "Our secret" not in text_of(desk, reverse(listing))
    assert "Our secret" not in desk.get(reverse("wagtailsnippetchoosers_core_topic:choose")).json()["html"]


def test_an_article_has_the_flower_of_its_first_published_topic(site, client):
    secret = factories.topic("secret", emblem="star", live=False)
    factories.article(topics=[secret, factories.topic("known", emblem="cup")])
    content = client.get("/blog/").content.decode()
    assert "flowers/cup.svg" in content
    assert "flowers/star.svg" not in content


def test_a_question_has_no_flower_of_a_topic_never_published(site, client):
    question = factories.question(topic=factories.topic("secret", emblem="star", live=False))
    assert "flowers/star.svg" not in client.get(question.url).content.decode()


def test_a_notice_never_published_is_shown_nowhere(desk, client):
    today = timezone.localdate()
    factories.visit()
    factories.notice(
        "Closed in secret.",
        live=False,
        clinic_is_closed=True,
        closed_from=today,
        closed_until=today + timedelta(days=1),
    )
    for url in ("/", "/visit/", "/faq/", "/nothing/"):
        assert "Closed in secret" not in client.get(url).content.decode()
        assert "specialOpeningHours" not in client.get(url).content.decode()


# --- History ---------------------------------------------------------------------------


def test_a_fact_goes_back_to_an_earlier_version_from_its_history(desk, client):
    fact = factories.fact(value="about 40 minutes")
    first = fact.latest_revision
    send(desk, address("edit", fact), value="about 4 minutes")
    history = desk.get(address("history", fact)).content.decode()
    revert = address("revisions_revert", fact, first.pk)
    assert revert in history
    assert address("revisions_compare", fact, f"{first.pk}", "live").split("/revisions/")[0] in history
    desk.post(revert, {**fields_of(desk, revert), **PUBLISH})
    fact.refresh_from_db()
    assert fact.value == "about 40 minutes"


def test_the_clinic_goes_back_to_an_earlier_version_from_its_history(desk, client):
    clinic = factories.clinic(name="Innerbloom")
    first = clinic.latest_revision
    send(desk, address("edit", clinic), name="Outerbloom")
    assert ClinicSettings.objects.get().name == "Outerbloom"
    revert = address("revisions_revert", clinic, first.pk)
    assert revert in desk.get(address("history", clinic)).content.decode()
    desk.post(revert, fields_of(desk, revert))
    assert ClinicSettings.objects.get().name == "Innerbloom"


def test_the_first_mistake_on_a_starter_page_is_undone_from_its_history(client, empty_site, small_content):
    load(content=small_content)
    client.force_login(factories.member("Publishers"))
    page = factories.FAQEntryPage.objects.live().first()
    first, title = page.latest_revision, page.title
    page.title = "A mistake"
    factories.publish(page)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert revert in client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    first.publish()
    page.refresh_from_db()
    assert page.title == title
    for record in (
        Fact.objects.first(),
        Topic.objects.first(),
        Reference.objects.first(),
        ClinicSettings.objects.get(),
    ):
        first = address("revisions_view", record, record.revisions.earliest("created_at").pk)
        assert first in client.get(address("history", record)).content.decode()


def test_a_source_that_a_draft_names_is_not_deleted(desk):
    source, fact = factories.reference(), factories.fact()
    fact.reference = source
    fact.save_revision()
    with pytest.raises(InUse):
        source.delete()


# --- The one record of the clinic ---------------------------------------------------------


def test_the_clinic_is_one_form_without_list_copy_or_deletion(desk):
    clinic = factories.clinic(name="Innerbloom")
    response = desk.get(reverse("wagtailsnippets_clinic_clinicsettings:list"), follow=True)
    assert response.request["PATH_INFO"] == address("edit", clinic)
    assert "clinicsettings/delete/" not in response.content.decode()
    for place in ("add/", "delete/1/", "copy/1/", "usage/1/"):
        assert desk.get(f"/admin/snippets/clinic/clinicsettings/{place}").status_code == 404
    with pytest.raises(ValidationError):
        clinic.delete()


def test_the_form_of_the_clinic_does_not_save_itself(desk):
    clinic = factories.clinic(name="Innerbloom")
    shown = BeautifulSoup(desk.get(address("edit", clinic)).content, "html.parser")
    assert "w-autosave" not in shown.select_one("form[data-edit-form]")["data-controller"]
    assert shown.select_one("[data-unsaved-key][data-fresh]")


def test_what_was_typed_about_the_clinic_is_shown_again_and_saves_nothing(desk):
    clinic = factories.clinic(name="Innerbloom")
    rows = {
        "profiles-TOTAL_FORMS": "1",
        "profiles-0-url": "https://social.example/innerbloom",
        "profiles-0-name": "Social",
        "profiles-0-id": "",
        "profiles-0-ORDER": "1",
        "profiles-0-DELETE": "",
    }
    typed = {**fields_of(desk, address("edit", clinic)), **rows, "name": "Outerbloom", "restore-unsaved": "1"}
    response = desk.post(address("edit", clinic), typed)
    assert fields_in(response)["name"] == "Outerbloom"
    assert fields_in(response)["profiles-0-url"] == "https://social.example/innerbloom"
    assert "You typed this and did not save it." in response.content.decode()
    assert ClinicSettings.objects.get().name == "Innerbloom"


def test_words_of_a_draft_are_found_at_the_desk(desk):
    fact = factories.fact(value="about 40 minutes")
    autosave(desk, address("edit", fact), value="about fifty minutes")
    shown = text_of(desk, f"{reverse('phrase_search')}?q=fifty minutes")
    assert "In a draft" in shown
