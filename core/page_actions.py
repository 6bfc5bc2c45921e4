"""
Deleting, unpublishing and publishing in the admin, one page or many.

Wagtail's views of a single page have no place for a question, its bulk actions are forms: the
single views hand over to them (core/wagtail_hooks.py), so that there is one way for all.
"""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, PublishBulkAction, UnpublishBulkAction
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from core.leaving import GONE, holds_home, old_links_lead_to, published_above, was_public
from core.models import published
from core.publishing import PublishingBlocked


def bulk_action_url(action, page, next_url):
    """The form that does `action` to a single page, then goes on to `next_url`."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?{urlencode({'id': page.pk, 'next': next_url})}"


class TargetChooser(AdminPageChooser):
    """A page chooser that shows nonsense as nothing chosen, where Wagtail's fails."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError, OverflowError):
            return None


class LeavingForm(forms.Form):
    """Asks where old links lead once `pages` have left; of pages that were never public it asks nothing."""

    takes_pages_below = True

    lead_to = forms.ChoiceField(
        label="Where should people go who follow old links?",
        choices=[(GONE, "Nowhere: say that it is gone"), ("page", "To this page:")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where people should go who follow old links."},
    )
    target = forms.ModelChoiceField(
        label="The page they should go to",
        queryset=Page.objects.filter(depth__gt=1),
        required=False,
        widget=TargetChooser(show_edit_link=False),
        error_messages={"invalid_choice": "This page is not there any more. Choose another one."},
    )

    def __init__(self, *args, pages, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = pages
        if not any(was_public(page) for page in pages):
            del self.fields["lead_to"], self.fields["target"]
            return
        above = next((page for page in published_above(pages[0]) if self._is_above_all(page)), None)
        self.fields["target"].initial = above
        self.fields["lead_to"].initial = above and "page"

    def _is_above_all(self, candidate):
        return all(page.is_descendant_of(candidate) for page in self.pages)

    def _leaves(self, candidate):
        return any(
            candidate.path == page.path or (self.takes_pages_below and candidate.path.startswith(page.path))
            for page in self.pages
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("lead_to") != "page" or "target" in self.errors:
            return cleaned
        target = cleaned.get("target")
        if target is None:
            self.add_error("target", "Choose the page, or “Nowhere”.")
        elif self._leaves(target):
            self.add_error("target", f"“{target}” leaves the site itself. Choose another page.")
        elif not published(Page.objects.filter(pk=target.pk)).exists():
            self.add_error("target", f"Readers cannot open “{target}”. Choose a published page.")
        return cleaned

    @property
    def answer(self):
        """What `old_links_lead_to` takes."""
        return GONE if self.cleaned_data.get("lead_to") == GONE else self.cleaned_data.get("target")


class UnpublishForm(LeavingForm):
    """Asks too, where there are any, whether the pages below leave with it."""

    include_descendants = forms.BooleanField(label="Unpublish the pages below as well", required=False)

    field_order = ["include_descendants"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not any(page.get_descendants().live().exists() for page in self.pages):
            self.fields["include_descendants"].widget = forms.HiddenInput()

    @property
    def takes_pages_below(self):
        return self.cleaned_data.get("include_descendants", False)


class LeavingMixin:
    """A bulk action that takes pages from the site: asks about old links, and keeps the home page."""

    refusal = ""

    def dispatch(self, request, *args, **kwargs):
        homes = [page for page in self.get_actionable_objects()[0] if holds_home(page)]
        if not homes:
            return super().dispatch(request, *args, **kwargs)
        for page in homes:
            messages.error(request, self.refusal.format(page.get_admin_display_title()))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_explore_root")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "pages": self.get_actionable_objects()[0]}

    def get_execution_context(self):
        return {**super().get_execution_context(), "old_links": self.cleaned_form.answer}

    @classmethod
    def execute_action(cls, objects, old_links=None, **kwargs):
        with old_links_lead_to(old_links):
            return super().execute_action(objects, **kwargs)


class Delete(LeavingMixin, DeleteBulkAction):
    form_class = LeavingForm
    template_name = "core/admin/confirm_delete.html"
    refusal = "“{}” holds the home page, without which there is no site. It was not deleted."

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """A page below another goes with it: Wagtail fails where it would delete it once more."""
        topmost = [page for page in objects if not any(page.is_descendant_of(other) for other in objects)]
        return super().execute_action(topmost, **kwargs)


class Unpublish(LeavingMixin, UnpublishBulkAction):
    form_class = UnpublishForm
    template_name = "core/admin/confirm_unpublish.html"
    refusal = "“{}” is the home page, without which there is no site. It was not unpublished."


class Publish(PublishBulkAction):
    """Publishes what can be published, and says what could not and why."""

    def get_execution_context(self):
        self.blocked = []
        return {**super().get_execution_context(), "blocked": self.blocked}

    @classmethod
    def execute_action(cls, objects, include_descendants=False, user=None, blocked=None, **kwargs):
        """Publish page by page: what is held back must not hold back the others."""

        def count(pages):
            return sum(cls._publish(page, user, blocked) for page in pages)

        published_here, below = count(objects), []
        if include_descendants:
            drafts = [draft for page in objects for draft in page.get_descendants().not_live().specific()]
            below = [draft for draft in drafts if user is None or draft.permissions_for_user(user).can_publish()]
        return published_here, count(below)

    @classmethod
    def _publish(cls, page, user, blocked):
        try:
            with transaction.atomic():
                super().execute_action([page], user=user)
        except PublishingBlocked as reason:
            blocked.append(str(reason))
            return 0
        return 1

    def get_success_message(self, num_parent_objects, num_child_objects):
        for reason in self.blocked:
            messages.warning(self.request, reason)
        if num_parent_objects or num_child_objects:
            return super().get_success_message(num_parent_objects, num_child_objects)
        return None
