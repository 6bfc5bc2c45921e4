"""Every page that a visitor can meet is valid HTML."""

import json
import re
import subprocess

import pytest

from delivery import views as delivery_views
from disclaimers.models import DisclaimerPage, DisclaimerVersion
from tests import factories, filled, programs
from tests.crawl import asked_of

pytestmark = pytest.mark.vnu


@pytest.fixture
def complaints(tmp_path):
    """A function from {address: HTML} to what the validator finds wrong in it."""

    def check(pages):
        files, sheets = {f"{number}.html": address for number, address in enumerate(pages)}, set()
        for file, address in files.items():
            text = pages[address]
            # The style sheet is the same in every page and takes longer than the page: once is enough.
            for sheet in re.findall("<style>(.+?)</style>", text, re.DOTALL):
                text = text.replace(sheet, "") if sheet in sheets else text
                sheets.add(sheet)
            (tmp_path / file).write_text(text, encoding="utf-8")
        checked = subprocess.run(
            [*programs.html_validator(), "--format", "json", "--errors-only", *files],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        found = json.loads(checked.stderr)["messages"]
        return [f"{files[m['url'].rpartition('/')[2]]}: {m['message']} … {m.get('extract', '')}" for m in found]

    return check


@pytest.mark.parametrize(("state", "least"), [("bare", 25), ("filled", 75)])
def test_every_page_of_a_site_is_valid_html(state, least, walked, complaints):
    pages = {address: answer.text for address, answer in walked(state).walk.answers.items() if answer.text}

    assert complaints(pages) == []
    assert len(pages) > least


def test_disclaimers_that_stand_without_a_page_are_valid_html(db, client, complaints):
    factories.disclaimer(body=filled.body("<p>A text.</p>"))
    fetch, pages = asked_of(client), {}

    DisclaimerPage.objects.update(live=False)
    pages["last version"] = fetch("/disclaimer/").text
    DisclaimerVersion.objects.all().delete()
    pages["built in"] = fetch("/disclaimer/").text

    assert complaints(pages) == []
    assert all(pages.values())


def test_every_error_page_is_valid_html(db, client, complaints):
    factories.faq_index()
    request = client.get("/").wsgi_request

    refusals = [
        delivery_views.bad_request,
        delivery_views.permission_denied,
        delivery_views.page_not_found,
        delivery_views.gone,
        delivery_views.server_error,
    ]
    pages = {refusal.__name__: refusal(request).content.decode() for refusal in refusals}

    assert complaints({**pages, "plain": delivery_views.plain_error_page()}) == []


def test_the_validator_finds_what_is_wrong(complaints):
    assert "Stray end tag" in str(complaints({"/": "<!doctype html><html lang=en><title>x</title></p></b>"}))
