"""The review queue in the admin."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from publishing.exceptions import PublishingBlocked
from reviews import queue
from reviews.reviewed_pages import ReviewedMixin
from reviews.reviewers import NotAReviewer, may_review, person_of
from reviews.sign_off import TextChanged, ask_for_changes, refuse_own_text, sign_off
from text.control_characters import without_control_characters
from text.differences import compare_texts

LATER = "reviews_later"  # of the session: the pages put off in this sitting
COMMENTS = "reviews_comments"  # what was typed about them


def _require_reviewer(request: HttpRequest) -> None:
    if not may_review(request.user):
        raise PermissionDenied


@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """Leads to the page that is next; says so where nothing is left."""
    _require_reviewer(request)
    keys = queue.queue_keys()
    key = queue.next_key(keys, request.session.get(LATER, []))
    if key is not None:
        return redirect("review_page", key)
    request.session.pop(LATER, None)
    return render(
        request, "reviews/admin/queue_done.html", {"page_title": "Review queue", "header_icon": "circle-check"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One text as readers see it, what has changed since it was signed off, and three buttons."""
    _require_reviewer(request)
    page: Any = get_object_or_404(Page.objects.filter(depth__gt=1), pk=pk).specific
    if page.alias_of_id:
        return redirect("review_page", page.alias_of_id)
    item = queue.item_for(page) if isinstance(page, ReviewedMixin) else None
    if item is None or not item.shown.needs_review:
        raise Http404
    if request.method == "POST":
        if answer := _decide(request, item):
            return answer
        item = queue.item_for(page)
    seen = reverse("wagtailadmin_pages:revisions_view", args=[pk, item.revision.pk]) if item.revision else item.page.url
    return render(
        request,
        "reviews/admin/queue.html",
        {
            "item": item,
            "number": len(queue.queue_keys()),
            "seen_url": seen,
            "changes": compare_texts(item.signed.wording.html, item.wording.html) if item.signed else "",
            "refusal": _refusal(request, item),
            "comment": request.POST.get("comment") or request.session.get(COMMENTS, {}).get(str(pk), ""),
            "page_title": "Review",
            "page_subtitle": item.page.get_admin_display_title(),
            "header_icon": "circle-check",
        },
    )


def _refusal(request: HttpRequest, item: queue.QueueItem) -> str:
    """Why this person cannot sign this text; empty where they can."""
    try:
        refuse_own_text(request.user, person_of(request.user), item.shown)
    except NotAReviewer as refusal:
        return str(refusal)
    return ""


def _decide(request: HttpRequest, item: queue.QueueItem) -> HttpResponse | None:
    """Do what a button says; None where it could not be done, so that the page is shown again with the reason."""
    page, title = item.page, item.page.get_admin_display_title()
    comment = without_control_characters(request.POST.get("comment", "")).strip()
    kept = {key: text for key, text in request.session.get(COMMENTS, {}).items() if key != str(page.pk)}
    decision = request.POST.get("decision")
    if decision == "later":
        later = [key for key in request.session.get(LATER, []) if key != page.pk]
        request.session[LATER] = [*later, page.pk]
        request.session[COMMENTS] = {**kept, str(page.pk): comment} if comment else kept
        return redirect("review_queue")
    try:
        if decision == "signed-off":
            _approve_or_reject(request, item, "approve", comment)
            messages.success(request, f"Signed off: “{title}”.")
        elif decision == "changes-requested" and comment:
            _approve_or_reject(request, item, "reject", comment)
            messages.success(request, f"Changes asked for: “{title}”.")
        elif decision == "changes-requested":
            messages.error(request, "Say what should change: the comment is empty.")
            return None
        else:
            messages.error(request, "Nothing was decided: choose one of the three buttons.")
            return None
    except (NotAReviewer, TextChanged) as refusal:
        messages.error(request, str(refusal))
        return None
    except PublishingBlocked as blocked:
        messages.error(request, blocked.reason)
        return None
    request.session[COMMENTS] = kept
    return redirect("review_queue")


def _approve_or_reject(request: HttpRequest, item: queue.QueueItem, action: str, comment: str) -> None:
    """In the workflow where the page waits there, else by itself; what was shown must still stand there."""
    user, seen = request.user, request.POST.get("seen") or "nothing"
    newest = request.POST.get("newest", "")
    known = int(newest) if re.fullmatch(r"[0-9]{1,18}", newest) else -1
    state = queue.waiting_tasks().get(item.page.pk)
    with transaction.atomic():
        if action == "approve":
            sign_off(user, item.page, item.revision, seen=seen, newest=known, comment=comment)
        else:
            ask_for_changes(user, item.page, comment, item.revision, seen=seen, newest=known)
        if state is not None:
            task = state.task.specific
            task.is_decided = True
            task.on_action(state, user, action, comment=comment)
