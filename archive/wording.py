"""The wording of a page: its text as readers see it, facts and sources filled in, and the digest of that text."""

import hashlib
import re
from typing import Any

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from wagtail.fields import RichTextField, StreamField

from archive.models import Wording

_BLOCKS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "ul", "ol", "dl", "dt", "dd", "table", "caption", "tr", "th"),
    *("td", "figure", "figcaption", "blockquote", "details", "summary", "section", "div", "aside", "header", "br"),
}
# What a text holds for the eye or for finding one's way, and no reader reads as its words.
_NO_WORDS = "svg, style, script, source, .visually-hidden, .sources__back, .citation"


def render_text(page: Any) -> str:
    """The text of a page as HTML: title, texts in reading order, sources, description; facts as they are now."""
    parts = [_part(page, name) for name in page.text_fields]
    if line := page.safety_line:
        # As on the page, under the short answer or the key points. The body of a standard page is one part.
        above = [number for number, name in enumerate(page.text_fields) if name in {"short_answer", "key_points"}]
        place = above[0] + 1 if above else 0
        parts.insert(place, {"kind": "rich", "value": line.text})
    html = render_to_string("archive/wording.html", {"page": page, "parts": [part for part in parts if part]})
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(_NO_WORDS):
        element.decompose()
    for element in soup.find_all(True):
        kept = {"href", "src", "alt", "colspan", "rowspan", "scope", "id"}
        element.attrs = {name: value for name, value in element.attrs.items() if name in kept}
    return "\n".join(line.strip() for line in str(soup).splitlines() if line.strip())


def _part(page: Any, name: str) -> dict[str, Any] | None:
    field, value = page._meta.get_field(name), getattr(page, name)
    if not value:
        return None
    kind = {RichTextField: "rich", StreamField: "stream"}
    found = next((label for cls, label in kind.items() if isinstance(field, cls)), "plain")
    return {"kind": "points" if name == "key_points" else found, "value": value}


def lines(html: str) -> list[str]:
    """The words of a text as readers read them, a block a line; a picture is its description."""
    soup = BeautifulSoup(html, "html.parser")
    for picture in soup.find_all("img"):
        picture.replace_with(f"\n[picture] {picture.get('alt', '')}\n")
    for link in soup.find_all("a", href=re.compile(r"^(?!/|#)")):
        link.append(f" ({link['href']})")  # another site, a number to call: as much part of the text as its words
    for element in soup.find_all(_BLOCKS):
        element.insert_before("\n")
        element.insert_after("\n")
    rows = (" ".join(row.split()) for row in soup.get_text().split("\n"))
    return [row for row in rows if row]


def words_of(html: str) -> str:
    """The digest of what a text says, however it is marked up. Where a link within the site leads does not count."""
    return _digest("\n".join(lines(html)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def wording_of(page: Any) -> Wording:
    """The stored wording of a page as it is in memory; written down where it is new."""
    html = render_text(page)
    values = {"html": html, "words": words_of(html)}
    wording, _made = Wording.objects.get_or_create(digest=_digest(html), defaults=values)
    return wording


def words_of_page(page: Any) -> str:
    """`words_of` a page as it is in memory; writes nothing."""
    return words_of(render_text(page))
