"""The desk: what each member of staff finds there, may do there, and never loses there."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import factories


@pytest.fixture
def desk(client, site):
    """A client signed in as somebody who may do everything."""
    client.force_login(factories.administrator())
    return client


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
    expected = ["Questions", "Articles", "Pages", "People", "Topics", "Facts", "Sources", "Notices", "Clinic"]
    assert entries[:11] == [*expected, "Pictures", "Documents"]
    assert "Snippets" not in entries
    assert "Images" not in entries
    assert "Settings" not in entries


def test_what_is_technical_stands_under_advanced(desk):
    entries = menu(desk)
    advanced = {"Users", "Groups", "Sites", "Collections", "Workflows", "Old addresses", "Locked pages", "Aging pages"}
    assert advanced <= set(entries["Advanced"])
    assert set(entries["Reports"]) >= {"Waiting for approval", "Who changed what"}
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
        ("/admin/snippets/core/notice/", "comes and goes by itself"),
        ("/admin/snippets/governance/fact/", "several pages state"),
        ("/admin/snippets/governance/reference/", "numbered on every page"),
    ],
)
def test_an_empty_list_says_what_would_stand_there_and_offers_to_add_it(url, explanation, desk):
    factories.faq_index(), factories.blog_index(), factories.team()
    page = soup(desk, url)
    assert explanation in page.find(id="listing-results").get_text()
    assert page.select("#listing-results a.button")


def test_a_question_without_a_faq_to_stand_in_is_refused_with_the_way_out(desk):
    response = desk.get("/admin/questions/choose_parent/", follow=True)
    assert "First add the page “FAQ”" in response.content.decode()
