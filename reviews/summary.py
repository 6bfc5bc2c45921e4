"""What readers are told of the review of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from archive.wording import words_of_page
from people.models import PersonPage
from publishing.visibility import readable
from reviews.models.decisions import ReviewDecision
from reviews.models.statuses import ReviewStatus
from reviews.status import covering_sign_off


@dataclass(frozen=True)
class ReviewSummary:
    """
    Days are the clinic's. `reviewed_on` is None where nobody has reviewed the page.

    `person` is the page of the reviewer where anybody may read it; `next_on` is never in the past,
    `was_due_on` never in the future.
    """

    name: str = ""
    credentials: str = ""
    person: Any = None
    reviewed_on: date | None = None
    edited_on: date | None = None
    next_on: date | None = None
    was_due_on: date | None = None

    @property
    def named(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


def summary_for(page: Any) -> ReviewSummary:
    """The summary of a page; of one that is previewed, for the text as it would be published."""
    return summaries_for([page])[page.pk]


def summaries_for(pages: Iterable[Any]) -> dict[int | None, ReviewSummary]:
    """{primary key: summary} of pages, in one query; see `summary_for`."""
    # A copy shown elsewhere is reviewed where it was written.
    keys = {page.pk: page.alias_of_id or page.pk for page in pages}
    statuses = ReviewStatus.objects.filter(page__in=[key for key in keys.values() if key], sign_off__isnull=False)
    statuses = statuses.select_related("sign_off__person").annotate(is_readable=readable("sign_off__person__"))
    found = {status.pk: status for status in statuses}
    return {page.pk: _summary(page, found.get(keys[page.pk])) for page in pages}


def _summary(page: Any, status: ReviewStatus | None) -> ReviewSummary:
    if status is None or status.sign_off is None:
        return ReviewSummary()
    signed, edited_at = status.sign_off, status.edited_at
    if page.shows_draft:
        covered = covering_sign_off(words_of_page(page), ReviewDecision.objects.of(status.pk))
        signed, edited_at = covered or signed, None if covered else edited_at or timezone.now()
    is_due = status.is_overdue()
    return ReviewSummary(
        name=signed.name,
        credentials=signed.credentials,
        person=_readable_person(status, signed),
        reviewed_on=timezone.localdate(signed.decided_at),
        edited_on=timezone.localdate(edited_at) if edited_at else None,
        next_on=None if is_due or edited_at else status.due_on,
        was_due_on=status.due_on if is_due else None,
    )


def _readable_person(status: ReviewStatus, signed: ReviewDecision) -> PersonPage | None:
    return signed.person if signed == status.sign_off and getattr(status, "is_readable", False) else None


def prefetch_reviews(pages: Iterable[Any]) -> list[Any]:
    """The pages as a list, their `review` found in one query."""
    pages = list(pages)
    found = summaries_for([page for page in pages if page.needs_review])
    for page in pages:
        page.review = found.get(page.pk)
    return pages


def review_counts(pages: QuerySet) -> dict[str, int]:
    """How many of the pages of a queryset there are, and how many stand as a clinician has reviewed them."""
    reviewed = Count("pk", filter=Q(review_status__state=ReviewStatus.State.REVIEWED))
    return pages.order_by().aggregate(all=Count("pk"), reviewed=reviewed)
