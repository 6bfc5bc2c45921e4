"""Approving a page in the last step of its workflow publishes it; Wagtail says no more than that it was updated."""

from django.contrib import messages
from wagtail import hooks
from wagtail.models import Page


@hooks.register("after_edit_page")
def add_approval_message(request, page):
    approved = request.POST.get("workflow-action-name") == "approve"
    if approved and Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).exists():
        messages.success(request, f"Approved: readers see “{page.get_admin_display_title()}” now.")
