"""The head of a page, and where it stands."""

import logging

from django import template
from django.utils.safestring import mark_safe
from wagtail.images.models import Picture

from core.chrome import chrome_of
from core.delivery.stylesheet import stylesheet as joined_stylesheet
from core.sizes import WIDTHS, filters
from core.structured_data import absolute, serialize

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag
def stylesheet():
    """The style sheet of every page, to stand inside `<style>`."""
    return joined_stylesheet()


@register.simple_tag(takes_context=True)
def structured_data(context):
    """The JSON-LD of `page`, in its script element; nothing where there is no page."""
    page, request = context.get("page"), context.get("request")
    if page is None or not hasattr(page, "structured_data") or not page.pk:
        return ""
    graph = serialize(page.structured_data(request))
    return mark_safe(f'<script type="application/ld+json">{graph}</script>')  # noqa: S308  (escaped in serialize)


@register.simple_tag(takes_context=True)
def canonical(context):
    """The one public address of what is shown; empty where there is none (search, errors)."""
    if path := context.get("canonical_path"):
        return absolute(path)
    page = context.get("page")
    return absolute(page.url) if page is not None and getattr(page, "url", None) else ""


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


def _renditions(picture, place):
    """{filter: rendition}, each width of a format once; empty where there is no picture or its file is gone."""
    if not picture:
        return {}
    try:
        made = picture.get_renditions(*filters(place))
    except OSError:
        # A page is worth reading without its pictures.
        logger.exception("Picture %s (“%s”) cannot be shown.", picture.pk, picture)
        return {}
    # A small picture is as wide for every width asked for.
    distinct = {(row.file.name.rpartition(".")[2], row.width): spec for spec, row in reversed(made.items())}
    return {spec: row for spec, row in made.items() if spec in distinct.values()}


@register.simple_tag(takes_context=True)
def picture_of(context, picture, place):
    """
    A `<picture>` in the sizes of a place (see `core.sizes`); nothing rather than a broken one.

    The first of a page is fetched at once, the others when a reader comes near.
    """
    renditions = _renditions(picture, place)
    if not renditions:
        return ""
    request = context.get("request")
    first = request is not None and not getattr(request, "_has_picture", False)
    if request is not None:
        request._has_picture = True
    attributes = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    # `sizes` chooses between widths: invalid where there is one width only.
    if len({row.width for row in renditions.values()}) > 1:
        attributes["sizes"] = WIDTHS[place]
    return Picture(renditions, attributes).__html__()


@register.simple_tag
def picture_address(picture, place):
    """The public address of a picture in the largest size of a place; empty rather than a broken one."""
    renditions = [*_renditions(picture, place).values()]
    return absolute(renditions[-1].url) if renditions else ""
