"""What follows from migrating: Wagtail's site record."""

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings


def align_site_record(**kwargs):
    """Wagtail's default Site follows SITE_URL, so that its addresses are the public ones."""
    if not apps.is_installed("wagtail"):
        return
    from wagtail.models import Site

    origin = urlsplit(settings.SITE_URL)
    port = origin.port or (443 if origin.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port, site.site_name) != (
        origin.hostname,
        port,
        settings.WAGTAIL_SITE_NAME,
    ):
        site.hostname, site.port, site.site_name = origin.hostname, port, settings.WAGTAIL_SITE_NAME
        site.save()
