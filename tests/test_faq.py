"""Questions: order, anchors, length, cross-links."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from faq import models
from publishing.exceptions import PublishingBlocked
from tests import factories
from tests.forms import send

pytestmark = pytest.mark.each_database


def test_questions_stand_under_their_topic_in_the_order_of_staff(site, client):
    later, first = factories.topic("later", order=2), factories.topic("first", order=1)
    a = factories.question(topic=later)
    b = factories.question(topic=first)
    c = factories.question(topic=first)
    c.move(b, pos="left")
    titles = [
        h.get_text(strip=True) for h in BeautifulSoup(client.get("/faq/").content, "html.parser").select("details h3")
    ]
    assert titles == [c.title, b.title, a.title]


def test_a_topic_shows_its_own_questions_only(site, client):
    mine = factories.question(topic=factories.topic("mine"))
    other = factories.question(topic=factories.topic("other"))
    html = client.get("/faq/topic/mine/").content.decode()
    assert mine.title in html
    assert f"<h2>{other.title}" not in html


def test_the_printable_page_holds_full_answers_and_is_not_indexed(site, client):
    factories.question(body=factories.paragraph("<p>All the detail.</p>"))
    html = client.get("/faq/all/").content.decode()
    assert "All the detail." in html
    assert "noindex" in html


def test_the_anchor_of_a_question_survives_rewording(site, client):
    page = factories.question(title="Is it safe?", slug="is-ketamine-safe")
    page.title, page.slug = "Is ketamine safe for me?", "ketamine-safety"
    page = factories.publish(page)
    assert page.anchor == "is-ketamine-safe"
    assert 'id="is-ketamine-safe"' in client.get("/faq/").content.decode()


def test_a_copied_question_gets_an_anchor_of_its_own(site):
    page = factories.question()
    copy = page.copy(update_attrs={"slug": "copy"})
    assert copy.anchor
    assert copy.anchor != page.anchor


def test_a_short_answer_that_is_too_long_is_not_published(site):
    page = factories.question(short_answer=f"<p>{'word ' * 61}</p>", live=False)
    with pytest.raises(PublishingBlocked, match="61 words"):
        page.save_revision().publish()


def test_a_short_answer_of_sixty_words_is_published(site):
    assert factories.question(short_answer=f"<p>{'word ' * 60}</p>").live


@pytest.mark.parametrize(("number", "is_published"), [(60, True), (61, False)])
def test_the_form_publishes_a_short_answer_of_sixty_words_and_none_of_more(number, is_published, site, client):
    client.force_login(factories.administrator())
    page = factories.question(live=False)
    answer = rich_text(f"<p>{'word ' * number}</p>", "answer")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    send(client, url, **{"short_answer": answer, "body-count": "0", "action-publish": "1"})
    page.refresh_from_db()
    assert page.live == is_published


def test_a_slug_that_the_section_uses_itself_is_refused(site):
    page = factories.question(live=False)
    page.slug = "topic"
    with pytest.raises(ValidationError, match="used by this section"):
        page.full_clean()


def test_keep_reading_begins_with_the_choice_of_staff_and_fills_to_three(site):
    chosen = factories.question()
    for _ in range(4):
        factories.question()
    page = factories.question(related=[chosen])
    following = page.suggested_pages
    assert following[0] == chosen
    assert len(following) == 3
    assert page not in following


def test_keep_reading_never_offers_a_draft(site):
    draft = factories.question(live=False)
    page = factories.question(related=[draft])
    assert draft not in page.suggested_pages


def test_a_question_and_an_article_find_each_other_without_upkeep(site, client):
    article = factories.article(title="A guide for your day")
    question = factories.question(title="What happens?", body=factories.paragraph(factories.link(article)))
    back = factories.article(title="Going deeper still", body=factories.paragraph(factories.link(question)))
    assert question.title in client.get(article.url).content.decode()
    assert back.title in client.get(question.url).content.decode()


def test_a_draft_article_that_links_to_a_question_is_not_listed(site, client):
    question = factories.question()
    draft = factories.article(title="Not out yet", body=factories.paragraph(factories.link(question)), live=False)
    assert draft.title not in client.get(question.url).content.decode()


# --- The list of questions ------------------------------------------------------


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_first_answer_of_each_topic_is_open(site, client):
    for slug in ("costs", "visits"):
        for _ in range(2):
            factories.question(topic=factories.topic(slug))
    sections = soup(client, "/faq/").select(".topic")
    assert [[row.has_attr("open") for row in part.select("details")] for part in sections] == [[True, False]] * 2


def test_what_the_clinic_treats_stands_after_the_questions(site, client):
    page = factories.faq_index()
    page.introduction, page.conditions = "<p>Plain answers.</p>", "<p>Migraine and others.</p>"
    factories.publish(page)
    factories.question("Why?")
    text = soup(client, "/faq/").main.get_text(" ", strip=True)
    assert text.index("Plain answers.") < text.index("Why?") < text.index("Migraine and others.")


def test_beyond_so_many_questions_the_faq_lists_links_and_topics_have_the_answers(site, client, monkeypatch):
    monkeypatch.setattr(models, "MAX_ANSWERS_TOGETHER", 2)
    asked = [factories.question(f"Question {letter}?", short_answer="<p>The answer.</p>") for letter in "ABC"]
    html = soup(client, "/faq/")
    assert [html.find(id=page.anchor).a["href"] for page in asked] == [page.url for page in asked]
    assert not html.select("details.question, .short-answer")
    assert len(soup(client, "/faq/topic/your-visit/").select(".short-answer")) == 3


def test_a_topic_shows_so_many_questions_a_page(site, client, monkeypatch):
    monkeypatch.setattr(models, "QUESTIONS_PER_PAGE", 2)
    for letter in "ABC":
        factories.question(f"Question {letter}?")
    assert len(soup(client, "/faq/topic/your-visit/").select("article.answer")) == 2
    second = soup(client, "/faq/topic/your-visit/?page=2")
    assert [row.h2.get_text() for row in second.select("article.answer")] == ["Question C?"]
    assert second.find("link", rel="canonical")["href"].endswith("/faq/topic/your-visit/?page=2")
    assert client.get("/faq/topic/your-visit/?page=3").status_code == 404
    assert factories.faq_index().listed_routes() == ["topic/your-visit/", "topic/your-visit/?page=2"]


def test_the_printable_page_describes_itself_and_names_each_answer_by_its_question(site, client):
    factories.question("Why twice?")
    html, faq = soup(client, "/faq/all/"), soup(client, "/faq/")
    described = [page.find("meta", attrs={"name": "description"}) for page in (html, faq)]
    assert described[0]["content"] not in ("", described[1] and described[1]["content"])
    nodes = json.loads(html.find("script", type="application/ld+json").string)["@graph"]
    assert described[0]["content"] in [node.get("description") for node in nodes]
    answer = html.select_one("article.answer")
    assert html.find(id=answer["aria-labelledby"]).get_text() == "Why twice?"


def test_a_question_leads_on_to_six_pages_at_most(site):
    page = factories.question(related=[factories.question() for _ in range(8)])
    assert len(page.suggested_pages) == 6


def test_the_form_of_a_question_tells_of_a_long_answer_before_it_holds_it_back(site, client):
    client.force_login(factories.administrator())
    html = client.get(reverse("wagtailadmin_pages:edit", args=[factories.question().pk])).content.decode()
    assert 'data-word-count-advice-value="35"' in html
    assert 'data-word-count-limit-value="60"' in html
