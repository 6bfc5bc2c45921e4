"""The head of a page, and where it stands."""

from html import unescape

from django import template
from django.utils.html import format_html

from clinic.site_context import site_context_for
from core import head as head_module
from core.head import head_of
from delivery.script import script
from delivery.stylesheet import stylesheet as whole_stylesheet

register = template.Library()


@register.simple_tag
def stylesheet():
    """The whole style sheet, to stand inside `<style>` of a preview; a page has `{% page_stylesheet %}`."""
    return whole_stylesheet()


register.simple_tag(script)


@register.simple_tag(takes_context=True)
def head(context):
    """What the head says of what is shown; see `core.head`."""
    return head_of(context)


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


MAX_PAGE_NUMBERS = 10  # of pages, all in one row; a search never has more


@register.filter
def page_numbers(pager):
    """The numbers to show of the pages of a list: all, or the first, those around and the last, None for a gap."""
    pages = pager.paginator
    if pages.num_pages <= MAX_PAGE_NUMBERS:
        return pages.page_range
    shown = pages.get_elided_page_range(pager.number, on_each_side=1, on_ends=1)
    return [None if number == pages.ELLIPSIS else number for number in shown]
