"""Texts as people read them: without markup, without control characters."""

import re
from contextvars import ContextVar
from html import unescape

from bs4 import BeautifulSoup
from wagtail.rich_text import expand_db_html

# True while words are read out of a text: what a link leads to, or a source's number, is not asked for.
rendering_plain_text = ContextVar("rendering_plain_text", default=False)
# What XML 1.0 cannot hold or no reader shows: control characters, lone surrogates, noncharacters.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SOFT_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_BLOCKS = ["p", "li", "h2", "h3", "h4", "blockquote", "br", "hr"]


def without_control_characters(text: str) -> str:
    """
    The text as XML, JSON and spreadsheets can hold it.

    A soft line break, as word processors paste it, becomes a space. What else is left out was not
    typed on purpose and cannot be seen. Tab, line feed and carriage return stay.
    """
    return _UNREADABLE.sub("", _SOFT_BREAK.sub(" ", text))


def plain_text(rich_text, notes=True):
    """
    The words of stored rich text, tokens expanded, in one line.

    Citation marks are left out. `notes=False` also leaves out the notes on where a figure
    comes from, which are not the author's words (nor counted as such).
    """
    if not rich_text:
        return ""
    before = rendering_plain_text.set(True)
    try:
        soup = BeautifulSoup(expand_db_html(str(rich_text)), "html.parser")
    finally:
        rendering_plain_text.reset(before)
    for element in soup.select(".citation" if notes else ".citation, .fact__note"):
        element.decompose()
    for element in soup.find_all(_BLOCKS):
        element.append(" ")
    return re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", " ".join(unescape(soup.get_text()).split()))


def count_words(rich_text):
    """Words a reader of the text reads: tokens as their values, without source notes."""
    return len(plain_text(rich_text, notes=False).split())
