"""Sources: how they are pasted, that each is there once, and what happens when one is retracted."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from evidence.models import Fact, Reference
from tests import factories
from tests.forms import fields_in, fields_of, messages_in, send

DOI = "10.1016/S0006-3223(99)00230-9"


def cleaned(**fields):
    source = Reference(key="new", authors="New A", title="A trial", year=2020, **fields)
    source.full_clean()
    return source


@pytest.mark.parametrize(
    "pasted",
    [
        DOI,
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"HTTPS://DOI.ORG/{DOI}",
        f"doi.org/{DOI}",
        f"doi: {DOI}",
        f"DOI {DOI}.",
        f"doi:{DOI},",
        f"DOI: https://doi.org/{DOI}",
        f"  {DOI} . ",
        f"{DOI})",
        f"<https://doi.org/{DOI}>",
        "https://doi.org/10.1016%2FS0006-3223%2899%2900230-9",
        f"https://doi.org/{DOI}?utm_source=mail#top",
        f"\u00a0{DOI}\u200b",
        "10.1016 / S0006-3223(99)00230-9",
        f"info:doi/{DOI}",
    ],
)
def test_a_doi_is_read_in_whatever_form_it_is_pasted(pasted, db):
    assert cleaned(doi=pasted).doi == DOI


@pytest.mark.parametrize(
    "pasted",
    [
        "16894061",
        "PMID: 16894061",
        "pmid16894061.",
        "PubMed ID 16894061",
        " 016894061 ",
        "https://pubmed.ncbi.nlm.nih.gov/16894061/",
        "pubmed.ncbi.nlm.nih.gov/16894061",
        "https://www.ncbi.nlm.nih.gov/pubmed/16894061?dopt=Abstract",
        "https://pubmed.ncbi.nlm.nih.gov/?term=16894061",
    ],
)
def test_a_pubmed_number_is_read_in_whatever_form_it_is_pasted(pasted, db):
    assert cleaned(pubmed_id=pasted).pubmed_id == "16894061"


@pytest.mark.parametrize(
    ("field", "pasted"),
    [
        ("doi", "11.1000/182"),
        ("doi", "https://example.org/10.1000/182"),
        ("doi", "10.1000/182 and 10.1000/183"),
        ("doi", "doi:"),
        ("pubmed_id", "PMC1234567"),
        ("pubmed_id", "٣٤٥"),
        ("pubmed_id", "1689 4061"),
        ("pubmed_id", "https://pubmed.ncbi.nlm.nih.gov/advanced/"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_typed_and_is_told(field, pasted, site, client):
    client.force_login(factories.administrator())
    url = reverse("wagtailsnippets_evidence_reference:edit", args=[factories.reference().pk])
    refused = send(client, url, **{field: pasted})
    assert "There is no" in messages_in(refused)
    assert fields_in(refused)[field] == pasted


def test_a_long_address_is_not_cut_off_by_the_browser(site, client):
    client.force_login(factories.administrator())
    form = client.get(reverse("wagtailsnippets_evidence_reference:add"))
    for name in ("doi", "pubmed_id"):
        assert not BeautifulSoup(form.content, "html.parser").find("input", {"name": name}).has_attr("maxlength")


@pytest.mark.parametrize(
    "fields", [{"doi": "10.1000/ABC"}, {"pubmed_id": "123", "doi": ""}], ids=["doi", "pubmed number"]
)
def test_a_source_that_is_there_already_is_refused_with_its_name(fields, site):
    factories.reference("first", authors="First B et al.", **fields)
    again = {name: f"{value}".lower() for name, value in fields.items()}
    with pytest.raises(ValidationError, match="“First B 2006” has this"):
        cleaned(**again)


def test_sources_without_numbers_are_not_taken_for_one_another(site):
    factories.reference("first")
    assert cleaned()


def test_readers_of_a_retracted_source_are_told_so_in_words(site, client):
    source = factories.reference(is_retracted=True, retraction_note="by the journal in May 2024.")
    page = factories.article(body=factories.paragraph(f"<p>So{factories.fact_token(source)}.</p>"))
    entry = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".sources li")
    assert "Retracted: by the journal in May 2024." in entry.get_text()
    assert "A randomized trial" in entry.get_text()
    assert "Retracted: by the journal" in client.get(f"{page.url}index.md").content.decode()


def test_the_line_under_a_figure_says_that_its_source_was_retracted(site, client):
    source = factories.reference(container="J Test", is_retracted=True)
    fact = factories.fact(value="82%", kind=Fact.Kind.RESULT, reference=source)
    page = factories.standard(body=factories.paragraph(f"<p>{factories.fact_token(fact)}</p>"))
    line = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".basis").get_text()
    assert line == "Published in J Test, 2006 (since retracted). Ask us what this figure rests on."


def test_the_list_of_sources_says_which_are_retracted(site, client):
    factories.reference("sound"), factories.reference("withdrawn", is_retracted=True, doi="10.1000/1")
    client.force_login(factories.administrator())
    listed = client.get(reverse("wagtailsnippets_evidence_reference:list"))
    rows = BeautifulSoup(listed.content, "html.parser").select("tbody tr")
    assert sorted("Retracted" in row.get_text() for row in rows) == [False, True]


@pytest.mark.parametrize("make", [factories.fact, factories.reference])
def test_each_time_a_form_is_opened_it_asks_anew_whether_the_meaning_changes(make, site, client):
    client.force_login(factories.administrator())
    record = make()
    url = reverse(f"wagtailsnippets_evidence_{record._meta.model_name}:edit", args=[record.pk])
    assert "changes_meaning" in fields_of(client, url)
    send(client, url, changes_meaning="")
    record.refresh_from_db()
    assert record.changes_meaning is False
    assert "changes_meaning" in fields_of(client, url)


def test_a_change_that_keeps_the_meaning_is_no_change_of_what_readers_see(site):
    fact = factories.fact()
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    fact.changes_meaning = False
    factories.publish(fact)
    page.refresh_from_db()
    assert page.dependencies_updated_at is None
