"""Health checks for load balancers and containers."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseServerError
from django.views.decorators.http import require_safe


@require_safe
def health(request):
    """200 while the database answers, else 503. For load balancers and containers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponseServerError("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
