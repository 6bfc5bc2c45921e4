"""The safety line stands under every answer it applies to, and goes wherever the answer goes."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from archive.models import PublishedText
from core.models import SafetyLine, Topic
from faq.models import FAQEntryPage
from reviews.models import ReviewStatus
from reviews.sign_off import sign_off
from tests import factories

WORDS = "Ketamine is off-label here."


@pytest.fixture
def line(site):
    return factories.safety_line(text=WORDS)


@pytest.fixture
def question(line):
    return factories.question(topic=factories.topic("safety", safety_line=line))


def html_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(client, url):
    """The words of the body of a page, in one line."""
    body = BeautifulSoup(html_of(client, url), "html.parser").body
    return " ".join(body.get_text(" ", strip=True).split())


def change(page, **fields):
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return factories.publish(page)


# --- Which line a page carries ------------------------------------------------


def test_a_question_carries_the_line_of_its_topic(question, client):
    assert WORDS in text_of(client, question.url)


def test_a_line_of_its_own_takes_the_place_of_the_topics(question, client):
    ride = factories.safety_line("ride-home", text="Arrange a ride.")
    text = text_of(client, change(question, own_safety_line=ride).url)
    assert "Arrange a ride." in text
    assert WORDS not in text


def test_a_page_without_a_line_shows_none_whatever_its_topic_says(question, client):
    assert WORDS not in text_of(client, change(question, without_safety_line=True).url)


def test_an_article_carries_the_line_of_its_first_topic_that_has_one(line, client):
    topics = [factories.topic("cost"), factories.topic("safety", safety_line=line)]
    assert WORDS in text_of(client, factories.article(topics=topics).url)


def test_a_standard_page_carries_a_line_of_its_own(line, client):
    assert WORDS in text_of(client, factories.standard(own_safety_line=line).url)


def test_a_line_that_is_only_a_draft_is_not_shown(site, client):
    draft = factories.safety_line(text=WORDS, live=False)
    assert WORDS not in text_of(client, factories.standard(own_safety_line=draft).url)


def test_a_published_change_of_the_line_shows_on_its_pages(question, line, client):
    change(line, text="<p>Some should not have it.</p>")
    text = text_of(client, question.url)
    assert "Some should not have it." in text
    assert WORDS not in text


def test_a_line_states_facts_and_leads_to_pages(site, client):
    fact, page = factories.fact("driving", "at least 24 hours"), factories.standard("Going home")
    text = f"<p>No driving for {factories.fact_token(fact)}.</p>{factories.link(page, 'The way home')}"
    factories.question(own_safety_line=factories.safety_line(text=text), slug="ride")
    soup = BeautifulSoup(html_of(client, "/faq/ride/"), "html.parser")
    assert "at least 24 hours" in soup.select_one(".safety-line").get_text()
    assert soup.select_one(".safety-line a")["href"] == page.url


# --- Where it goes with the answer --------------------------------------------


def test_the_line_stands_right_under_the_short_answer(question, client):
    box = BeautifulSoup(html_of(client, question.url), "html.parser").select_one("article .short-answer")
    below = box.find_next("div", class_="safety-line")
    assert WORDS in below.get_text()
    assert box.find_parent("article") == below.find_parent("article")


def test_search_engines_read_the_line_with_the_answer(question, client):
    soup = BeautifulSoup(html_of(client, question.url), "html.parser")
    nodes = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    answer = next(node for node in nodes if node["@type"] == "Question")["acceptedAnswer"]
    assert answer["text"] == f"A short answer. {WORDS}"


def test_the_markdown_of_a_question_has_the_line(question, client):
    assert WORDS in html_of(client, f"{question.url}index.md")


@pytest.mark.parametrize("address", ["/feed/atom/", "/feed/rss/"])
def test_feeds_have_the_line_of_an_article(address, line, client):
    factories.article(own_safety_line=line)
    assert WORDS in html_of(client, address)


def test_llms_txt_says_the_line_once_a_topic(question, client):
    factories.question(topic=question.topic)
    assert html_of(client, "/llms.txt").count(WORDS) == 1


def test_search_says_the_lines_of_its_results_once(question, client):
    for number in range(2):
        factories.question(f"Is driving allowed on day {number}?", topic=question.topic)
    assert text_of(client, "/search/?q=driving").count(WORDS) == 1


def test_search_says_the_line_that_each_kind_of_page_carries_itself(line, client):
    ride = factories.safety_line("ride-home", text="Arrange a ride.")
    topic = factories.topic("safety", safety_line=line)
    factories.question("Is driving allowed?", own_safety_line=ride, topic=topic)
    factories.question("Is driving a car allowed?", without_safety_line=True, topic=topic)
    assert WORDS not in text_of(client, "/search/?q=driving")
    factories.article("On driving", topics=[factories.topic("cost"), topic])
    text = text_of(client, "/search/?q=driving")
    assert (text.count(WORDS), text.count("Arrange a ride.")) == (1, 1)


@pytest.mark.parametrize("address", ["/faq/", "/faq/all/", "/faq/topic/safety/"])
def test_lists_of_answers_say_the_line_of_a_topic_once(address, question, client):
    factories.question(topic=question.topic)
    assert text_of(client, address).count(WORDS) == 1


@pytest.mark.parametrize("address", ["/faq/", "/faq/all/", "/faq/topic/safety/"])
def test_where_answers_of_a_topic_differ_each_has_its_own_line(address, question, client, line):
    factories.question(topic=question.topic)
    factories.question("Without?", topic=question.topic, short_answer="<p>Alone.</p>", without_safety_line=True)
    text = text_of(client, address)
    assert text.count(WORDS) == 2
    assert not text.partition("Alone.")[2].lstrip().startswith(WORDS[:20])


def test_a_page_has_a_line_of_its_own_or_none(question, line):
    question.own_safety_line, question.without_safety_line = line, True
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert refused.value.message_dict == {"without_safety_line": ["Choose one: a line of its own, or none."]}


@pytest.mark.parametrize("text", ["<p>.</p>", '<p><a href="https://example.org">readmore</a></p>', "<p></p>"])
def test_a_line_says_something_before_readers_see_it(text, line):
    line.text = text
    with pytest.raises(ValidationError):
        factories.publish(line)


# --- What is recorded ---------------------------------------------------------


def test_the_record_of_what_readers_saw_has_the_line_after_the_short_answer(question):
    html = PublishedText.objects.of(question.pk).first().wording.html
    assert html.index("A short answer.") < html.index(WORDS)


def test_a_change_of_the_line_is_a_change_of_what_readers_saw(question, line):
    before = PublishedText.objects.of(question.pk).first()
    change(line, text="<p>It has risks.</p>")
    after = PublishedText.objects.of(question.pk).first()
    assert "It has risks." in after.wording.html
    assert after.wording.words != before.wording.words


def test_another_line_of_the_topic_is_a_change_of_what_readers_saw(question):
    ride = factories.safety_line("ride-home", text="Arrange a ride.")
    change(question.topic, safety_line=ride)
    assert "Arrange a ride." in PublishedText.objects.of(question.pk).first().wording.html


def test_a_fact_in_a_line_changes_what_readers_saw(site):
    fact = factories.fact("driving", "at least 24 hours")
    line = factories.safety_line(text=f"No driving for {factories.fact_token(fact)}.")
    question = factories.question(own_safety_line=line)
    change(fact, value="two days")
    assert "two days" in PublishedText.objects.of(question.pk).first().wording.html


def test_the_pages_of_a_changed_line_are_dated_anew(question, line):
    FAQEntryPage.objects.update(dependencies_updated_at=None)
    change(line, text="<p>It has risks.</p>")
    assert FAQEntryPage.objects.get(pk=question.pk).dependencies_updated_at


def test_the_pages_of_a_topic_are_dated_anew_with_its_line_and_with_nothing_else(question):
    FAQEntryPage.objects.update(dependencies_updated_at=None)
    change(question.topic, order=7)
    assert not FAQEntryPage.objects.get(pk=question.pk).dependencies_updated_at
    change(question.topic, safety_line=None)
    assert FAQEntryPage.objects.get(pk=question.pk).dependencies_updated_at


def test_a_signed_off_answer_counts_as_edited_when_its_line_changes(question, line):
    sign_off(factories.reviewer(), question, question.get_latest_revision())
    assert ReviewStatus.objects.get(page=question.pk).state == ReviewStatus.State.REVIEWED
    change(line, text="<p>It has risks.</p>")
    assert ReviewStatus.objects.get(page=question.pk).state == ReviewStatus.State.EDITED


# --- In the admin -------------------------------------------------------------


def test_a_line_in_use_is_not_deleted(question, line, admin_client):
    admin_client.post(f"/admin/snippets/core/safetyline/delete/{line.pk}/")
    assert SafetyLine.objects.filter(pk=line.pk).exists()


def test_a_line_is_previewed_under_an_answer_that_carries_it(question, line):
    line.text = "<p>Not yet published.</p>"
    response = line.make_preview_request(RequestFactory().get("/"), line.default_preview_mode)
    assert "Not yet published." in response.content.decode()
    assert question.title in response.content.decode()


def test_two_lines_cannot_have_one_key(line):
    with pytest.raises(ValidationError, match="already has this short name"):
        SafetyLine(name="Other", key=line.key, text="<p>Words.</p>").full_clean()


def test_topics_say_which_line_they_carry(line, question):
    assert Topic.objects.get(slug="safety").safety_line == line
