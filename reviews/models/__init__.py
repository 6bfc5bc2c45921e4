"""What clinicians decided about texts, and where each page stands."""

from .decisions import ReviewDecision
from .statuses import ReviewStatus
from .tasks import ClinicalReviewTask

__all__ = ["ClinicalReviewTask", "ReviewDecision", "ReviewStatus"]
