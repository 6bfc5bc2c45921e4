"""The grade of a text, and the syllables it stands on."""

import pytest

from quality.readability import EXEMPT, grade, syllables, words

KNOWN = {
    1: ["the", "pain", "eyes", "rules", "asked", "breath", "used"],
    2: ["people", "quiet", "needed", "being", "trial", "sometimes", "doses", "couples", "settled", "safety"],
    3: ["area", "family", "medicine", "easier", "serious", "usual", "regular", "approval"],
    4: ["anxiety", "psychiatric", "experience", "evaluate", "medication", "immediate"],
    5: ["evaluation", "appreciation", "disability"],
}


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, group in KNOWN.items() for word in group])
def test_syllables_of_known_words(count, word):
    assert syllables(word) == count


def test_names_and_medical_terms_without_an_easier_word_count_as_two():
    assert {syllables(term) for term in EXEMPT} == {2}
    assert syllables("Ketamine’s") == 2


def test_abbreviations_are_spelled_out():
    assert syllables("PTSD") == 4


def test_parts_of_a_hyphenated_word_are_words():
    assert words("Ketamine's off-label use.") == ["Ketamine's", "off", "label", "use"]


def test_the_grade_is_that_of_the_formula():
    # Two sentences, ten words, eleven syllables.
    assert grade("The cat sat on the mat. It was very calm.") == pytest.approx(0.39 * 5 + 11.8 * 1.1 - 15.59)


def test_long_sentences_of_long_words_are_harder():
    plain = "You rest in a chair. Someone stays with you."
    dense = "Supervision throughout administration necessitates continuous availability of appropriately trained staff."
    assert grade(plain) < 3 < 16 < grade(dense)


def test_a_text_without_words_has_no_grade():
    assert grade(" … ") is None
