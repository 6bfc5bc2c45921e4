"""Pages that readers saw once and do not see now: which version they saw, and showing it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, PageLogEntry, Revision


def last_published_revisions(pages):
    """{primary key of a hidden page: the `Revision` that readers saw last}, from what the history of each says."""
    hidden = [page.pk for page in pages if not page.live and page.first_published_at]
    if not hidden:
        return {}
    published = PageLogEntry.objects.filter(
        page__in=hidden, action__in=["wagtail.publish", "wagtail.publish.scheduled"], revision__isnull=False
    )
    latest = dict(published.order_by("timestamp", "pk").values_list("page_id", "revision_id"))
    # The log outlives the revisions it names.
    revisions = Revision.objects.in_bulk(list(latest.values()))
    return {page: revisions[pk] for page, pk in latest.items() if pk in revisions}


def has_ended(shown):
    """Whether the end that a version was given has passed: shown again, nobody would see it."""
    end = parse_datetime(shown.content.get("expire_at") or "")
    return bool(end and end <= timezone.now())


def can_republish(page, shown, user):
    """
    Whether this person can bring back a version of a hidden page here.

    What is scheduled or waits for approval comes back by its own way, which this would cut off.
    """
    may = page.permissions_for_user(user)
    comes_by_itself = page.approved_schedule or page.workflow_in_progress
    return not (page.live or has_ended(shown) or comes_by_itself or may.page_locked()) and may.can_publish()


def republish_url(page, next_url=""):
    """The address that shows a page again when a form is sent to it."""
    url = reverse("republish", args=[page.pk])
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url


@require_POST
def republish(request, pk):
    """Publish what readers saw last of a hidden page; newer changes stay a draft."""
    with transaction.atomic():
        page = get_object_or_404(Page.objects.select_for_update().filter(depth__gt=1), pk=pk).specific
        title = page.get_admin_display_title()
        if not page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        shown = last_published_revisions([page]).get(page.pk)
        if page.live:
            messages.info(request, f"Readers see “{title}” already.")
        elif shown is None or not can_republish(page, shown, request.user):
            messages.error(request, f"“{title}” cannot be shown again from here. Open it and publish it there.")
        else:
            shown.publish(user=request.user)
            newer = "" if shown.is_latest_revision() else " Changes made since then are still a draft."
            messages.success(request, f"Readers see “{title}” again.{newer}")
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[pk]))


@hooks.register("register_admin_urls")
def register_republish_url():
    return [path("pages/<int:pk>/show-again/", republish, name="republish")]
