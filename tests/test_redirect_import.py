"""A list of old addresses comes in whole, leads in one hop, and says what it cannot do."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from redirects.redirect_import import InvalidRow, Row, import_rows, read_rows
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
    assert "not a list of addresses" in html
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
        ("/faq/one/, /faq/", "A page of this site is at"),
        (f"/{'x' * 300}, /faq/one/", "too long"),
        ("/fine, /faq/one/\nold, /faq/one/", "begins with"),
        ("/old, /faq/one/\n/old/, /faq/", "twice"),
        ("https://[, /faq/one/", "not an address"),
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


# --- Whatever form an address comes in ----------------------------------------------


def lead(client, path):
    """The status and where it leads."""
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


@pytest.mark.parametrize(
    ("line", "path", "leads_to"),
    [
        ("/old-safe,/faq/#one", "/old-safe", "/faq/#one"),
        ("/old,http://localhost/faq/#one", "/old/", "/faq/#one"),
        ("/old,/faq#one", "/old", "/faq/#one"),
        ("/old,/faq/?page=2", "/old", "/faq/?page=2"),
        ("/old-topic,/faq/topic/your-visit/", "/old-topic", "/faq/topic/your-visit/"),
        ("/old-topic,/faq/topic/your-visit", "/old-topic", "/faq/topic/your-visit/"),
        ("/print-faq,/faq/all/", "/print-faq", "/faq/all/"),
        ("/feed/,/feed/rss/", "/feed/", "/feed/rss/"),
        ("/find,/search/", "/find", "/search/"),
        ("/find,/search/?q=cost", "/find", "/search/?q=cost"),
        ("/map,/sitemap.xml", "/map", "/sitemap.xml"),
        ("/?p=123,/faq/one/", "/?p=123", "/faq/one/"),
        ("/?page_id=2&lang=en,/faq/one/", "/?lang=en&page_id=2", "/faq/one/"),
        ("https://old.example.org/?p=7,/faq/one/", "/?p=7", "/faq/one/"),
        ("/old,HTTP://LOCALHOST/faq/one", "/old", "/faq/one/"),
        ("/old,//localhost/faq/one/", "/old", "/faq/one/"),
        ("/old,http://www.localhost/faq/one/", "/old", "/faq/one/"),
        ("/old,https://localhost:443/faq/one/", "/old", "/faq/one/"),
        ("/old,/FAQ/One", "/old", "/faq/one/"),
        ("/old,/faq//one/", "/old", "/faq/one/"),
        ("/old,/faq/%6Fne/", "/old", "/faq/one/"),
        ("/old,</faq/one/>", "/old", "/faq/one/"),
        ("/old,//example.org/x", "/old", "https://example.org/x"),
        ("/old,https://example.org/x#part", "/old", "https://example.org/x#part"),
        ("/old page,/faq/one/", "/old%20page", "/faq/one/"),
        ("/old%20page,/faq/one/", "/old%20page/", "/faq/one/"),
        ("/über-uns,/faq/one/", "/%C3%BCber-uns/", "/faq/one/"),
        ("/%c3%bcber-uns,/faq/one/", "/%C3%BCber-uns", "/faq/one/"),
        ("/Old-Page.HTML,/faq/one/", "/Old-Page.HTML", "/faq/one/"),
        ("/a,/b#part\n/b,/faq/", "/a", "/faq/#part"),
    ],
)
def test_an_address_that_is_taken_works(line, path, leads_to, desk):
    html = import_redirects(desk, line)
    assert "Not taken" not in html
    assert lead(desk, path) == (301, leads_to)


def test_a_document_of_the_site_is_a_target(desk):
    document = get_document_model().objects.create(title="A list", file=ContentFile(b"x", name="x.txt"))
    import_redirects(desk, f"/price-list.pdf,{document.url}")
    assert lead(desk, "/price-list.pdf") == (301, document.url)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("about-us,/team/", "begins with"),
        ("about-us,gone", "begins with"),
        ("www.example.org/about,/team/", "begins with"),
        ("//example.org/about,/team/", "begins with"),
        ("/old#part,/team/", "Browsers do not send"),
        ("/faq/all/,/team/", "is at this address"),
        ("/feed/rss,/team/", "is at this address"),
        ("/faq/?x=1,/team/", "is at this address"),
        ("/search/,/team/", "is at this address"),
        ("/admin/,/team/", "is at this address"),
        ("/old,/faq/topic/nothing/", "no published page"),
        ("/old,/documents/999/x.pdf", "no published page"),
        ("/old,/admin/", "no published page"),
        ("/old,/secret/", "no published page"),
        ("/old,faq/one/", "is none"),
        ("/old,http://localhost:99999/", "not an address"),
        ("/old,/old/#part", "circle"),
        ("/old,/OLD", "no published page"),
        (f"/old,/faq/?{'x' * 300}", "too long"),
    ],
)
def test_what_would_never_lead_on_is_refused_with_the_reason_and_stays(line, reason, desk):
    secret = factories.standard(slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="open")
    html = import_redirects(desk, f"{line}\n/second,/visit-us/")
    assert reason in html
    assert line.partition(",")[0] in html.partition("<textarea")[2]
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("heading", ["From,To", "Old address,New address", "source,target", "URL,Redirect to"])
def test_a_line_of_headings_is_no_address(heading, desk):
    assert "Not taken" not in import_redirects(desk, f"{heading}\n/old,/faq/")
    assert lead(desk, "/old") == (301, "/faq/")


def test_a_target_that_is_renamed_later_keeps_its_anchor(desk, django_capture_on_commit_callbacks):
    import_redirects(desk, "/old,/faq/#one")
    index = factories.faq_index()
    index.slug = "answers"
    with django_capture_on_commit_callbacks(execute=True):
        factories.publish(index)
    assert lead(desk, "/old") == (301, "/answers/#one")


def test_the_front_page_stands_whatever_else_is_asked_of_it(desk):
    import_redirects(desk, "/?p=123,/faq/one/")
    assert desk.get("/?p=124").status_code == 200
    assert desk.get("/?utm_source=mail").status_code == 200
    assert desk.get("/").status_code == 200


# --- Wagtail's own form ---------------------------------------------------------------


def save(desk, redirect=None, **data):
    """Send the form of a redirect; returns the page that follows, as text."""
    url = reverse("wagtailredirects:edit", args=[redirect.pk]) if redirect else reverse("wagtailredirects:add")
    return desk.post(url, {"is_permanent": "on", **data}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "path", "leads_to"),
    [
        ({"old_path": "/old", "redirect_link": "/faq/#one"}, "/old", "/faq/#one"),
        ({"old_path": "/old", "redirect_link": "http://localhost/faq/all"}, "/old", "/faq/all/"),
        ({"old_path": "/?p=123", "redirect_link": "/faq/one/"}, "/?p=123", "/faq/one/"),
        ({"old_path": "https://old.example.org/old/", "redirect_link": "/feed/rss/"}, "/old", "/feed/rss/"),
        ({"old_path": "/old page", "redirect_link": "/FAQ/ONE"}, "/old%20page", "/faq/one/"),
        ({"old_path": "/old", "redirect_link": "https://example.org/x"}, "/old", "https://example.org/x"),
    ],
)
def test_the_form_of_a_redirect_takes_what_works(data, path, leads_to, desk):
    save(desk, **data)
    assert lead(desk, path) == (301, leads_to)
    row = Redirect.objects.get()
    assert "updated" in save(desk, row, old_path=row.old_path, redirect_link=leads_to)
    assert lead(desk, path) == (301, leads_to)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"old_path": "/faq/", "redirect_link": "/visit/"}, "is at this address"),
        ({"old_path": "old", "redirect_link": "/faq/"}, "begins with"),
        ({"old_path": "/old", "redirect_link": "/nowhere/"}, "no published page"),
        ({"old_path": "/old", "redirect_link": "/old/"}, "circle"),
        ({"old_path": "/old", "redirect_link": "javascript:alert(1)"}, "is none"),
        ({"old_path": "/"}, "front page"),
    ],
)
def test_the_form_of_a_redirect_refuses_what_never_works(data, reason, desk):
    assert reason in save(desk, **data)
    assert not Redirect.objects.exists()


def test_the_form_refuses_a_page_that_nobody_can_open_and_two_targets(desk):
    draft, page = factories.question(live=False), factories.question()
    assert "Readers cannot open" in save(desk, old_path="/old", redirect_page=draft.pk)
    assert "not both" in save(desk, old_path="/old", redirect_page=page.pk, redirect_link="/faq/")
    assert not Redirect.objects.exists()


def test_a_form_without_a_target_says_that_the_page_is_gone(desk):
    save(desk, old_path="/old")
    assert desk.get("/old").status_code == 410


@pytest.mark.parametrize("text", ['"/unc,/faq/\n/kk,/faq/', '/a,/faq/\n"/unc,/faq/'])
def test_an_open_quotation_mark_swallows_no_line(text):
    with pytest.raises(InvalidRow, match="quotation mark"):
        read_rows(text)


def test_an_encoded_slash_is_refused_with_what_to_type(site):
    factories.visit()
    [row] = import_rows([Row("/enc%2Fslash", "/visit/")])
    assert "type a slash" in row.problem


def test_no_password_is_handed_to_visitors(site):
    [row] = import_rows([Row("/portal", "https://user:pw@example.org/")])
    assert "password" in row.problem
