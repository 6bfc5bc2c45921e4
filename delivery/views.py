"""Answers that are no pages: errors and the favicon."""

import logging

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from delivery.staticfiles import ERROR_PAGE, render_error_page

logger = logging.getLogger(__name__)


def plain_error_page():
    """The HTML of the error page that stands in where nothing else can be made: collected, or made now."""
    try:
        return (settings.STATIC_ROOT / ERROR_PAGE).read_text(encoding="utf-8")
    except OSError:
        return render_error_page()


def _error(request, status, template, **context):
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


def bad_request(request, exception=None):
    return _error(request, 400, "400.html")


def permission_denied(request, exception=None):
    return _error(request, 403, "403.html")


def page_not_found(request, exception=None):
    return _error(request, 404, "404.html")


def gone(request):
    """410: staff took the page away and nothing took its place."""
    return _error(request, 410, "410.html")


def server_error(request):
    return _error(request, 500, "500.html")


@require_safe
def favicon(request):
    """The five petals, at the address browsers ask without being told."""
    response = serve(request, "brand/favicon.ico", document_root=settings.BASE_DIR / "static")
    response["Cache-Control"] = "public, max-age=604800"  # a week: its name does not change when it does
    return response
