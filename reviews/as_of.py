"""What a visitor saw of a page at a moment: a look-up in the record."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

from archive.models import PublishedText
from reviews.models import ReviewDecision
from reviews.status import standing
from text.control_characters import without_control_characters


@dataclass(frozen=True)
class Seen:
    """
    What a visitor saw at `moment`; `row` is None where the record does not reach back so far.

    `begins_at` is when the record of the page begins, None where there is none at all. `signed` is the sign-off
    that readers were told of then, `edited_at` since when the text was another; `kept_by` are those who said that
    an edit did not change the meaning.
    """

    moment: datetime
    row: PublishedText | None
    begins_at: datetime | None
    signed: ReviewDecision | None = None
    edited_at: datetime | None = None
    kept_by: tuple[ReviewDecision, ...] = ()
    published: PublishedText | None = None  # the row with which the text was published last

    @property
    def is_future(self) -> bool:
        return self.moment > timezone.now()

    @property
    def text(self) -> str:
        return self.row.wording.html if self.row else ""


def seen_at(page_key: int, moment: datetime) -> Seen:
    """What a visitor saw of a page, there or deleted, at a moment. Nobody knows what comes: no row for the future."""
    first = PublishedText.objects.of(page_key).last()
    begins_at = first.seen_from if first else None
    rows = list(PublishedText.objects.of(page_key).filter(seen_from__lte=moment))
    if not rows or moment > timezone.now():
        return Seen(moment, None, begins_at)
    return _seen(moment, rows, begins_at)


def seen_from_row(row: PublishedText) -> Seen:
    """What a visitor saw from the moment of a row on."""
    rows = list(PublishedText.objects.of(row.page_key).filter(pk__lte=row.pk))
    return _seen(row.seen_from, rows, rows[-1].seen_from)


def _seen(moment: datetime, rows: list[PublishedText], begins_at: datetime | None) -> Seen:
    row = rows[0]
    # A draft is signed off before it is published: what was decided up to the row's own moment counts for it.
    decisions = list(ReviewDecision.objects.of(row.page_key).filter(decided_at__lte=moment))
    found = standing(rows, decisions)
    kept = tuple(d for d in decisions if d.kind == d.Kind.SAME_MEANING and d.wording.words == row.wording.words)
    published = next((one for one in rows if one.cause == PublishedText.Cause.PUBLISHED), None)
    return Seen(moment, row, begins_at, found.sign_off, found.edited_at, () if found.edited_at else kept, published)


def find_page_key(address: str, moment: datetime) -> int | None:
    """The page that had an address (a path, or the whole of it) at a moment, or at another time; None if none had."""
    try:
        path = urlsplit(without_control_characters(address)).path.strip(" /")
    except ValueError:  # brackets without an address in them
        return None
    rows = PublishedText.objects.filter(url=f"/{path}/" if path else "/").order_by("-pk")
    row = rows.filter(seen_from__lte=moment).first() or rows.first()
    return row.page_key if row else None


def changes_of(page_key: int, number: int = 50) -> list[PublishedText]:
    """The newest rows of a page's record, the newest first."""
    return list(PublishedText.objects.of(page_key).select_related("published_by")[:number])
