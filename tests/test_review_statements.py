"""What readers are told of reviews: in HTML and in JSON-LD alike, and true against the record."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from archive.wording import wording_of, words_of_page
from faq.models import FAQEntryPage
from reviews.models import ReviewDecision, ReviewStatus
from reviews.sign_off import keep_review, sign_off
from reviews.status import covering_sign_off
from tests import factories
from tests.moments import at
from tests.test_review_record import change_value, edit


def signed(page=None):
    page = page or factories.question()
    sign_off(factories.reviewer(), page)
    return page


def edited():
    return edit(signed(), short_answer="<p>Edited since.</p>")


def waved_through():
    page = signed()
    earlier = wording_of(page)
    page = edit(page, short_answer="<p>A short answr.</p>")
    keep_review(factories.member("Publishers"), page, earlier, wording_of(page))
    return page


def overdue():
    page = factories.question()
    with at(timezone.now() - timedelta(days=400)):
        signed(page)
    return page


def copied():
    return signed().copy(update_attrs={"slug": "copy"}, keep_live=True).specific


def fact_changed():
    fact = factories.fact(value="24 hours")
    page = signed(factories.question(short_answer=f"<p>Not for {factories.fact_token(fact)}.</p>"))
    change_value(fact, "48 hours")
    return page


def reviewer_gone():
    page = signed()
    ReviewDecision.objects.get().person.delete()
    return page


# {state: (how it comes about, what the byline says, what stands at the end)}
STATES = {
    "never": (factories.question, None, "Not yet reviewed by a clinician."),
    "reviewed": (
        signed,
        "Reviewed by Robin Example, MD, {reviewed}",
        "The next review by a clinician is due by {due}.",
    ),
    "edited": (edited, "Reviewed by Robin Example, MD, {reviewed} · Edited since, on {edited}", None),
    "fact changed": (fact_changed, "Reviewed by Robin Example, MD, {reviewed} · Edited since, on {edited}", None),
    "waved through": (
        waved_through,
        "Reviewed by Robin Example, MD, {reviewed}",
        "The next review by a clinician is due by {due}.",
    ),
    "overdue": (
        overdue,
        "Reviewed by Robin Example, MD, {reviewed}",
        "The next review by a clinician was due on {due}.",
    ),
    "copied": (copied, None, "Not yet reviewed by a clinician."),
    "reviewer gone": (
        reviewer_gone,
        "Reviewed by Robin Example, MD, {reviewed}",
        "The next review by a clinician is due by {due}.",
    ),
}


def in_words(day):
    return f"{day:%B} {day.day}, {day.year}"


def shown(client, page):
    """(byline, status at the end, node of the page in JSON-LD) of a page as it is served."""
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    byline = " ".join(soup.select_one(".byline").get_text(" ", strip=True).split()).replace(" ,", ",")
    end = [
        " ".join(part.get_text(" ", strip=True).split()).replace(" .", ".") for part in soup.select(".review-status")
    ]
    assert len(end) <= 1
    return byline, (end or [None])[0], next(node for node in graph if node["@id"].endswith("#page"))


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_told_alike_in_html_and_json_ld_and_is_true(state, site, client):
    make, told, end = STATES[state]
    page = FAQEntryPage.objects.get(pk=make().pk)
    byline, at_the_end, node = shown(client, page)
    status = ReviewStatus.objects.get(page=page.pk)
    days = {}
    if status.sign_off:
        days = {"reviewed": in_words(timezone.localdate(status.sign_off.decided_at)), "due": in_words(status.due_on)}
        days["edited"] = in_words(timezone.localdate(status.edited_at)) if status.edited_at else ""
    assert (told.format(**days) in byline) if told else ("Reviewed" not in byline)
    assert at_the_end == (end and end.format(**days))
    if told is None:
        assert not {"reviewedBy", "lastReviewed"} & node.keys()
        return
    assert (node["reviewedBy"]["name"], node["reviewedBy"]["honorificSuffix"]) == ("Robin Example", "MD")
    assert node["lastReviewed"] == timezone.localdate(status.sign_off.decided_at).isoformat()
    if status.edited_at:
        assert node["dateModified"] == timezone.localdate(status.edited_at).isoformat()
    # True: the text that stands there is covered by that sign-off exactly where no edit is told of.
    covering = covering_sign_off(words_of_page(page), ReviewDecision.objects.of(page.pk))
    assert covering == (None if status.edited_at else status.sign_off)


def test_the_reviewer_s_page_is_linked_only_while_anybody_may_read_it(site, client):
    page = signed()
    person = ReviewDecision.objects.get().person
    assert f'href="{person.url}"' in client.get(page.url).content.decode()
    assert shown(client, page)[2]["reviewedBy"]["@id"].endswith("#person")
    PageViewRestriction.objects.create(page=person, restriction_type="login")
    assert f'href="{person.url}"' not in client.get(page.url).content.decode()
    assert "@id" not in shown(client, page)[2]["reviewedBy"]


def test_an_overdue_page_shows_no_future_date(site, client):
    html = client.get(overdue().url).content.decode()
    main = BeautifulSoup(html, "html.parser").main
    days = [time["datetime"] for time in main.find_all("time")]
    assert all(day <= timezone.localdate().isoformat() for day in days)


def test_a_preview_says_that_the_text_would_be_edited_since(site):
    page = signed()
    page.short_answer = "<p>Typed now.</p>"
    assert "Edited since, on" in page.make_preview_request().content.decode()
    page.short_answer = "<p>A short answer.</p>"
    assert "Edited since, on" not in FAQEntryPage.objects.get(pk=page.pk).make_preview_request().content.decode()


SILENT = {
    "home": "/",
    "visit": "/visit/",
    "team": "/team/",
    "person": None,
    "topic": "/faq/topic/your-visit/",
    "articles": "/blog/",
    "disclaimers": "/disclaimers/",
}


@pytest.mark.parametrize("place", SILENT)
def test_lists_home_visit_and_people_say_nothing_of_reviews(place, site, client):
    factories.visit()
    signed()
    factories.article()
    url = SILENT[place] or ReviewDecision.objects.get().person.url
    html = client.get(url).content.decode()
    assert "eviewed" not in html
    assert "lastReviewed" not in html


@pytest.mark.parametrize("url", ["/faq/", "/faq/all/"])
@pytest.mark.parametrize(
    ("reviewed", "sentence"),
    [
        (0, "No clinician has reviewed these answers yet."),
        (1, "1 of these 2 answers reads just as a clinician reviewed it."),
        (2, "A clinician has reviewed each of these answers."),
    ],
)
def test_the_faq_says_once_how_many_answers_are_reviewed(url, reviewed, sentence, site, client):
    pages = [factories.question(), factories.question()]
    user = factories.reviewer()
    for page in pages[:reviewed]:
        sign_off(user, page)
    html = " ".join(client.get(url).content.decode().split())
    assert html.count(sentence) == 1
    assert html.count("review-status meta") == 1


def test_markdown_and_feeds_say_it_too(site, client):
    page = signed(factories.article())
    assert "Reviewed by" in client.get(f"{page.url}index.md").content.decode()
    assert "Robin Example" in client.get("/feed/atom/").content.decode()


def test_a_review_costs_a_page_one_query_however_much_there_is(site, client, django_assert_max_num_queries):
    facts = [factories.fact(f"fact-{number}", f"{number} hours") for number in range(20)]
    sources = [factories.reference(f"source-{number}", title=f"Title {number}") for number in range(30)]
    tokens = "".join(factories.fact_token(row) for row in [*facts, *sources])
    for number in range(5):
        factories.disclaimer(f"Notice {number}.")
    plain = factories.question()
    full = factories.question(body=factories.paragraph(f"<p>{tokens}</p>"))
    user = factories.reviewer()
    for _ in range(3):
        sign_off(user, full)
    client.get(plain.url)
    with CaptureQueriesContext(connection) as of_plain:
        client.get(plain.url)
    # One query more each for facts and for sources, as before; none for notices and sign-offs.
    with django_assert_max_num_queries(len(of_plain) + 2):
        client.get(full.url)
    asked = [query for query in of_plain.captured_queries if "reviews_" in query["sql"]]
    assert len(asked) == 1


def test_lists_of_whole_texts_ask_for_all_reviews_at_once(site, client, django_assert_max_num_queries):
    user = factories.reviewer()

    def add():
        sign_off(user, factories.question())
        sign_off(user, factories.article())

    add()
    counted = {}
    for url in ("/faq/all/", "/feed/atom/"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted[url] = len([query for query in queries.captured_queries if "reviews_" in query["sql"]])
    add()
    add()
    for url, before in counted.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len([query for query in queries.captured_queries if "reviews_" in query["sql"]]) == before <= 1
