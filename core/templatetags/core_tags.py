"""The head of a page, and where it stands."""

from html import unescape

from django import template
from django.utils.html import format_html
from wagtail.images.models import Picture

from core import head as head_module
from core.chrome import chrome_of
from core.delivery.script import script
from core.delivery.stylesheet import stylesheet as whole_stylesheet
from core.head import head_of
from core.sizes import WIDTHS, renditions

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
    return chrome_of(context["request"]).trail(above)


MOST_NUMBERS = 10  # of pages, all in one row; a search never has more


@register.filter
def page_numbers(pager):
    """The numbers to show of the pages of a list: all, or the first, those around and the last, None for a gap."""
    pages = pager.paginator
    if pages.num_pages <= MOST_NUMBERS:
        return pages.page_range
    shown = pages.get_elided_page_range(pager.number, on_each_side=1, on_ends=1)
    return [None if number == pages.ELLIPSIS else number for number in shown]


@register.simple_tag(takes_context=True)
def picture_of(context, picture, place):
    """
    A `<picture>` in the sizes of a place (see `core.sizes`); nothing rather than a broken one.

    The first of a page is fetched at once, the others when a reader comes near.
    """
    found = renditions(picture, place)
    if not found:
        return ""
    request = context.get("request")
    first = request is not None and not getattr(request, "_has_picture", False)
    if request is not None:
        request._has_picture = True
    attributes = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    # `sizes` chooses between widths: invalid where there is one width only.
    if len({row.width for row in found.values()}) > 1:
        attributes["sizes"] = WIDTHS[place]
    return Picture(found, attributes).__html__()
