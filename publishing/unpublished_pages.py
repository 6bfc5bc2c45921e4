"""Unpublished pages: which version readers saw last, and publishing it again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, PageLogEntry, Revision


def last_published_revisions(pages: Iterable[Page]) -> dict[int, Revision]:
    """{primary key of an unpublished page: the `Revision` that readers saw last}, from its history."""
    unpublished = [page.pk for page in pages if not page.live and page.first_published_at]
    if not unpublished:
        return {}
    published = PageLogEntry.objects.filter(
        page__in=unpublished, action__in=["wagtail.publish", "wagtail.publish.scheduled"], revision__isnull=False
    )
    latest = dict(published.order_by("timestamp", "pk").values_list("page_id", "revision_id"))
    # The log outlives the revisions it names.
    revisions = Revision.objects.in_bulk(list(latest.values()))
    return {page: revisions[pk] for page, pk in latest.items() if pk in revisions}


def has_expired(last_published: Revision) -> bool:
    """Whether the expiry of a version has passed, so that nobody would see it once published."""
    end = parse_datetime(last_published.content.get("expire_at") or "")
    return bool(end and end <= timezone.now())


def can_republish(page: Page, last_published: Revision, user: Any) -> bool:
    """
    Whether this person can bring back a version of an unpublished page.

    What is scheduled or waits for approval comes back by its own way, which this would cut off.
    """
    may = page.permissions_for_user(user)
    comes_by_itself = page.approved_schedule or page.workflow_in_progress
    return not (page.live or has_expired(last_published) or comes_by_itself or may.page_locked()) and may.can_publish()


def republish_url(page: Page, next_url: str = "") -> str:
    """The address that publishes a page again when a form is sent to it."""
    url = reverse("republish", args=[page.pk])
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url


@require_POST
def republish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what readers saw last of an unpublished page; newer changes stay a draft."""
    with transaction.atomic():
        page = get_object_or_404(Page.objects.select_for_update().filter(depth__gt=1), pk=pk).specific
        title = page.get_admin_display_title()
        if not page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        last_published = last_published_revisions([page]).get(page.pk)
        if page.live:
            messages.info(request, f"Readers see “{title}” already.")
        elif last_published is None or not can_republish(page, last_published, request.user):
            messages.error(request, f"“{title}” cannot be published again from here. Open it and publish it there.")
        else:
            last_published.publish(user=request.user)
            newer = "" if last_published.is_latest_revision() else " Changes made since then are still a draft."
            messages.success(request, f"Readers see “{title}” again.{newer}")
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[pk]))


@hooks.register("register_admin_urls")
def register_republish_url() -> list[URLPattern]:
    return [path("pages/<int:pk>/republish/", republish, name="republish")]
