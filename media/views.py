"""Serving uploaded pictures."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve

PICTURE_FOLDERS = ("avatar_images/", "images/", "original_images/")
# A machine without a list of its own (such as a slim container) knows neither.
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


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
