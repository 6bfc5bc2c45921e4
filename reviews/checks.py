"""What `manage.py check --deploy` says of reviews."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError

from reviews.models import ReviewStatus


def is_public_site() -> bool:
    """Whether the site is served to the public: its address is https and no name of this machine."""
    return bool(settings.IS_HTTPS and settings.SITE_HOST not in {"localhost", "127.0.0.1", "::1"})


@register(deploy=True)
def clinical_pages_are_reviewed(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """reviews.W001: readers see clinical texts that nobody has reviewed."""
    if not is_public_site():
        return []
    try:
        number = ReviewStatus.objects.of_readable_pages().filter(state=ReviewStatus.State.NEVER).count()
    except DatabaseError:  # before the first migration there are no pages either
        return []
    if not number:
        return []
    return [
        Warning(
            f"Readers see {number} clinical pages that no clinician has reviewed.",
            hint="Reports > Clinical reviews in the admin lists them.",
            id="reviews.W001",
        )
    ]
