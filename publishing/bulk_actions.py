"""Publishing in the admin, one page or many."""

from django.contrib import messages
from django.db import transaction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction

from publishing.exceptions import PublishingBlocked


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
