"""What every template may use."""

from django.conf import settings

from clinic.site_context import site_context_for


def site_context(request):
    """`chrome`, loaded only when a template looks at it, and the address of the site."""
    return {"site_context": site_context_for(request), "SITE_URL": settings.SITE_URL}
