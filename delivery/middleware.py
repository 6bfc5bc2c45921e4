"""Middleware: addresses with NUL, further host names, and private answers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

from delivery.views import bad_request


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
