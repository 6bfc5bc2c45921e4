"""Sitemap, robots.txt, llms.txt and Markdown pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from delivery.json_ld import absolute
from seo.llms_txt import llms_txt
from seo.markdown_pages import find_page, render_page
from seo.models import CrawlerSettings
from seo.robots import robots_txt
from seo.sitemap import sitemap_entries
from text.control_characters import without_control_characters

MAX_SITEMAP_URLS = 5000

# Asked for again each time, and compared by its ETag (docs/decisions/0004).
_revalidated = cache_control(no_cache=True)


def _noindex(response: HttpResponse) -> HttpResponse:
    """A file to read, never to list beside the pages that it is made from."""
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@_revalidated
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt"""
    # `CrawlerSettings.load` would write a record where there is none: reading writes nothing.
    text = robots_txt(CrawlerSettings.objects.first() or CrawlerSettings())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@_revalidated
def sitemap(request: HttpRequest, part: str | None = None) -> HttpResponse:
    """Every address to list; from 5,001 on the first address names the parts."""
    entries = sitemap_entries(request)
    starts = range(0, len(entries), MAX_SITEMAP_URLS)
    parts = [entries[start : start + MAX_SITEMAP_URLS] for start in starts] or [[]]
    if part is None and len(parts) > 1:
        named = [
            (absolute(f"/sitemap-{number}.xml"), max((row.lastmod for row in rows if row.lastmod), default=None))
            for number, rows in enumerate(parts, start=1)
        ]
        return _xml(request, "seo/sitemap_index.xml", {"parts": named})
    number = int(part or 1)
    if part is not None and (len(parts) == 1 or number > len(parts)):
        raise Http404
    return _xml(request, "seo/sitemap.xml", {"entries": parts[number - 1]})


def _xml(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return _noindex(render(request, template, context, content_type="application/xml; charset=utf-8"))


@require_safe
@_revalidated
def llms(request: HttpRequest) -> HttpResponse:
    """llms.txt"""
    return _noindex(
        HttpResponse(without_control_characters(llms_txt(request)), content_type="text/plain; charset=utf-8")
    )


@require_safe
@_revalidated
def markdown_page(request: HttpRequest, path: str) -> HttpResponse:
    """A question or an article as Markdown."""
    page = find_page(path)
    if page is None:
        raise Http404
    response = _noindex(
        HttpResponse(
            without_control_characters(render_page(page, request)), content_type="text/markdown; charset=utf-8"
        )
    )
    response["Link"] = f'<{absolute(page.url)}>; rel="canonical"'
    return response
