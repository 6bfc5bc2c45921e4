"""What is in the trash, and what it takes to bring it back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from trash.retention import RETENTION


class TrashedPage(models.Model):
    """A deleted page with the pages below it, until it is brought back or goes for good."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="trashed")
    # The pages above it when it was deleted, from the root down, and the one that stood behind it.
    ancestors = models.JSONField(default=list)
    next_sibling = models.PositiveBigIntegerField(null=True)
    slug = models.CharField(max_length=255)
    # [[page, version]] of what readers saw, from the top down; a version is null where none was kept.
    was_live = models.JSONField(default=list)
    # [[page, field, value]] of what only one page may have, such as the account of a person.
    claims = models.JSONField(default=list)
    was_private = models.BooleanField(default=False)  # closed by a page above it
    was_scheduled = models.BooleanField(default=False)
    number_of_pages = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(default=timezone.now, db_index=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True
    # The nearest page that is left of those above; see `trash.permissions.nearest_places`.
    place: Page | None = None

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.page.get_admin_display_title()

    @property
    def goes_at(self) -> Any:
        """When it goes for good."""
        return self.deleted_at + RETENTION

    @property
    def pages_below(self) -> int:
        """How many pages went into the trash with it."""
        return self.number_of_pages - 1
