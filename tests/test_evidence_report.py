"""The report “Evidence”: what is missing, out of date or idle."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from evidence.models import Fact
from tests import factories

REPORT = "/admin/reports/evidence/"


@pytest.fixture
def desk(client, site):
    """A client signed in as somebody who may change facts."""
    client.force_login(factories.member("Clinical reviewers"))
    return client


def lists(desk):
    """{heading: {name: address}} of the report."""
    soup, found = BeautifulSoup(desk.get(REPORT).content, "html.parser"), {}
    for heading in soup.select("main h2"):
        rows = found[heading.get_text()] = {}
        for element in heading.find_next_siblings():
            if element.name == "h2":
                break
            rows.update({cell.get_text(strip=True): cell.a and cell.a["href"] for cell in element.select("td.title")})
    return found


def result(key, **fields):
    return factories.fact(key, key, **{"kind": Fact.Kind.RESULT, "source_note": "our own count", **fields})


def edit(record):
    return reverse(f"wagtailsnippets_evidence_{record._meta.model_name}:edit", args=[record.pk])


@pytest.mark.each_database
def test_results_past_their_date_are_listed_from_the_next_day_on(desk):
    today = timezone.localdate()
    over = result("over", valid_until=today - timedelta(days=1))
    result("today", valid_until=today), result("undated")
    factories.fact("rule", valid_until=today - timedelta(days=1))
    assert lists(desk)["Results past their date"] == {"over": edit(over)}


def test_results_without_a_basis_are_listed(desk):
    bare = result("bare")
    result("counted", sample_size="120", period="2024", measure="whoever said so")
    result("cited", reference=factories.reference())
    assert lists(desk)["Results without a basis"] == {"bare": edit(bare)}


@pytest.mark.each_database
def test_sources_that_neither_a_text_nor_a_fact_names_are_listed(desk):
    idle = factories.reference("idle", authors="Idle A")
    result("cited", reference=factories.reference("by-a-fact"))
    factories.article(body=factories.paragraph(f"<p>So{factories.fact_token(factories.reference('by-a-text'))}</p>"))
    assert lists(desk)["Sources cited nowhere"] == {"Idle A 2006": edit(idle)}


@pytest.mark.each_database
def test_published_pages_with_figures_and_no_source_are_listed_those_with_results_first(desk):
    rule, bare, source = factories.fact(), result("bare"), factories.reference()
    cited = result("cited", reference=source)
    for title, *tokens in [
        ("A rule", rule),
        ("B result", rule, bare),
        ("Cites", bare, source),
        ("Rests on a source", cited),
        ("States none",),
    ]:
        factories.article(title, body=factories.paragraph(f"<p>So {''.join(map(factories.fact_token, tokens))}</p>"))
    factories.article("Draft", live=False, body=factories.paragraph(f"<p>{factories.fact_token(bare)}</p>"))
    assert list(lists(desk)["Pages with figures and no source"]) == ["B result", "A rule"]


def test_whoever_may_not_change_facts_has_no_such_report(client, site):
    client.force_login(factories.member("Authors"))
    assert client.get(REPORT).status_code == 302
    assert "/reports/evidence/" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_it_stands_among_the_reports_of_who_may(desk):
    assert "/reports/evidence/" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_the_report_asks_no_more_of_the_database_when_there_is_more(desk, django_assert_max_num_queries):
    def fill(name):
        fact = result(name, valid_until=timezone.localdate() - timedelta(days=1))
        factories.reference(name)
        factories.article(body=factories.paragraph(f"<p>{factories.fact_token(fact)}</p>"))

    fill("first")
    desk.get(REPORT)
    with django_assert_max_num_queries(60) as few:
        desk.get(REPORT)
    for number in range(4):
        fill(f"more-{number}")
    with django_assert_max_num_queries(len(few)):
        desk.get(REPORT)
