"""
Scheduled publishing: what goes live and what expires now, pages and other records with drafts.

Wagtail's command `publish_scheduled` does the same; this differs where a missed or a
failed publishing would be noticed:

- each page is a piece of work of its own, so that one failure leaves the others alone;
- what was to be seen for a time that has passed never goes live, not for a moment;
- an expiry leaves a later publishing scheduled, where Wagtail forgets it;
- each piece is looked at again under a lock: what an editor or another runner has just done is
  not done twice.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from jobs.models import JobRun
from jobs.runner import JobRound
from publishing.draft_references import models_with_drafts

logger = logging.getLogger(__name__)
JOB_NAME = "publish on schedule"
LOOKAHEAD = timedelta(days=60)  # how far staff are told of what comes down; what goes live they are told however far


def status() -> JobRun:
    """The `JobRun` of scheduled publishing; an unsaved, overdue one where it has never run."""
    return JobRun.objects.filter(name=JOB_NAME).first() or JobRun(name=JOB_NAME)


def publish_due(job_round: JobRound) -> None:
    """Do what is due in a round; see `jobs.runner.JobRound`."""
    # Publishing comes first: a page whose next version is due does not vanish in between.
    for revision in due_revisions():
        job_round.attempt(
            _label(revision.base_content_type, revision.object_id), revision.object_str, _publish, revision.pk
        )
    for item in due_expiries():
        job_round.attempt(f"{item._meta.label_lower}:{item.pk}", str(item), _expire, item)


def due_revisions() -> list[Revision]:
    """Revisions whose time to go live has come, the longest waiting first."""
    revisions = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    return list(revisions.select_related("base_content_type").defer("content").order_by("approved_go_live_at", "pk"))


def due_expiries() -> list[models.Model]:
    """What is live past its end, a list of pages (not specific ones) and other things with drafts."""
    return [item for model in models_with_drafts() for item in _past_end(model).order_by("expire_at", "pk")]


@dataclass(frozen=True)
class ScheduledChange:
    """A page goes live or comes down; `what` says which."""

    time: datetime
    page: Page
    what: str


def upcoming_changes(pages: PageQuerySet) -> list[ScheduledChange]:
    """When each of `pages`, a queryset, will go live or come down, the next first."""
    now = timezone.now()
    scheduled = Revision.page_revisions.filter(approved_go_live_at__gt=now)
    scheduled = list(scheduled.values_list("object_id", "approved_go_live_at", "content__expire_at"))
    ending = pages.filter(live=True, expire_at__gt=now, expire_at__lte=now + LOOKAHEAD)
    found, changes, replaced = pages.in_bulk([int(pk) for pk, *_ in scheduled]), [], {}
    for pk, start, end in scheduled:
        if page := found.get(int(pk)):
            replaced[page.pk] = start
            changes.append(ScheduledChange(start, page, "New version goes live" if page.live else "Goes live"))
            end = parse_datetime(end or "")
            if end and now < end <= now + LOOKAHEAD:
                changes.append(ScheduledChange(end, page, "Comes down"))
    # The end of what is live holds until another version takes its place.
    standing = [page for page in ending if page.pk not in replaced or page.expire_at <= replaced[page.pk]]
    changes += [ScheduledChange(page.expire_at, page, "Comes down") for page in standing]
    return sorted(changes, key=lambda change: (change.time, change.page.pk))


def _past_end(model: Any) -> models.QuerySet:
    return model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def _label(content_type: ContentType, pk: Any) -> str:
    return f"{content_type.app_label}.{content_type.model}:{pk}"


def _publish(pk: Any) -> None:
    revision = Revision.objects.select_related("base_content_type").filter(pk=pk).first()
    if not revision:
        return
    label = _label(revision.base_content_type, revision.object_id)
    model = revision.base_content_type.model_class()
    # The page before its revision, in the order in which an editor's publishing writes them: no deadlock.
    model._default_manager.select_for_update().get(pk=revision.object_id)
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=timezone.now()).first()
    if not revision:
        return
    end = parse_datetime(revision.content.get("expire_at") or "")
    if end and end <= timezone.now():
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])  # in this form Wagtail tells the page's history
        model._default_manager.filter(pk=revision.object_id, live=False).update(expired=True)
        logger.warning("Not published, as its end has passed too: “%s” (%s).", revision.object_str, label)
        return
    revision.publish(log_action="wagtail.publish.scheduled")
    logger.info("Published on schedule: “%s” (%s).", revision.object_str, label)


def _expire(item: Any) -> None:
    item = _past_end(type(item)).select_for_update().filter(pk=item.pk).first()
    if not item:
        return
    item = getattr(item, "specific", item)
    scheduled = item.revisions.filter(approved_go_live_at__isnull=False)
    times = dict(scheduled.values_list("pk", "approved_go_live_at"))
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, time in times.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=time)
    logger.info("Expired on schedule: “%s” (%s:%s).", item, item._meta.label_lower, item.pk)
