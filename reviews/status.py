"""Computing where the review of a page stands, from what readers saw and what was decided."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from wagtail.models import Page

from archive.models import PublishedText
from reviews.models.decisions import ReviewDecision
from reviews.models.statuses import ReviewStatus

Kind, State = ReviewDecision.Kind, ReviewStatus.State
INTERVAL_MONTHS = 12  # where neither the page nor one of its topics says otherwise


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def interval_of(page: Page) -> int:
    """Months from one review to the next: as the page says, else the shortest of its topics, else 12."""
    if own := getattr(page, "review_interval", None):
        return own
    return min((topic.review_interval for topic in page.topics if topic.review_interval), default=INTERVAL_MONTHS)


def same_meaning(words: str, decisions: Iterable[ReviewDecision]) -> set[str]:
    """The digests of all texts that mean the same as one, by what publishers decided about a page."""
    pairs = [
        (row.earlier_wording.words, row.wording.words)
        for row in decisions
        if row.kind == Kind.SAME_MEANING and row.earlier_wording
    ]
    found, grew = {words}, True
    while grew:
        more = {after for before, after in pairs if before in found} - found
        found, grew = found | more, bool(more)
    return found


def covering_sign_off(words: str, decisions: Iterable[ReviewDecision]) -> ReviewDecision | None:
    """The newest sign-off that covers a text, directly or as it means the same; `decisions` are the newest first."""
    return _sign_off_of({words}, list(decisions))


def _sign_off_of(texts: set[str], decisions: list[ReviewDecision]) -> ReviewDecision | None:
    for row in decisions:
        if row.kind == Kind.SIGNED_OFF and texts & same_meaning(row.wording.words, decisions):
            return row
    return None


@dataclass(frozen=True)
class Standing:
    """What readers are told by a record: the newest sign-off of a text they saw, and since when it was edited."""

    sign_off: ReviewDecision | None = None
    edited_at: datetime | None = None


def standing(rows: list[PublishedText], decisions: list[ReviewDecision]) -> Standing:
    """The standing of the newest of `rows`; both are the newest first."""
    if not rows:
        return Standing()
    if signed := covering_sign_off(rows[0].wording.words, decisions):
        return Standing(signed)
    signed = _sign_off_of({row.wording.words for row in rows}, decisions)
    if signed is None:
        return Standing()
    # Since when they see the words of now: the last edit counts.
    words, since = rows[0].wording.words, rows[0].seen_from
    for row in rows:
        if row.wording.words != words:
            break
        since = row.seen_from
    return Standing(signed, since)


def update_status(page: Page) -> ReviewStatus:
    """Write down where the review of a page stands, for the text that readers see or saw last."""
    rows, decisions = list(PublishedText.objects.of(page.pk)), list(ReviewDecision.objects.of(page.pk))
    found = standing(rows, decisions)
    reviewed = State.EDITED if found.edited_at else State.REVIEWED
    values = {
        "needs_review": bool(getattr(page, "needs_review", False) and not page.alias_of_id),
        "state": reviewed if found.sign_off else State.NEVER,
        "sign_off": found.sign_off,
        "edited_at": found.edited_at,
        "due_on": due_on(found.sign_off, page) if found.sign_off else None,
        "request": open_request(rows[0].wording.words, decisions) if rows else None,
    }
    status, _made = ReviewStatus.objects.update_or_create(page_id=page.pk, defaults=values)
    return status


def due_on(signed: ReviewDecision, page: Page) -> date:
    """The day from which the review of a page is overdue."""
    return add_months(timezone.localdate(signed.decided_at), interval_of(page))


def open_request(words: str, decisions: list[ReviewDecision]) -> ReviewDecision | None:
    """The newest wish for changes about a text, unless somebody has signed off that very text since."""
    about = (row for row in decisions if row.kind != Kind.SAME_MEANING and row.wording.words == words)
    newest = next(about, None)
    return newest if newest and newest.kind == Kind.CHANGES_REQUESTED else None
