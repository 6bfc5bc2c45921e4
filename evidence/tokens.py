"""
Facts, references and links to pages inside rich text.

Stored as `<embed embedtype="fact" id="3"/>`, `<embed embedtype="reference" id="5"/>` and
`<a linktype="page" id="7">`. Rendered from the record as it is now. A page of many texts would
look up each text's records by itself: inside a `Document` they leave marks instead, and all
marks of the page are replaced at its end, with one query a kind.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.pages import PageLinkHandler

from delivery.stylesheet import use_style
from evidence.models import Fact, Reference
from publishing.visibility import published
from redirects.destinations import destinations
from text.notes import note, place_notes
from text.rendering import rendering_plain_text

_document = ContextVar("document", default=None)
_ID = re.compile(r"[0-9]{1,18}")
_MARK = re.compile(r"<!--(fact|reference|page):(\d+)-->")


def token_id(attrs):
    """The id that a token or link names, as text; empty for what can be none, whatever a form has sent."""
    pk = str(attrs.get("id", ""))
    return pk if _ID.fullmatch(pk) else ""


def _mark(kind, attrs):
    pk = token_id(attrs)
    return f"<!--{kind}:{pk}-->" if pk else ""


def _render_fact(fact, citation=""):
    use_style("components/fact")
    line = fact.basis_line
    if line:
        use_style("components/basis")
    return format_html('<span class="fact">{}{}</span>{}', fact.value, citation, note(fact.value, line) if line else "")


def state(fact):
    """A fact as it stands in the open document, for what is not in the database as it is shown."""
    return _render_fact(fact, cite(fact.reference))


def cite(reference):
    """A citation in the open document; as `state`."""
    document = _document.get()
    return document.cite(reference) if document else ""


class Document:
    """
    One page as it is rendered: what its texts mention is looked up once.

    `references` holds the sources cited so far, in the order of their numbers. With
    `cites=False` citations are left out: for places without a list of sources.
    """

    def __init__(self, request=None, cites=True):
        self.request = request
        self.cites = cites
        self.references = []

    @contextmanager
    def open(self):
        """Within it, texts leave marks for `fill_in`."""
        before = _document.set(self)
        try:
            yield self
        finally:
            _document.reset(before)

    @cached_property
    def facts(self):
        """Every published fact by its primary key: few by nature, and the next text may well state another."""
        return Fact.objects.live().select_related("reference").in_bulk()

    def cite(self, reference):
        """The citation mark of a reference; the first one is where the list links back to."""
        if not self.cites or reference is None or not reference.live:
            return ""
        use_style("components/citation")
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

    def fill_in(self, html):
        """The HTML with its marks replaced, and in a line under each figure what it rests on."""
        return place_notes(self.replace_marks(html))

    def replace_marks(self, html):
        """
        The HTML with its marks replaced by what the records say now; see `text.notes` for what figures rest on.

        The token of a record that is gone leaves nothing. A link to a page that was removed leads to
        where staff said; if that is nowhere, or nobody can read the page, its words stay.
        """
        ids = {"fact": set(), "reference": set(), "page": set()}
        for kind, pk in _MARK.findall(html):
            ids[kind].add(int(pk))
        facts = self.facts if ids["fact"] else {}
        references = Reference.objects.live().in_bulk(ids["reference"]) if ids["reference"] else {}
        pages = published(Page.objects.all()).in_bulk(ids["page"]) if ids["page"] else {}
        removed = ids["page"] - pages.keys()
        leads_to = destinations(removed) if removed else {}

        def expand(match):
            kind, pk = match[1], int(match[2])
            if kind == "page":
                url = pages[pk].get_url(self.request) if pk in pages else ""
                url = leads_to[pk].link if pk in leads_to else url
                return format_html('<a href="{}">', url) if url else "<a>"
            if kind == "reference":
                return self.cite(references.get(pk))
            return _render_fact(facts[pk], self.cite(facts[pk].reference)) if pk in facts else ""

        return mark_safe(_MARK.sub(expand, html))  # noqa: S308  (built by format_html above)


def place_notes_apart(html):
    """A text with its notes in place, where no document is open that does so at its end."""
    return mark_safe(html) if _document.get() else place_notes(html)  # noqa: S308  (rich text, expanded)


def _expand(kind, attrs_list):
    """The marks of the open document, or, where none is open, what they stand for."""
    marks = [_mark(kind, attrs) for attrs in attrs_list]
    document = _document.get()
    if document and not rendering_plain_text.get():
        return marks
    # One lookup for the whole text; the separator cannot occur in what a record renders to.
    separator = "<!--/-->"
    apart = Document(cites=False)
    if document:
        apart.facts = document.facts
    return str(apart.replace_marks(separator.join(marks))).split(separator)


class TokenHandler(EmbedHandler):
    """Renders the tokens of one kind."""

    @staticmethod
    def get_model():
        raise NotImplementedError

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return _expand(cls.identifier, attrs_list)

    @classmethod
    def expand_db_attributes(cls, attrs):
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def extract_references(cls, attrs):
        if pk := token_id(attrs):
            yield cls.get_model(), pk, "", ""


class FactHandler(TokenHandler):
    identifier = "fact"

    @staticmethod
    def get_model():
        return Fact


class ReferenceHandler(TokenHandler):
    identifier = "reference"

    @staticmethod
    def get_model():
        return Reference

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        if rendering_plain_text.get():
            return [""] * len(attrs_list)
        return super().expand_db_attributes_many(attrs_list)


class LinkHandler(PageLinkHandler):
    """Links to pages that can be read; the words of any other link stand without it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        if rendering_plain_text.get():
            return ["<a>"] * len(attrs_list)
        return [link or "<a>" for link in _expand(cls.identifier, attrs_list)]

    @classmethod
    def extract_references(cls, attrs):
        return super().extract_references(attrs) if token_id(attrs) else ()


class DocumentHandler(DocumentLinkHandler):
    """Links to documents; the words of a link to what is no document stand without it."""

    @classmethod
    def get_many(cls, attrs_list):
        found = cls.get_model().objects.in_bulk({int(pk) for attrs in attrs_list if (pk := token_id(attrs))})
        return [found.get(int(token_id(attrs) or 0)) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs):
        return super().extract_references(attrs) if token_id(attrs) else ()
