"""What the site offers to machines: the one list that sitemap, feeds and llms.txt are made from."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils import timezone
from wagtail.models import Page, Site

from core.blocks import prefetch_images
from core.models import BasePage
from core.structured_data import picture_nodes
from delivery.json_ld import absolute
from disclaimers.notices import versions_in_force
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


def listed():
    """All addresses to list: pages, and the lists within them."""
    pages, changes = listed_pages(), Changes()
    bodies = [page.body for page in pages if page.body]
    with prefetch_images(bodies):
        found = []
        for page in pages:
            changed_at = changes.of(page)
            found.append(Listed(absolute(page.url), changed_at, _pictures(page)))
            found += [Listed(absolute(f"{page.url}{route}"), changed_at) for route in page.listed_routes()]
    return found


def _pictures(page):
    shown = [picture_node(getattr(page, name), place) for name, place in page.picture_places.items()]
    nodes = [*picture_nodes(page.body), *filter(None, shown)]
    return list(dict.fromkeys(node["contentUrl"] for node in nodes))


class Changes:
    """When pages last changed in what they show: their own words, others' that they state, and their notices."""

    def __init__(self, request=None):
        self.versions = versions_in_force(request)

    def of(self, page):
        notices = [_in_force_since(version) for version in self.versions if version.applies_to(page)]
        known = [moment for moment in (page.content_updated_at, page.dependencies_updated_at, *notices) if moment]
        return max(known, default=None)


def _in_force_since(version):
    if not version.effective_date:
        return version.published_at
    midnight = datetime.combine(version.effective_date, time.min)
    return max(version.published_at, timezone.make_aware(midnight, timezone.get_default_timezone()))
