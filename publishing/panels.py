"""The panel on the admin's home about scheduled publishing."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from publishing import scheduling


class ScheduledPublishingPanel(Component):
    """What goes live and comes down next, and when scheduled publishing last ran; on top where somebody should look."""

    template_name = "publishing/admin/scheduled_publishing.html"

    def __init__(self, user: Any) -> None:
        self.user, self.status = user, scheduling.status()
        self.upcoming = scheduling.upcoming_changes(page_permission_policy.explorable_instances(user))
        in_trouble = self.status.is_overdue or self.status.failures
        self.order = 50 if in_trouble else 230 if self.upcoming else 400  # 230: below what waits for approval

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        urls = AdminURLFinder(self.user)
        failures = [
            {**failure, "since": datetime.fromisoformat(failure["since"]), "url": self._url(failure, urls)}
            for failure in self.status.failures
        ]
        coming = [(change, urls.get_edit_url(change.page)) for change in self.upcoming]
        # Staff read clinic time here, whatever zone their own profile says.
        zone = timezone.get_default_timezone()
        return {"status": self.status, "failures": failures, "coming": coming, "zone": zone}

    def _url(self, failure: dict[str, str], urls: AdminURLFinder) -> str | None:
        """The editor of what failed; None where it is gone, or not for this person to edit."""
        label, _, pk = failure["object"].partition(":")
        try:
            item = apps.get_model(label)._default_manager.filter(pk=pk).first()
        except (LookupError, ValueError):  # the job as a whole, or a kind of thing that is no more
            return None
        return urls.get_edit_url(item) if item else None
