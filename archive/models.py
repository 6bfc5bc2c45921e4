"""The record of what readers saw."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.append_only import AppendOnly, AppendOnlyQuerySet


class Wording(AppendOnly):
    """
    One text of a page as readers see it, facts filled in; stored once, however often it was seen.

    `words` is equal for texts that say the same, however they are marked up; see `archive.wording`.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    words = models.CharField(max_length=64)
    html = models.TextField()

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:12]


class PublishedTextQuerySet(AppendOnlyQuerySet):
    def of(self, page_key: int) -> Self:
        """The rows of a page, there or deleted, the newest first."""
        rows = self.filter(page_key=page_key).order_by("-pk")
        return rows.select_related("wording").defer("wording__html")

    def at(self, page_key: int, moment: datetime) -> Any:
        """The row that says what a visitor saw of a page at a moment; None before its record began."""
        return self.of(page_key).filter(seen_from__lte=moment).first()


class PublishedText(AppendOnly):
    """
    What readers saw of one page, from a moment until the next row of the same page.

    A row is written whenever that changes: the page is published, taken down, moved or deleted, a fact,
    a source or a notice changes. Revisions do not serve: autosave rewrites them, and they can be purged.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Anybody could read it")
        PRIVATE = "private", _("Only some people could read it")
        OFF = "off", _("Nobody could read it")

    class Cause(models.TextChoices):
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("taken down")
        DELETED = "deleted", _("deleted")
        MOVED = "moved", _("address or access changed")
        RECORD = "record", _("a fact or source changed")
        NOTICE = "notice", _("a disclaimer changed")
        FOUND = "found", _("found by the daily check: it changed at an unknown moment before")

    page_key = models.PositiveBigIntegerField(db_index=True)  # stays when the page is deleted
    seen_from = models.DateTimeField()
    visibility = models.CharField(max_length=8, choices=Visibility)
    cause = models.CharField(max_length=12, choices=Cause)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=1000)
    byline = models.TextField(blank=True)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    notices = models.JSONField(default=list)  # [{"title", "html"}]
    needs_review = models.BooleanField(default=False)
    revision_key = models.PositiveBigIntegerField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_by_name = models.CharField(max_length=255, blank=True)  # empty: by schedule or by command

    objects = PublishedTextQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["page_key", "-id"], name="published_text_newest")]

    def __str__(self) -> str:
        return f"{self.title}, {self.seen_from:%Y-%m-%d %H:%M}"

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC
