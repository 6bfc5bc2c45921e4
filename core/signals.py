"""What follows from saving and publishing."""

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from wagtail.signals import page_published


def note_change_of_content(sender, instance, **kwargs):
    """Date a page by its content: publishing without a change is no update."""
    from core.models import BasePage

    if not isinstance(instance, BasePage):
        return
    fingerprint = instance.compute_fingerprint()
    if fingerprint == instance.content_fingerprint:
        return
    instance.content_fingerprint = fingerprint
    instance.content_updated_at = timezone.now()
    type(instance).objects.filter(pk=instance.pk).update(
        content_fingerprint=fingerprint, content_updated_at=instance.content_updated_at
    )


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


def connect():
    """Called once when the app is ready."""
    page_published.connect(note_change_of_content, dispatch_uid="core.note_change_of_content")
