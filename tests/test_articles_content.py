"""The five articles of the starter texts: what makes each worth its title, and how they speak."""

import re
import tomllib

import pytest
from bs4 import BeautifulSoup

from starter.loader import CONTENT_FOLDER
from tests import test_content
from tests.test_content import HEDGES, STIFF

pytestmark = pytest.mark.django_db

starter = test_content.starter

GUIDE = "blog/your-experience-at-innerbloom"
RISKS = "blog/ketamine-risks-misuse-and-addiction"
SPRAVATO = "blog/iv-ketamine-vs-spravato"
BENZODIAZEPINES = "blog/ketamine-and-stopping-benzodiazepines"
CHOOSING = "blog/how-to-choose-a-ketamine-clinic"
ARTICLES = [GUIDE, RISKS, SPRAVATO, BENZODIAZEPINES, CHOOSING]
every_article = pytest.mark.parametrize("key", ARTICLES)


@pytest.fixture
def main(starter):
    """A function from the key of an article to its document."""
    return lambda key: BeautifulSoup(starter.pages[key].html, "html.parser")


def words_of(elements):
    return [" ".join(element.get_text(" ").split()) for element in elements]


# --- Worth their titles ---------------------------------------------------------


def test_the_guide_goes_by_the_clock(main):
    sections = words_of(main(GUIDE).select(".contents li"))
    clock = [
        "The night before",
        "When you arrive",
        "Minute by minute",
        "The evening",
        "The next day",
        "The second week",
    ]
    assert [section for section in sections if section in clock] == clock
    assert {"What to bring", "When it is frightening", "Whom to call"} <= set(sections)


def test_the_infusion_in_the_guide_is_drawn_to_scale_from_facts(main, starter):
    timeline = main(GUIDE).select_one(".timeline")
    facts = ["onset", "session-length", "session-stay", "back-to-baseline", "driving"]
    assert [next(fact.strings) for fact in timeline.select(".timeline__time .fact")] == [
        starter.facts[key] for key in facts
    ]
    assert timeline.select(".time-strip")


def test_each_row_of_the_comparison_says_where_it_comes_from(main):
    rows = [words_of(row.select("th, td")) for row in main(SPRAVATO).select("tbody tr")]
    assert len(rows) >= 8
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    compared = " ".join(row[0] for row in rows).lower()
    for subject in ["given", "watched", "approved", "how often", "risks", "pay", "compared with"]:
        assert subject in compared


def test_the_comparison_says_that_it_is_indirect_beside_the_view_of_the_clinic(main):
    points = words_of(main(SPRAVATO).select(".key-points li"))
    assert any("In our view" in point for point in points)
    assert any("indirect" in point and "head-to-head" in point for point in points)


def test_the_risks_of_the_fda_stand_with_what_readers_can_do(main):
    rows = [words_of(row.select("th, td")) for row in main(RISKS).select("tbody tr")]
    assert len(rows) == 6
    assert all(len(row) == 3 and all(row) for row in rows)


def test_the_boards_of_california_stand_by_name(main):
    boards = words_of(main(CHOOSING).select("tbody td"))
    assert boards == [
        "Medical Board of California",
        "Board of Registered Nursing",
        "Board of Psychology",
        "Board of Behavioral Sciences",
    ]


def test_never_to_stop_on_your_own_follows_the_view_of_the_clinic_among_the_key_points(main):
    view, guard = words_of(main(BENZODIAZEPINES).select(".key-points li"))[:2]
    assert view.startswith("In our view, ketamine can help")
    assert guard.startswith("Never stop a benzodiazepine on your own.")
    assert "life-threatening seizures" in guard


@every_article
def test_an_article_has_contents_key_points_and_questions_that_it_deepens(key, main):
    article = main(key)
    assert len(article.select(".contents li")) >= 5
    assert 3 <= len(article.select(".key-points li")) <= 5
    assert article.select_one("#h_questions")


# --- Said once ------------------------------------------------------------------


def test_each_article_carries_the_line_that_applies_to_it(starter):
    lines = {key: starter.pages[key].safety_line for key in ARTICLES}
    assert lines == {
        GUIDE: "ride-home",
        RISKS: "off-label",
        SPRAVATO: "off-label",
        BENZODIAZEPINES: "off-label",
        CHOOSING: "",
    }


def test_off_label_use_is_named_once_where_it_is_not_the_subject(starter):
    named = {key: starter.pages[key].text.lower().count("off-label") for key in ARTICLES if key != SPRAVATO}
    assert set(named.values()) == {1}, named


@every_article
def test_no_hedge_stands_twice_in_an_article(key, starter):
    text = starter.pages[key].text
    assert [hedge for hedge in HEDGES if len(re.findall(hedge, text, re.IGNORECASE)) > 1] == []


# --- Spoken ---------------------------------------------------------------------

TRANSLATED = [*STIFF, "Not everybody has them", "That is no failure", "show no comparison of our own"]


@every_article
def test_no_sentence_of_an_article_sounds_translated(key, starter):
    assert [words for words in TRANSLATED if words in starter.pages[key].text] == []


@every_article
def test_sentences_of_an_article_have_a_natural_length(key, main):
    lengths = [
        len(sentence.split())
        for paragraph in words_of(main(key).select(".prose p, .prose li"))
        for sentence in re.split(r"(?<=[.?])\s+(?=[A-Z])", paragraph)
    ]
    assert 11 <= sum(lengths) / len(lengths) <= 18
    assert max(lengths) <= 40


@every_article
def test_who_hears_of_benzodiazepines_hears_of_the_danger(key, starter):
    page = starter.pages[key]
    assert "benzodiazepine" not in page.bare.lower() or "life-threatening seizures" in page.text


# --- Titles and headings -----------------------------------------------------------


def test_headings_of_articles_are_in_sentence_case():
    names = {"FDA", "IV", "Spravato", "California", "I"}
    wrong = []
    for path in (CONTENT_FOLDER / "blog").glob("*.toml"):
        body = tomllib.loads(path.read_text(encoding="utf-8"))["body"]
        for block in body:
            if block["type"] == "heading":
                first, *others = re.findall(r"[A-Za-z]+", block["text"])
                wrong += [block["text"]] if not first[0].isupper() else []
                wrong += [word for word in others if word[0].isupper() and word not in names]
    assert wrong == []
