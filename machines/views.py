"""Addresses that only machines ask for."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from delivery.json_ld import absolute
from machines.listing import listed
from machines.models import CrawlerSettings
from machines.robots import robots_txt
from machines.twins import llms_txt, page_with_twin, twin

A_SITEMAP = 5000  # addresses

_revalidated = cache_control(no_cache=True)  # kept as long as its ETag stays the same


def _unlisted(response):
    """For machines to read, never to list beside the pages that it is made from."""
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@_revalidated
def robots(request):
    """robots.txt"""
    # `CrawlerSettings.load` would write a record where there is none: reading writes nothing.
    text = robots_txt(CrawlerSettings.objects.first() or CrawlerSettings())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@_revalidated
def sitemap(request, part=None):
    """Every address to list; from 5,001 on the first address names the parts."""
    entries = listed(request)
    parts = [entries[start : start + A_SITEMAP] for start in range(0, len(entries), A_SITEMAP)] or [[]]
    if part is None and len(parts) > 1:
        named = [
            (absolute(f"/sitemap-{number}.xml"), max(filter(None, (entry.changed_at for entry in rows)), default=None))
            for number, rows in enumerate(parts, start=1)
        ]
        return _xml(request, "machines/sitemap_index.xml", parts=named)
    number = int(part or 1)
    if part is not None and (len(parts) == 1 or number > len(parts)):
        raise Http404
    return _xml(request, "machines/sitemap.xml", entries=parts[number - 1])


def _xml(request, template, **context):
    return _unlisted(render(request, template, context, content_type="application/xml; charset=utf-8"))


def _text(text, kind="plain"):
    return _unlisted(HttpResponse(text, content_type=f"text/{kind}; charset=utf-8"))


@require_safe
@_revalidated
def llms(request):
    """llms.txt"""
    return _text(llms_txt(request))


@require_safe
@_revalidated
def markdown_twin(request, path):
    """A question or an article as Markdown."""
    page = page_with_twin(path)
    if page is None:
        raise Http404
    response = _text(twin(page, request), "markdown")
    response["Link"] = f'<{absolute(page.url)}>; rel="canonical"'
    return response
