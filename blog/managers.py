"""The queryset of articles."""

from django.db import models

from core.managers import BasePageManager, BasePageQuerySet
from core.models import PageTopic


class BlogPostQuerySet(BasePageQuerySet):
    """Articles, by intent."""

    def about(self, topics):
        """Articles of any of `topics` (primary keys or instances)."""
        return self.filter(page_topics__topic__in=topics).distinct()

    def with_emblem(self):
        """Each with the `emblem` of its first topic, or None."""
        first = PageTopic.objects.filter(page=models.OuterRef("pk"), topic__live=True).values("topic__emblem")[:1]
        return self.annotate(emblem=models.Subquery(first))

    def newest_first(self):
        """By their own date; undated ones after dated ones, in the order of staff."""
        return self.order_by(models.F("published_on").desc(nulls_last=True), "path")


BlogPostManager = BasePageManager.from_queryset(BlogPostQuerySet)
