"""What clinicians and publishers decided about texts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.append_only import AppendOnly, AppendOnlyQuerySet
from archive.models import PublishedText, Wording


class ReviewDecisionQuerySet(AppendOnlyQuerySet):
    def of(self, page_key: int) -> Self:
        """The decisions about a page, the newest first."""
        rows = self.filter(page_key=page_key).order_by("-pk").select_related("wording", "earlier_wording")
        return rows.defer("wording__html", "earlier_wording__html")

    def sign_offs(self) -> Self:
        return self.filter(kind=ReviewDecision.Kind.SIGNED_OFF)


class ReviewDecision(AppendOnly):
    """
    A decision about the text of one page: that very text, and no other.

    It names the person and their credentials as they were, so that it stays true when the person is
    gone. Copying a page copies none of them.
    """

    class Kind(models.TextChoices):
        SIGNED_OFF = "signed-off", _("Signed off")
        CHANGES_REQUESTED = "changes-requested", _("Changes asked for")
        SAME_MEANING = "same-meaning", _("No change of meaning")

    page_key = models.PositiveBigIntegerField(db_index=True)
    page_title = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=Kind)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    # The text that means the same; of decisions of the kind SAME_MEANING only.
    earlier_wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT, related_name="+")
    # The row of what readers saw; before publishing the revision alone.
    published_text = models.ForeignKey(PublishedText, null=True, on_delete=models.PROTECT, related_name="+")
    revision_key = models.PositiveBigIntegerField(null=True)
    decided_at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey("people.PersonPage", null=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=255)
    credentials = models.CharField(max_length=120, blank=True)
    # True where they signed off what they wrote themselves, as there was no second reviewer.
    is_own_text = models.BooleanField(default=False)
    comment = models.TextField(blank=True)

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        permissions = [("sign_off_reviewdecision", "Can sign off clinical texts")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page_title}"

    @property
    def named(self) -> str:
        """The name with the credentials of then."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
