"""Middleware that redirects old addresses."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from delivery.views import gone
from publishing.visibility import published

# More hops than this are a loop.
MAX_REDIRECT_HOPS = 10


class RedirectMiddleware(MiddlewareMixin):
    """
    Redirects an old address to its final target in one hop, or answers 410.

    Wagtail's own middleware sends a visitor to a target that may be unpublished (301, then
    404) or redirected again (a chain). Here all hops are followed on the server: 301 only
    to a page that can be read at this moment, 410 where staff said that nothing follows.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        redirect, is_permanent = self._find(request, request.get_full_path()), True
        if redirect is None:
            redirect = self._find(request, request.path)
        for _hop in range(MAX_REDIRECT_HOPS):
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
    def _find(request: HttpRequest, path: str) -> Redirect | None:
        return get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))

    @staticmethod
    def _answer(target: str, is_permanent: bool) -> HttpResponse:
        response = (HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect)(target)
        # A browser remembers 301 for ever: it would not find a page that staff bring back to its old address.
        patch_cache_control(response, no_cache=True)
        return response
