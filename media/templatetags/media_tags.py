"""Pictures in templates."""

from django import template
from wagtail.images.models import Picture

from media.renditions import DISPLAY_WIDTHS, renditions

register = template.Library()


@register.simple_tag(takes_context=True)
def responsive_image(context, picture, place, alt=None):
    """
    A `<picture>` in the sizes of a place (see `media.renditions`); nothing rather than a broken one.

    The first of a page is fetched at once, the others when a reader comes near. `alt` replaces the picture's words:
    empty where the words beside it say as much.
    """
    found = renditions(picture, place)
    if not found:
        return ""
    # A part included with `only` has the request beside its names.
    request = context.get("request") or getattr(context, "request", None)
    first = request is not None and not getattr(request, "_has_picture", False)
    if request is not None:
        request._has_picture = True
    attributes = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    # `sizes` chooses between widths: invalid where there is one width only.
    if len({row.width for row in found.values()}) > 1:
        attributes["sizes"] = DISPLAY_WIDTHS[place]
    if alt is not None:
        attributes["alt"] = alt
    return Picture(found, attributes).__html__()
