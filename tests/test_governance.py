"""Facts, sources, disclaimers, bylines."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from core.models import Topic
from disclaimers.models import DisclaimerVersion
from evidence.models import Fact, InUse
from people.models import Authorship
from tests import factories


def test_changing_a_fact_changes_every_page_that_states_it(site, client):
    fact = factories.fact(value="about 40 minutes")
    text = f"<p>It lasts {factories.fact_token(fact)}.</p>"
    pages = [factories.question(short_answer=text), factories.article(body=factories.paragraph(text))]
    fact.value = "about 45 minutes"
    factories.publish(fact)
    for page in pages:
        html = client.get(page.url).content.decode()
        assert "about 45 minutes" in html
        assert "about 40 minutes" not in html


def test_the_note_of_a_figure_stands_beside_it(site, client):
    fact = factories.fact(value="82%", source_note="Our own count")
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)} felt better.</p>")
    html = client.get(page.url).content.decode()
    assert html.index("82%") < html.index("Our own count")


def test_sources_are_numbered_by_page_in_reading_order(site, client):
    first, second = factories.reference("first"), factories.reference("second", title="Another trial")
    a, b = factories.fact_token(first), factories.fact_token(second)
    page = factories.article(body=factories.paragraph(f"<p>One{b} two{a} three{b}</p>"))
    html = client.get(page.url).content.decode()
    assert html.count(">[1]<") == 2
    assert html.count(">[2]<") == 1
    assert html.index("Another trial") < html.index("A randomized trial")


@pytest.mark.parametrize("make", [factories.fact, factories.reference])
def test_what_a_page_states_cannot_be_deleted(make, site):
    record = make()
    factories.question(short_answer=f"<p>Well{factories.fact_token(record)}</p>")
    with pytest.raises(InUse):
        record.delete()


def test_a_fact_lists_the_pages_that_state_it(site):
    fact = factories.fact()
    page = factories.question(short_answer=f"<p>{factories.fact_token(fact)}</p>")
    assert [found.pk for found in fact.used_on()] == [page.pk]


@pytest.mark.parametrize("way", ["unpublish", "delete", "expire", "delete the parent"])
def test_a_site_wide_notice_stands_whatever_happens_to_its_page(way, site, client):
    page = factories.disclaimer(notice="Ask your own doctor first.")
    if way == "unpublish":
        page.unpublish()
    elif way == "delete":
        page.delete()
    elif way == "expire":
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
    else:
        factories.disclaimer_index().delete()
    for url in ("/", "/search/", "/nothing/"):
        html = client.get(url).content.decode()
        assert "Ask your own doctor first." in html, url
        assert 'href="/disclaimer/"' in html
    assert "Ask your own doctor first." in client.get("/disclaimer/").content.decode()


def test_a_site_without_any_disclaimer_shows_the_built_in_one(site, client):
    assert "Nothing on this site is medical advice" in client.get("/").content.decode()
    assert client.get("/disclaimer/").status_code == 200


def test_pages_show_the_published_version_not_the_draft(site, client):
    page = factories.disclaimer(notice="As published.")
    page.notice = "<p>As drafted.</p>"
    page.save_revision()
    html = client.get("/").content.decode()
    assert "As published." in html
    assert "As drafted." not in html


def test_publishing_writes_a_version_only_when_something_changed(site):
    page = factories.disclaimer()
    page = factories.publish(page)
    assert DisclaimerVersion.objects.count() == 1
    page.notice = "<p>Another notice.</p>"
    factories.publish(page)
    assert [version.number for version in DisclaimerVersion.objects.all()] == [1, 2]


def test_a_version_waits_for_its_effective_date(site, client):
    page = factories.disclaimer(notice="In force today.")
    page.notice = "<p>In force later.</p>"
    page.effective_date = timezone.localdate() + timezone.timedelta(days=3)
    factories.publish(page)
    html = client.get("/").content.decode()
    assert "In force today." in html
    assert "In force later." not in html


def test_a_disclaimer_of_a_section_stands_on_its_pages_only(site, client):
    question = factories.question()
    factories.disclaimer(notice="About answers.", scope="section", section=factories.faq_index())
    assert "About answers." in client.get(question.url).content.decode()
    assert "About answers." not in client.get("/").content.decode()


def test_the_byline_keeps_a_name_when_the_person_is_gone(site, client):
    person = factories.person("Jordan Example")
    page = factories.article()
    Authorship.objects.create(page=page, person=person)
    person.delete()
    assert "Jordan Example" in client.get(page.url).content.decode()


PARTS_OF_CANDOR = {
    "authors": ([{"name": "Jordan Example", "page": None}, {"name": "Kim Example", "page": None}], ""),
    "published_on": (date(2026, 1, 1), "January 1, 2026"),
    "reading_minutes": (3, "3 minutes to read"),
    "content_updated_at": (date(2026, 2, 2), "Updated February 2, 2026"),
}


@pytest.mark.parametrize("known", list(product([True, False], repeat=len(PARTS_OF_CANDOR))))
def test_a_dot_stands_between_what_is_known_of_a_text_and_nowhere_else(known):
    shown = dict(zip(PARTS_OF_CANDOR, known, strict=True))
    page = SimpleNamespace(**{name: value if shown[name] else None for name, (value, _) in PARTS_OF_CANDOR.items()})
    html = render_to_string("components/byline.html", {"page": page, "publisher": "A clinic", "dated": True})
    byline = "Written by Jordan Example, Kim Example" if shown["authors"] else "Published by A clinic"
    parts = [byline, *(words for name, (_, words) in PARTS_OF_CANDOR.items() if shown[name] and words)]
    assert " ".join(BeautifulSoup(html, "html.parser").get_text().split()) == " · ".join(parts)


@pytest.mark.parametrize(
    ("make", "field", "refusal"),
    [
        (lambda: Fact(key="fasting", name="Fasting", value="8 hours"), "key", "Another fact has this short name"),
        (lambda: Topic(name="Costs", slug="fasting"), "slug", "Another topic has this word in its address"),
    ],
    ids=["fact", "topic"],
)
def test_a_second_record_of_the_same_short_name_is_refused_in_one_sentence(make, field, refusal, site):
    factories.fact(key="fasting")
    factories.topic("fasting")
    with pytest.raises(ValidationError) as refused:
        make().full_clean()
    (message,) = refused.value.message_dict[field]
    assert message.startswith(refusal)


UNREVIEWED = "Not yet reviewed by a clinician."
SAY_SO = {
    "question": lambda: factories.question(),
    "article": lambda: factories.article(is_clinical_text=True),
    "page on treatment": lambda: factories.standard(is_clinical_text=True),
}
SAY_NOTHING = {
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


@pytest.mark.parametrize("make", SAY_SO.values(), ids=SAY_SO)
def test_a_clinical_text_that_nobody_has_reviewed_says_so_once_at_its_end(make, site, client):
    page = make()
    main = BeautifulSoup(client.get(page.url).content, "html.parser").main
    (sentence,) = main.find_all(string=UNREVIEWED)
    assert sentence.find_parent(class_="byline") is None
    assert sentence.find_all_next(class_=["byline", "short-answer", "body", "sources"]) == []


@pytest.mark.parametrize("make", SAY_NOTHING.values(), ids=SAY_NOTHING)
def test_no_other_page_speaks_of_review(make, site, client):
    assert UNREVIEWED not in client.get(make()).content.decode()


def test_the_whole_faq_on_one_page_speaks_of_review_once(site, client):
    factories.question("One?")
    factories.question("Two?")
    assert client.get("/faq/all/").content.decode().count(UNREVIEWED) == 1


def test_a_page_without_authors_is_published_by_the_clinic(site, client):
    factories.clinic(name="Another Clinic")
    assert "Published by Another Clinic" in client.get(factories.question().url).content.decode()
