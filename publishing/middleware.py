"""Tells staff in the page's editor why a page was not published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from publishing.exceptions import PublishingBlocked


class PublishingBlockedMiddleware(MiddlewareMixin):
    """
    Answers what could not be published with the reason, in the page's editor.

    Approving in a workflow publishes without a form that could say it. Wagtail approves inside
    a transaction: the page waits for approval as before.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublishingBlocked):
            return None
        messages.error(request, str(exception))
        editor = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the approval dialog of Wagtail's dashboard understands: go there.
            return JsonResponse({"step": "success", "redirect": editor})
        return redirect(editor)
