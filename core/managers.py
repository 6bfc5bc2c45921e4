"""Querysets that every kind of page answers."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from publishing.visibility import published


class BasePageQuerySet(PageQuerySet):
    """Queries every kind of page answers."""

    def published(self):
        """See `published`."""
        return published(self)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
