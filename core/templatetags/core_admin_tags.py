"""Template tags for panels of the page editor."""

import json

from django import template
from django.http import HttpRequest

from clinic.site_context import site_context_for
from core.head import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, opening_words, shared_picture, truncate, with_site_name
from core.models import BasePage
from delivery.json_ld import absolute

register = template.Library()


@register.inclusion_tag("core/admin/search_preview.html")
def search_preview(page: BasePage, request: HttpRequest) -> dict:
    """How the page looks among search results and as a shared link, and how long its words may be."""
    name = site_context_for(request).name
    title = page.seo_title or page.title
    # What describes the page where nobody has written a summary; a new page has none of it yet.
    fallback = (page.description or opening_words(page)) if page.pk and not page.summary else ""
    return {
        "site_name": name,
        "title": with_site_name(title, name),
        "description": truncate(page.summary or fallback),
        "fallback": truncate(fallback),
        "address": absolute(page.url) if page.pk and page.url else "",
        "picture": shared_picture(page) if page.pk else None,
        "title_length": MAX_TITLE_LENGTH,
        "description_length": MAX_DESCRIPTION_LENGTH,
    }


@register.simple_tag
def json_ld_graph(page: BasePage, request: HttpRequest) -> str:
    """The JSON-LD of the page as it was last saved; empty for a page that has no address yet."""
    if not (page.pk and page.url):
        return ""
    # As stored: a form that was refused has changed this instance, and a graph needs a whole page.
    stored = type(page).objects.filter(pk=page.pk).first()
    stored = stored.get_latest_revision_as_object() if stored else page
    return json.dumps(stored.structured_data(site_context_for(request)), indent=2, ensure_ascii=False, default=str)
