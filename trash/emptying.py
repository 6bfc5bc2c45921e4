"""The job that removes for good what has waited long enough in the trash."""

from django.utils import timezone

from jobs.runner import JobRound
from trash.models import TrashedPage
from trash.moving import delete_for_good
from trash.retention import RETENTION

JOB_NAME = "empty the trash"


def empty_trash(job_round: JobRound) -> None:
    """Delete what is due in a round; see `jobs.runner.JobRound`."""
    due = TrashedPage.objects.filter(deleted_at__lte=timezone.now() - RETENTION).select_related("page")
    for entry in due.order_by("deleted_at", "pk"):
        job_round.attempt(f"wagtailcore.page:{entry.page_id}", str(entry), delete_for_good, entry)
