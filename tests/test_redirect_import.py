"""A list of old addresses comes in whole, leads in one hop, and says what it cannot do."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect

from tests import factories

pytestmark = pytest.mark.each_database


@pytest.fixture
def desk(site, client):
    client.force_login(factories.member("Publishers"))
    factories.question(slug="one"), factories.question(slug="draft", live=False)
    return client


def import_redirects(desk, rows="", **files):
    response = desk.post(reverse("redirect_import"), {"rows": rows, **files})
    assert response.status_code == 200
    return response.content.decode()


def visit(client, path):
    """Where an address leads, or its status."""
    response = client.get(path)
    return response["Location"] if response.status_code == 301 else response.status_code


@pytest.mark.parametrize(
    "line",
    [
        "/old, /faq/one/",
        "/old/;/faq/one",
        "/old\t/faq/one/",
        "https://old.example.org/old/, http://localhost/faq/one/",
        "From,To\n/old,/faq/one/",
        "\ufeff/old, /faq/one/",
    ],
)
def test_a_line_leads_an_old_address_to_its_page(line, desk):
    assert "1 old addresses lead on now" in import_redirects(desk, line)
    assert visit(desk, "/old/") == "/faq/one/"


def test_an_address_with_a_query_and_one_that_is_gone(desk):
    import_redirects(desk, "/index.php?id=7, /faq/one/\n/gone,\n/gone-too, gone\n/away, https://example.org/x")
    assert visit(desk, "/index.php?id=7") == "/faq/one/"
    assert (visit(desk, "/gone"), visit(desk, "/gone-too"), visit(desk, "/away")) == (410, 410, "https://example.org/x")


def test_a_file_is_taken_as_well_and_one_that_is_none_is_refused(desk):
    import_redirects(desk, file=SimpleUploadedFile("list.csv", b"/old,/faq/one/\n"))
    assert visit(desk, "/old") == "/faq/one/"
    assert "UTF-8" in import_redirects(desk, file=SimpleUploadedFile("list.csv", b"\xff\xfe\x00"))
    assert "at least one line" in import_redirects(desk)


def spreadsheet(*rows):
    """The bytes of an XLSX file of these rows."""
    workbook, file = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize("headings", [[], [("From", "To")]], ids=["without headings", "with headings"])
def test_a_spreadsheet_is_taken_as_it_is(headings, desk):
    data = spreadsheet(*headings, ("/old", "/faq/one/"), (None, None), ("/gone", None), (2026, "/faq/one/"))
    html = import_redirects(desk, file=SimpleUploadedFile("Old pages.XLSX", data))
    assert "2 old addresses lead on now" in html
    assert (visit(desk, "/old"), visit(desk, "/gone")) == ("/faq/one/", 410)
    assert "begins with" in html
    assert "2026, /faq/one/" in html


def test_a_list_with_tabs_is_taken(desk):
    import_redirects(desk, file=SimpleUploadedFile("list.tsv", b"/old\t/faq/one/\n"))
    assert visit(desk, "/old") == "/faq/one/"


def unpacking_to_much():
    """A spreadsheet of a few kilobytes that would fill the memory."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(60 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("list.xlsx", lambda: b"no spreadsheet", "cannot be read"),
        ("list.xlsx", lambda: spreadsheet(("/old", "/faq/one/"))[:-400], "cannot be read"),
        ("list.xlsx", unpacking_to_much, "too large"),
        ("list.xls", lambda: b"\xd0\xcf\x11\xe0", "cannot be read"),
        ("list.csv", lambda: b"/old,/faq/one/\n" * 80_000, "too large"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_what_was_typed_beside_it_stays(name, data, words, desk):
    html = import_redirects(desk, "/typed, /faq/one/", file=SimpleUploadedFile(name, data()))
    assert words in html
    assert "/typed, /faq/one/" in html.partition("<textarea")[2]
    assert not Redirect.objects.exists()


def test_a_text_that_is_no_list_says_so_and_stays(desk):
    html = import_redirects(desk, "x" * 200_000)
    assert "no list of addresses" in html
    assert "x" * 200_000 in html


def test_a_list_with_the_line_ends_of_old_machines_is_taken(desk):
    import_redirects(desk, file=SimpleUploadedFile("list.csv", b"/old,/faq/one/\r/older,/faq/"))
    assert (visit(desk, "/old"), visit(desk, "/older")) == ("/faq/one/", "/faq/")


def test_a_file_and_lines_beside_it_are_both_taken(desk):
    import_redirects(desk, "/typed, /faq/", file=SimpleUploadedFile("list.csv", b"/old,/faq/one/\n"))
    assert (visit(desk, "/typed"), visit(desk, "/old")) == ("/faq/", "/faq/one/")


def test_the_list_of_redirects_offers_this_import_alone(desk):
    html = desk.get(reverse("wagtailredirects:index")).content.decode()
    assert reverse("redirect_import") in html
    assert reverse("wagtailredirects:start_import") not in html
    assert desk.get(reverse("wagtailredirects:index_results"), {"q": "x"}).status_code == 200
    for name in ("start_import", "process_import"):
        assert desk.post(reverse(f"wagtailredirects:{name}"))["Location"] == reverse("redirect_import")


def test_lines_that_lead_to_each_other_lead_in_one_hop(desk):
    Redirect.add_redirect("/older", factories.faq_index())
    import_redirects(desk, "/a, /b\n/b, /faq/one/\n/c, /older")
    assert (visit(desk, "/a"), visit(desk, "/b"), visit(desk, "/c")) == ("/faq/one/", "/faq/one/", "/faq/")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/old, /nowhere/", "no published page"),
        ("/old, /faq/draft/", "no published page"),
        ("/old, nonsense", "is none"),
        ("/old, javascript:alert(1)", "is none"),
        ("/old, /old/", "circle"),
        ("/old, /b\n/b, /old", "circle"),
        ("/, /faq/one/", "front page"),
        ("/faq/one/, /faq/", "A page of this site stands"),
        (f"/{'x' * 300}, /faq/one/", "too long"),
        ("/fine, /faq/one/\nold, /faq/one/", "begins with"),
        ("/old, /faq/one/\n/old/, /faq/", "twice"),
        ("https://[, /faq/one/", "no address"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_stays_in_the_form(line, reason, desk):
    html = import_redirects(desk, line)
    assert reason in html
    assert line.splitlines()[-1].partition(",")[0] in html.partition("<textarea")[2]


def test_the_list_again_changes_where_an_address_leads(desk):
    import_redirects(desk, "/old, /faq/one/")
    import_redirects(desk, "/old, /faq/")
    assert visit(desk, "/old") == "/faq/"
    assert Redirect.objects.filter(old_path="/old").count() == 1


def test_what_leads_nowhere_is_reported(desk):
    page = factories.question(slug="two", title="Second?")
    import_redirects(desk, "/old, /faq/two/\n/fine, /faq/one/")
    Redirect.objects.create(old_path="/broken", redirect_link="/nowhere/")
    page.unpublish()
    html = desk.get(reverse("redirect_import")).content.decode().partition("lead nowhere")[2]
    assert "Second?" in html
    assert "/broken" in html
    assert "/fine" not in html


def test_only_those_who_may_lead_readers_see_the_form(site, client):
    client.force_login(factories.member("Authors"))
    assert client.get(reverse("redirect_import")).status_code == 302
