"""Signal handlers of migrating and of saving the settings."""

from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, post_save
from wagtail.models import Site

from media.renditions import renditions


def align_site_record(**kwargs):
    """Wagtail's default Site follows SITE_URL, so that its addresses are the public ones."""
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


def make_renditions_of_map(instance, raw=False, **kwargs):
    """No visitor waits while the picture of the map is made smaller."""
    if not raw:
        renditions(instance.map_picture, "figure")


def register_signal_handlers(config: AppConfig) -> None:
    """Called once when the app is ready; `config` is its own, whose migrations are the moment to act."""
    post_migrate.connect(align_site_record, sender=config, dispatch_uid="clinic.align_site_record")
    post_save.connect(
        make_renditions_of_map, sender="clinic.ClinicSettings", dispatch_uid="clinic.make_renditions_of_map"
    )
