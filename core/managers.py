"""The queryset of every kind of page."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from publishing.visibility import published


class BasePageQuerySet(PageQuerySet):
    """Queries every kind of page answers."""

    def published(self):
        """See `published`."""
        return published(self)

    def indexable(self):
        """Those that anybody may read and search engines may list; an alias is listed where it was written."""
        return self.published().filter(alias_of__isnull=True, hide_from_search_engines=False)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
