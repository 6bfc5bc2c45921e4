"""The gate: with the clinic's setting on, no clinical page is published whose text nobody has signed off."""

from typing import Any

from wagtail.models import Page

from archive.models import PublishedText
from archive.wording import words_of_page
from clinic.models import ClinicSettings
from publishing.exceptions import PublishingBlocked
from publishing.visibility import published
from reviews.models import ReviewDecision
from reviews.status import covering_sign_off, open_request


def is_required() -> bool:
    """Whether the clinic asks for a review before readers see a clinical page."""
    return ClinicSettings.objects.filter(clinical_review_required=True).exists()


def require_review(page: Any) -> None:
    """
    Raise PublishingBlocked for a clinical text that nobody has signed off.

    What readers see already as a clinical text may stay: a page that is live and says the same as before can be
    saved. A copy is a page of its own, without a sign-off; an alias shows what was signed off where it was written.
    """
    if not page.needs_review or not is_required():
        return
    if key := page.alias_of_id or page.pk:
        words, decisions = words_of_page(page), list(ReviewDecision.objects.of(key))
        row = _seen_by_readers(key)
        if row and row.wording.words == words:
            return
        # A publisher has said that it means the same as what readers see.
        same = row.wording.words if row and getattr(page, "keeps_review", False) else words
        is_covered = covering_sign_off(words, decisions) or covering_sign_off(same, decisions)
        if is_covered and not open_request(words, decisions):
            return
    raise PublishingBlocked(
        page,
        "no clinical reviewer has signed off this text, and the clinic’s settings ask for that before readers see it. "
        "Save it as a draft and send it for approval.",
        place="review_interval",
    )


def _seen_by_readers(key: int) -> PublishedText | None:
    """The row of a page that anybody can read now as a clinical text, and that came there by a way that is known."""
    row = PublishedText.objects.of(key).first()
    if row is None or not (row.is_public and row.needs_review) or row.cause == PublishedText.Cause.FOUND:
        return None
    return row if published(Page.objects.filter(pk=key)).exists() else None
