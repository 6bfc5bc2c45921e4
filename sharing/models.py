"""
Links by which somebody without an account reads one version of a page.

A link is an identifier and its signature, as password links are: the database alone opens no draft, and
staff can copy a link again for as long as it works.
"""

from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

JOB_NAME = "drop links to drafts that have ended"
LINK_DURATION = timedelta(days=7)


def _signer() -> Signer:
    return Signer(salt="sharing.SharedDraft", sep=".")


class SharedDraftQuerySet(models.QuerySet["SharedDraft"]):
    """Links by whether they work."""

    def working(self) -> Self:
        """Not over, and made by somebody who may still sign in; the newest first."""
        now = timezone.now()
        return self.filter(expires_at__gt=now, created_by__is_active=True).order_by("-created_at", "-pk")

    def ended(self) -> Self:
        """All others. Those that staff ended are gone already."""
        return self.filter(models.Q(expires_at__lte=timezone.now()) | models.Q(created_by__is_active=False))

    def of_token(self, token: str) -> "SharedDraft | None":
        """The link that a visitor came by; None where it does not work, or never was one."""
        try:
            key = UUID(_signer().unsign(token))
        except (BadSignature, ValueError):
            return None
        return self.working().select_related("revision", "page").filter(pk=key).first()

    def share(self, page: Page, revision: Revision, user: Any) -> "SharedDraft":
        """Make a link to a version of a page; the history of the page tells of it."""
        shared = self.create(page=page, revision=revision, created_by=user, expires_at=timezone.now() + LINK_DURATION)
        data = {"until": shared.expires_at.isoformat(), "version": revision.created_at.isoformat()}
        log(instance=page, action="sharing.share", user=user, revision=revision, data=data)
        return shared


class SharedDraft(models.Model):
    """
    A link that works. While it does, autosave does not overwrite its version: see `BasePage.is_revision_kept`.

    It goes with its page, its version and the account of who made it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = SharedDraftQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # a link holds no page back from deletion

    def __str__(self) -> str:
        return f"{self.page}, until {self.expires_at:%Y-%m-%d}"

    @property
    def link(self) -> str:
        """The address to hand over; what is secret is in its query, which the log of a proxy need not hold."""
        query = urlencode({"link": _signer().sign(self.pk.hex)})
        return f"{settings.SITE_URL}{reverse('shared_draft')}?{query}"

    def stop(self, user: Any) -> None:
        """End the link now; the history of the page tells of it."""
        data = {"version": self.revision.created_at.isoformat()}
        log(instance=self.page, action="sharing.stop", user=user, revision=self.revision, data=data)
        self.delete()


def drop_ended(job_round: Any) -> None:
    """Delete the links that do not work any more; what the history of pages says of them stays."""
    job_round.attempt("sharing.shareddraft:", JOB_NAME, lambda: SharedDraft.objects.ended().delete())
