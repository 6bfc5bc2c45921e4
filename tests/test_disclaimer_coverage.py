"""The report on which disclaimer stands where, and what a new rule would change."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, PageViewRestriction

from disclaimers.coverage import Coverage, pages_of_site, with_own
from disclaimers.effect import MAX_PAGES_SHOWN
from disclaimers.models import DisclaimerTarget
from tests import factories

REPORT = "/admin/reports/disclaimers/"
EFFECT = "/admin/disclaimers/effect/"


@pytest.fixture
def desk(client, site):
    """A client signed in as a publisher."""
    client.force_login(factories.member("Publishers"))
    return client


def words(element):
    return " ".join(element.get_text(" ").split())


def rows(response):
    """{title of the page: the words of its disclaimers} of a report."""
    assert response.status_code == 200
    body = BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr")
    return {words(row.select("td")[0].a): words(row.select("td")[2]) for row in body}


def for_chosen(*pages, live=True, **fields):
    """A disclaimer on some pages."""
    page = factories.disclaimer(live=False, scope="pages", **fields)
    for target in pages:
        page.chosen_pages.add(DisclaimerTarget(page=target))
    return factories.publish(page) if live else page


def some_of_each():
    """A page of every rule, and their names."""
    question, article = factories.question("Is it safe?"), factories.article("A walk")
    everywhere = factories.disclaimer()
    section = factories.disclaimer(scope="section", section=factories.faq_index())
    for page, title in [(everywhere, "Medical"), (section, "For questions")]:
        page.title = title
        factories.publish(page)
    chosen = for_chosen(article)
    chosen.title = "For a walk"
    factories.publish(chosen)
    return question, article


# --- The report -----------------------------------------------------------------


def test_the_report_says_of_every_page_which_disclaimers_it_carries_and_why(desk):
    some_of_each()
    told = rows(desk.get(REPORT))
    assert told["Is it safe?"] == "Medical (everywhere) For questions (section Faq)"
    assert told["A walk"] == "Medical (everywhere) For a walk (chosen pages)"
    assert told["Innerbloom"] == "Medical (everywhere)"


def test_the_report_says_what_stands_where_no_published_disclaimer_does(desk):
    factories.disclaimer().unpublish()
    assert rows(desk.get(REPORT))["Innerbloom"] == ("Medical disclaimer (everywhere, though its page is not published)")


def test_the_report_lists_what_readers_can_meet(desk):
    factories.question("A draft?", live=False)
    expired = factories.question("Over?")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=timezone.now())
    closed = factories.question("For some?")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    told = rows(desk.get(REPORT))
    assert "For some?" in told
    assert {"A draft?", "Over?", "Root"}.isdisjoint(told)


@pytest.mark.parametrize(("own", "found"), [("without", "Innerbloom"), ("with", "Is it safe?")])
def test_the_report_finds_pages_without_a_disclaimer_of_their_own(own, found, desk):
    some_of_each()
    told = rows(desk.get(REPORT, {"own": own}))
    assert found in told
    assert len({"Innerbloom", "Is it safe?"} & set(told)) == 1
    assert {("For" in text) for text in told.values()} == {own == "with"}


def test_rules_of_the_database_are_the_rules_of_the_pages(site):
    some_of_each()
    for_chosen()
    factories.disclaimer(scope="section", section=factories.question("Gone?")).section.delete()
    coverage = Coverage()
    own = set(pages_of_site().filter(with_own(coverage.versions)))
    assert own == {page for page in pages_of_site() if len(coverage.of(page)) > 1}
    assert own


def test_the_report_is_searched_by_title(desk):
    some_of_each()
    assert list(rows(desk.get(REPORT, {"q": "is it"}))) == ["Is it safe?"]


def test_every_search_filter_and_order_of_the_report_is_answered(desk):
    factories.disclaimer(scope="section", section=factories.faq_index())
    queries = ["", "walk", '"', "\x00", "%", "xylophone"]
    orders = ["", "title", "-title", "content_type__model", "path", "-path", "forged"]
    asked = [
        {"q": query, "own": own, "ordering": order, "p": "2"}
        for query in queries
        for own in ("", "with", "without", "forged")
        for order in orders
    ]
    assert [fields for fields in asked if desk.get(f"{REPORT}results/", fields).status_code != 200] == []
    assert desk.get(REPORT, asked[-1]).status_code == 200


def test_the_report_asks_no_more_for_more_pages(desk):
    some_of_each()
    desk.get(REPORT)
    with CaptureQueriesContext(connection) as of_few:
        desk.get(REPORT)
    for number in range(8):
        factories.question(f"Question {number}?")
    with CaptureQueriesContext(connection) as of_many:
        assert len(rows(desk.get(REPORT))) > 8
    assert len(of_many) <= len(of_few)


def test_an_exported_title_is_never_a_formula(desk):
    for title in ("=1+1", "+1", "-1", "@SUM(1)"):
        factories.question(title)
    csv = b"".join(desk.get(REPORT, {"export": "csv"}).streaming_content).decode()
    assert all(f"\n'{title}," in csv for title in ("=1+1", "+1", "-1", "@SUM(1)"))
    sheet = load_workbook(BytesIO(b"".join(desk.get(REPORT, {"export": "xlsx"}).streaming_content))).active
    assert "=1+1" in {cell.value for cell in sheet["A"]}
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_the_export_holds_every_page_that_was_asked_for(desk):
    some_of_each()
    for number in range(60):
        factories.standard(f"Page {number}")
    csv = b"".join(desk.get(REPORT, {"export": "csv", "own": "without"}).streaming_content).decode()
    assert "\nPage 59,Standard page,http://localhost/" in csv
    assert "Is it safe?" not in csv


@pytest.mark.parametrize(
    ("role", "may"),
    [("Publishers", True), ("Administrators", True), ("Authors", False), ("Clinical reviewers", False)],
)
def test_the_report_is_for_those_who_publish_disclaimers(role, may, client, site):
    client.force_login(factories.member(role))
    answers = [client.get(REPORT), client.get(f"{REPORT}results/"), client.get(REPORT, {"export": "csv"})]
    assert {answer.status_code == 200 for answer in answers} == {may}
    assert (REPORT in client.get("/admin/").content.decode()) == may


def test_who_publishes_another_section_alone_does_not_get_the_report(client, site):
    user = factories.member("Publishers")
    GroupPagePermission.objects.filter(group__name="Publishers").update(page=factories.faq_index())
    client.force_login(user)
    assert client.get(REPORT).status_code != 200


# --- What a new rule would change -----------------------------------------------


def effect(client, page=None, **fields):
    return client.post(EFFECT, {"page": page.pk if page else "", "scope": "everywhere", **fields})


def told(response):
    """The paragraphs of an effect, each with the list below it."""
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    lists = {words(item.find_previous_sibling("p")): [words(row) for row in item("li")] for item in soup("ul")}
    return {words(text): lists.get(words(text), []) for text in soup("p")}


def test_a_typed_rule_tells_who_would_carry_gain_and_lose_the_disclaimer(desk):
    question, article = factories.question("Is it safe?"), factories.article("A walk")
    page = for_chosen(question)
    factories.article("A draft", live=False)

    blog = factories.blog_index()
    assert told(effect(desk, page, scope="section", section=blog.pk)) == {
        "It would appear on 2 published pages:": ["Blog", "A walk"],
        "Compared with the version in force, 2 pages gain it:": ["Blog", "A walk"],
        "Compared with the version in force, 1 page loses it:": ["Is it safe?"],
    }
    both = told(effect(desk, page, scope="pages", pages=f"{question.pk},{article.pk}"))
    assert both["Compared with the version in force, 1 page gains it:"] == ["A walk"]
    assert len(both) == 2


def test_an_unchanged_rule_changes_no_page(desk):
    question = factories.question("Is it safe?")
    page = for_chosen(question)
    assert "These are the pages where the version in force appears: no page gains or loses it." in told(
        effect(desk, page, scope="pages", pages=str(question.pk))
    )


def test_a_rule_is_compared_with_what_stands_not_with_what_waits(desk):
    question = factories.question("Is it safe?")
    page = for_chosen(question)
    page.scope = "everywhere"
    page.effective_date = timezone.localdate() + timezone.timedelta(days=9)
    page = factories.publish(page)
    assert any("gain it" in text for text in told(effect(desk, page)))


@pytest.mark.parametrize("others", [0, 1])
def test_who_takes_the_last_disclaimer_off_every_page_is_told_that_it_goes_on_standing(others, desk):
    page = factories.disclaimer()
    if others:
        factories.disclaimer()
    answer = " ".join(told(effect(desk, page, scope="section", section=factories.faq_index().pk)))
    assert ("No other disclaimer is on every page." in answer) == (not others)


def test_a_new_disclaimer_has_no_version_in_force_to_compare_with(desk):
    answer = told(effect(desk))
    assert "No version of it is in force at the moment." in answer
    assert not any("Compared" in text for text in answer)


def test_the_effect_lists_the_first_pages_and_their_number(desk):
    for number in range(MAX_PAGES_SHOWN + 3):
        factories.question(f"Question {number}?")
    (text, listed), *_rest = told(effect(desk, scope="section", section=factories.faq_index().pk)).items()
    assert text == f"It would appear on {MAX_PAGES_SHOWN + 4} published pages:"
    assert len(listed) == MAX_PAGES_SHOWN + 1
    assert listed[-1] == "and 4 more"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"scope": "section"}, "Choose the section it applies to."),
        ({"scope": "section", "section": "987654"}, "The section is not there anymore. Choose another page."),
        ({"scope": "section", "section": "9" * 30}, "The section is not there anymore. Choose another page."),
        ({"scope": "section", "section": "1 OR 1=1"}, "The section is not there anymore. Choose another page."),
        ({"scope": "pages", "pages": "987654"}, "A chosen page is not there anymore. Choose another one."),
        ({"scope": "pages", "pages": "9" * 30}, "A chosen page is not there anymore. Choose another one."),
        ({"scope": "pages", "pages": "2,²,x"}, "A chosen page is not there anymore. Choose another one."),
        ({"scope": "pages", "pages": "\x00"}, "Null characters are not allowed."),
        ({"scope": "forged"}, "Choose where it applies."),
        ({"scope": ""}, "Choose where it applies."),
        ({"scope": "\x00"}, "Choose where it applies."),
    ],
)
def test_what_cannot_be_a_rule_is_told_in_its_place(fields, message, desk):
    assert told(effect(desk, **fields)) == {message: []}


def test_fields_that_the_rule_does_not_look_at_may_be_anything(desk):
    page = factories.disclaimer()
    assert "no page gains or loses it" in " ".join(told(effect(desk, page, section="987654", pages="x,y")))


@pytest.mark.parametrize("key", ["987654", "x", "9" * 30, "\x00"])
def test_the_effect_on_what_is_no_disclaimer_is_refused(key, desk):
    assert desk.post(EFFECT, {"page": key, "scope": "everywhere"}).status_code == 302


def test_the_effect_is_told_to_those_who_may_edit_the_disclaimer(client, site):
    page, other = factories.disclaimer(), factories.question()
    reviewer = factories.member("Clinical reviewers")
    client.force_login(reviewer)
    assert effect(client, page).status_code == 200
    assert effect(client).status_code == 302  # they add none
    assert effect(client, other).status_code == 302
    GroupPagePermission.objects.filter(group__in=reviewer.groups.all()).update(page=factories.faq_index())
    client.force_login(type(reviewer).objects.get(pk=reviewer.pk))
    assert effect(client, page).status_code == 302
    client.logout()
    assert effect(client, page).status_code == 302


def test_the_effect_is_not_asked_by_an_address(desk):
    assert desk.get(EFFECT, {"scope": "everywhere"}).status_code == 405


def test_the_effect_asks_no_more_for_more_pages(desk):
    page = factories.disclaimer(scope="section", section=factories.faq_index())
    for number in range(MAX_PAGES_SHOWN + 1):
        factories.question(f"Question {number}?")
    effect(desk, page)
    with CaptureQueriesContext(connection) as of_few:
        effect(desk, page)
    for number in range(8):
        factories.question(f"More {number}?")
    with CaptureQueriesContext(connection) as of_many:
        effect(desk, page)
    assert len(of_many) <= len(of_few)


def test_the_form_shows_the_effect_of_the_draft_without_any_script(desk):
    question = factories.question("Is it safe?")
    page = for_chosen(question)
    page.scope, page.section = "section", factories.blog_index()
    page.save_revision()

    form = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    panel = BeautifulSoup(form, "html.parser").select_one("[data-controller=disclaimer-effect]")

    assert "It would appear on 1 published page: Blog" in words(panel)
    assert "1 page loses it: Is it safe?" in words(panel)


def test_the_form_of_a_new_disclaimer_can_be_opened(desk):
    parent = factories.disclaimer_index()
    answer = desk.get(reverse("wagtailadmin_pages:add", args=["disclaimers", "disclaimerpage", parent.pk]))
    assert "It would appear on every page of the site" in answer.content.decode()
