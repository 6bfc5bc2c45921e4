"""Variables that every template may use."""

from django.conf import settings

from clinic.site_context import site_context_for


def site_context(request):
    """`site_context`, loaded only when a template uses it, and SITE_URL."""
    return {"site_context": site_context_for(request), "SITE_URL": settings.SITE_URL}
