"""
Raised and lowered text as characters: the short answer, a title and a search result know no `<sup>`.

Without, "10⁵ cells" is read as 105 cells. In the browser core/static/core/paste.js does the same
with what is pasted, before the editor drops it.
"""

import re
from typing import Any

_RAISED = dict(zip("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎", strict=True))
# Raised only for looks: 1st, registered names, marks that are no figures.
_PLAIN_WHEN_RAISED = re.compile(r"(?:st|nd|rd|th|TM|SM|[®™©℠*†‡§¶ªº°¹²³]+|[\[({].*[\])}])", re.IGNORECASE)
_ELEMENT = re.compile(r"<(su[pb])>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_TEXT = re.compile(r"(<[^>]*>)")
_STYLES = {"SUPERSCRIPT": "sup", "SUBSCRIPT": "sub"}


def as_characters(text: str, kind: str) -> str:
    """Raised (`kind` "sup") or lowered ("sub") text as characters; where there are none, after "^" or "_"."""
    characters = _RAISED if kind == "sup" else _LOWERED
    words = text.strip()
    if all(character in characters for character in words):
        return "".join(characters.get(character, character) for character in text)
    if kind == "sup" and _PLAIN_WHEN_RAISED.fullmatch(words):
        return text
    mark = "^" if kind == "sup" else "_"
    return f"{mark}({text})" if len(words) > 1 else f"{mark}{text}"


def raise_figures(html: str) -> str:
    """Stored rich text with characters in place of `<sup>` and `<sub>`; what else stands in them stays."""

    def replaced(match: re.Match[str]) -> str:
        kind, content = match[1].lower(), match[2]
        if "<" not in content:
            return as_characters(content, kind)
        parts = _TEXT.split(content)
        return "".join(part if part.startswith("<") or not part else as_characters(part, kind) for part in parts)

    return _ELEMENT.sub(replaced, html) if "<su" in html.lower() else html


def raise_styled_figures(block: dict[str, Any]) -> None:
    """As `raise_figures`, of one block as the editor sends it; ranges behind a longer text move along."""
    ranges = block.get("inlineStyleRanges", [])
    raised = [item for item in ranges if item.get("style") in _STYLES]
    block["inlineStyleRanges"] = others = [item for item in ranges if item not in raised]
    for item in sorted(raised, key=lambda item: item["offset"], reverse=True):
        start, end = item["offset"], item["offset"] + item["length"]
        new = as_characters(block["text"][start:end], _STYLES[item["style"]])
        longer = len(new) - (end - start)
        block["text"] = block["text"][:start] + new + block["text"][end:]
        for other in [*others, *block.get("entityRanges", [])]:
            if other["offset"] >= end:
                other["offset"] += longer
            elif other["offset"] + other["length"] >= end:
                other["length"] += longer
