"""Pages whose review readers are told of."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property

from core.models.topics import MAX_REVIEW_INTERVAL
from delivery.json_ld import without_empty
from people.models import person_node
from reviews.models import ReviewDecision
from reviews.panels import review_panels
from reviews.summary import ReviewSummary, summary_for


class ReviewedMixin(models.Model):
    """A page that may speak of treatment: readers are told who reviewed it, and when, or that nobody has."""

    review_interval = models.PositiveSmallIntegerField(
        "review every",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_REVIEW_INTERVAL)],
        help_text=f"Months from one review to the next, 1 to {MAX_REVIEW_INTERVAL}. Empty: as its topic says, or 12.",
    )

    review_panels = review_panels()

    class Meta:
        abstract = True

    @property
    def needs_review(self) -> bool:
        """Whether a clinician has to have read the page."""
        return self.is_clinical

    @cached_property
    def review(self) -> ReviewSummary | None:
        """What readers are told of the review of the page; None where it needs none."""
        return summary_for(self) if self.needs_review else None

    @property
    def review_properties(self) -> dict[str, Any]:
        """What the JSON-LD of the page says of its review: what the byline says, and nothing else."""
        review = self.review
        if review is None or review.reviewed_on is None:
            return {}
        reviewer = {**person_node(review.name, review.person), "honorificSuffix": review.credentials}
        dates = {"lastReviewed": review.reviewed_on.isoformat()}
        if review.edited_on:
            dates["dateModified"] = review.edited_on.isoformat()
        return {"reviewedBy": without_empty(reviewer), **dates}

    def is_revision_kept(self, revision: Any) -> bool:
        named = ReviewDecision.objects.filter(page_key=self.pk, revision_key=revision.pk)
        return super().is_revision_kept(revision) or named.exists()
