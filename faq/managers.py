"""The queryset of questions."""

from django.db import models

from core.managers import BasePageManager, BasePageQuerySet


class FAQEntryQuerySet(BasePageQuerySet):
    """Questions, by intent."""

    def short(self):
        """Without full answers, but knowing whether there is one (`has_body`)."""
        has_body = models.Case(models.When(body=[], then=False), default=True, output_field=models.BooleanField())
        return self.annotate(has_body=has_body).defer("body")

    def with_lines(self):
        """With topics and safety lines, in the same query."""
        return self.select_related("topic__safety_line", "own_safety_line")

    def in_order(self):
        """By topic, then in the order in which staff dragged them."""
        return self.order_by("topic__order", "topic__name", "path")


FAQEntryManager = BasePageManager.from_queryset(FAQEntryQuerySet)
