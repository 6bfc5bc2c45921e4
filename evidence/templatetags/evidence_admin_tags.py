"""Template tags for panels of a fact or source."""

from django import template

from evidence.models import Stated
from evidence.usage import statements

register = template.Library()


@register.simple_tag
def stated_on(record: Stated) -> dict:
    """A record as it is `stored`, and the `pages` that state it so, and how; see `evidence.usage.statements`."""
    # A form that was refused has changed this instance.
    stored = type(record).objects.filter(pk=record.pk).first() if record.pk else None
    return {"stored": stored, "pages": statements(stored) if stored else []}
