"""The report “Missing or unused”: what it lists, for whom, and its exports."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from clinic.models import NavigationItem
from media.models import ClinicDocument
from quality.missing import KINDS
from quality.page_links import unlinked_pages
from tests import factories

URL = "/admin/reports/missing-or-unused/"


@pytest.fixture
def desk(client, site):
    """A client signed in as an administrator, on a site whose own pages lack nothing."""
    for page in Page.objects.specific():
        if hasattr(page, "summary"):
            type(page).objects.filter(pk=page.pk).update(summary="What it is.")
    clinic = factories.clinic()
    clinic.navigation_items = [NavigationItem(page=page) for page in unlinked_pages(Page.objects.all())]
    clinic.save()
    client.force_login(factories.administrator())
    return client


def document(title="Form", **fields):
    return ClinicDocument.objects.create(title=title, file=ContentFile(b"x", name="form.txt"), **fields)


def rows(desk, *kinds, **data):
    """[(title, what is missing)] of the report."""
    response = desk.get(URL, {"kind": kinds, **data})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    return [
        (row.select_one(".title a").get_text(strip=True), row.find_all("td")[2].get_text(strip=True))
        for row in html.select("main table tbody tr")
    ]


@pytest.mark.each_database
def test_each_kind_is_listed_and_nothing_that_is_there_or_used(desk):
    linked = factories.standard("Linked", summary="Said.")
    factories.standard("Alone", summary="Said.")
    factories.question("Bare?", short_answer=factories.link(linked))
    factories.question("Said?", summary="Said.")
    factories.question("A draft?", live=False)
    picture, document_ = factories.picture(title="Idle"), document("Idle form")
    factories.article(body=[factories.figure()], summary="Said.")
    assert rows(desk) == [
        ("Alone", "Nothing links to it"),
        ("Bare?", "No summary"),
        (picture.title, "Nothing uses it"),
        (document_.title, "Nothing uses it"),
    ]
    assert rows(desk, "summary") == [("Bare?", "No summary")]
    assert rows(desk, "picture", "link") == [("Alone", "Nothing links to it"), ("Idle", "Nothing uses it")]


@pytest.mark.each_database
def test_what_a_draft_uses_is_used(desk):
    figure, form = factories.figure(), document()
    link = f'<p><a linktype="document" id="{form.pk}">x</a></p>'
    factories.article(live=False, body=[figure, {"type": "paragraph", "value": link}])
    published = factories.article(summary="Said.")
    newer = factories.figure()
    published.body = published._meta.get_field("body").to_python([newer])
    published.save_revision()
    assert rows(desk, "picture", "document") == []


def test_each_row_leads_to_its_form(desk):
    page, picture, form = factories.question("Bare?"), factories.picture(title="Idle"), document("Zero")
    html = BeautifulSoup(desk.get(URL).content, "html.parser")
    assert [link["href"] for link in html.select("main table .title a")] == [
        reverse("wagtailadmin_pages:edit", args=[page.pk]) + "#:w:contentpath=summary",
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtaildocs:edit", args=[form.pk]),
    ]


@pytest.mark.each_database
@pytest.mark.parametrize("ordering", ["title", "-title", "kind", "-kind", "changed", "-changed", "nonsense"])
@pytest.mark.parametrize("kinds", [(), ("summary",), ("document", "picture"), ("nonsense",)])
def test_every_order_with_every_filter_answers(ordering, kinds, desk):
    factories.question("Bare?"), factories.picture(), document()
    assert desk.get(URL, {"kind": kinds, "ordering": ordering}).status_code == 200


def test_what_a_person_may_not_edit_is_not_listed(desk, client):
    factories.question("Bare?")
    factories.picture(title="Idle")
    document("Secret")
    author = factories.member("Authors")
    author.groups.get().collection_permissions.filter(permission__content_type__app_label="wagtaildocs").delete()
    client.force_login(author)
    assert rows(client) == [("Bare?", "No summary"), ("Idle", "Nothing uses it")]
    client.force_login(factories.member())
    assert client.get(URL).status_code == 302


def test_a_filter_offers_every_kind(desk):
    html = desk.get(URL).content.decode()
    assert [label for label in KINDS.values() if label not in html] == []


def test_the_exports_hold_what_the_report_shows(desk):
    factories.question("=1+1")
    factories.picture(title="Idle")
    answer = desk.get(URL, {"export": "csv"})
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert lines[0] == ["Title", "Kind", "What is missing", "Last change"]
    assert [line[:3] for line in lines[1:]] == [
        ["'=1+1", "Question", "No summary"],
        ["Idle", "Picture", "Nothing uses it"],
    ]
    sheet = load_workbook(io.BytesIO(desk.get(URL, {"export": "xlsx", "kind": "picture"}).getvalue())).active
    assert [[cell.value for cell in row][:3] for row in sheet.rows][1:] == [["Idle", "Picture", "Nothing uses it"]]


def test_a_larger_site_costs_no_more_queries(desk, django_assert_max_num_queries):
    for number in range(15):
        factories.question(f"Bare {number}?")
        factories.picture()
        document(f"Form {number}")
    with django_assert_max_num_queries(32):
        assert len(rows(desk)) == 45
