"""Crawler settings: which crawlers may read the site."""

from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel

from publishing.records import SingleRecord


class CrawlerSettings(SingleRecord):
    """What robots.txt asks of crawlers. Well-behaved ones keep to it; it blocks none."""

    allows_search = models.BooleanField(
        "search engines may read the site",
        default=True,
        help_text="Google, Bing, and those that find sources for the answers of AI assistants. "
        "Without them nobody finds you by searching.",
    )
    allows_training = models.BooleanField(
        "AI companies may learn from it",
        default=True,
        help_text="What a model has learned it may repeat for years, also after you have changed it here. "
        "Some companies bind it to how they name sources in their answers.",
    )
    allows_assistants = models.BooleanField(
        "AI assistants may open a page that somebody asks about",
        default=True,
        help_text="When a person says “look at this page for me”.",
    )

    panels = [
        HelpPanel("These switches are requests to machines, in the file robots.txt. They lock nothing."),
        FieldPanel("allows_search"),
        FieldPanel("allows_training"),
        FieldPanel("allows_assistants"),
    ]

    class Meta(SingleRecord.Meta):
        verbose_name = verbose_name_plural = "search engines and AI"

    def __str__(self) -> str:
        return "Search engines and AI"
