"""
Notes on parts of a text: written right behind what they are about, shown in a line of their own below it.

Whoever renders a token does not see the paragraph that it stands in: `note` leaves a mark, and
`place_notes` moves what the marks say behind the block that holds them, once the HTML is complete.
"""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Private characters that no text needs.
_OPEN, _BETWEEN, _CLOSE = "\ue010", "\ue011", "\ue012"
_MARKS = re.compile(f"[{_OPEN}{_BETWEEN}{_CLOSE}]")
# A line can stand behind these, which hold words only, ...
_WORDS_ONLY = {"p", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
# ... and at the end of these.
_HOLDERS = {"li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption", "details"}
_HOLDERS |= {"div", "section", "article", "aside", "main", "body"}
_PART = re.compile(
    f"{_OPEN}(?P<about>[^{_OPEN}{_BETWEEN}{_CLOSE}]*){_BETWEEN}(?P<note>[^{_OPEN}{_BETWEEN}{_CLOSE}]*){_CLOSE}"
    rf"|<(?P<end>/?)(?P<tag>{'|'.join(sorted(_WORDS_ONLY | _HOLDERS))})(?=[\s>])[^>]*>"
)

_Notes = list[tuple[str, str]]


def note(about: str, text: SafeString) -> SafeString:
    """The mark of a note (safe HTML without blocks) on the words `about`."""
    words = _MARKS.sub("", format_html("{}", about)), _MARKS.sub("", text)
    return mark_safe(f"{_OPEN}{words[0]}{_BETWEEN}{words[1]}{_CLOSE}")  # noqa: S308  (escaped above)


def place_notes(html: str) -> SafeString:
    """The HTML with each note in a line under the innermost block that holds its mark, the same note once only."""
    parts: list[str] = []
    open_blocks: list[tuple[str, _Notes]] = [("", [])]
    shown: set[str] = set()
    position = 0
    for match in _PART.finditer(html) if _OPEN in html else ():
        parts.append(html[position : match.start()])
        position = match.end()
        tag = match["tag"]
        if tag is None:
            open_blocks[-1][1].append((match["about"], match["note"]))
            continue
        lines = ""
        if not match["end"]:
            open_blocks.append((tag, []))
        elif tag in [name for name, _ in open_blocks]:
            notes: _Notes = []
            closed = ""
            while closed != tag:
                closed, inner = open_blocks.pop()
                notes = inner + notes
            lines = _lines(notes, shown)
        parts += [match[0], lines] if tag in _WORDS_ONLY else [lines, match[0]]
    parts += [html[position:], *(_lines(notes, shown) for _, notes in open_blocks)]
    return mark_safe("".join(parts))  # noqa: S308  (the HTML that came in, and notes)


def _lines(notes: _Notes, shown: set[str]) -> str:
    """The notes of one block as lines; where there are several, each says what it is about."""
    about: dict[str, list[str]] = {}
    for words, text in notes:
        about.setdefault(text, [])
        if words not in about[text]:
            about[text].append(words)
    lines = [
        f'<p class="basis">{", ".join(words)}: {text}</p>' if len(about) > 1 else f'<p class="basis">{text}</p>'
        for text, words in about.items()
        if text not in shown
    ]
    shown.update(about)
    return "".join(lines)
