"""Who may read the site with machines, as staff decide."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, HelpPanel

from publishing.records import SingleRecord


class CrawlerSettings(SingleRecord):
    """What robots.txt asks of machines. Well-behaved ones keep to it; it locks nobody out."""

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

    indexnow_key = models.CharField(
        "IndexNow key",
        max_length=128,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9-]{8,128}$", "A key has 8 to 128 letters, digits and hyphens.")],
        help_text="Any 8 to 128 letters and digits that you make up. With one, Bing and others are told "
        "when a page changes. Empty: nobody is told.",
    )

    panels = [
        HelpPanel("These switches are requests to machines, in the file robots.txt. They lock nothing."),
        FieldPanel("allows_search"),
        FieldPanel("allows_training"),
        FieldPanel("allows_assistants"),
        FieldPanel("indexnow_key"),
    ]

    class Meta(SingleRecord.Meta):
        verbose_name = verbose_name_plural = "search engines and AI"

    def __str__(self):
        return "Search engines and AI"


class Announcement(models.Model):
    """An address that search engines are yet to be told of; see machines/indexnow.py."""

    address = models.URLField(max_length=500, unique=True)
    noted_at = models.DateTimeField(auto_now=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.address


class GivenFile(models.Model):
    """What was given out last at the address of a file for machines; see machines/dates.py."""

    path = models.CharField(max_length=600, unique=True)
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self):
        return self.path
