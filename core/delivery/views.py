"""Answers that are no pages: errors, media, health."""

import logging
import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve

logger = logging.getLogger(__name__)

PICTURE_FOLDERS = ("avatar_images/", "cards/", "images/", "original_images/")
# A machine without a list of its own (such as a slim container) knows neither.
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


def plain_page():
    """The HTML of the error page that stands in where nothing else can be made."""
    return render_to_string("error_plain.html", {"name": settings.WAGTAIL_SITE_NAME})


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
        response = HttpResponse(plain_page(), status=status)
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
def health(request):
    """200 while the database answers, else 503. For load balancers and containers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponseServerError("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def favicon(request):
    """The five petals, at the address browsers ask without being told."""
    response = serve(request, "brand/favicon.ico", document_root=settings.BASE_DIR / "static")
    response["Cache-Control"] = "public, max-age=604800"  # a week: its name does not change when it does
    return response


@require_safe
def media(request, path):
    """
    An uploaded picture, on a machine without a web server in front; nothing else that lies in its folder.

    Names of renditions carry what they were made from; a month in a browser's cache is safe.
    Files are sent so that nothing in them can run (an SVG is a program to a browser).
    """
    if not path.startswith(PICTURE_FOLDERS):
        raise Http404
    try:
        safe_join(settings.MEDIA_ROOT, path)
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    response["Cache-Control"] = "public, max-age=2592000"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
