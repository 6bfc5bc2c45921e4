"""Wagtail's template tags of its admin, with the one time that they write in 24 hours in 12."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from wagtail.admin.templatetags import wagtailadmin_tags

from clinic.clock import format_time

register = template.Library()
register.tags.update(wagtailadmin_tags.register.tags)
register.filters.update(wagtailadmin_tags.register.filters)


@register.simple_tag
def timesince_last_update(last_update: datetime, *args: Any, **kwargs: Any) -> str:
    """When something was last changed: a time today, “2 days ago” before."""
    words = wagtailadmin_tags.timesince_last_update(last_update, *args, **kwargs)
    moment = timezone.localtime(last_update)
    if moment.date() != timezone.localdate():
        return words
    return words.replace(f"{moment:%H:%M}", format_time(moment), 1)
