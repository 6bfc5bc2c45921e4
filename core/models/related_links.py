"""Related pages that staff chose."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable


class RelatedPage(Orderable):
    """A related page that staff chose; `sort_order` is their order."""

    page = ParentalKey("wagtailcore.Page", related_name="related_links", on_delete=models.CASCADE)
    target = models.ForeignKey("wagtailcore.Page", related_name="+", on_delete=models.CASCADE)

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        verbose_name = "related page"
        constraints = [
            models.UniqueConstraint(fields=["page", "target"], name="related_page_once"),
        ]

    def clean(self):
        if self.target_id and self.target_id == self.page_id:
            raise ValidationError({"target": "A page cannot be related to itself."})
