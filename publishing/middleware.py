"""Tells staff, where they can act on it, why a page was not published or a record not deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision, RevisionMixin

from publishing.deletion import show_refusal
from publishing.exceptions import InUse, PublishingBlocked
from publishing.missing import describe_missing, missing_references


def _editor_url(page: Any) -> str:
    """Where to look at a page that was not published; the pages above it where it is not stored."""
    if Page.objects.filter(pk=page.pk).exists():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return reverse("wagtailadmin_explore_root")


class PublishingBlockedMiddleware(MiddlewareMixin):
    """
    Answers what could not be published with the reason, in the page's editor.

    Approving in a workflow publishes without a form that could say it. Wagtail approves inside
    a transaction: the page waits for approval as before.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InUse):
            show_refusal(request, exception.record, exception.uses)
            editor = AdminURLFinder(request.user).get_edit_url(exception.record) or reverse("wagtailadmin_home")
        elif isinstance(exception, PublishingBlocked):
            messages.error(request, str(exception))
            editor = _editor_url(exception.page)
        else:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the approval dialog of Wagtail's dashboard understands: go there.
            return JsonResponse({"step": "success", "redirect": editor})
        return redirect(editor)


class MissingReferencesMiddleware(MiddlewareMixin):
    """
    Says, where a version is opened or compared, what it names that has been deleted since.

    For pages and records alike; Wagtail has no hook in all of these views.
    """

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match, context = request.resolver_match, getattr(response, "context_data", None) or {}
        record = context.get("page") or context.get("object")
        if request.method != "GET" or match is None or not isinstance(record, RevisionMixin):
            return response
        missing = []
        for revision in _opened_revisions(match, record):
            model = revision.content_type.model_class()
            if gone := missing_references(model, revision.content):
                missing.append(describe_missing(model, gone))
        for described in dict.fromkeys(missing):
            messages.warning(
                request,
                _("This version names things that have since been deleted, and is shown here without them: %s")
                % described,
            )
        return response


def _opened_revisions(match: Any, record: Any) -> list[Revision]:
    """The versions that a view of the admin shows, by its address; most views show none."""
    revisions = record.revisions.select_related("content_type").order_by("pk")
    if match.url_name == "edit":
        return [record.latest_revision] if record.latest_revision_id else []
    if match.url_name == "revisions_revert":
        return list(revisions.filter(pk=match.kwargs["revision_id"]))
    if match.url_name == "revisions_compare":
        # Addresses of pages have no names for these.
        asked = list(match.args[-2:]) or [match.kwargs["revision_id_a"], match.kwargs["revision_id_b"]]
        by_age = revisions.order_by("created_at", "pk")
        ends = {"earliest": by_age.first, "latest": by_age.last}
        asked = [getattr(ends[name](), "pk", None) if name in ends else name for name in asked]
        return list(revisions.filter(pk__in=[pk for pk in asked if pk and pk != "live"]))
    return []
