"""Panels about the review of a page in its editor."""

from typing import Any

from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from reviews.models import ReviewDecision, ReviewStatus
from reviews.reviewers import may_review


class ReviewStatusPanel(HelpPanel):
    """Where the review of the page stands, and the ways to the queue and to what readers saw."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            status = ReviewStatus.objects.filter(page=self.instance.pk).select_related("sign_off", "request").first()
            kept = ReviewDecision.objects.of(self.instance.pk).filter(kind=ReviewDecision.Kind.SAME_MEANING)
            return {
                **super().get_context_data(parent_context),
                "status": status,
                "kept": kept.filter(pk__gt=status.sign_off_id).first() if status and status.sign_off_id else None,
                "page": self.instance,
                "may_review": may_review(self.request.user),
            }


class KeepsReviewPanel(FieldPanel):
    """Shown to publishers of a page that has been reviewed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            page = self.instance
            if not (super().is_shown() and page.pk and page.live):
                return False
            reviewed = ReviewStatus.objects.filter(page=page.pk, sign_off__isnull=False).exists()
            return reviewed and page.permissions_for_user(self.request.user).can_publish()


def review_panels() -> list[Any]:
    """The group "Clinical review" of an editor."""
    return [
        MultiFieldPanel(
            [
                ReviewStatusPanel(template="reviews/admin/status_panel.html"),
                KeepsReviewPanel("keeps_review"),
                FieldPanel("review_interval"),
            ],
            heading="Clinical review",
        )
    ]
