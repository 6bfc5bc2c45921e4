"""Facts, sources, styles and JSON-LD of a document in templates."""

import logging
import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from clinic.site_context import site_context_for
from delivery.json_ld import serialize
from delivery.stylesheet import collected_styles, style_elements
from evidence.structured_data import with_citations
from evidence.tokens import Document, cite, place_notes_apart, state

register = template.Library()
logger = logging.getLogger(__name__)
BLANK_LINES = re.compile(r"\n\s*\n")
register.simple_tag(state)
register.simple_tag(cite)
register.filter(place_notes_apart)


class DocumentNode(template.Node):
    """Renders a whole page, then fills in what its texts mention, and lists what they cite."""

    PLACE = "<!--sources-->"
    GRAPH = "<!--structured-data-->"
    STYLES = "<!--styles-->"

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        request = context.get("request")
        document = Document(request)
        with collected_styles() as names:
            with document.open():
                html = self.nodelist.render(context)
            html = document.fill_in(html)
            sources = ""
            if document.references:
                sources = render_to_string("components/sources.html", {"references": document.references})
        # Tags that say nothing leave blank lines, some 80 bytes of a page's first round trip once compressed.
        html = BLANK_LINES.sub("\n", html.replace(self.PLACE, sources))
        if self.GRAPH in html:
            html = html.replace(self.GRAPH, _graph(context, document.references), 1)
        if self.STYLES in html:
            html = html.replace(self.STYLES, style_elements(names, request), 1)
        return mark_safe(html)  # noqa: S308  (rendered by templates)


def _graph(context, references):
    """The JSON-LD of what is shown, in its script element; `graph` of the context is that of a route."""
    page, nodes = context.get("page"), context.get("graph")
    if nodes is None and getattr(page, "pk", None) and hasattr(page, "structured_data"):
        nodes = page.structured_data(site_context_for(context["request"]))
    if not nodes:
        return ""
    return (
        f'<script type="application/ld+json">{serialize(with_citations(nodes, references, page.citing_node))}</script>'
    )


@register.tag
def document(parser, token):
    """
    {% document %}…{% enddocument %} around a page: facts, citations and links are looked up together.

    Citations are numbered in reading order; `{% sources %}` inside marks where they are listed.
    """
    nodelist = parser.parse(("enddocument",))
    parser.delete_first_token()
    return DocumentNode(nodelist)


@register.simple_tag
def structured_data():
    """Where the JSON-LD of the surrounding `{% document %}` stands; it names the sources of its texts."""
    return mark_safe(DocumentNode.GRAPH)  # noqa: S308  (a constant)


@register.simple_tag
def styles():
    """Where the `<style>` elements of the surrounding `{% document %}` stand: base, and each component it uses."""
    return mark_safe(DocumentNode.STYLES)  # noqa: S308  (a constant)


@register.simple_tag
def sources():
    """Where the list of sources of the surrounding `{% document %}` stands."""
    return mark_safe(DocumentNode.PLACE)  # noqa: S308  (a constant)
