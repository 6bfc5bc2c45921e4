"""Disclaimers, figures and sources in templates."""

import logging

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from governance.disclaimers import notices_for
from governance.tokens import Numbering, fill_in, gathered

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag(takes_context=True)
def disclaimers(context):
    """The notices of the page of this context (`page`, where there is one)."""
    return notices_for(context.get("page"), context.get("request"))


class SourcedNode(template.Node):
    """Renders its content, numbers what it cites, and lists the sources where `{% sources %}` stands."""

    PLACE = "<!--sources-->"

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        with gathered():
            html = self.nodelist.render(context)
        numbering = Numbering()
        html = fill_in(html, numbering)
        sources = ""
        if numbering.references:
            sources = render_to_string("components/sources.html", {"references": numbering.references})
        return mark_safe(html.replace(self.PLACE, sources))  # noqa: S308  (rendered by templates)


@register.tag
def sourced(parser, token):
    """
    {% sourced %}…{% endsourced %}: facts and citations inside are filled in together.

    Citations are numbered in reading order; `{% sources %}` inside marks where they are listed.
    """
    nodelist = parser.parse(("endsourced",))
    parser.delete_first_token()
    return SourcedNode(nodelist)


@register.simple_tag
def sources():
    """Where the list of sources of the surrounding `{% sourced %}` stands."""
    return mark_safe(SourcedNode.PLACE)  # noqa: S308  (a constant)
