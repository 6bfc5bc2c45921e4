"""
Extracting the words of records from what is stored.

`text.rendering.plain_text` renders one text faithfully; this reads a whole site, with all its earlier
revisions, in the time of a request: no rendering, no lookups, nothing but strings.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

# What Wagtail's page has in words; the rest of its text fields is bookkeeping.
_OF_A_PAGE = {"title", "seo_title", "search_description"}
# Keys of stored blocks that hold no words: ids, kinds and choices.
_NO_WORDS = {"id", "type", "level", "urgency"}
_TOKEN = re.compile(r"<embed\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'(embedtype|id)="([^"]*)"')
_BREAK = re.compile(r"<(?:/(?:p|li|h\d|blockquote)|br|hr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^>]*>", re.IGNORECASE)


def text_fields(model: type[models.Model]) -> Iterator[tuple[str, str, bool]]:
    """The fields of a model that hold words, as (name, label, whether they are blocks)."""
    for field in model._meta.get_fields():
        if not isinstance(field, (models.CharField, models.TextField, StreamField)):
            continue
        if isinstance(field, (models.SlugField, models.URLField)) or field.choices or not field.editable:
            continue
        if field.model is Page and field.name not in _OF_A_PAGE:
            continue
        yield field.name, str(field.verbose_name).capitalize(), isinstance(field, StreamField)


def stored_content(record: models.Model) -> dict[str, Any]:
    """{field name: stored value} of a record as it stands in the database; see `stored_texts`."""
    return {name: getattr(record, name) for name, _, _ in text_fields(type(record))}


def stored_texts(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """
    (label of the field, text as stored) of all words in the content of a record.

    `content` is what `stored_content` gives, or what a revision keeps; children of a page in
    inline panels are not read.
    """
    for name, label, has_blocks in text_fields(model):
        value = content.get(name)
        if has_blocks:
            value = json.loads(value) if isinstance(value, str) else getattr(value, "raw_data", value)
            yield from ((label, text) for text in _strings(list(value or [])))
        elif value:
            yield label, str(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _NO_WORDS:
                yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)


def extract_text(text: str, token_words: Callable[[str, int], str] = lambda kind, pk: "") -> str:
    """A stored text as one line of words; `token_words` gives the words of a token, by its kind and primary key."""

    def token(match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        pk = attributes.get("id", "")
        return token_words(attributes.get("embedtype", ""), int(pk)) if pk.isascii() and pk.isdigit() else ""

    if "<" in text:
        # The words of a token are text: what looks like a tag in them is none.
        parts, position = [], 0
        for match in _TOKEN.finditer(text):
            parts += [_stripped(text[position : match.start()]), token(match)]
            position = match.end()
        text = "".join([*parts, _stripped(text[position:])])
    else:
        text = unescape(text)
    return " ".join(text.split())


def _stripped(html: str) -> str:
    return unescape(_TAG.sub("", _BREAK.sub(" ", html)))
