"""The mail to clinical reviewers when a text waits for them: Wagtail's own, which knows steps of groups only."""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from reviews.models import ClinicalReviewTask
from reviews.reviewers import reviewers


class ReviewSubmittedNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Goes to everybody who can sign off, but not to who has just submitted the text."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, ClinicalReviewTask)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        return [user for user in reviewers() if user != kwargs.get("user")]


# Signals keep no hold of what they call.
notify_reviewers = ReviewSubmittedNotifier()
