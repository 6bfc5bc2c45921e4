"""Template tags: head, styles, breadcrumbs, page numbers, crisis contacts."""

from html import unescape

from django import template
from django.utils.html import format_html

from clinic.crisis_contacts import CRISIS_CONTACTS
from clinic.site_context import site_context_for
from core import head as head_module
from core.cards import cards_of
from core.head import build_head
from delivery.script import script
from delivery.stylesheet import component_names, sheet_path, style_elements, use_style
from text.punctuation import without_stop

register = template.Library()


class StyleNode(template.Node):
    """Notes that the page uses style sheets; shows nothing."""

    def __init__(self, names):
        self.names = names

    def render(self, context):
        for name in self.names:
            use_style(name)
        return ""


@register.tag
def style(parser, token):
    """
    {% style "components/hero" %}: the page needs static/css/components/hero.css; see delivery.stylesheet.

    Takes the names of one sheet or more. It stands at the top of a component, of a page at the top of a block.
    """
    names = [word.strip('"') for word in token.split_contents()[1:]]
    for name in names:
        if not sheet_path(name).is_file():
            raise template.TemplateSyntaxError(f"There is no sheet {name}: {sheet_path(name)} is missing.")
    return StyleNode(names)


@register.simple_tag(takes_context=True)
def all_styles(context):
    """The `<style>` elements of every sheet, for a preview that may show anything; a page has `{% styles %}`."""
    return style_elements(component_names(), context.get("request"))


@register.simple_tag
def crisis_contacts():
    """The numbers that help in a crisis; see clinic.crisis_contacts."""
    return CRISIS_CONTACTS


register.simple_tag(script)
register.filter(without_stop)


@register.simple_tag(takes_context=True)
def head(context):
    """What the head says of what is shown; see `core.head`."""
    return build_head(context)


@register.filter(is_safe=True)
def with_site_name(title, name):
    """A title that is HTML already, with the clinic's name behind it where both fit."""
    full = head_module.with_site_name(unescape(title).strip(), name)
    return format_html("{}", full)


@register.simple_tag(takes_context=True)
def trail(context, page, inside=False):
    """
    Links from home down to what is above `page`; to the page itself for a route `inside` it.

    Empty where there is no page, and above the home page.
    """
    if not getattr(page, "pk", None) or not hasattr(page, "breadcrumbs"):
        return []
    above = [*page.breadcrumbs, page] if inside else page.breadcrumbs
    return site_context_for(context["request"]).trail(above)


@register.simple_tag
def cards(items, before=None):
    """See `core.cards.cards_of`."""
    return cards_of([*items], before)


MAX_PAGE_NUMBERS = 10  # of pages, all in one row; a search never has more


@register.filter
def page_numbers(pager):
    """The numbers to show of the pages of a list: all, or the first, those around and the last, None for a gap."""
    pages = pager.paginator
    if pages.num_pages <= MAX_PAGE_NUMBERS:
        return pages.page_range
    shown = pages.get_elided_page_range(pager.number, on_each_side=1, on_ends=1)
    return [None if number == pages.ELLIPSIS else number for number in shown]
