"""The mail queue, the runs of jobs, and what is done once in a period."""

from datetime import date, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

# How long after each failed attempt the next one comes; two days in all, then the mail is given up.
RETRY_DELAYS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
]
CLAIM_DURATION = timedelta(minutes=10)  # nobody else tries what a runner is sending; longer than any attempt
DELAYED_AFTER = timedelta(minutes=5)  # what has waited longer without an attempt is told at the desk


class QueuedMailQuerySet(models.QuerySet):
    """Mails by what is to be done with them."""

    def due(self) -> Self:
        """What should be sent now, the longest waiting first."""
        return self.filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at", "pk")

    def delayed(self) -> Self:
        """What did not go out as it should: an attempt failed, or none was made for too long."""
        is_late = Q(created_at__lt=timezone.now() - DELAYED_AFTER)
        return self.filter(~Q(last_error="") | Q(next_attempt_at__isnull=True) | is_late).order_by("created_at", "pk")

    def stuck(self) -> Self:
        """What says that mail cannot leave now: the mail server failed at the last attempt, or nobody makes any."""
        untried = Q(last_error="", created_at__lt=timezone.now() - DELAYED_AFTER)
        return self.filter(Q(server_failed=True) | untried, next_attempt_at__isnull=False)

    def retry(self) -> int:
        """Let the runner try all of these again, from the beginning; how many there were."""
        waiting = self.filter(next_attempt_at__isnull=False)
        return waiting.update(attempts=0, next_attempt_at=timezone.now())


class QueuedMail(models.Model):
    """
    A mail on its way out: written by a request, deleted by the runner once it is sent.

    `content` is what `jobs.mail` makes of a Django message, the text included. A mail that was given
    up has neither `next_attempt_at` nor `content`: its text may hold a password link, which must not linger.
    """

    subject = models.TextField(blank=True)
    recipients = models.JSONField()
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    last_error = models.TextField(blank=True)
    # The fault was the mail server's, not the address: the next mail would fare no better. Until one is sent.
    server_failed = models.BooleanField(default=False)

    objects = QueuedMailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.subject} ({', '.join(self.recipients)})"

    def claim(self) -> bool:
        """Take the mail for one attempt; False where another runner has, or where it is gone."""
        unclaimed = QueuedMail.objects.filter(pk=self.pk, next_attempt_at=self.next_attempt_at)
        if not unclaimed.update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + CLAIM_DURATION):
            return False
        self.attempts += 1
        return True

    def postpone(self, reason: str, server_failed: bool) -> None:
        """Note why an attempt failed, and when the next one comes; after the last one, forget the text."""
        fields: dict[str, Any]
        if self.attempts <= len(RETRY_DELAYS):
            fields = {"next_attempt_at": timezone.now() + RETRY_DELAYS[self.attempts - 1]}
        else:
            fields = {"next_attempt_at": None, "content": None}
        QueuedMail.objects.filter(pk=self.pk).update(last_error=reason, server_failed=server_failed, **fields)


LEASE_DURATION = timedelta(minutes=2)
OVERDUE_AFTER = timedelta(minutes=5)


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """Jobs by name, and who does them."""

    def take(self, name: str) -> "JobRun | None":
        """
        The row of a job, leased to the caller; None while another runner holds it.

        One conditional UPDATE decides, on either database. It works through a crash too: a runner
        that was killed does not renew, and the next one takes over once the lease has run out.
        """
        self.get_or_create(name=name)
        owner, now = uuid4().hex, timezone.now()
        free = self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), name=name)
        if not free.update(owner=owner, lease_until=now + LEASE_DURATION, last_started_at=now):
            return None
        return self.filter(name=name, owner=owner).first()


class JobRun(models.Model):
    """
    A job of the runner: one row a name, however many runners there are.

    `last_succeeded_at` is the end of the last round that went through the whole work. Pieces of it
    may have failed: these stand in `failures`, a list of {object, title, reason, since}, until a
    round finds nothing wrong with them. `object` is "app.model:primary key", or empty where the
    job as a whole failed; `since` is a time in ISO format.
    """

    name = models.CharField(max_length=60, unique=True)
    last_started_at = models.DateTimeField(null=True, editable=False)
    last_finished_at = models.DateTimeField(null=True, editable=False)
    last_succeeded_at = models.DateTimeField(null=True, editable=False)
    failures = models.JSONField(default=list, editable=False)
    owner = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    objects = JobRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Whether the work has not been done for so long that somebody should look; never counts too."""
        return not self.last_succeeded_at or self.last_succeeded_at < timezone.now() - OVERDUE_AFTER

    def renew(self) -> bool:
        """Hold the lease for longer; False where it ran out and another runner has it."""
        return self._update(lease_until=timezone.now() + LEASE_DURATION)

    def release(self, **fields: Any) -> bool:
        """Give the lease back and write `fields`; False, and nothing written, where another runner has it."""
        return self._update(owner="", lease_until=None, **fields)

    def _update(self, **fields: Any) -> bool:
        return bool(JobRun.objects.filter(pk=self.pk, owner=self.owner).update(**fields))


class CompletedRoundQuerySet(models.QuerySet):
    def claim(self, kind: str, day: date) -> bool:
        """Whether this call is the first for a kind and day; inside a transaction that is rolled back it was none."""
        try:
            with transaction.atomic():
                self.create(kind=kind, day=day)
        except IntegrityError:
            return False
        return True


class CompletedRound(models.Model):
    """A mail sent, or a check made, for the period that begins with a day: once, however often the runner looks."""

    kind = models.CharField(max_length=20)
    day = models.DateField()
    # The primary key of the last page looked at, where it takes several rounds; None: it is done.
    last_page_key = models.PositiveBigIntegerField(null=True)

    objects = CompletedRoundQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="round_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.day}"
