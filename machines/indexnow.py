"""
Tells search engines that keep to IndexNow which addresses have changed: Bing and others, not Google.

Addresses wait in the database and the runner of jobs sends them, so that no editor waits and no
failure is theirs. Without a key nothing is kept and nobody is told.
"""

import json
import logging
from datetime import timedelta
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from core.models import BasePage
from delivery.json_ld import absolute
from machines.models import Announcement, CrawlerSettings
from publishing.visibility import published

logger = logging.getLogger(__name__)

NAME = "tell search engines"
ENDPOINT = "https://api.indexnow.org/indexnow"
MOST = 1000  # addresses at once
TIMEOUT = 10  # seconds
# After a failure the pause doubles from a minute to this; what cannot be sent in the end is dropped.
LONGEST_PAUSE = 180  # minutes
PATIENCE = timedelta(days=3)


def _key():
    stored = CrawlerSettings.objects.first()
    return stored.indexnow_key if stored else ""


def announce(*pages):
    """Put the addresses of pages into the queue."""
    longest = Announcement._meta.get_field("address").max_length
    addresses = {absolute(page.url) for page in pages if page.url}
    if addresses and _key():
        for address in addresses:
            if len(address) <= longest:
                Announcement.objects.update_or_create(address=address)


def _may_be_found(page):
    """Whether search engines may know the address of a page that anybody can read, or could until now."""
    is_open = isinstance(page, BasePage) and not page.hide_from_search_engines and not page.alias_of_id
    return is_open and not page.get_view_restrictions().exists()


def on_publishing(sender, instance, **kwargs):
    if _may_be_found(instance) and published(Page.objects.filter(pk=instance.pk)).exists():
        announce(instance)


def on_leaving(sender, instance, **kwargs):
    if isinstance(instance, BasePage) and instance.first_published_at and _may_be_found(instance):
        announce(instance)


def on_moving(sender, instance, instance_before, **kwargs):
    if isinstance(instance, BasePage) and instance.live and _may_be_found(instance):
        announce(instance_before, instance)


def send(key, addresses):
    """One request; OSError or HTTPException unless the addresses were taken."""
    content = {"host": settings.SITE_HOST, "key": key, "keyLocation": absolute(f"/{key}.txt"), "urlList": addresses}
    request = Request(ENDPOINT, json.dumps(content).encode(), {"Content-Type": "application/json; charset=utf-8"})
    with urlopen(request, timeout=TIMEOUT):  # noqa: S310
        pass


def send_waiting(this):
    """Send what is due, in a round of jobs. A failure is nobody's at the desk: it is only a hint."""
    now = timezone.now()
    waiting = Announcement.objects.order_by("noted_at")
    waiting.filter(noted_at__lt=now - PATIENCE).delete()
    rows = list(waiting.filter(due_at__lte=now)[:MOST])
    if not rows:
        return
    if key := _key():
        try:
            send(key, [row.address for row in rows])
        except (OSError, HTTPException, ValueError) as error:
            logger.info("Search engines could not be told of %d addresses: %s", len(rows), error)
            for row in rows:
                row.due_at = now + timedelta(minutes=min(2**row.tries, LONGEST_PAUSE))
                row.tries += 1
            Announcement.objects.bulk_update(rows, ["tries", "due_at"])
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
