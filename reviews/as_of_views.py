"""What visitors saw at a moment, in the admin."""

import re
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from wagtail.models import Page

from accounts.permissions import is_administrator
from archive.models import PublishedText
from clinic.form_fields import DateTimeField
from reviews.as_of import changes_of, find_page_key, seen_at, seen_from_row


def _read_moment(request: HttpRequest) -> tuple[str, datetime, str]:
    """(what was typed as a moment, the moment, why it cannot be read): now, where nothing was typed."""
    typed = request.GET.get("moment", "").strip()
    try:
        return typed, DateTimeField(required=False).clean(typed) or timezone.now(), ""
    except ValidationError as refusal:
        return typed, timezone.now(), " ".join(refusal.messages)


@require_safe
def look_up_page(request: HttpRequest) -> HttpResponse:
    """Leads from an address that a page ever had to what visitors saw of it; of pages that are gone, too."""
    if not is_administrator(request.user):
        raise PermissionDenied
    address = request.GET.get("address", "").strip()
    typed, moment, error = _read_moment(request)
    key = find_page_key(address, moment) if address and not error else None
    if key is not None:
        return redirect(f"{reverse('as_of', args=[key])}?{urlencode({'moment': typed})}")
    if address and not error:
        error = "No page that readers could see ever had this address, as far back as the record goes."
    context = {"address": address, "typed": typed, "error": error}
    heading = {"page_title": "What visitors saw", "header_icon": "history"}
    return render(request, "reviews/admin/look_up.html", {**context, **heading})


@require_safe
def as_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What visitors saw of a page at a moment; for those who may edit it, and of a deleted page for administrators."""
    page = Page.objects.filter(pk=pk, depth__gt=1).first()
    if not PublishedText.objects.of(pk).exists() and page is None:
        raise Http404
    if not (page.permissions_for_user(request.user).can_edit() if page else is_administrator(request.user)):
        raise PermissionDenied
    typed, moment, error = _read_moment(request)
    number = request.GET.get("row", "")
    row = PublishedText.objects.of(pk).filter(pk=number).first() if re.fullmatch(r"[0-9]{1,18}", number) else None
    return render(
        request,
        "reviews/admin/as_of.html",
        {
            "seen": None if error else seen_from_row(row) if row else seen_at(pk, moment),
            "changes": changes_of(pk),
            "typed": typed,
            "error": error,
            "page": page,
            "page_title": "What visitors saw",
            "page_subtitle": page.get_admin_display_title() if page else "",
            "header_icon": "history",
        },
    )
