"""What happens to a request before and after the site answers it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.delivery.views import bad_request, gone
from core.models import published


class CleanAddressMiddleware(MiddlewareMixin):
    """
    Answers an address that no page can have with 400 before it reaches a database.

    PostgreSQL refuses text with NUL: such a path raised where it was first looked up.
    """

    def process_request(self, request):
        if "\x00" in request.path_info:
            return bad_request(request)
        return None


class OneHostMiddleware(MiddlewareMixin):
    """
    Sends readers of a further host name to the one address of what they read.

    Only where SITE_URL is https: a site on a developer's machine answers to every name it has.
    """

    def process_request(self, request):
        is_reading = request.method in {"GET", "HEAD"} and request.path != "/healthz"
        if settings.IS_HTTPS and is_reading and request.get_host() != urlsplit(settings.SITE_URL).netloc:
            return HttpResponsePermanentRedirect(f"{settings.SITE_URL}{request.get_full_path()}")
        return None


class PrivateMiddleware(MiddlewareMixin):
    """
    Keeps out of shared caches what somebody sees who has signed in or given a page's password.

    Private documents above all: Wagtail serves them without a word to caches.
    """

    def process_response(self, request, response):
        is_for_all = "public" in response.get("Cache-Control", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_for_all:
            patch_cache_control(response, private=True)
        return response


# More hops than this are a loop that somebody made by hand.
MAX_HOPS = 10


class RedirectMiddleware(MiddlewareMixin):
    """
    Sends old addresses straight to where their content is now, or says that it is gone.

    Wagtail's own middleware sends a visitor to a target that may be unpublished (301, then
    404) or redirected again (a chain). Here the whole way is walked on the server: 301 only
    to a page that can be read at this moment, 410 where staff said that nothing follows.
    """

    def process_response(self, request, response):
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        redirect, is_permanent = self._find(request, request.get_full_path()), True
        if redirect is None:
            redirect = self._find(request, request.path)
        for _hop in range(MAX_HOPS):
            if redirect is None:
                return response
            is_permanent = is_permanent and redirect.is_permanent
            if redirect.redirect_link:
                target = redirect.redirect_link
                following = self._find(request, target) if target.startswith("/") else None
                if following is None:
                    return self._answer(target, is_permanent)
                redirect = following
            elif redirect.redirect_page_id is None:
                return gone(request)
            elif published(type(redirect.redirect_page).objects.filter(pk=redirect.redirect_page_id)).exists():
                return self._answer(redirect.link, is_permanent) if redirect.link else response
            else:
                redirect = self._find(request, redirect.link or "/")
        return response

    @staticmethod
    def _find(request, path):
        return get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))

    @staticmethod
    def _answer(target, is_permanent):
        response = (HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect)(target)
        # A browser remembers 301 for ever: it would not find a page that staff bring back to its old address.
        patch_cache_control(response, no_cache=True)
        return response
