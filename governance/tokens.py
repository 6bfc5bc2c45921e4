"""
Facts and references inside rich text.

Stored as `<embed embedtype="fact" id="3"/>` and `<embed embedtype="reference" id="5"/>`.
Rendered from the record as it is now. A page of many texts would look up each text's
tokens by itself: inside `gathered()` a token leaves a mark instead, and `fill_in` replaces
all marks of a page with one query a kind, numbering its references on the way.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text import EmbedHandler

_gathering = ContextVar("gathering_tokens", default=False)
_MARK = re.compile(r"<!--token:(fact|reference):(\d+)-->")


@contextmanager
def gathered():
    """Within it, tokens render as marks for `fill_in`."""
    reset = _gathering.set(True)
    try:
        yield
    finally:
        _gathering.reset(reset)


class Numbering:
    """Numbers references in the order in which a page first cites them."""

    def __init__(self):
        self.references = []

    def cite(self, reference):
        """The citation mark of a reference; the first one is where the list links back to."""
        first = reference not in self.references
        if first:
            self.references.append(reference)
        number = self.references.index(reference) + 1
        return format_html(
            '<sup class="citation"{}><a href="#source-{}" aria-label="Source {}">[{}]</a></sup>',
            format_html(' id="citation-{}"', number) if first else "",
            number,
            number,
            number,
        )


def _fact_html(fact, numbering):
    note = format_html('<span class="fact__note"> ({})</span>', fact.source_note) if fact.source_note else ""
    citation = numbering.cite(fact.reference) if fact.reference and numbering else ""
    return format_html('<span class="fact">{}{}{}</span>', fact.value, note, citation)


def fill_in(html, numbering=None):
    """
    Replace the marks in rendered HTML by what the records say now.

    Without `numbering` citations are left out: for places with no list of sources. The
    token of a record that is gone leaves nothing.
    """
    from governance.models import Fact, Reference

    ids = {"fact": set(), "reference": set()}
    for kind, pk in _MARK.findall(html):
        ids[kind].add(int(pk))
    facts = Fact.objects.select_related("reference").in_bulk(ids["fact"]) if ids["fact"] else {}
    references = Reference.objects.in_bulk(ids["reference"]) if ids["reference"] else {}

    def expand(match):
        kind, pk = match[1], int(match[2])
        if kind == "fact":
            return _fact_html(facts[pk], numbering) if pk in facts else ""
        return numbering.cite(references[pk]) if numbering and pk in references else ""

    return mark_safe(_MARK.sub(expand, html))  # noqa: S308  (built by format_html above)


class TokenHandler(EmbedHandler):
    """Renders the tokens of one kind."""

    @staticmethod
    def get_model():
        raise NotImplementedError

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [attrs.get("id", "") for attrs in attrs_list]
        marks = [f"<!--token:{cls.identifier}:{pk}-->" if pk.isdigit() else "" for pk in ids]
        if _gathering.get():
            return marks
        # One lookup for the whole text; the separator cannot occur in what a record renders to.
        separator = "<!--/token-->"
        return str(fill_in(separator.join(marks))).split(separator)

    @classmethod
    def expand_db_attributes(cls, attrs):
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def extract_references(cls, attrs):
        if attrs.get("id", "").isdigit():
            yield cls.get_model(), str(attrs["id"]), "", ""


class FactHandler(TokenHandler):
    identifier = "fact"

    @staticmethod
    def get_model():
        from governance.models import Fact

        return Fact


class ReferenceHandler(TokenHandler):
    identifier = "reference"

    @staticmethod
    def get_model():
        from governance.models import Reference

        return Reference
