"""
Deleting and unpublishing in the admin, one page or many.

Wagtail's views for a single page cannot ask anything, its bulk actions are forms: the single
views redirect to them (redirects/wagtail_hooks.py).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from wagtail.admin import messages as admin_messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, UnpublishBulkAction
from wagtail.models import Page

from publishing.usage_views import DraftUsageOfBulkMixin
from redirects.forms import PageRemovalForm, UnpublishForm
from redirects.page_removal import contains_home_page, redirect_pages_before_removal, redirect_removed_pages_to
from trash.moving import put_in_trash
from trash.retention import RETENTION


def bulk_action_url(action: str, page: Page, next_url: str) -> str:
    """The form that does `action` to a single page, then goes on to `next_url`."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?{urlencode({'id': page.pk, 'next': next_url})}"


class PageRemovalMixin:
    """A bulk action that takes pages from the site: asks about old links, and keeps the home page."""

    refusal = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        homes = [page for page in self.get_actionable_objects()[0] if contains_home_page(page)]
        if not homes:
            return super().dispatch(request, *args, **kwargs)
        for page in homes:
            messages.error(request, self.refusal.format(page.get_admin_display_title()))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_explore_root")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pages": self.get_actionable_objects()[0]}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "target": self.cleaned_form.chosen_target}


class Delete(PageRemovalMixin, DraftUsageOfBulkMixin, DeleteBulkAction):
    form_class = PageRemovalForm
    template_name = "redirects/admin/confirm_delete.html"
    refusal = "“{}” contains the home page, without which there is no site. It was not deleted."

    @classmethod
    def execute_action(
        cls, objects: Any, user: Any = None, target: Page | str | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Put pages into the trash; one below another goes with it."""
        topmost = [page for page in objects if not any(page.is_descendant_of(other) for other in objects)]
        with redirect_removed_pages_to(target):
            redirect_pages_before_removal(topmost)
        entries = [put_in_trash(page, user) for page in topmost]
        return len(entries), sum(entry.pages_below for entry in entries)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        done = super().get_success_message(num_parent_objects, num_child_objects)
        until = date_format(timezone.localtime() + RETENTION, "F j, Y")
        what = "it" if num_parent_objects + num_child_objects == 1 else "them"
        text = f"{done}. Until {until} you can bring {what} back from the trash."
        return admin_messages.render(text, [admin_messages.button(reverse("trash"), "Open the trash")])


class Unpublish(PageRemovalMixin, UnpublishBulkAction):
    form_class = UnpublishForm
    template_name = "redirects/admin/confirm_unpublish.html"
    refusal = "“{}” is the home page, without which there is no site. It was not unpublished."

    @classmethod
    def execute_action(cls, objects: Any, target: Page | str | None = None, **kwargs: Any) -> tuple[int, int]:
        with redirect_removed_pages_to(target):
            return super().execute_action(objects, **kwargs)
