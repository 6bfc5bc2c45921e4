"""What the runner of scheduled jobs writes down about its work."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

LEASE_DURATION = timedelta(minutes=2)
OVERDUE_AFTER = timedelta(minutes=5)


class JobRunQuerySet(models.QuerySet):
    """Jobs by name, and who does them."""

    def take(self, name):
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

    def __str__(self):
        return self.name

    @property
    def is_overdue(self):
        """Whether the work has not been done for so long that somebody should look; never counts too."""
        return not self.last_succeeded_at or self.last_succeeded_at < timezone.now() - OVERDUE_AFTER

    def renew(self):
        """Hold the lease for longer; False where it ran out and another runner has it."""
        return self._update(lease_until=timezone.now() + LEASE_DURATION)

    def release(self, **fields):
        """Give the lease back and write `fields`; False, and nothing written, where another runner has it."""
        return self._update(owner="", lease_until=None, **fields)

    def _update(self, **fields):
        return bool(JobRun.objects.filter(pk=self.pk, owner=self.owner).update(**fields))
