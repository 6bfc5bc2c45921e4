"""The weekly mail to reviewers: what is due, overdue, edited or never reviewed."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from jobs.models import CompletedRound
from jobs.runner import JobRound
from reviews.board import condition, count, titles_of
from reviews.models import ReviewStatus
from reviews.reviewers import reviewers

JOB_NAME = "send the weekly mail about reviews"
FIRST_HOUR = 7  # of Monday, by the clinic's clock
MAX_TITLES = 10


def send_weekly_digest(job_round: JobRound) -> None:
    """Once a week, from Monday morning on: it says how things stand, so a missed run loses nothing."""
    now = timezone.localtime()
    monday = now.date() - timedelta(days=now.weekday())
    too_early = now.weekday() == 0 and now.hour < FIRST_HOUR
    if too_early or CompletedRound.objects.filter(kind="digest", day=monday).exists():
        return
    job_round.attempt("reviews.digest:", JOB_NAME, _send, monday)


def _send(monday: date) -> None:
    """In one transaction: the mails are rows of the queue, and are written only with the note that they are."""
    if not CompletedRound.objects.claim("digest", monday):
        return
    text = compose()
    if not text:
        return
    for user in reviewers():
        if user.email:
            send_mail("Clinical reviews this week", text, None, [user.email])


def compose() -> str:
    """The words of the mail; empty where nothing is to be done."""
    statuses, counts = ReviewStatus.objects.of_readable_pages(), count()
    parts = [
        ("overdue", "Overdue", counts.overdue),
        ("edited", "Edited since their review", counts.edited),
        ("never", "Never reviewed", counts.never),
        *((f"due-{days}", f"Due within {days} days", counts.due[days]) for days in counts.due),
    ]
    lines = []
    for name, heading, number in parts:
        if not number:
            continue
        lines += [f"{heading}: {number}"]
        lines += [f"  - {page.title}" for page in titles_of(statuses.filter(condition(name)), MAX_TITLES)]
        lines += [f"  and {number - MAX_TITLES} more"] if number > MAX_TITLES else []
        lines += [""]
    if not lines:
        return ""
    queue = f"{settings.SITE_URL}{reverse('review_queue')}"
    return "\n".join([*lines, f"Review them one after another: {queue}"])
