"""Middleware: compression, addresses with NUL, further host names, and private answers."""

import re
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from delivery.views import bad_request

_ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# As fast as gzip at Django's level, and 5 % smaller; higher levels take ten times as long.
_BROTLI_QUALITY = 5
_MIN_BYTES = 200  # as Django's GZipMiddleware: less is not worth it


class BrotliMiddleware(MiddlewareMixin):
    """
    Compresses what everybody may read with Brotli, for a browser that takes it.

    Answers within a session are left to GZipMiddleware, which hides their length: what an attacker
    can put into a page must not tell them what else stands in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_within_a_session = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        if response.streaming or len(response.content) < _MIN_BYTES or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if is_within_a_session or not _ACCEPTS_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            return response
        compressed = brotli.compress(response.content, quality=_BROTLI_QUALITY)
        if len(compressed) < len(response.content):
            response.content = compressed
            response["Content-Length"] = str(len(compressed))
            response["Content-Encoding"] = "br"
            # The text is the same, its bytes are not: the tag of both turns weak (RFC 9110, 8.8.1).
            if (tag := response.get("ETag", "")).startswith('"'):
                response["ETag"] = f"W/{tag}"
        return response


class CleanAddressMiddleware(MiddlewareMixin):
    """
    Answers an address that no page can have with 400 before it reaches a database.

    PostgreSQL refuses text with NUL: such a path raised where it was first looked up.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if "\x00" in request.path_info:
            return bad_request(request)
        return None


class OneHostMiddleware(MiddlewareMixin):
    """
    Sends readers of a further host name to the one address of what they read.

    Only where SITE_URL is https: a site on a developer's machine answers to every name it has.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        is_reading = request.method in {"GET", "HEAD"} and request.path != "/healthz"
        if settings.IS_HTTPS and is_reading and request.get_host() != urlsplit(settings.SITE_URL).netloc:
            return HttpResponsePermanentRedirect(f"{settings.SITE_URL}{request.get_full_path()}")
        return None


class PrivateMiddleware(MiddlewareMixin):
    """
    Keeps out of shared caches what somebody sees who has signed in or given a page's password.

    Private documents above all: Wagtail serves them without a word to caches.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_for_all = "public" in response.get("Cache-Control", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_for_all:
            patch_cache_control(response, private=True)
        return response
