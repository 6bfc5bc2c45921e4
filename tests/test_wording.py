"""One word for one thing at the desk, in Wagtail's sentences as in ours."""

import re

import polib
import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin.menu import admin_menu, reports_menu, settings_menu

from tests import factories
from tools import wording

# Words that Wagtail uses for what staff call otherwise.
FOREIGN = re.compile(r"\b(image|group|workflow|moderation|dashboard|snippet|redirect|task)s?\b", re.IGNORECASE)


@pytest.fixture
def administrator(client, site):
    """Somebody who may do everything, signed in."""
    user = factories.administrator()
    client.force_login(user)
    return user


def test_no_sentence_of_the_installed_wagtail_uses_another_word_than_staff():
    left = wording.missing_sentences(polib.pofile(str(wording.PO_FILE)))
    assert [entry.msgid for entry in left] == [], "run python -m tools.wording"


def test_the_compiled_words_are_those_of_the_readable_file():
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(wording.PO_FILE.with_suffix(".mo")))}
    assert compiled == {entry.msgid: entry.msgstr for entry in polib.pofile(str(wording.PO_FILE))}


def test_every_placeholder_of_a_sentence_survives_its_translation():
    placeholders = re.compile(r"%\([^)]*\)[a-z]|\{[^}]*\}|<[^>]*>")
    sentences = wording.wagtail_sentences()
    for entry in polib.pofile(str(wording.PO_FILE)):
        original = sentences.get((entry.msgctxt, entry.msgid))
        if original is None or entry.comment != wording.BY_RULE:
            continue
        for theirs, ours in zip(
            [original.msgid, original.msgid_plural] if original.msgid_plural else [original.msgid],
            list(entry.msgstr_plural.values()) or [entry.msgstr],
            strict=True,
        ):
            assert placeholders.findall(theirs) == placeholders.findall(ours)


def test_the_words_of_a_placeholder_stay_as_they_are():
    assert wording.in_our_words("%(image)s <b class='image'>Image</b> {group}") == (
        "%(image)s <b class='image'>Picture</b> {group}"
    )


def test_pictures_and_roles_are_called_so_wherever_wagtail_speaks_of_them(db):
    assert gettext("Choose an image") == "Choose a picture"
    assert ngettext("Delete 1 image", "Delete %(counter)s images", 2) == "Delete %(counter)s pictures"
    assert gettext("Add a group") == "Add a role"


def entries(user):
    """(label, address) of every entry of the menus that a person sees."""
    request = RequestFactory().get("/")
    request.user = user
    found = []
    for menu in (admin_menu, reports_menu, settings_menu):
        found += [(str(item.label), item.url) for item in menu.menu_items_for_request(request) if item.url != "#"]
    return found


def test_every_entry_of_the_menu_leads_to_a_page_that_is_called_the_same(administrator, client):
    listed = entries(administrator)
    assert len(listed) > 25
    named_otherwise = []
    for label, address in listed:
        response = client.get(address, follow=True)
        title = BeautifulSoup(response.content, "html.parser").title.string
        # A single record bears its own name.
        if label.lower() not in title.lower() and "Editing" not in title:
            named_otherwise.append((label, " ".join(title.split())))
    assert named_otherwise == []


def test_no_two_entries_of_the_menu_bear_one_name(administrator):
    labels = [label for label, _address in entries(administrator)]
    # Among the reports it lists what waits, under "Advanced" how it goes.
    assert {label for label in labels if labels.count(label) > 1} == {"Approvals"}


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "wagtailimages:index",
        "wagtailusers_groups:index",
        "wagtailadmin_reports:workflow",
        "redirect_import",
    ],
)
def test_the_screens_of_staff_say_no_foreign_word(administrator, client, name):
    soup = BeautifulSoup(client.get(reverse(name)).content, "html.parser")
    for script in soup(["script", "style", "template"]):
        script.extract()
    assert FOREIGN.findall(soup.main.get_text(" ")) == []
