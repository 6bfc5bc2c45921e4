"""Rendering rich text as plain text, tokens expanded."""

import re
from contextvars import ContextVar
from html import unescape
from typing import Any

from bs4 import BeautifulSoup
from wagtail.rich_text import expand_db_html

from text.notes import place_notes
from text.raised_figures import raise_figures

# True while words are read out of a text: what a link leads to, or a source's number, is not asked for.
rendering_plain_text = ContextVar("rendering_plain_text", default=False)
_BLOCKS = ["p", "li", "h2", "h3", "h4", "blockquote", "br", "hr"]


def plain_text(rich_text: Any, notes: bool = True) -> str:
    """
    The words of stored rich text, tokens expanded, in one line.

    Citation marks are left out. What a figure rests on follows its paragraph, as on the page;
    `notes=False` leaves that out, because it is not the author's words (nor counted as such).
    """
    if not rich_text:
        return ""
    before = rendering_plain_text.set(True)
    try:
        soup = BeautifulSoup(place_notes(expand_db_html(raise_figures(str(rich_text)))), "html.parser")
    finally:
        rendering_plain_text.reset(before)
    for element in soup.select(".citation" if notes else ".citation, .basis"):
        element.decompose()
    for element in soup.find_all(_BLOCKS):
        element.append(" ")
    return re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", " ".join(unescape(soup.get_text()).split()))


def count_words(rich_text: Any) -> int:
    """Words a reader of the text reads: tokens as their values, without what they rest on."""
    return len(plain_text(rich_text, notes=False).split())
