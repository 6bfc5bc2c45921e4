"""Which questions ask nearly the same, measured on pairs."""

import tomllib
from itertools import permutations

import pytest

from quality.similar_questions import SIMILAR_FROM, similar_questions, similarity
from starter.loader import CONTENT_FOLDER
from tests import factories

SAME = [
    ("Is ketamine safe?", "Is ketamine treatment safe?"),
    ("Does insurance cover ketamine?", "Is ketamine covered by insurance?"),
    ("Can I drive after an infusion?", "May I drive home after my infusion?"),
    ("How much does an infusion cost?", "What do infusions cost?"),
    ("What does it cost?", "How much does it cost?"),
    ("Can I eat before treatment?", "May I eat before the infusion?"),
    ("Is ketamine adictive?", "Is ketamine addictive?"),
    ("What are the side effects?", "What side effects does ketamine have?"),
]
DIFFERENT = [
    ("How many infusions will I need?", "How long is an infusion?"),
    ("Is ketamine safe?", "Is ketamine addictive?"),
    ("What does an infusion cost?", "What does an infusion feel like?"),
    ("Can I eat before an infusion?", "Can I drive after an infusion?"),
    ("Who should not have ketamine?", "Who can have ketamine?"),
    ("What is Spravato?", "What does Spravato cost?"),
    ("Does ketamine help with depression?", "Does ketamine help with chronic pain?"),
    ("How does ketamine work?", "How fast does ketamine work?"),
    ("Can I bring a friend?", "Can I bring music?"),
    ("What is it?", "Why?"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_questions_that_ask_the_same_are_similar(first, second):
    assert similarity(first, second) == similarity(second, first) >= SIMILAR_FROM


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_questions_about_the_same_thing_are_not_similar_for_that(first, second):
    assert similarity(first, second) < SIMILAR_FROM


def test_no_starter_question_is_similar_to_another():
    files = [tomllib.loads(file.read_text()) for file in (CONTENT_FOLDER / "faq").glob("*.toml")]
    questions = [row for data in files for row in data.get("draft", [data])]
    assert len(questions) > 20
    asked = {row["question"]: [row["question"], *row.get("patients_words", [])] for row in questions}
    pairs = [
        (a, words) for a, b in permutations(asked, 2) for words in asked[b] if similarity(a, words) >= SIMILAR_FROM
    ]
    assert pairs == []


@pytest.mark.each_database
def test_patients_words_and_drafts_count_and_the_question_itself_does_not(site, django_assert_num_queries):
    other = factories.question("May I take a taxi?", patients_words="how do I get home\ncan I drive home", live=False)
    factories.question("What is Spravato?")
    page = factories.question("Can I drive home?")
    with django_assert_num_queries(1):
        assert [(row.page.pk, row.words) for row in similar_questions(page)] == [(other.pk, "can I drive home")]
