"""When what a page shows last changed, its notices included."""

from datetime import datetime, time

from django.http import HttpRequest
from django.utils import timezone

from core.models import BasePage
from disclaimers.models import DisclaimerVersion
from disclaimers.notices import versions_in_force


def last_modified(page: BasePage, request: HttpRequest | None) -> datetime | None:
    """The last change of the page's own words, of what it shows of others, and of its notices; None where unknown."""
    notices = [_in_force_since(version) for version in versions_in_force(request) if version.applies_to(page)]
    known = [moment for moment in (page.content_updated_at, page.dependencies_updated_at, *notices) if moment]
    return max(known, default=None)


def _in_force_since(version: DisclaimerVersion) -> datetime:
    if not version.effective_date:
        return version.published_at
    midnight = datetime.combine(version.effective_date, time.min)
    return max(version.published_at, timezone.make_aware(midnight, timezone.get_default_timezone()))
