"""What the site offers to machines: the one list that sitemap, feeds and llms.txt are made from."""

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
class Listed:
    """An address that search engines should list; `changed_at` is None where nothing says when it changed."""

    address: str
    changed_at: datetime | None
    pictures: list = field(default_factory=list)


def listed_pages():
    """Every page that anybody may read and search engines may list, in the order of the tree."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).filter(alias_of__isnull=True)
    found = published(pages).order_by("path").specific()
    return [page for page in found if isinstance(page, BasePage) and not page.hide_from_search_engines]


def listed(request: HttpRequest) -> list[Listed]:
    """All addresses to list: pages, and the lists within them."""
    pages = listed_pages()
    bodies = [page.body for page in pages if getattr(page, "body", None)]
    with prefetch_images(bodies):
        found = []
        for page in pages:
            changed_at = last_modified(page, request)
            found.append(Listed(absolute(page.url), changed_at, _pictures(page)))
            found += [Listed(absolute(f"{page.url}{route}"), changed_at) for route in page.listed_routes()]
    return found


def _pictures(page):
    nodes = picture_nodes(getattr(page, "body", ()))
    if portrait := picture_node(getattr(page, "photo", None), "portrait"):
        nodes.append(portrait)
    return list(dict.fromkeys(node["contentUrl"] for node in nodes))
