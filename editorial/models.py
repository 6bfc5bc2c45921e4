"""Tasks of the to-do list."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ToDoQuerySet(models.QuerySet):
    """Tasks, open and done."""

    def open(self):
        return self.filter(done_at__isnull=True)

    def done(self):
        return self.filter(done_at__isnull=False).order_by("-done_at")

    def tick_off(self, key, title, user):
        """Write down who settled a task and when; a task that is only computed gets its row by this."""
        done = {"done_at": timezone.now(), "done_by": user, "done_by_name": str(user)[:255]}
        self.update_or_create(key=key, defaults=done, create_defaults={**done, "title": title[:255]})

    def bring_back(self, key):
        """The task stands on the list again."""
        self.filter(key=key).update(done_at=None, done_by=None, done_by_name="")


class ToDo(models.Model):
    """
    A task for staff: one that came with the starter texts, or any other that somebody ticked off.

    The form that resolves it is that of `page` or `fact`; of the clinic's settings where neither is
    named. A task that `editorial.task_list` computes has a row here only once it was ticked off; brought
    back, its row stays, open and without a reason, and the computed one counts.
    """

    # Not in the reference index: a to-do about a fact does not use it.
    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=255)
    why = models.TextField(blank=True)
    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fact = models.ForeignKey("evidence.Fact", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The name stays when the account is gone.
    done_by_name = models.CharField(max_length=255, blank=True)

    objects = ToDoQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "to-do"

    def __str__(self):
        return self.title
