"""What every template may use."""

from django.conf import settings

from core.chrome import chrome_of


def chrome(request):
    """`chrome`, loaded only when a template looks at it, and the address of the site."""
    return {"chrome": chrome_of(request), "SITE_URL": settings.SITE_URL}
