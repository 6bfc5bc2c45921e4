"""Where the review of each page stands: computed from the record, so that lists need not read it."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.visibility import readable
from reviews.models.decisions import ReviewDecision


class ReviewStatusQuerySet(models.QuerySet):
    def of_readable_pages(self) -> Self:
        """Of the pages that need a review and that anybody may read now."""
        return self.filter(readable("page__"), needs_review=True)


class ReviewStatus(models.Model):
    """
    The state of a page's review. Written by `reviews.status.update_status` alone.

    `sign_off` is the newest one of a text that readers saw; `due_on` is the day from which it is overdue.
    """

    class State(models.TextChoices):
        NEVER = "never", _("Never reviewed")
        EDITED = "edited", _("Edited since its review")
        REVIEWED = "reviewed", _("Reviewed")

    page = models.OneToOneField(
        "wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="review_status"
    )
    needs_review = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.NEVER)
    sign_off = models.ForeignKey(ReviewDecision, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    request = models.ForeignKey(ReviewDecision, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReviewStatusQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = "clinical review"

    def __str__(self) -> str:
        return self.get_state_display()

    def is_overdue(self, today: date | None = None) -> bool:
        """Whether a review was due by now, by the clinic's day."""
        return bool(self.due_on and self.due_on <= (today or timezone.localdate()))
