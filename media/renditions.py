"""
Renditions: the sizes and formats of pictures, by the place where they are shown.

The sizes of a picture are made when a page that shows it is published: no visitor waits for
an encoder. AVIF alone takes about a second for each size of a phone's picture.
"""

import logging
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Page, ReferenceIndex

logger = logging.getLogger(__name__)
# A browser that cannot show AVIF takes the JPEG: a third format made every page longer and publishing slower.
FORMATS = "format-{avif,jpeg}"
RENDITION_SPECS = {
    "figure": (FORMATS, "framed-{480x480,800x800,1280x1280}"),
    "portrait": (FORMATS, "fill-{320x320,640x640}"),
    "lead": (FORMATS, "fill-{480x360,800x600,1200x900}"),
    "card": (FORMATS, "fill-{320x240,640x480}"),
    # The files of a portrait, shown small.
    "face": (FORMATS, "fill-{320x320,640x640}"),
    "social": ("fill-1200x630", "format-jpeg"),
}
# The width at which each stands in the layout, for the browser to choose by; see static/css/layout.css.
DISPLAY_WIDTHS = {
    "figure": "(min-width: 44rem) 42rem, calc(100vw - 2rem)",
    "portrait": "(min-width: 40rem) 20rem, calc(100vw - 2rem)",
    "lead": "(min-width: 60rem) 24rem, (min-width: 44rem) 42rem, calc(100vw - 2rem)",
    "card": "(min-width: 40rem) 20rem, 7rem",
    "face": "6rem",
}
# Where a picture of one place shows besides.
SHOWN_ALSO = {"lead": ("card", "social")}


def filters(place: str) -> list[str]:
    """The filters of a place, as texts."""
    return Filter.expand_spec(RENDITION_SPECS[place])


def renditions(picture: Any, place: str) -> dict[str, Any]:
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


def make_page_renditions(page: Page) -> None:
    """Make the missing renditions of the pictures that a page shows."""
    model = get_image_model()
    rows = ReferenceIndex.get_references_for_object(page).filter(to_content_type__model=model._meta.model_name)
    # By the path of the field in the reference index; a picture within a body has a longer one.
    fields = {
        "social_image": "social",
        **getattr(page, "picture_places", {}),
        **getattr(page, "block_picture_places", {}),
    }
    named = [(int(row.to_object_id), fields.get(row.model_path, "figure")) for row in rows]
    places = {(pk, place) for pk, named_place in named for place in (named_place, *SHOWN_ALSO.get(named_place, ()))}
    images = model._default_manager.in_bulk({pk for pk, _ in places})
    for pk, place in sorted(places):
        if pk in images:
            try:
                images[pk].get_renditions(*filters(place))
            except OSError:
                # Its page is published all the same, and says so to staff by the missing picture.
                logger.exception("No sizes could be made of picture %s (“%s”).", pk, images[pk])
