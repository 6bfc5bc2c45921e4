"""What the sitemap lists: pages, the lists within them, and their pictures."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest
from wagtail.models import Page, Site

from core.blocks import prefetch_images
from core.models import BasePage
from core.structured_data import picture_nodes
from delivery.json_ld import absolute
from disclaimers.last_modified import last_modified
from media.structured_data import picture_node
from publishing.visibility import published


@dataclass
class SitemapEntry:
    """An address to list; `lastmod` is None where nothing says when it changed."""

    url: str
    lastmod: datetime | None
    images: list[str] = field(default_factory=list)


def indexable_pages() -> list[BasePage]:
    """Every page that anybody may read and search engines may list, in the order of the tree."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).filter(alias_of__isnull=True)
    found = published(pages).order_by("path").specific()
    return [page for page in found if isinstance(page, BasePage) and not page.hide_from_search_engines]


def sitemap_entries(request: HttpRequest) -> list[SitemapEntry]:
    """All addresses to list: pages, and the lists within them."""
    pages = indexable_pages()
    bodies = [page.body for page in pages if page.body]
    entries = []
    with prefetch_images(bodies):
        for page in pages:
            lastmod = last_modified(page, request)
            entries.append(SitemapEntry(absolute(page.url), lastmod, _images(page)))
            entries += [SitemapEntry(absolute(f"{page.url}{route}"), lastmod) for route in page.listed_routes()]
    return entries


def _images(page: BasePage) -> list[str]:
    shown = [picture_node(getattr(page, name), place) for name, place in page.picture_places.items()]
    nodes = [*picture_nodes(page.body), *filter(None, shown)]
    return list(dict.fromkeys(node["contentUrl"] for node in nodes))
