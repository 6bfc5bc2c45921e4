"""Answers that are no pages: errors and the favicon."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from delivery.staticfiles import ERROR_PAGE, render_error_page

logger = logging.getLogger(__name__)


def plain_error_page() -> str:
    """The HTML of the error page that stands in where nothing else can be made: collected, or made now."""
    try:
        return (settings.STATIC_ROOT / ERROR_PAGE).read_text(encoding="utf-8")
    except OSError:
        return render_error_page()


def _error(request: HttpRequest, status: int, template: str, **context: Any) -> HttpResponse:
    """
    An error page with crisis line, disclaimer and search, without promises to caches.

    Falls back to a page that needs neither database nor request where the full one cannot
    be made: an error page must not fail.
    """
    try:
        response = render(request, template, context, status=status)
    except Exception:
        logger.exception("The error page %s could not be made in full.", template)
        response = HttpResponse(plain_error_page(), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400, "400.html")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403, "403.html")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404, "404.html")


def gone(request: HttpRequest) -> HttpResponse:
    """410: staff took the page away and nothing took its place."""
    return _error(request, 410, "410.html")


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500, "500.html")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """The five petals, at the address browsers ask without being told."""
    response = serve(request, "brand/favicon.ico", document_root=str(settings.BASE_DIR / "static"))
    response["Cache-Control"] = "public, max-age=604800"  # a week: its name does not change when it does
    return response
