"""The queryset of every kind of page."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from publishing.visibility import published


class BasePageQuerySet(PageQuerySet):
    """Queries every kind of page answers."""

    def published(self):
        """See `published`."""
        return published(self)

    def listed(self):
        """Those that a list shows: anybody may read them, and of a page and its aliases only the page."""
        return self.published().filter(alias_of__isnull=True)

    def indexable(self):
        """Those of a list that search engines may list, too."""
        return self.listed().filter(hide_from_search_engines=False)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
