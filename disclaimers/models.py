"""Disclaimers and their versions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.rich_text import RichText
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields import StreamField
from core.models import BasePage
from core.structured_data import collection_graph
from delivery.json_ld import absolute
from disclaimers.history import VersionHistoryMixin
from publishing.exceptions import PublishingBlocked
from publishing.visibility import published


class DisclaimerIndexPage(BasePage):
    """All disclaimers of the site."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["disclaimers.DisclaimerPage"]
    opening_fields = text_fields = ("introduction",)
    dated_by = frozenset({"disclaimers.DisclaimerPage"})
    shows_modified_date = False

    introduction = RichTextField(blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction")]

    @cached_property
    def disclaimers(self):
        """Published disclaimers in the order of staff."""
        return list(DisclaimerPage.objects.child_of(self).listed().order_by("path"))

    def structured_data(self, site_context):
        return collection_graph(self, site_context, self.disclaimers)

    class Meta:
        verbose_name = "disclaimers"


class DisclaimerPage(VersionHistoryMixin, BasePage):
    """A notice and its full text. What pages show is the version written at publishing."""

    class Scope(models.TextChoices):
        EVERYWHERE = "everywhere", "On every page"
        SECTION = "section", "On one section: a page and everything below it"
        PAGES = "pages", "On chosen pages"

    parent_page_types = ["disclaimers.DisclaimerIndexPage"]
    subpage_types = []
    opening_fields = ("notice",)
    text_fields = ("notice", "body")
    shows_modified_date = False

    notice = RichTextField(editor="plain", help_text="Short: it appears at the foot of every page it applies to.")
    body = StreamField(BodyBlock(), blank=True, verbose_name="full text")
    effective_date = models.DateField(
        null=True,
        blank=True,
        help_text="From this day on; until then, the version before it applies. Empty: as soon as published.",
    )
    scope = models.CharField("where it applies", max_length=12, choices=Scope, default=Scope.EVERYWHERE)
    section = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For “On one section.”",
    )

    content_panels = BasePage.content_panels + [
        FieldPanel("notice"),
        FieldPanel("body"),
        FieldPanel("effective_date"),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                PageChooserPanel("section"),
                InlinePanel("chosen_pages", label="Page", heading="Chosen pages"),
                HelpPanel(template="disclaimers/admin/effect_panel.html", heading="What this changes"),
            ],
            heading="Where it applies",
        ),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("notice"), index.SearchField("body")]

    def clean(self):
        super().clean()
        if self.scope == self.Scope.SECTION and not self.section_id:
            raise ValidationError({"section": "Choose the section it applies to."})

    @property
    def heading(self):
        return self.current_version.title if self.current_version else self.title

    @property
    def node_id(self):
        """The `@id` of the page wherever a graph points to it."""
        return f"{absolute(self.url)}#page"

    @cached_property
    def current_version(self):
        """The version in force today, or None before the first one."""
        return DisclaimerVersion.objects.effective().filter(disclaimer=self).order_by("-number").first()

    class Meta:
        verbose_name = "disclaimer"


def refuse_without_section(page):
    """A gate: an old version may apply to a section whose page has been deleted since, and would stand nowhere."""
    if isinstance(page, DisclaimerPage) and page.scope == page.Scope.SECTION and not page.section_id:
        raise PublishingBlocked(page, "Choose the section it applies to.", place="section")


class DisclaimerTarget(Orderable):
    """A page that a disclaimer applies to."""

    disclaimer = ParentalKey(DisclaimerPage, related_name="chosen_pages", on_delete=models.CASCADE)
    page = models.ForeignKey("wagtailcore.Page", related_name="+", on_delete=models.CASCADE)

    panels = [PageChooserPanel("page")]


class DisclaimerVersionQuerySet(models.QuerySet):
    """Evidence of what was said: rows are written, never changed."""

    def record(self, page):
        """Write a version of a disclaimer just published; None if nothing that it says has changed."""
        content = {
            "title": page.title,
            "notice": page.notice,
            "body": _plain(page.body),
            "effective_date": page.effective_date,
            "scope": page.scope,
            "section_id": page.section_id,
            "page_ids": [row.page_id for row in page.chosen_pages.all()],
        }
        last = self.filter(disclaimer_key=page.pk).order_by("-number").first()
        if last and all(_plain(getattr(last, name)) == _plain(value) for name, value in content.items()):
            return None
        number = last.number + 1 if last else 1
        return self.create(disclaimer=page, disclaimer_key=page.pk, number=number, **content)

    def effective(self):
        """Versions whose effective date has come, or that have none."""
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        return self.filter(Q(effective_date__isnull=True) | Q(effective_date__lte=today))

    def in_force(self):
        """The newest effective version of each disclaimer that can be read at this moment."""
        newest = (
            DisclaimerVersion.objects.effective()
            .filter(disclaimer_key=OuterRef("disclaimer_key"))
            .order_by("-number")
            .values("number")[:1]
        )
        readable = published(DisclaimerPage.objects.all()).values("pk")
        return (
            self.filter(disclaimer__in=readable, number=Subquery(newest))
            .annotate(section_path=F("section__path"))
            .select_related("disclaimer")
            .order_by("disclaimer__path")
        )


def _plain(value):
    """A value as JSON would give it back, so that stored and fresh ones compare."""
    if hasattr(value, "raw_data"):
        return [dict(block) for block in value.raw_data]
    return value


class DisclaimerVersion(models.Model):
    """What a disclaimer said from one publishing to the next."""

    disclaimer = models.ForeignKey(DisclaimerPage, null=True, on_delete=models.SET_NULL, related_name="versions")
    # Stays when the page is deleted, so that its versions still belong together.
    disclaimer_key = models.PositiveBigIntegerField(editable=False)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    title = models.CharField(max_length=255)
    notice = models.TextField()
    body = StreamField(BodyBlock(), blank=True)
    effective_date = models.DateField(null=True, blank=True)
    scope = models.CharField(max_length=12, choices=DisclaimerPage.Scope)
    section = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    page_ids = models.JSONField(default=list)

    objects = DisclaimerVersionQuerySet.as_manager()

    class Meta:
        ordering = ["disclaimer_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["disclaimer_key", "number"], name="disclaimer_version_number_once")
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"

    def save(self, *args, **kwargs):
        if self.pk and not kwargs.get("force_insert"):
            raise ValidationError("A version is evidence: it is never changed. Publish a new one.")
        super().save(*args, **kwargs)

    def as_html(self):
        """All its words as HTML, to compare it with another version."""
        return format_html("<h1>{}</h1>{}{}", self.title, RichText(self.notice), self.body)

    @property
    def has_tokens(self):
        """Whether figures or sources stand in it, whose words are kept elsewhere and may have changed since."""
        return "<embed" in str(self.body.raw_data) + self.notice

    def applies_to(self, page):
        """
        Whether the version, as `in_force()` gives it, applies to a page.

        `None` stands for what is no page: search results and errors.
        """
        if self.scope == DisclaimerPage.Scope.EVERYWHERE:
            return True
        if page is None:
            return False
        if self.scope == DisclaimerPage.Scope.SECTION:
            return bool(self.section_path) and page.path.startswith(self.section_path)
        return page.pk in self.page_ids
