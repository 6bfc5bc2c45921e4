"""What people typed into the forms of records and settings, and have not saved."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils import timezone

# What nobody came back to for so long is not waited for.
KEPT_FOR = timedelta(days=30)


class AutosaveQuerySet(models.QuerySet):
    """Kept forms, by whose and of what."""

    def of(self, user, instance):
        """What this person has kept of a record; of a kind of record where `instance` is a new one."""
        return self.filter(
            user=user,
            content_type=ContentType.objects.get_for_model(instance),
            object_id=instance.pk or "",
        )

    def forgotten(self):
        """What was kept so long ago that it goes."""
        return self.filter(kept_at__lt=timezone.now() - KEPT_FOR)


class Autosave(models.Model):
    """
    A form as it stood when somebody last typed in it, one a person and record.

    Nobody but that person sees it, and it is no part of the record before it is saved. Pages keep
    drafts of their own. `object_id` is empty for a record that is yet to be made; `data` is the
    form as a browser sends it (application/x-www-form-urlencoded, UTF-8).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    data = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = AutosaveQuerySet.as_manager()

    # Its references are nobody's use of anything.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"], name="autosave_once_a_person_and_record"
            )
        ]

    def __str__(self):
        return f"{self.content_type} {self.object_id}".strip()

    @property
    def querydict(self):
        """`data` as a form takes it."""
        return QueryDict(self.data)
