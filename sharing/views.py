"""The page that somebody with a link reads, and the one where staff make and end links."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page, Revision

from publishing.visibility import published
from sharing.models import LINK_DURATION, SharedDraft


@require_safe
def shared_draft(request: HttpRequest) -> HttpResponse:
    """
    One version of a page, as its preview shows it, for whoever has the link; 410 where the link does not work.

    Nobody is signed in here, whoever asks: no user bar, no session, no cookie.
    """
    request.user = AnonymousUser()
    shared = SharedDraft.objects.of_token(request.GET.get("link", ""))
    # A page without an address was taken out of the site, and is kept for staff alone.
    if shared is None or shared.page.url is None:
        response = render(request, "sharing/link_ended.html", status=410)
    else:
        response = _serve(request, shared)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _serve(request: Any, shared: SharedDraft) -> HttpResponse:
    page, stored = shared.revision.as_object(), shared.page
    is_live_version = stored.live and stored.live_revision_id == shared.revision_id
    # The marks of a preview: not indexed, and dated by nothing that readers saw.
    request.is_preview, request.shared_draft = True, shared
    request.is_published_since = is_live_version and published(Page.objects.filter(pk=page.pk)).exists()
    return page.serve_preview(request, page.default_preview_mode)


def _editable_page(request: HttpRequest, pk: int) -> Page:
    page = get_object_or_404(Page.objects.select_related("latest_revision__user"), pk=pk, depth__gt=1, alias_of=None)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _name_of(revision: Revision) -> str:
    """What tells a version from what autosave makes of it later."""
    return f"{revision.pk} {revision.created_at.isoformat()}"


@require_http_methods(["GET", "HEAD", "POST"])
def share_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to versions of a page that work, and the button that makes one to the latest."""
    page = _editable_page(request, pk)
    latest = page.latest_revision
    can_share = latest is not None and not (page.live and page.live_revision_id == latest.pk)
    if request.method == "POST":
        if not can_share:
            messages.warning(request, "No link was made: readers already see the latest version.")
        elif request.POST.get("version") != _name_of(latest):
            messages.warning(request, "No link was made: the page has been saved again. Look at it, then share it.")
        else:
            shared = SharedDraft.objects.share(page, latest, request.user)
            until = date_format(localtime(shared.expires_at), "DATETIME_FORMAT")
            messages.success(request, f"The link is made. It works until {until}.")
        return redirect("share_page", page.pk)
    links = SharedDraft.objects.working().filter(page=page).select_related("revision", "created_by")
    context = {
        "page": page,
        "links": links,
        "latest": latest,
        "version": _name_of(latest) if can_share else "",
        "days": LINK_DURATION.days,
    }
    heading = {
        "page_title": "Share this draft",
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "link",
    }
    return render(request, "sharing/admin/share_page.html", {**context, **heading})


@require_POST
def stop_sharing(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """End a link to a version of a page."""
    page = _editable_page(request, pk)
    shared = SharedDraft.objects.select_related("page", "revision").filter(page=page, pk=key).first()
    if shared:
        shared.stop(request.user)
        messages.success(request, "The link does not work anymore.")
    else:
        messages.warning(request, "This link had already ended.")
    return redirect("share_page", page.pk)
