"""
Tells search engines that keep to IndexNow which addresses have changed: Bing and others, not Google.

Addresses wait in the database and the runner of jobs sends them, so that no editor waits and no
failure is theirs. Without a key nothing is kept and nobody is told.
"""

import json
import logging
from datetime import timedelta
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from core.models import BasePage, published
from core.structured_data import absolute
from machines.models import Announcement, CrawlerSettings

logger = logging.getLogger(__name__)

NAME = "tell search engines"
ENDPOINT = "https://api.indexnow.org/indexnow"
MOST = 1000  # addresses at once
PATIENCE = timedelta(days=3)
TIMEOUT = 10  # seconds


def _key():
    stored = CrawlerSettings.objects.first()
    return stored.indexnow_key if stored else ""


def announce(*pages):
    """Put the addresses of pages into the queue."""
    addresses = {absolute(page.url) for page in pages if page.url}
    if addresses and _key():
        for address in addresses:
            Announcement.objects.update_or_create(address=address)


def on_publishing(sender, instance, **kwargs):
    """A page that anybody may read and search engines may list."""
    is_listed = isinstance(instance, BasePage) and not instance.hide_from_search_engines
    if is_listed and published(Page.objects.filter(pk=instance.pk)).exists():
        announce(instance)


def on_leaving(sender, instance, **kwargs):
    was_listed = isinstance(instance, BasePage) and not instance.hide_from_search_engines
    if was_listed and instance.first_published_at:
        announce(instance)


def on_moving(sender, instance, instance_before, **kwargs):
    if isinstance(instance, BasePage) and instance.live and not instance.hide_from_search_engines:
        announce(instance_before, instance)


def send(key, addresses):
    """One request; OSError unless the addresses were taken."""
    content = {"host": settings.SITE_HOST, "key": key, "keyLocation": absolute(f"/{key}.txt"), "urlList": addresses}
    request = Request(ENDPOINT, json.dumps(content).encode(), {"Content-Type": "application/json; charset=utf-8"})
    with urlopen(request, timeout=TIMEOUT):  # noqa: S310
        pass


def send_waiting(this):
    """Send what waits, in a round of jobs. What cannot be sent for days is dropped: it is only a hint."""
    waiting = Announcement.objects.order_by("noted_at")
    waiting.filter(noted_at__lt=timezone.now() - PATIENCE).delete()
    rows = list(waiting[:MOST])
    if not rows:
        return
    if key := _key():
        try:
            send(key, [row.address for row in rows])
        except (OSError, ValueError) as error:
            logger.info("Search engines could not be told of %d addresses: %s", len(rows), error)
            return
    for row in rows:
        # An address that changed again in between waits on.
        Announcement.objects.filter(pk=row.pk, noted_at=row.noted_at).delete()


def connect():
    """Called once when the app is ready."""
    page_published.connect(on_publishing, dispatch_uid="indexnow.published")
    page_unpublished.connect(on_leaving, dispatch_uid="indexnow.unpublished")
    page_slug_changed.connect(on_moving, dispatch_uid="indexnow.moved")
    pre_delete.connect(on_leaving, dispatch_uid="indexnow.deleted")
