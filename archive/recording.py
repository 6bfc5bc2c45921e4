"""Writing the record of what readers saw, as it changes."""

import datetime
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from archive.models import PublishedText
from archive.signals import page_recorded
from archive.wording import wording_of
from core.models import BasePage
from disclaimers.history import in_force_since
from disclaimers.models import DisclaimerVersion
from disclaimers.notices import notices_for, site_wide_notice_without_page
from jobs.models import CompletedRound
from jobs.runner import JobRound
from publishing.visibility import is_published, published

JOB_NAME = "check the record of what readers saw"
PAGES_A_ROUND = 100  # of the daily check: other jobs wait meanwhile
Cause, Visibility = PublishedText.Cause, PublishedText.Visibility
# What must differ between two rows of a page.
_COMPARED = ("visibility", "title", "url", "byline", "wording_id", "notices", "needs_review")


def record_pages(pages: Iterable[Page], cause: str, because: Any = None) -> None:
    """Look at pages as they stand in the database; see `record_page`."""
    keys = [page.pk for page in pages]
    for page in Page.objects.filter(pk__in=keys).specific():
        if isinstance(page, BasePage):
            record_page(page, cause, because)


def record_page(page: BasePage, cause: str, because: Any = None) -> None:
    """
    Write a row for a page that readers see otherwise than its last row says; sends `page_recorded`.

    `because` is the record whose change is the cause, where it is not the page itself.
    """
    last = PublishedText.objects.of(page.pk).first()
    if last is None and not page.live:
        return
    values, row = _values(page, last), None
    if last is None or any(getattr(last, name) != values[name] for name in _COMPARED):
        moment = _moment(page, values["visibility"])
        row = _new_row(page.pk, cause, last, values, moment=moment, revision_key=page.live_revision_id)
        row.save()
    page_recorded.send(sender=PublishedText, page=page, before=last, row=row, because=because)


def _new_row(
    page_key: int, cause: str, last: PublishedText | None, values: dict[str, Any], moment: Any = None, **more: Any
) -> PublishedText:
    """A row by whoever acts now. Its time is never before that of the row before it, whatever the clock says."""
    user, moment = get_active_log_context().user, moment or timezone.now()
    return PublishedText(
        page_key=page_key,
        cause=cause,
        seen_from=max(moment, last.seen_from) if last else moment,
        published_by=user,
        published_by_name=str(user or "")[:255],
        **values,
        **more,
    )


def _values_of(row: PublishedText) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COMPARED}


def _values(page: BasePage, last: PublishedText | None) -> dict[str, Any]:
    visibility = _visibility(page)
    if visibility == Visibility.OFF and last:
        # Nobody sees what the row of a page that is taken down holds: what they saw last stands.
        return {**_values_of(last), "visibility": visibility}
    names = [author["name"] for author in getattr(page, "authors", [])]
    return {
        "visibility": visibility,
        "title": page.title,
        "url": page.url or "",
        "byline": ", ".join(names),
        "wording_id": wording_of(page).pk,
        "notices": [_as_json(notice) for notice in notices_for(page, None)],
        "needs_review": page.needs_review,
    }


def _visibility(page: BasePage) -> str:
    if not is_published(page):
        return Visibility.OFF
    return Visibility.PUBLIC if published(Page.objects.filter(pk=page.pk)).exists() else Visibility.PRIVATE


def _moment(page: BasePage, visibility: str) -> datetime.datetime:
    """From when on readers see it so: an expiry counts from its own time."""
    now = timezone.now()
    has_expired = visibility == Visibility.OFF and page.expire_at and page.expire_at <= now
    return page.expire_at if has_expired else now


def _as_json(notice: Any) -> dict[str, str]:
    html = expand_db_html(notice.notice) if notice.is_rich else str(notice.notice)
    return {"title": str(notice.title), "html": html}


def record_notices() -> None:
    """Write a row for each page under which other disclaimers stand than its last row says; texts are not rendered."""
    versions = list(DisclaimerVersion.objects.in_force())
    newest = PublishedText.objects.values("page_key").annotate(newest=Max("pk")).values("newest")
    rows = {row.page_key: row for row in PublishedText.objects.filter(pk__in=newest)}
    fallback, changed = site_wide_notice_without_page(), []
    as_json = cache(_as_json)
    for page in Page.objects.filter(pk__in=rows).only("pk", "path", "depth"):
        last = rows[page.pk]
        notices = [as_json(notice) for notice in notices_for(page, None, versions, fallback)]
        if last.visibility != Visibility.OFF and last.notices != notices:
            values = {**_values_of(last), "notices": notices}
            # One that begins by its date began then, whenever this is noticed.
            since = max((in_force_since(version) for version in versions if version.applies_to(page)), default=None)
            moment = since if since and last.seen_from < since <= timezone.now() else None
            changed.append(_new_row(page.pk, Cause.NOTICE, last, values, moment, revision_key=last.revision_key))
    PublishedText.objects.bulk_create(changed, batch_size=500)


def record_deletion(page_key: int) -> None:
    """Write down that a page is gone; whatever its record holds stays."""
    last = PublishedText.objects.of(page_key).first()
    if last is None or (last.visibility == Visibility.OFF and last.cause == Cause.DELETED):
        return
    _new_row(page_key, Cause.DELETED, last, {**_values_of(last), "visibility": Visibility.OFF}).save()


def record_what_changed_by_date(job_round: JobRound) -> None:
    """
    Once a day, a part in each round: look at all pages anew.

    A disclaimer comes into force by its date, and rows can be changed past every signal. The row
    then says that its moment is not known.
    """
    today = timezone.localdate()
    CompletedRound.objects.get_or_create(kind="record", day=today, defaults={"last_page_key": 0})
    check = CompletedRound.objects.get(kind="record", day=today)
    if check.last_page_key is None:
        return
    if check.last_page_key == 0:
        job_round.attempt("archive.notices:", JOB_NAME, record_notices)
    pages = list(Page.objects.filter(pk__gt=check.last_page_key, depth__gt=1).order_by("pk")[:PAGES_A_ROUND])
    for page in pages:
        job_round.attempt(f"wagtailcore.page:{page.pk}", page.title, record_pages, [page], Cause.FOUND)
    check.last_page_key = pages[-1].pk if len(pages) == PAGES_A_ROUND else None
    check.save(update_fields=["last_page_key"])
