"""Bylines, and what a page says of its review."""

import re
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from people.models import Authorship
from tests import factories


def test_the_byline_keeps_a_name_when_the_person_is_gone(site, client):
    person = factories.person("Jordan Example")
    page = factories.article()
    Authorship.objects.create(page=page, person=person)
    person.delete()
    assert "Jordan Example" in client.get(page.url).content.decode()


PARTS_OF_BYLINE = {
    "authors": ([{"name": "Jordan Example", "page": None}, {"name": "Kim Example", "page": None}], ""),
    "published_on": (date(2026, 1, 1), "January 1, 2026"),
    "reading_minutes": (3, "3 minutes to read"),
    "content_updated_at": (date(2026, 2, 2), "Updated February 2, 2026"),
}


@pytest.mark.parametrize("known", list(product([True, False], repeat=len(PARTS_OF_BYLINE))))
def test_a_dot_stands_between_what_is_known_of_a_text_and_nowhere_else(known):
    shown = dict(zip(PARTS_OF_BYLINE, known, strict=True))
    page = SimpleNamespace(**{name: value if shown[name] else None for name, (value, _) in PARTS_OF_BYLINE.items()})
    html = render_to_string("components/byline.html", {"page": page, "publisher": "A clinic", "dated": True})
    byline = "Written by Jordan Example, Kim Example" if shown["authors"] else "Published by A clinic"
    parts = [byline, *(words for name, (_, words) in PARTS_OF_BYLINE.items() if shown[name] and words)]
    assert " ".join(BeautifulSoup(html, "html.parser").get_text().split()) == " · ".join(parts)


def test_a_page_without_authors_is_published_by_the_clinic(site, client):
    factories.clinic(name="Another Clinic")
    assert "Published by Another Clinic" in client.get(factories.question().url).content.decode()


UNREVIEWED = "Not yet reviewed by a clinician."


WITH_REVIEW_STATUS = {
    "question": lambda: factories.question(),
    "article": lambda: factories.article(is_clinical_text=True),
    "page on treatment": lambda: factories.standard(is_clinical_text=True),
}


WITHOUT_REVIEW_STATUS = {
    "article on something else": lambda: factories.article(is_clinical_text=False).url,
    "legal page": lambda: factories.standard("Terms", is_clinical_text=False).url,
    "home": lambda: "/",
    "visit": lambda: factories.visit().url,
    "team": lambda: factories.team().url,
    "person": lambda: factories.person().url,
    "disclaimer": lambda: factories.disclaimer().url,
    "questions": lambda: factories.question() and "/faq/",
    "topic": lambda: factories.question(topic=factories.topic("one")) and "/faq/topic/one/",
    "articles": lambda: factories.article() and "/blog/",
    "search": lambda: factories.question("Xylophone?") and "/search/?q=xylophone",
    "nowhere": lambda: "/nowhere/",
}


@pytest.mark.parametrize("make", WITH_REVIEW_STATUS.values(), ids=WITH_REVIEW_STATUS)
def test_a_clinical_text_that_nobody_has_reviewed_says_so_once_at_its_end(make, site, client):
    page = make()
    main = BeautifulSoup(client.get(page.url).content, "html.parser").main
    (sentence,) = main.find_all(string=UNREVIEWED)
    assert sentence.find_parent(class_="byline") is None
    assert sentence.find_all_next(class_=["byline", "short-answer", "body", "sources"]) == []


@pytest.mark.parametrize("make", WITHOUT_REVIEW_STATUS.values(), ids=WITHOUT_REVIEW_STATUS)
def test_no_other_page_speaks_of_review(make, site, client):
    assert UNREVIEWED not in client.get(make()).content.decode()


def test_the_whole_faq_on_one_page_speaks_of_review_once(site, client):
    factories.question("One?")
    factories.question("Two?")
    assert client.get("/faq/all/").content.decode().count("No clinician has reviewed these answers yet.") == 1


# --- Texts that came with the site ----------------------------------------------


def starter_text(make):
    """A page as the loader of starter texts leaves it: its clinic has changed nothing yet."""
    page = make()
    type(page).objects.update(content_updated_at=None)
    return page


@pytest.mark.parametrize("make", [factories.question, factories.article], ids=["question", "article"])
def test_a_text_that_came_with_the_site_says_when_the_site_opened(make, site, client):
    page = starter_text(make)
    before = client.get(page.url).content.decode()
    assert "First published" not in before
    assert "Updated" not in before
    factories.clinic(opened_on=date(2026, 3, 2))
    after = client.get(page.url).content.decode()
    assert 'First published <time datetime="2026-03-02">March 2, 2026</time>' in after
    assert re.search(r'"datePublished": ?"2026-03-02"', after)
    assert "Updated" not in after


@pytest.mark.parametrize("make", [factories.question, factories.article], ids=["question", "article"])
def test_a_text_that_a_clinic_has_published_shows_its_own_date(make, site, client):
    factories.clinic(opened_on=date(2026, 3, 2))
    html = client.get(make().url).content.decode()
    assert "Updated <time" in html
    assert "First published" not in html


@pytest.mark.parametrize(
    ("day", "said"),
    [(timezone.localdate() + timedelta(days=1), "has not come yet"), (date(1066, 1, 1), "Check the year")],
)
def test_a_site_cannot_have_opened_tomorrow_or_in_the_middle_ages(day, said, db):
    clinic = factories.clinic(opened_on=day)
    with pytest.raises(ValidationError, match=said):
        clinic.clean()
