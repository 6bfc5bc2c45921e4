"""What waits for reviewers, counted: for the board, the desk's home and the weekly mail."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from archive.models import PublishedText
from core.page_models import page_models
from publishing.visibility import published
from reviews.models import ReviewStatus

State = ReviewStatus.State
DUE_WITHIN = (7, 30, 60)  # days


@dataclass(frozen=True)
class Counts:
    """Numbers of pages that readers can read; `due` is {days: pages due within them and not before}."""

    never: int
    edited: int
    overdue: int
    due: dict[int, int]
    requests: int

    @property
    def total(self) -> int:
        """Pages that wait for a reviewer now."""
        return self.never + self.edited + self.overdue


def condition(name: str) -> Q:
    """The condition of a standing: "never", "edited", "overdue", "due-7" and so on, "requests" or "reviewed"."""
    today = timezone.localdate()
    reviewed = Q(state=State.REVIEWED)
    if name == "overdue":
        return reviewed & Q(due_on__lte=today)
    if name == "requests":
        return Q(request__isnull=False)
    if name.startswith("due-"):
        days = int(name.removeprefix("due-"))
        before = max((other for other in DUE_WITHIN if other < days), default=0)
        after, until = today + timedelta(days=before), today + timedelta(days=days)
        return reviewed & Q(due_on__gt=after, due_on__lte=until)
    if name == "reviewed":
        return reviewed & Q(due_on__gt=today)
    return Q(state=name)


def count(statuses: QuerySet | None = None) -> Counts:
    """The counts of the pages of a queryset of `ReviewStatus`; of all readable pages without one. One query."""
    statuses = ReviewStatus.objects.of_readable_pages() if statuses is None else statuses
    names = ["never", "edited", "overdue", "requests", *(f"due-{days}" for days in DUE_WITHIN)]
    found = statuses.aggregate(**{name.replace("-", "_"): Count("pk", filter=condition(name)) for name in names})
    return Counts(
        never=found["never"],
        edited=found["edited"],
        overdue=found["overdue"],
        requests=found["requests"],
        due={days: found[f"due_{days}"] for days in DUE_WITHIN},
    )


def past_the_gate(pages: QuerySet) -> QuerySet:
    """Of Wagtail pages, those that readers see although their record says otherwise: made live past every gate."""
    seen = PublishedText.objects.filter(page_key=OuterRef("pk")).order_by("-pk")
    live = published(pages).filter(depth__gt=1).filter(is_clinical())
    live = live.annotate(recorded=Subquery(seen.values("visibility")[:1]), cause=Subquery(seen.values("cause")[:1]))
    unknown = Q(recorded=None) | Q(recorded=PublishedText.Visibility.OFF) | Q(cause=PublishedText.Cause.FOUND)
    return live.filter(unknown, alias_of=None).order_by("path")


def is_clinical() -> Q:
    """The condition that a Wagtail page needs a review: its kind always does, or it is said to speak of treatment."""
    clinical = Q(pk__in=[])
    for name, model in page_models().items():
        names = {field.name for field in model._meta.local_fields}
        if "review_interval" not in names:
            continue
        switch = f"{name}__is_clinical_text"
        clinical |= Q(**{switch: True}) if "is_clinical_text" in names else Q(**{f"{name}__isnull": False})
    return clinical


def titles_of(statuses: QuerySet, number: int) -> list[Page]:
    """The first pages of a queryset of statuses, the longest waiting first."""
    return [status.page for status in statuses.select_related("page").order_by("due_on", "page__path")[:number]]
