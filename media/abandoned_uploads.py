"""
Abandoned uploads: files whose form nobody finished.

Wagtail keeps such a file until the form is complete or the person drops it, and for ever where the
person just goes away.
"""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import UploadedFile

JOB_NAME = "drop abandoned uploads"
RETENTION = timedelta(days=1)


def delete_abandoned_uploads(job_round):
    """Remove what has waited for longer than RETENTION, in a round; see `jobs.runner.JobRound`."""
    for upload in UploadedFile.objects.order_by("pk"):
        if _is_abandoned(upload.file):
            job_round.attempt(f"{upload._meta.label_lower}:{upload.pk}", upload.file.name, _drop, upload)


def _is_abandoned(file):
    """By the date of the file: the row has none."""
    try:
        return file.storage.get_modified_time(file.name) < timezone.now() - RETENTION
    except FileNotFoundError:
        return True


def _drop(upload):
    # The file first: should the rest fail, the row leads here again.
    upload.file.delete(save=False)
    upload.delete()
