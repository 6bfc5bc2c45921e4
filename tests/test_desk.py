"""The desk: what each member of staff finds there, may do there, and never loses there."""

import ast
import gettext
import json
import re
from pathlib import Path

import django
import pytest
import wagtail
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinic.models import ClinicSettings
from core.models import Topic
from faq.models import FAQIndexPage
from jobs.models import QueuedMail
from staff.groups import create_groups
from tests import factories
from tests.forms import fields_of, send


def soup(client, url):
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def menu(client):
    """The menu as {label: address, or {label: address} of a submenu}."""

    def read(items):
        found = {}
        for item in items:
            entry, *below = item["_args"]
            submenu = below and isinstance(below[0], list)
            assert entry["label"] not in found, f"{entry['label']} stands there twice"
            found[entry["label"]] = read(below[0]) if submenu else entry["url"]
        return found

    props = json.loads(soup(client, "/admin/").find(id="wagtail-sidebar-props").string)
    main = next(module for module in props["modules"] if module["_type"].endswith("MainMenuModule"))
    return read(main["_args"][0])


def words(client, url):
    return soup(client, url).find(id="main").get_text(" ", strip=True)


def rows(client, url):
    """The titles of a list, in order."""
    return [title.get_text(" ", strip=True) for title in soup(client, url).select("td.title .title-wrapper a")]


# --- Menu ---------------------------------------------------------------------


def test_the_menu_speaks_the_words_of_staff_in_their_order(desk):
    entries = list(menu(desk))
    expected = ["Questions", "Articles", "Pages", "People", "Topics", "Safety lines", "Facts", "Sources"]
    assert entries[:12] == [*expected, "Notices", "Clinic", "Pictures", "Documents"]
    assert "Snippets" not in entries
    assert "Images" not in entries
    assert "Settings" not in entries
    assert "Images" not in words(desk, "/admin/")


def test_what_is_technical_stands_under_advanced(desk):
    entries = menu(desk)
    advanced = {"Users", "Roles", "Sites", "Collections", "Old addresses", "Locked pages", "Aging pages"}
    assert advanced <= set(entries["Advanced"])
    assert set(entries["Reports"]) >= {"Approvals", "Who changed what"}
    assert not advanced & set(entries["Reports"])
    assert "Clinic" not in entries["Advanced"]


def test_the_clinic_is_one_click_away(desk):
    assert "name" in [field.get("name") for field in soup(desk, menu(desk)["Clinic"]).select("form input")]


def test_pages_begin_at_home(desk, site):
    assert menu(desk)["Pages"] == reverse("wagtailadmin_explore", args=[site.pk])


def test_help_leads_to_no_other_site(desk):
    assert all(not address.startswith("http") for address in menu(desk)["Help"].values())


# --- Lists ----------------------------------------------------------------------


def test_questions_are_listed_with_topic_and_place_in_the_order_of_the_faq(desk):
    later = factories.topic("costs", name="Costs", order=2)
    first = factories.topic("visits", name="Visits", order=1)
    factories.question("What does it cost?", topic=later)
    factories.question("May I drive?", topic=first)
    factories.question("May I eat?", topic=first, live=False)
    assert rows(desk, "/admin/questions/") == ["May I drive?", "May I eat?", "What does it cost?"]
    row = (
        soup(desk, "/admin/questions/")
        .find("span", string=lambda text: text and text.strip() == "May I eat?")
        .find_parent("tr")
    )
    assert "Visits" in row.get_text()
    assert "Draft" in row.get_text().title()
    assert row.find_all("td")[-1].get_text(strip=True) == "2"


def test_questions_are_found_by_topic_status_and_words(desk):
    topic = factories.topic("costs")
    factories.question("What does it cost?", topic=topic)
    factories.question("What is due in advance?", topic=topic, live=False)
    factories.question("May I drive?")
    assert set(rows(desk, f"/admin/questions/?topic={topic.pk}")) == {"What does it cost?", "What is due in advance?"}
    assert rows(desk, f"/admin/questions/?topic={topic.pk}&status=draft") == ["What is due in advance?"]
    assert rows(desk, f"/admin/questions/?topic={topic.pk}&q=cost") == ["What does it cost?"]
    assert rows(desk, "/admin/questions/?status=published&q=drive&ordering=path") == ["May I drive?"]


def test_articles_are_listed_with_their_topics_and_found_by_them(desk):
    topic = factories.topic("costs", name="Costs")
    factories.article("Paying for treatment", topics=[topic])
    factories.article("Something else")
    assert rows(desk, f"/admin/articles/?topic={topic.pk}") == ["Paying for treatment"]
    assert "Costs" in words(desk, "/admin/articles/")


def test_search_and_sharing_is_spoken_of_in_plain_words(desk):
    form = BeautifulSoup(
        desk.get(reverse("wagtailadmin_pages:edit", args=[factories.article().pk])).content, "html.parser"
    )
    labels = {form.find("label", attrs={"for": f"id_{name}"}).get_text(strip=True) for name in ("slug", "seo_title")}
    assert labels == {"Address*", "Title for search engines"}
    assert "URLs" not in form.find(id="tab-promote").get_text()


def test_the_topics_of_an_article_stand_right_below_its_headline(desk):
    url = reverse("wagtailadmin_pages:edit", args=[factories.article().pk])
    form = BeautifulSoup(desk.get(url).content, "html.parser").find(id="tab-content")
    headings = [heading.get_text(strip=True) for heading in form.select("section > div h2, section h2")]
    assert headings[:3] == ["Article", "Topics", "Lead picture"]


@pytest.mark.parametrize(
    ("place", "make", "label"),
    [
        ("questions", factories.question, "Add a question"),
        ("articles", factories.article, "Add an article"),
        ("people", factories.person, "Add a person"),
    ],
)
def test_one_click_leads_from_the_list_to_the_form(place, make, label, desk):
    make()
    button = next(link for link in soup(desk, f"/admin/{place}/").select("a") if label in link.get_text())
    form = soup(desk, button["href"]).find(id="page-edit-form") or soup(desk, button["href"]).find(
        "form", method="POST"
    )
    assert form.find(attrs={"name": "title"})


def test_the_order_of_questions_is_changed_where_they_can_be_dragged(desk):
    question = factories.question()
    button = next(link for link in soup(desk, "/admin/questions/").select("a") if "Change the order" in link.get_text())
    assert button["href"] == f"/admin/pages/{question.get_parent().pk}/?ordering=ord"
    assert soup(desk, button["href"]).select("[data-w-orderable-item-id], [data-w-orderable-target]")


@pytest.mark.parametrize(
    ("url", "explanation"),
    [
        ("/admin/questions/", "has a short answer"),
        ("/admin/articles/", "goes deeper"),
        ("/admin/people/", "can be named as the author"),
        ("/admin/snippets/core/topic/", "groups questions"),
        ("/admin/snippets/clinic/notice/", "comes and goes by itself"),
        ("/admin/snippets/evidence/fact/", "several pages state"),
        ("/admin/snippets/evidence/reference/", "numbered on every page"),
    ],
)
def test_an_empty_list_says_what_would_stand_there_and_offers_to_add_it(url, explanation, desk):
    factories.faq_index(), factories.blog_index(), factories.team()
    page = soup(desk, url)
    assert explanation in page.find(id="listing-results").get_text()
    assert page.select("#listing-results a.button")


def test_a_question_without_a_faq_to_stand_in_is_refused_with_the_way_out(desk):
    FAQIndexPage.objects.get().delete()
    response = desk.get("/admin/questions/choose_parent/", follow=True)
    assert "First add the page “FAQ”" in response.content.decode()


# --- Groups ---------------------------------------------------------------------

GROUPS = ["Authors", "Clinical reviewers", "Publishers", "Administrators"]
EVERYBODY = {"Questions", "Articles", "Pages", "People", "Topics", "Safety lines", "Facts", "Sources", "Notices"}


@pytest.fixture
def sign_in(client, site):
    """Signs somebody in who belongs to these groups, and gives the client."""

    def enter(*groups):
        client.force_login(factories.member(*groups))
        return client

    return enter


def may_open(client, url):
    """Whether a page of the desk answers, instead of sending the person away."""
    response = client.get(url)
    if response.status_code == 302 and response["Location"].startswith("/admin/snippets/"):
        response = client.get(response["Location"])
    return response.status_code == 200


def page_buttons(client, page):
    """What the editor of a page offers to do with it."""
    actions = soup(client, reverse("wagtailadmin_pages:edit", args=[page.pk])).select("footer button[name], footer a")
    return {action.get("name") for action in actions}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_finds_in_the_menu_what_it_works_with(group, sign_in):
    entries = menu(sign_in(group))
    assert set(entries) >= EVERYBODY
    assert (entries.keys() >= {"Pictures", "Documents"}) == (group != "Clinical reviewers")
    assert ("Clinic" in entries) == (group in {"Publishers", "Administrators"})
    assert ("Advanced" in entries) == (group == "Administrators")


def test_administrators_find_everything_technical_without_being_superusers(sign_in):
    advanced = menu(sign_in("Administrators"))["Advanced"]
    assert {"Users", "Roles", "Sites", "Collections", "Approvals", "Old addresses"} <= set(advanced)
    assert all(may_open(sign_in("Administrators"), address) for address in advanced.values())


def test_publishers_find_the_old_addresses_among_the_reports(sign_in):
    assert "Old addresses" in menu(sign_in("Publishers"))["Reports"]


@pytest.mark.parametrize("group", GROUPS)
def test_every_entry_of_the_menu_opens_for_whom_it_is_shown(group, sign_in):
    client = sign_in(group)
    entries = menu(client)
    addresses = [address for address in entries.values() if isinstance(address, str)]
    addresses += [address for below in entries.values() if isinstance(below, dict) for address in below.values()]
    assert [address for address in addresses if address != "#" and not may_open(client, address)] == []


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("/admin/questions/choose_parent/", {"Authors", "Publishers", "Administrators"}),
        ("/admin/snippets/core/topic/add/", {"Publishers", "Administrators"}),
        ("/admin/snippets/clinic/notice/add/", {"Publishers", "Administrators"}),
        ("/admin/snippets/evidence/fact/add/", {"Clinical reviewers", "Publishers", "Administrators"}),
        ("/admin/snippets/evidence/reference/add/", set(GROUPS)),
        ("/admin/snippets/clinic/clinicsettings/", {"Publishers", "Administrators"}),
        ("/admin/redirects/add/", {"Publishers", "Administrators"}),
        ("/admin/images/add/", {"Authors", "Publishers", "Administrators"}),
        ("/admin/documents/multiple/add/", {"Authors", "Publishers", "Administrators"}),
        ("/admin/users/new/", {"Administrators"}),
        ("/admin/groups/", {"Administrators"}),
        ("/admin/sites/", {"Administrators"}),
        ("/admin/collections/", {"Administrators"}),
        ("/admin/workflows/list/", {"Administrators"}),
    ],
)
@pytest.mark.parametrize("group", GROUPS)
def test_a_form_opens_for_those_whose_work_it_is(group, url, allowed, sign_in):
    factories.faq_index()
    client = sign_in(group)
    response = client.get(url, follow=True)
    refused = response.status_code == 403 or (response.redirect_chain and response.request["PATH_INFO"] == "/admin/")
    assert (response.status_code == 200 and not refused) == (group in allowed)


def test_an_author_writes_and_submits_but_does_not_publish(sign_in):
    page = factories.question(live=False)
    offered = page_buttons(sign_in("Authors"), page)
    assert "action-submit" in offered
    assert "action-publish" not in offered


def test_a_clinical_reviewer_opens_a_page_to_comment_on_it_and_adds_none(sign_in):
    page = factories.question()
    client = sign_in("Clinical reviewers")
    editor = soup(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert editor.select("[data-comments-panel-trigger], [data-side-panel-toggle='comments']")
    assert "action-publish" not in page_buttons(client, page)
    assert not [link for link in soup(client, "/admin/questions/").select("a") if "Add a question" in link.get_text()]


@pytest.mark.parametrize("group", ["Publishers", "Administrators"])
def test_publishers_publish_unpublish_and_change_the_order(group, sign_in):
    page = factories.question()
    client = sign_in(group)
    assert "action-publish" in page_buttons(client, page)
    assert soup(client, f"/admin/pages/{page.pk}/unpublish/").find("form", method="POST")
    assert "Change the order" in soup(client, "/admin/questions/").get_text()


def test_authors_do_not_change_the_order_of_published_questions(sign_in):
    factories.question()
    assert "Change the order" not in soup(sign_in("Authors"), "/admin/questions/").get_text()


def submit(client, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return send(client, url, **{"body-count": "0", "action-submit": "1"})


def test_what_an_author_submits_waits_for_a_publisher_and_is_published_by_one(client, site):
    page = factories.question("May I drive?", live=False)
    client.force_login(factories.member("Authors"))
    submit(client, page)
    page.refresh_from_db()
    assert not page.live
    client.force_login(factories.member("Publishers"))
    assert rows(client, "/admin/questions/?status=waiting") == ["May I drive?"]
    state = page.current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {"comment": ""})
    page.refresh_from_db()
    assert page.live


def test_what_waits_for_a_publisher_stands_above_the_to_do_list(client, site):
    author, publisher = factories.member("Authors"), factories.member("Publishers")
    waiting = factories.question("Is it open?", live=False)
    waiting.save_revision(user=author)
    waiting.get_workflow().start(waiting, author)
    client.force_login(publisher)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert home.index("Awaiting your review") < home.index('id="to-do-section"')


def test_who_approves_is_told_that_readers_see_it(client, site):
    page = factories.question("May I drive?", live=False)
    client.force_login(factories.member("Authors"))
    submit(client, page)
    client.force_login(factories.member("Publishers"))
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = send(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), **{"body-count": "0", **action})
    page.refresh_from_db()
    assert page.live
    assert "readers see “May I drive?” now" in response.content.decode()


def test_a_publisher_who_wrote_the_page_publishes_without_waiting(sign_in):
    page = factories.question(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    send(sign_in("Authors", "Publishers"), url, **{"body-count": "0", "action-publish": "1"})
    page.refresh_from_db()
    assert page.live


def test_publishers_are_told_by_mail_of_a_page_that_waits_and_its_author_waits_for_no_mail(client, site, settings):
    settings.EMAIL_BACKEND = "jobs.mail.QueueEmailBackend"
    publisher = factories.member("Publishers")
    page = factories.question("May I drive?", live=False)
    client.force_login(factories.member("Authors"))
    assert submit(client, page).status_code == 200
    [queued] = QueuedMail.objects.all()
    assert queued.recipients == [publisher.email]
    assert "May I drive?" in queued.subject


def test_sending_a_page_to_a_publisher_is_told_in_plain_words(client, site):
    author, publisher = factories.member("Authors"), factories.member("Publishers")
    client.force_login(author)
    page = factories.question("Why?", live=False, owner=author)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Send for approval" in words(client, editor)
    assert "has been sent for approval" in submit(client, page).content.decode()
    assert "Sent for approval" in words(client, editor)
    home = words(client, "/admin/")
    assert "What you sent for approval" in home
    assert re.search(r"Waiting for:\s+Approval by a publisher", home), home
    waiting = words(client, "/admin/questions/")
    assert "waiting for approval" in waiting.lower()
    client.force_login(publisher)
    assert "Awaiting your review" in words(client, "/admin/")
    for shown in (home, waiting, words(client, editor)):
        assert "oderation" not in shown
        assert "workflow" not in shown.lower()


def catalog(path):
    """{msgid: [msgstr, …]} of a .po file; a plural is found by its singular."""
    entries = {}
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        words = re.findall(r'^(msg\w+)(?:\[\d\])? ((?:".*"\n?)+)', entry, re.MULTILINE)
        said = [(kind, "".join(ast.literal_eval(line) for line in text.splitlines())) for kind, text in words]
        if ids := [text for kind, text in said if kind == "msgid"]:
            entries[ids[0]] = [text for kind, text in said if kind == "msgstr"]
    return entries


def test_every_plain_word_stands_in_place_of_one_that_wagtail_says():
    folder = settings.BASE_DIR / "locale/en/LC_MESSAGES"
    ours = catalog(folder / "django.po")
    wagtails = {}
    for package in (django, wagtail):  # a group of accounts is Django's
        for path in Path(package.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
            wagtails |= catalog(path)
    assert sorted(set(ours) - set(wagtails)) == []
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for words, (plain, *plural) in ours.items():
        if words:
            assert (compiled.ngettext(words, "", 1) if plural else compiled.gettext(words)) == plain


def test_wagtails_own_groups_and_workflow_stand_nowhere_beside_ours(site):
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Approval by a publisher"]
    assert [task.name for task in Task.objects.all()] == ["Approval by a publisher", "Review by a clinician"]


def test_what_an_installation_decided_about_its_groups_stands_when_they_are_made_again(site):
    authors = Group.objects.get(name="Authors")
    authors.permissions.clear()
    authors.page_permissions.all().delete()
    create_groups()
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)
    assert not authors.permissions.exists()
    assert not authors.page_permissions.exists()


def test_a_group_that_an_installation_deleted_does_not_come_back(site):
    Group.objects.get(name="Clinical reviewers").delete()
    create_groups()
    assert set(Group.objects.values_list("name", flat=True)) == {*GROUPS} - {"Clinical reviewers"}


def test_an_installation_without_any_of_the_groups_gets_them_beside_its_own(site):
    Group.objects.exclude(name="Publishers").delete()
    Group.objects.filter(name="Publishers").update(name="Our editors")
    create_groups()
    assert set(Group.objects.values_list("name", flat=True)) == {*GROUPS, "Our editors"}
    assert Group.objects.get(name="Authors").page_permissions.count() == 2
    assert WorkflowPage.objects.count() == 1


# --- Previews -------------------------------------------------------------------


def preview(client, url, **changes):
    """What the preview beside the form at `url` shows, with some fields changed."""
    side_panel = soup(client, url).select_one("[data-w-preview-url-value]")
    data = {**fields_of(client, url), **changes}
    assert client.post(side_panel["data-w-preview-url-value"], data).json()["is_valid"]
    return soup(client, side_panel["data-w-preview-url-value"]).get_text(" ", strip=True)


def clinic_form():
    return f"/admin/snippets/clinic/clinicsettings/edit/{ClinicSettings.load().pk}/"


def test_a_notice_is_previewed_above_the_home_page_before_its_time(desk):
    shown = preview(
        desk,
        "/admin/snippets/clinic/notice/add/",
        text=rich_text("<p>Closed for repairs</p>"),
        starts_at="2035-01-01 8 am",
        ends_at="2035-01-02 8 am",
    )
    assert "Closed for repairs" in shown
    assert "Ketamine infusions" in shown


def test_a_topic_is_previewed_with_its_questions(desk):
    topic = factories.topic("costs")
    factories.question("May I drive?", topic=topic)
    shown = preview(desk, f"/admin/snippets/core/topic/edit/{topic.pk}/", name="What it costs")
    assert "What it costs" in shown
    assert "May I drive?" in shown


def test_a_topic_not_yet_saved_is_previewed(desk):
    factories.faq_index()
    assert "Afterwards" in preview(desk, "/admin/snippets/core/topic/add/", name="Afterwards", slug="afterwards")


def test_a_topic_is_previewed_on_a_site_without_a_faq(desk):
    assert "Afterwards" in preview(desk, "/admin/snippets/core/topic/add/", name="Afterwards", slug="afterwards")


def test_a_fact_is_previewed_in_a_sentence_with_its_note_and_its_source(desk):
    source = factories.reference(title="A randomized trial")
    fact = factories.fact(value="about 40 minutes", reference=source)
    url = f"/admin/snippets/evidence/fact/edit/{fact.pk}/"
    shown = preview(desk, url, value="about 45 minutes", source_note="as the clinic measures it")
    assert "about 45 minutes [1] … As the clinic measures it." in " ".join(shown.split())
    assert "A randomized trial" in shown


def test_a_source_is_previewed_as_readers_find_it_in_the_list(desk):
    shown = preview(
        desk,
        "/admin/snippets/evidence/reference/add/",
        key="new-2020",
        authors="New A et al.",
        title="A second trial",
        year="2020",
    )
    assert "New A et al. A second trial" in shown


def test_the_clinic_is_previewed_where_people_look_for_it(desk):
    factories.visit()
    hours = nested_form_data({"opening_hours": inline_formset([{"weekday": "0", "opens": "9 am", "closes": "5 pm"}])})
    shown = preview(desk, clinic_form(), name="Quiet Bay", phone="(805) 555-0100", **hours)
    assert "Quiet Bay" in shown
    assert "(805) 555-0100" in shown
    assert "Monday" in shown


def test_a_half_filled_form_does_not_break_its_preview(desk):
    factories.visit()
    hours = nested_form_data({"opening_hours": inline_formset([{"weekday": "0", "opens": "", "closes": ""}])})
    url = clinic_form()
    panel = soup(desk, url).select_one("[data-w-preview-url-value]")["data-w-preview-url-value"]
    desk.post(panel, {**fields_of(desk, url), **hours})
    assert desk.get(panel).status_code == 200
    for kind in ("core/topic", "clinic/notice", "evidence/fact", "evidence/reference"):
        url = f"/admin/snippets/{kind}/add/"
        panel = soup(desk, url).select_one("[data-w-preview-url-value]")["data-w-preview-url-value"]
        desk.post(panel, fields_of(desk, url))
        assert desk.get(panel).status_code == 200


def test_a_preview_changes_nothing_for_readers(desk, client):
    fact = factories.fact(value="about 40 minutes")
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    preview(desk, f"/admin/snippets/evidence/fact/edit/{fact.pk}/", value="ten hours")
    assert "ten hours" not in client.get(page.url).content.decode()


# --- New records, and those in use ---------------------------------------------------


def test_a_new_record_is_saved_at_once(desk):
    send(desk, "/admin/snippets/core/topic/add/", name="Afterwards", slug="afterwards", introduction=rich_text(""))
    assert Topic.objects.filter(slug="afterwards").exists()


def test_a_topic_in_use_is_not_deleted_and_its_pages_are_shown(desk):
    question = factories.question("May I drive?")
    url = f"/admin/snippets/core/topic/delete/{question.topic.pk}/"
    page = soup(desk, url)
    assert "May I drive?" in page.select_one(".messages .error").get_text()
    assert "May I drive?" in soup(desk, f"/admin/snippets/core/topic/usage/{question.topic.pk}/").get_text()
    desk.post(url)
    assert Topic.objects.filter(pk=question.topic.pk).exists()


def test_one_word_names_the_roles_in_the_menu_the_form_and_their_list(sign_in):
    administrator = sign_in("Administrators")
    assert "Roles" in menu(administrator)["Advanced"]
    for url in ("/admin/groups/", f"/admin/users/edit/{factories.member('Authors').pk}/", "/admin/users/new/"):
        shown = words(administrator, url)
        assert "role" in shown.lower(), url
        assert "group" not in shown.lower(), url


def test_the_form_of_a_person_asks_for_a_name_and_says_so_above_the_field(desk):
    url = reverse("wagtailadmin_pages:edit", args=[factories.person().pk])
    person = BeautifulSoup(desk.get(url).content, "html.parser").find(id="panel-child-content-person-section")
    assert person.find("label", attrs={"for": "id_title"}).get_text(strip=True) == "Name*"
    assert "As patients know them." in person.get_text()
    assert "page title" not in person.get_text()


# --- The name of the house --------------------------------------------------------------


def test_the_desk_bears_the_name_of_the_clinic(desk):
    assert soup(desk, "/admin/").title.get_text(strip=True).endswith("- Innerbloom")
    sign_in_page = BeautifulSoup(Client().get("/admin/login/").content, "html.parser")
    assert sign_in_page.h1.get_text(strip=True) == "Sign in to Innerbloom"
    assert "Wagtail" not in sign_in_page.find(id="main").get_text()
    assert sign_in_page.find(id="id_username")["type"] == "email" or "e-mail" in str(
        sign_in_page.find(id="id_username")
    )


# --- Copy a page so that it follows its original --------------------------------------------


@pytest.mark.parametrize("kind", ["question", "article", "person"])
def test_no_alias_is_offered_of_what_stands_in_one_list(kind, desk):
    page = getattr(factories, kind)()
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert soup(desk, copy).find("input", attrs={"name": "alias"}) is None


@pytest.mark.parametrize("kind", ["question", "person"])
def test_who_asks_for_an_alias_all_the_same_gets_a_copy_that_is_a_draft(kind, desk):
    page = factories.question() if kind == "question" else factories.person(user=factories.member("Authors"))
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = desk.post(
        copy, {"new_title": page.title, "new_slug": "again", "new_parent_page": page.get_parent().pk, "alias": "on"}
    )
    assert answer.status_code == 302
    made = type(page).objects.get(slug="again")
    assert (made.live, made.alias_of) == (False, None)


def test_an_alias_is_made_at_the_desk_and_follows_its_original(desk, client):
    page = factories.standard()
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = desk.post(
        copy, {"new_title": page.title, "new_slug": "again", "new_parent_page": page.get_parent().pk, "alias": "on"}
    )
    assert answer.status_code == 302
    page.title = "Renamed"
    factories.publish(page)
    assert "Renamed" in client.get(page.url.replace(page.slug, "again")).content.decode()


@pytest.mark.each_database
def test_lists_feeds_and_search_show_an_original_and_not_its_alias(site, client):
    factories.visit()
    topic = factories.topic()
    question, article = factories.question("Why twice?", topic=topic), factories.article("Twice", topics=[topic])
    person, standard = factories.person("Twice Example"), factories.standard("Twice over")
    for page in (question, article, person, standard):
        page.create_alias(update_slug="the-alias")
    addresses = ["/", "/faq/", "/faq/all/", f"/faq/topic/{topic.slug}/", "/blog/", f"/blog/topic/{topic.slug}/"]
    addresses += ["/team/", "/feed/rss/", "/feed/atom/", "/sitemap.xml", "/llms.txt", "/search/?q=twice"]
    addresses += [factories.question(topic=topic).url, article.url]
    answers = {address: client.get(address) for address in addresses}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    shown = {address: answer.content.decode() for address, answer in answers.items()}
    assert [address for address, html in shown.items() if "the-alias" in html] == []
    assert "twice" in shown["/search/?q=twice"].lower()
