"""
Since when pages, and files for machines, say what they say.
"""

import hashlib
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import http_date

from core.models import BasePage
from machines.listing import Changes
from machines.models import GivenFile


class PageDateMiddleware(MiddlewareMixin):
    """
    Tells of a page when its content last changed: the date that the sitemap gives.

    More stands on a page than its content, and some of that changes by the clock. The date alone
    must not decide that nothing has changed: the ETag of all that is sent does (docs/decisions/0004).
    """

    def process_template_response(self, request, response):
        context = response.context_data or {}
        page = context.get("page")
        is_shown = isinstance(page, BasePage) and page.pk and response.status_code == 200
        # Wagtail asks for the password of a page with the page itself in its context.
        if not is_shown or "action_url" in context or getattr(request, "is_preview", False):
            return response
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        # Without it, who keeps a dated answer may go on for days without asking.
        patch_cache_control(response, no_cache=True)
        if changed_at := Changes(request).of(page):
            response["Last-Modified"] = http_date(changed_at.timestamp())
        return response


def dated(request, response):
    """
    The file with the date from which it has been the same, so that it is not sent again in vain.

    No date of a record tells: what a file lists also expires, goes or is hidden, and a deploy may
    write it anew. So the first time that it is given out in other words is noted.
    """
    now = timezone.now()
    patch_cache_control(response, no_cache=True)
    try:
        since = _since(request.path, hashlib.sha256(response.content).hexdigest(), now)
    except DatabaseError:
        return response
    if since <= now:
        response["Last-Modified"] = http_date(since.timestamp())
    return response


def _since(path, digest, now):
    given = GivenFile.objects.filter(path=path).first() or GivenFile(path=path)
    if given.digest != digest:
        # Headers count in seconds: whoever got other words within this one has a date before the next.
        given.digest, given.since = digest, now.replace(microsecond=0) + timedelta(seconds=1)
        with transaction.atomic():  # here alone: on SQLite it waits for whoever writes
            given.save()
    return given.since
