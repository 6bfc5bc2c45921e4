"""The head of a page: title, description, canonical address, robots and the picture of shared links."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import gettext as _

from delivery.json_ld import absolute
from media.renditions import renditions
from text.rendering import plain_text

# About what a results page shows, in characters; titles count the clinic's name where it fits.
MAX_TITLE_LENGTH = 65
MAX_DESCRIPTION_LENGTH = 160

# The pictures in static/brand/cards/, in pixels; tools/drawing/cards.py draws them.
CARD_SIZE = (1200, 630)

INDEXED = "max-snippet:-1, max-image-preview:large"
NOT_INDEXED = "noindex"


@dataclass(frozen=True)
class SharedPicture:
    """The picture beside a shared link; sizes are in pixels."""

    url: str
    width: int
    height: int
    alt: str

    @property
    def address(self) -> str:
        """The address with the host of the site."""
        return absolute(self.url)


@dataclass(frozen=True)
class Head:
    """`canonical` is the one public address, empty where there is none (search, errors)."""

    title: str
    description: str
    canonical: str
    robots: str
    picture: SharedPicture | None = None


def with_site_name(title, name):
    """The title followed by the clinic's name, where both fit."""
    full = f"{title} · {name}"
    return full if len(full) <= MAX_TITLE_LENGTH else title


def truncate(text, length=MAX_DESCRIPTION_LENGTH):
    """The text, ended at a word with an ellipsis where it is longer."""
    if len(text) <= length:
        return text
    start = text[: length - 1]
    words = start.rpartition(" ")[0] or start
    return words.rstrip(" ,;:.–—-") + "…"


def build_head(context):
    """
    The head for a template's context: from its `page` and what the view set beside it.

    A route of a page sets `canonical_path`, `route_title` and `route_description`; `noindex` keeps
    anything out of search engines. Without a page nothing is indexed.
    """
    page, number = context.get("page"), getattr(context.get("paginator_page"), "number", 1)
    if page is None:
        return Head("", "", "", NOT_INDEXED)
    title = context.get("route_title") or page.seo_title or page.title
    described = context.get("route_description")
    description = page.said_in_short if described is None else described
    if number > 1:
        title, description = f"{title}, page {number}", f"Page {number}. {description}"
    return Head(
        title=title,
        description=truncate(description),
        canonical="" if _is_shared_draft(context) else _canonical(page, context.get("canonical_path")),
        robots=NOT_INDEXED if _is_noindex(page, context) else INDEXED,
        picture=shared_picture(page),
    )


def opening_words(page):
    """The first words of a page, for want of a summary; may be empty."""
    for name in page.opening_fields:
        if words := plain_text(getattr(page, name)):
            return words
    for block in page.body:
        if block.block_type == "paragraph" and (words := plain_text(block.value.source)):
            return words
    return ""


def _is_noindex(page, context):
    request = context.get("request")
    return bool(context.get("noindex") or page.hide_from_search_engines or getattr(request, "is_preview", False))


def _is_shared_draft(context):
    """Whether somebody with a link reads a version that has no address of its own; see `sharing.views`."""
    return bool(getattr(context.get("request"), "shared_draft", None))


def _canonical(page, path):
    # What an alias shows has its address where it was written.
    original = page.alias_of if page.alias_of_id else None
    path = original.url if original else path or page.url
    return absolute(path) if path else ""


def shared_picture(page) -> SharedPicture:
    """The picture that staff chose for links, else the page's own, else the card of its first topic or of the mark."""
    picture = page.social_image or getattr(page, "lead_picture", None)
    if made := [*renditions(picture, "social").values()]:
        return SharedPicture(made[-1].url, made[-1].width, made[-1].height, picture.default_alt_text)
    card = page.topics[0].emblem if page.topics else "mark"
    return SharedPicture(static(f"brand/cards/{card}.png"), *CARD_SIZE, _("A flower in the light of a window"))
