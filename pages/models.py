"""Home, standard pages, visit."""

from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from blog.models import BlogPostPage
from core.blocks import BodyBlock, DoorBlock, headings
from core.models import BasePage, published
from core.structured_data import page_graph


class HomePage(BasePage):
    """The front door."""

    max_count = 1
    parent_page_types = [Page]
    subpage_types = [
        "faq.FAQIndexPage",
        "blog.BlogIndexPage",
        "governance.TeamIndexPage",
        "governance.DisclaimerIndexPage",
        "pages.StandardPage",
        "pages.VisitPage",
    ]
    # Addresses of innerbloom/urls.py, which come before any page.
    reserved_slugs = frozenset(
        {"admin", "disclaimer", "documents", "favicon.ico", "healthz", "media", "search", "static"}
    )
    is_clinical = True

    hero_heading = models.CharField("heading", max_length=120, blank=True)
    hero_lead = RichTextField("lead", editor="answer", blank=True)
    hero_caution = RichTextField(
        "caution", editor="answer", blank=True, help_text="Off-label use, and who should not have it."
    )
    doors = StreamField([("door", DoorBlock())], blank=True, max_num=4)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_heading"), FieldPanel("hero_lead"), FieldPanel("hero_caution")], heading="Hero"
        ),
        FieldPanel("doors"),
        FieldPanel("body"),
        *BasePage.related_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    @cached_property
    def open_doors(self):
        """The doors whose page anybody may read: one that leads nowhere is not shown."""
        pages = {door.value["page"].pk for door in self.doors if door.value["page"]}
        readable = set(published(Page.objects.filter(pk__in=pages)).values_list("pk", flat=True)) if pages else ()
        return [door for door in self.doors if door.value["page"] and door.value["page"].pk in readable]

    @cached_property
    def first_questions(self):
        """The pages staff chose for "questions people ask first"."""
        return self.onward.chosen

    @cached_property
    def articles(self):
        """The three newest articles."""
        return list(BlogPostPage.objects.published().newest_first().defer("body")[:3])

    class Meta:
        verbose_name = "home page"


class StandardPage(BasePage):
    """A page of its own: treatment, what to expect, privacy."""

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    is_clinical_text = models.BooleanField(
        "speaks of treatment",
        default=False,
        help_text="Readers are told whether a clinician has reviewed it.",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("is_clinical_text"),
        FieldPanel("body"),
        *BasePage.related_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    @property
    def is_clinical(self):
        return self.is_clinical_text

    @cached_property
    def contents(self):
        """(anchor, text) of the sections."""
        return headings(self.body)

    def structured_data(self, request):
        return page_graph(self, request, kind="MedicalWebPage" if self.is_clinical else "WebPage")

    class Meta:
        verbose_name = "standard page"


class VisitPage(BasePage):
    """Where the clinic is and when it is open; the facts come from the clinic's settings."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    # It also says what to do before and after an infusion.
    is_clinical = True

    introduction = RichTextField(blank=True)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("introduction"), FieldPanel("body")]
    search_fields = BasePage.search_fields + [index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = "visit page"
