"""What changed between two texts, as readers see it."""

import pytest
from bs4 import BeautifulSoup

from text.differences import compare_texts, paragraphs


def marked(before, after):
    """The comparison with {+words+} and [-words-] for what is marked, what is only spoken left out."""
    soup = BeautifulSoup(compare_texts(before, after), "html.parser")
    for element in soup.select(".visually-hidden"):
        element.decompose()
    for element in soup.select("ins"):
        element.string = f"{{+{element.get_text()}+}}"
    for element in soup.select("del"):
        element.string = f"[-{element.get_text()}-]"
    return [element.get_text() for element in soup.select("p")]


def test_a_changed_word_is_shown_in_its_paragraph():
    assert marked("<p>Rest for two hours here.</p>", "<p>Rest for three hours here.</p>") == [
        "Rest for [-two-] {+three+} hours here."
    ]


def test_unchanged_paragraphs_are_counted_not_shown():
    before = "<p>One stays.</p><p>Two stays.</p><p>The old end of it.</p>"
    assert marked(before, before.replace("old end", "new end")) == [
        "2 paragraphs without a change",
        "The [-old-] {+new+} end of it.",
    ]


def test_added_and_removed_paragraphs_are_marked_whole():
    assert marked("<p>Gone for good.</p><p>Same.</p>", "<p>Same.</p><ul><li>Brand new</li></ul>") == [
        "[-Gone for good.-]",
        "1 paragraph without a change",
        "{+Brand new+}",
    ]


def test_an_inserted_paragraph_does_not_hide_what_changed_in_the_next():
    assert marked("<p>We answer every call by noon.</p>", "<p>Hello, you.</p><p>We answer every call by one.</p>") == [
        "{+Hello, you.+}",
        "We answer every call by [-noon.-] {+one.+}",
    ]


def test_a_paragraph_written_anew_is_not_cut_into_crumbs():
    before = "<p>The clinic treats pain of the back and of the neck.</p>"
    after = "<p>Whoever asks gets help of a kind.</p>"
    assert marked(before, after) == [
        "[-The clinic treats pain of the back and of the neck.-]",
        "{+Whoever asks gets help of a kind.+}",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("<p>Same.</p>", "<p>Same.</p>"), ("<p>Same words</p>", "<h2>Same  <b>words</b></h2>"), ("", "")],
)
def test_texts_with_the_same_words_are_said_to_be_the_same(before, after):
    assert marked(before, after) == ["No word of the text was changed."]


def test_changes_are_announced_in_words():
    html = compare_texts("<p>Call us early today.</p>", "<p>Call us late today.</p>")
    assert "Call us Deleted: early (end of the deletion) Inserted: late (end of the insertion) today." in (
        BeautifulSoup(html, "html.parser").get_text()
    )


def test_what_a_text_says_is_never_markup_of_the_comparison():
    html = compare_texts("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_paragraphs_are_read_from_lists_tables_and_pictures_without_citation_marks():
    html = (
        '<h2>When</h2>\n<div><p>About\n40 minutes<sup class="citation">[1]</sup>.</p><ul><li>rest</li></ul></div>'
        '<table><tr><td>one</td><td>two</td></tr></table><figure><img alt="A chair" src="x"></figure>'
    )
    assert paragraphs(html) == ["When", "About 40 minutes.", "rest", "one", "two", "A chair"]
