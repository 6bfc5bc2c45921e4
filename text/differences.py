"""What changed between two texts, as readers see it: words taken out and words put in."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Edit = tuple[str, list[str]]  # ("equal", "delete" or "insert", words)

_BLOCKS = [
    "address", "blockquote", "br", "caption", "dd", "details", "div", "dt", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
]  # fmt: skip
_END = "\x1e"  # between paragraphs; no text of the site can hold it
_UNCHANGED = "unchanged"
# A paragraph is the same one, changed, if it shares this part of its words.
_SAME_PARAGRAPH = 0.5
# Bounds of what a comparison may cost: how far ahead a paragraph is looked for, and how long one may be.
_LOOK_AHEAD = 30
_MAX_WORDS = 2000
# So few common words between two changes make a text harder to read than one longer change.
_MAX_WORDS_BETWEEN = 2


def paragraphs(html: str) -> list[str]:
    """The words of rendered HTML: an entry for each paragraph, heading, list item or cell; citation marks left out."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(".citation, script, style, svg"):
        element.decompose()
    for image in soup.find_all("img"):
        image.replace_with(f"{_END}{image.get('alt', '')}{_END}")
    for element in soup.find_all(_BLOCKS):
        element.insert_before(_END)
        element.insert_after(_END)
    lines = (" ".join(line.split()) for line in soup.get_text().split(_END))
    return [re.sub(r" ([.,;:!?])(?= |$)", r"\1", line) for line in lines if line]


def compare_texts(before_html: str, after_html: str) -> SafeString:
    """
    What was deleted and inserted between two texts of rendered HTML, as HTML.

    Each change is announced in words to those who do not see it. Paragraphs without a change are
    counted instead of shown; where no word differs, the answer says so.
    """
    before, after = paragraphs(before_html), paragraphs(after_html)
    if before == after:
        return format_html("<p>{}</p>", _("No word of the text was changed."))
    parts = format_html_join("\n", "{}", ((_paragraph(edits),) for edits in _compared(before, after)))
    return format_html('<div class="difference">\n{}\n</div>', parts)


def _compared(before: list[str], after: list[str]) -> Iterator[list[Edit]]:
    """The edits of each changed paragraph; for a run of unchanged ones a single entry that holds them all."""
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield [(_UNCHANGED, before[i1:i2])]
        else:
            yield from _matched(before[i1:i2], after[j1:j2])


def _matched(before: list[str], after: list[str]) -> Iterator[list[Edit]]:
    """Paragraphs between two unchanged ones: changed ones stand beside each other, in the order of both texts."""
    place = 0
    for old in before:
        ahead = after[place : place + _LOOK_AHEAD]
        likeness, nearest = max(((_likeness(old, new), -index) for index, new in enumerate(ahead)), default=(0, 0))
        if likeness < _SAME_PARAGRAPH:
            yield [("delete", old.split())]
            continue
        for new in ahead[:-nearest]:
            yield [("insert", new.split())]
        yield compare_words(old, ahead[-nearest])
        place += 1 - nearest
    for new in after[place:]:
        yield [("insert", new.split())]


def _likeness(one: str, other: str) -> float:
    """The part of their words that two paragraphs share, from 0 to 1."""
    words, other_words = Counter(one.split()), Counter(other.split())
    return 2 * (words & other_words).total() / (words.total() + other_words.total())


def compare_words(before: str, after: str) -> list[Edit]:
    """The words of two paragraphs in runs: common ones, deleted ones, then what was inserted in their place."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > _MAX_WORDS:
        return [("delete", old), ("insert", new)]
    edits: list[Edit] = []
    deleted: list[str] = []
    inserted: list[str] = []

    def close() -> None:
        edits.extend((kind, [*words]) for kind, words in (("delete", deleted), ("insert", inserted)) if words)
        deleted.clear()
        inserted.clear()

    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_between = deleted and inserted and (i2 < len(old) or j2 < len(new))
        if kind == "equal" and not (is_between and i2 - i1 <= _MAX_WORDS_BETWEEN):
            close()
            edits.append(("equal", old[i1:i2]))
        else:
            deleted += old[i1:i2]
            inserted += new[j1:j2]
    close()
    return edits


def _paragraph(edits: list[Edit]) -> SafeString:
    kind, words = edits[0]
    if kind == _UNCHANGED:
        count = len(words)
        told = ngettext("%d paragraph without a change", "%d paragraphs without a change", count) % count
        return format_html('<p class="difference__unchanged">{}</p>', told)
    return format_html("<p>{}</p>", format_html_join(" ", "{}", ((_marked(*edit),) for edit in edits)))


def _marked(kind: str, words: list[str]) -> SafeString:
    text = " ".join(words)
    if kind == "equal":
        return format_html("{}", text)
    tag, label, end = {
        "delete": ("del", _("Deleted:"), _("(end of the deletion)")),
        "insert": ("ins", _("Inserted:"), _("(end of the insertion)")),
    }[kind]
    return format_html(
        '<{0}><span class="visually-hidden">{1} </span>{2}<span class="visually-hidden"> {3}</span></{0}>',
        tag,
        label,
        text,
        end,
    )
