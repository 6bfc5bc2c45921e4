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
from django.utils.text import capfirst
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

from text.raised_figures import raise_figures

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
        if field.name == "password":  # of an account: nobody reads its hash
            continue
        if field.model is Page and field.name not in _OF_A_PAGE:
            continue
        yield field.name, str(field.verbose_name).capitalize(), isinstance(field, StreamField)


def stored_content(record: models.Model) -> dict[str, Any]:
    """{field name: stored value} of a record as it stands in the database; see `stored_texts`."""
    return {name: getattr(record, name) for name, _, _ in text_fields(type(record))}


def row_texts(record: models.Model) -> Iterator[tuple[str, str]]:
    """
    (label, words) of the rows in the inline panels of a record that is no page, such as prices and hours.

    A query for each relation. A row says itself what a field that is no text holds: 9:00 AM.
    """
    if isinstance(record, Page) or not isinstance(record, ClusterableModel):
        return
    for relation in get_all_child_relations(type(record)):
        label = capfirst(relation.related_model._meta.verbose_name)
        for row in getattr(record, relation.get_accessor_name()).all():
            words = [str(row), *(text for _label, text in stored_texts(type(row), stored_content(row)))]
            yield label, " ".join(words)


def stored_texts(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """
    (label of the field, text as stored) of all words in the content of a record.

    `content` is what `stored_content` gives, or what a revision keeps; children of a page in
    inline panels are not read.
    """
    return ((label, text) for _place, label, text in placed_texts(model, content))


def placed_texts(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """`stored_texts` with the place of each in the editor: the name of the field, and in blocks ".", the block's id."""
    for name, label, has_blocks in text_fields(model):
        value = content.get(name)
        if has_blocks:
            value = json.loads(value) if isinstance(value, str) else getattr(value, "raw_data", value)
            for block in value or []:
                place = f"{name}.{block['id']}" if isinstance(block, dict) and block.get("id") else name
                yield from ((place, label, text) for text in _strings(block))
        elif value:
            yield name, label, str(value)


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
        text = raise_figures(text)
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
