"""Addresses that only machines ask for."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.text_rendering import without_control_characters
from delivery.json_ld import absolute
from machines.dates import dated
from machines.feeds import KINDS, feed
from machines.listing import listed
from machines.models import CrawlerSettings
from machines.robots import robots_txt
from machines.twins import llms_txt, page_with_twin, twin

A_SITEMAP = 5000  # addresses


def _unlisted(request, response):
    """For machines to read, never to list beside the pages that it is made from."""
    response["X-Robots-Tag"] = "noindex"
    return dated(request, response)


@require_safe
def robots(request):
    """robots.txt"""
    text = robots_txt(CrawlerSettings.load(request))
    return dated(request, HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request, part=None):
    """Every address to list; from 5,001 on the first address names the parts."""
    entries = listed()
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
    return _unlisted(request, render(request, template, context, content_type="application/xml; charset=utf-8"))


def _text(request, text, kind="plain"):
    text = without_control_characters(text)
    return _unlisted(request, HttpResponse(text, content_type=f"text/{kind}; charset=utf-8"))


@require_safe
def llms(request):
    """llms.txt"""
    return _text(request, llms_txt(request))


@require_safe
def markdown_twin(request, path):
    """A question or an article as Markdown."""
    page = page_with_twin(path)
    if page is None:
        raise Http404
    response = _text(request, twin(page, request), "markdown")
    response["Link"] = f'<{absolute(page.url)}>; rel="canonical"'
    return response


@require_safe
def indexnow_key(request, key):
    """Proves to search engines that who tells them of changes looks after this site."""
    if key != CrawlerSettings.load(request).indexnow_key:
        raise Http404
    return _text(request, key)


@require_safe
def articles_feed(request, kind):
    """The articles as Atom or RSS."""
    if kind not in KINDS:
        raise Http404
    made = feed(kind, request)
    return _unlisted(request, HttpResponse(made.writeString("utf-8"), content_type=made.content_type))
