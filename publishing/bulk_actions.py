"""Publishing in the admin, one page or many."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from publishing.exceptions import PublishingBlocked


class Publish(PublishBulkAction):
    """Publishes what can be published, and says what could not and why."""

    def get_execution_context(self) -> dict[str, Any]:
        self.blocked: list[str] = []
        return {**super().get_execution_context(), "blocked": self.blocked}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: Any = None,
        blocked: Any = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish page by page: what is held back must not hold back the others."""

        def count(pages: Iterable[Page]) -> int:
            return sum(cls._publish(page, user, blocked) for page in pages)

        published_here, below = count(objects), []
        if include_descendants:
            drafts = [draft for page in objects for draft in page.get_descendants().not_live().specific()]
            below = [draft for draft in drafts if user is None or draft.permissions_for_user(user).can_publish()]
        return published_here, count(below)

    @classmethod
    def _publish(cls, page: Page, user: Any, blocked: Any) -> int:
        try:
            with transaction.atomic():
                super().execute_action([page], user=user)
        except PublishingBlocked as reason:
            blocked.append(str(reason))
            return 0
        return 1

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for reason in self.blocked:
            messages.warning(self.request, reason)
        if num_parent_objects or num_child_objects:
            return super().get_success_message(num_parent_objects, num_child_objects)
        return None
