"""Middleware that redirects old addresses."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from delivery.views import gone
from redirects.addresses import MAX_PATH_LENGTH, meant_address, redirects_meant
from redirects.destinations import Destination, find_redirect, find_redirects, follow
from redirects.spellings import fold, meant_paths

READING = {"GET", "HEAD"}


class RedirectMiddleware(MiddlewareMixin):
    """
    Redirects an old address to its final target in one hop, or answers 410.

    Wagtail's own middleware sends a visitor to a target that may be unpublished (301, then
    404) or redirected again (a chain). Here all hops are followed on the server: 301 only
    to a page that can be read at this moment, 410 where staff said that nothing follows.
    An address that is written a little differently (/FAQ, /faq.html) leads to what was meant.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """The front page is there whatever is asked of it: addresses such as /?p=123 are looked up before."""
        if request.path_info != "/" or not request.META.get("QUERY_STRING") or request.method not in READING:
            return None
        site = Site.find_for_request(request)
        destination = follow(site, find_redirect(site, request.get_full_path()))
        return self._answer(request, destination) if destination else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.method not in READING:
            return response
        site = Site.find_for_request(request)
        destination = self._destination(request, site) or self._meant(request, site)
        return self._answer(request, destination) if destination else response

    @staticmethod
    def _destination(request: HttpRequest, site: Site | None) -> Destination | None:
        """Where a redirect from this very address leads."""
        paths = [request.get_full_path(), request.path]
        found = find_redirects(site, paths)
        return follow(site, next((found[path] for path in paths if path in found), None))

    @staticmethod
    def _meant(request: HttpRequest, site: Site | None) -> Destination | None:
        """What an address leads to that is written a little differently."""
        if site is None or len(request.path) > MAX_PATH_LENGTH:
            return None
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        paths = meant_paths(request.path)
        asked = [fold(Redirect.normalise_path(f"{request.path}{query}")), *paths] if query else paths
        redirects = redirects_meant(asked, site)
        if destination := follow(site, next((redirects[path] for path in asked if path in redirects), None)):
            return destination
        address = meant_address(request.path, site)
        if address is None or address == request.path:  # of a list there is, say, no such page
            return None
        return Destination(None, f"{address}{query}")

    @staticmethod
    def _answer(request: HttpRequest, destination: Destination) -> HttpResponse:
        if not destination.link:
            return gone(request)
        kind = HttpResponsePermanentRedirect if destination.is_permanent else HttpResponseRedirect
        response = kind(destination.link)
        # A browser remembers 301 for ever: it would not find a page that staff bring back to its old address.
        patch_cache_control(response, no_cache=True)
        return response
