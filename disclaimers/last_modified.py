"""When what a page shows last changed, its notices included."""

from datetime import datetime

from django.http import HttpRequest

from core.models import BasePage
from disclaimers.history import in_force_since
from disclaimers.notices import versions_in_force


def last_modified(page: BasePage, request: HttpRequest | None) -> datetime | None:
    """The last change of the page's own words, of what it shows of others, and of its notices; None where unknown."""
    notices = [in_force_since(version) for version in versions_in_force(request) if version.applies_to(page)]
    known = [moment for moment in (page.content_updated_at, page.dependencies_updated_at, *notices) if moment]
    return max(known, default=None)
