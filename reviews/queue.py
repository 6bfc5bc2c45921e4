"""The review queue: what waits for a reviewer, one page after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from wagtail.models import Page, Revision, TaskState

from archive.models import Wording
from archive.wording import wording_of
from reviews.board import DUE_WITHIN, condition
from reviews.models import ClinicalReviewTask, ReviewDecision, ReviewStatus

# What comes first, and how it is said.
ORDER = {
    "edited": "Edited since its review",
    "overdue": "Its review is overdue",
    "never": "Never reviewed",
    f"due-{DUE_WITHIN[0]}": f"Due within {DUE_WITHIN[0]} days",
    f"due-{DUE_WITHIN[1]}": f"Due within {DUE_WITHIN[1]} days",
}


@dataclass(frozen=True)
class QueueItem:
    """A text to decide about: what readers see, or a version that waits for approval."""

    page: Page
    shown: Any  # the page as it is, or as the version is
    why: str
    wording: Wording
    revision: Revision | None
    signed: ReviewDecision | None  # the last sign-off of the page
    newest: int  # the primary key of the newest decision about it; 0 where there is none


def waiting_tasks() -> dict[int, TaskState]:
    """{primary key of a page: the step of its workflow that waits for a clinical reviewer}."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=ClinicalReviewTask.objects.filter(active=True)
    )
    return {int(state.workflow_state.object_id): state for state in states.select_related("workflow_state")}


def queue_keys() -> list[int]:
    """The pages that wait, in their order: approvals, edited, overdue, never reviewed, due soon. Two queries."""
    standings = [When(condition(name), then=Value(place)) for place, name in enumerate(ORDER)]
    statuses = ReviewStatus.objects.of_readable_pages().annotate(
        place=Case(*standings, default=Value(len(ORDER)), output_field=IntegerField())
    )
    # Somebody has asked for changes: it comes back with the next text.
    statuses = statuses.filter(place__lt=len(ORDER), request=None).order_by("place", "page__path")
    waiting = list(waiting_tasks())
    return [*waiting, *(key for key in statuses.values_list("page", flat=True) if key not in waiting)]


def item_for(page: Page) -> QueueItem:
    """What there is to decide about a page: the version that waits for approval or is a draft alone, else itself."""
    is_waiting = page.pk in waiting_tasks()
    revision = page.get_latest_revision() if is_waiting or not page.live else None
    shown = revision.as_object() if revision else page
    decisions = list(ReviewDecision.objects.of(page.pk))
    signed = next((row for row in decisions if row.kind == ReviewDecision.Kind.SIGNED_OFF), None)
    return QueueItem(
        page=page,
        shown=shown,
        why="Waiting for your approval" if is_waiting else standing(page) if page.live else "A draft",
        wording=wording_of(shown),
        revision=revision,
        signed=signed,
        newest=decisions[0].pk if decisions else 0,
    )


def standing(page: Page) -> str:
    """Why a page is in the queue, in words."""
    status = ReviewStatus.objects.filter(page=page)
    for name, words in ORDER.items():
        if status.filter(condition(name)).exists():
            return words
    return "Reviewed"


def next_key(keys: list[int], later: list[int]) -> int | None:
    """The next page: those put off come last, in the order in which they were put off."""
    return next(_in_turn(keys, later), None)


def _in_turn(keys: list[int], later: list[int]) -> Iterator[int]:
    yield from (key for key in keys if key not in later)
    yield from (key for key in later if key in keys)
