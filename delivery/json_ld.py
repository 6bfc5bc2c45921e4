"""Serializing JSON-LD, and the absolute addresses in it."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from text.control_characters import without_control_characters

_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
}


def absolute(path: str) -> str:
    """The public address of a path of this site; addresses with a host stay as they are."""
    return path if path.startswith("http") else f"{settings.SITE_URL}{path}"


def without_empty(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is not known: None, empty texts, lists and dicts."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def serialize(nodes: list[dict[str, Any]]) -> SafeString:
    """The graph as text that is safe inside a script element, whatever an editor typed."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, default=str)
    return mark_safe(without_control_characters(text).translate(_ESCAPES))  # noqa: S308  (<, > and & cannot occur any more)
