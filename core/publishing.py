"""What holds a page back from its readers, and how staff are told."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin


class PublishingBlocked(Exception):
    """
    Raised where a page that breaks a house rule would be published past its form.

    Says which page and why. Not a PermissionDenied: Wagtail would tell staff that they lack
    a permission, which is neither true nor any help.
    """

    def __init__(self, page, reason):
        super().__init__(f"“{page}” was not published: {reason}")
        self.page = page


class PublishingBlockedMiddleware(MiddlewareMixin):
    """
    Answers what could not be published with the reason, in the page's editor.

    Approving in a workflow publishes without a form that could say it. Wagtail approves inside
    a transaction: the page waits for approval as before.
    """

    def process_exception(self, request, exception):
        if not isinstance(exception, PublishingBlocked):
            return None
        messages.error(request, str(exception))
        editor = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the approval dialog of Wagtail's dashboard understands: go there.
            return JsonResponse({"step": "success", "redirect": editor})
        return redirect(editor)
