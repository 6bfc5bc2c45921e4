"""The clinical review as a step of a workflow."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Task, TaskState

from clinic.models import ClinicSettings
from reviews.reviewers import may_review, reviewers

# Sent before a step is decided, with `task_state`, `user`, `action` and `comment`; who listens may refuse.
clinical_review_decided = Signal()


class ClinicalReviewTask(Task):
    """
    A clinician signs off the text or asks for changes.

    Passed over for pages that need no review, and where nobody can review and the clinic does not ask for it.
    """

    # Set by the queue, which has written down the decision about the text it showed.
    is_decided = False

    class Meta:
        verbose_name = "clinical review"

    @classmethod
    def get_description(cls) -> str:
        return "A clinical reviewer signs off what is said about treatment; other pages pass"

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        page = workflow_state.content_object
        revision = page.get_latest_revision()
        needs_review = getattr(revision.as_object(), "needs_review", False)
        is_asked_for = needs_review and (reviewers() or ClinicSettings.load().clinical_review_required)
        if is_asked_for:
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise PermissionDenied
        if not self.is_decided:
            clinical_review_decided.send(
                sender=type(self),
                task_state=task_state,
                user=user,
                action=action_name,
                comment=kwargs.get("comment", ""),
            )
        super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return may_review(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not (may_review(user) or obj.permissions_for_user(user).can_publish())

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        # Who could not sign off is not asked for a comment that would be lost; the queue tells them why.
        if user not in reviewers():
            return []
        return [
            ("reject", "Ask for changes", True),
            ("approve", "Sign off", False),
            ("approve", "Sign off with a comment", True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if not may_review(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
