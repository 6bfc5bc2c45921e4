"""What moves the review of a page, and what is decided in workflows."""

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, TaskState
from wagtail.signals import published, task_submitted

from archive.models import PublishedText
from archive.signals import page_recorded
from core.models import Topic
from core.page_models import page_models
from publishing.exceptions import PublishingBlocked
from reviews.models import ClinicalReviewTask
from reviews.models.tasks import clinical_review_decided
from reviews.notifications import notify_reviewers
from reviews.reviewers import NotAReviewer
from reviews.sign_off import TextChanged, ask_for_changes, keep_review, sign_off
from reviews.status import update_status


def follow_record(
    sender: Any, page: Page, before: PublishedText | None, row: PublishedText | None, because: Any, **kwargs: Any
) -> None:
    """The state of a page follows what readers see; a fact or source may have changed without another meaning."""
    if before and row and not getattr(because, "changes_meaning", True):
        keep_review(get_active_log_context().user, page, before.wording, row.wording)
    update_status(page)


def update_topic(sender: Any, instance: Topic, **kwargs: Any) -> None:
    """The interval of a topic may be another."""
    for model in page_models().values():
        if model.topic_lookup:
            for page in model.objects.filter(**{model.topic_lookup: instance}).distinct():
                update_status(page)


def decide(sender: Any, task_state: TaskState, user: Any, action: str, comment: str, **kwargs: Any) -> None:
    """A step of a workflow is approved or sent back: written down as in the queue."""
    page = task_state.workflow_state.content_object.specific
    revision = page.get_latest_revision()
    if not revision.as_object().needs_review:
        return
    try:
        if revision != task_state.revision and revision.user != user:
            raise TextChanged("somebody has edited it since it was sent for approval. Read it in the review queue.")
        if action == "approve":
            sign_off(user, page, revision, comment=comment)
        elif action == "reject":
            ask_for_changes(user, page, comment, revision)
    except (NotAReviewer, TextChanged) as refusal:
        raise PublishingBlocked(page, str(refusal), done="signed off") from refusal


def register_signal_handlers() -> None:
    """Called once when the app is ready."""
    page_recorded.connect(follow_record, dispatch_uid="reviews.follow_record")
    published.connect(update_topic, sender=Topic, dispatch_uid="reviews.update_topic")
    clinical_review_decided.connect(decide, sender=ClinicalReviewTask, dispatch_uid="reviews.decide")
    task_submitted.connect(notify_reviewers, sender=TaskState, dispatch_uid="reviews.notify_reviewers")
