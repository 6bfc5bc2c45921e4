"""The one time that Wagtail's admin writes in 24 hours, in 12."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.templatetags import wagtailadmin_tags

from clinic.clock import format_time


def timesince_last_update(last_update: datetime, *args: Any, **kwargs: Any) -> str:
    """When something was last changed: a time today, “2 days ago” before; as Wagtail's tag of this name."""
    words = wagtailadmin_tags.timesince_last_update(last_update, *args, **kwargs)
    moment = timezone.localtime(last_update)
    if moment.date() != timezone.localdate():
        return words
    return words.replace(f"{moment:%H:%M}", format_time(moment), 1)


def register() -> None:
    """Put the tag in the place of Wagtail's, whose format is fixed."""
    wagtailadmin_tags.register.simple_tag(timesince_last_update)
