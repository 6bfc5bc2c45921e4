"""Home, standard pages, visit."""

from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from blog.models import BlogPostPage
from core.blocks import BodyBlock, DoorBlock, contents
from core.cards import Card, flowers_apart
from core.fields import StreamField
from core.models import BasePage, LeadPictureMixin, SafetyLineMixin
from core.structured_data import page_graph, page_pictures, subject_nodes
from people.models import team_with_people
from publishing.visibility import published
from reviews.forms import ReviewedPageForm
from reviews.reviewed_pages import ReviewedMixin


def is_section(block):
    """Whether a block of a body is the heading of a section."""
    return block.block_type == "heading" and block.value["level"] == "h2"


class HomePage(LeadPictureMixin, BasePage):
    """The front door."""

    max_count = 1
    parent_page_types = [Page]
    subpage_types = [
        "faq.FAQIndexPage",
        "blog.BlogIndexPage",
        "people.TeamIndexPage",
        "disclaimers.DisclaimerIndexPage",
        "pages.StandardPage",
        "pages.VisitPage",
    ]
    # Addresses of innerbloom/urls.py, which come before any page.
    reserved_slugs = frozenset(
        {
            "admin",
            "disclaimer",
            "documents",
            "favicon.ico",
            "feed",
            "healthz",
            "media",
            "search",
            "shared-draft",
            "static",
            "styleguide",
        }
    )
    is_clinical = True
    opening_fields = ("hero_lead",)
    text_fields = ("hero_lead", "hero_caution", "lead_caption", "doors", "body")
    fields_without_bare_results = "__all__"
    block_picture_places = {"doors.door.picture": "card"}
    shows_clinic = True
    dated_by = frozenset({"blog.BlogPostPage", "clinic.ClinicSettings", "pages.VisitPage", "people.PersonPage"})

    hero_heading = models.CharField("heading", max_length=120, blank=True)
    hero_lead = RichTextField("lead", editor="answer", blank=True)
    hero_caution = RichTextField(
        "calm line",
        editor="answer",
        blank=True,
        help_text="One sentence below the buttons, with a link to who should not have ketamine.",
    )
    first_step_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="first step leads to",
    )
    first_step_label = models.CharField(
        "words on its button", max_length=60, blank=True, help_text="Such as “Is it right for me?”"
    )
    second_step_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="second step leads to",
        help_text="Its button takes the place of the phone number until the clinic’s settings have one.",
    )
    second_step_label = models.CharField(
        "words on its button", max_length=60, blank=True, help_text="Such as “What to expect.”"
    )
    doors = StreamField([("door", DoorBlock())], blank=True, max_num=4)
    body = StreamField(BodyBlock(), blank=True, help_text="The first section appears above the doors.")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_heading"),
                FieldPanel("hero_lead"),
                FieldPanel("hero_caution"),
                PageChooserPanel("first_step_page"),
                FieldPanel("first_step_label"),
                PageChooserPanel("second_step_page"),
                FieldPanel("second_step_label"),
            ],
            heading="Hero",
        ),
        LeadPictureMixin.lead_picture_panel,
        FieldPanel("doors"),
        FieldPanel("body"),
        *BasePage.related_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    @property
    def heading(self):
        return self.hero_heading or self.title

    @cached_property
    def _readable(self):
        """The pages that anybody may read among those the doors and the first step lead to, by primary key."""
        pages = {door.value["page"].pk for door in self.doors if door.value["page"]}
        steps = {self.first_step_page_id, self.second_step_page_id}
        return published(Page.objects.all()).in_bulk((pages | steps) - {None})

    @property
    def open_doors(self):
        """The doors whose page anybody may read: one that leads nowhere is not shown."""
        return [door for door in self.doors if door.value["page"] and door.value["page"].pk in self._readable]

    @property
    def door_cards(self):
        """The open doors with the picture or the flower of each; see `core.cards`."""
        doors = self.open_doors
        flowers = flowers_apart([""] * len(doors))
        return [Card(door, flower, door.value["picture"]) for door, flower in zip(doors, flowers, strict=True)]

    @property
    def has_door_pictures(self):
        """Whether the doors show anything but words."""
        return any(door.value["picture"] for door in self.open_doors)

    @property
    def first_step(self):
        """The page of the first button, or None while it cannot be read."""
        return self._readable.get(self.first_step_page_id)

    @property
    def second_step(self):
        """The page of the second button, or None while it cannot be read."""
        return self._readable.get(self.second_step_page_id)

    @cached_property
    def body_parts(self):
        """The blocks of the body as two lists: its first section, which stands above the doors, and the rest."""
        blocks = list(self.body)
        sections = [n for n, block in enumerate(blocks) if is_section(block)]
        end = sections[1] if len(sections) > 1 else len(blocks)
        return blocks[:end], blocks[end:]

    @cached_property
    def first_questions(self):
        """The pages staff chose for "questions people ask first"."""
        return self.related.chosen

    @cached_property
    def articles(self):
        """The three newest articles."""
        return list(BlogPostPage.objects.listed().newest_first().with_emblem().defer("body")[:3])

    @cached_property
    def team(self):
        """The page of the team, or None while it shows nobody."""
        return team_with_people()

    @property
    def faces(self):
        """The first three of the team, in the order of staff."""
        return self.team.people[:3] if self.team else []

    @cached_property
    def visit(self):
        """The page that says where the clinic is, or None while nobody may read it."""
        return VisitPage.objects.published().defer("introduction", "body").first()

    class Meta:
        verbose_name = "home page"


class StandardPage(ReviewedMixin, SafetyLineMixin, LeadPictureMixin, BasePage):
    """A page of its own: treatment, what to expect, privacy."""

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    base_form_class = ReviewedPageForm
    text_fields = ("lead_caption", "body")
    unseen_fields = ("review_interval",)

    is_clinical_text = models.BooleanField(
        "is about treatment",
        default=False,
        help_text="Readers are told whether a clinician has reviewed it.",
    )
    is_leaflet = models.BooleanField(
        "a leaflet to print",
        default=False,
        help_text="For a page that people take home on one sheet of paper. On paper, the clinic’s notices are left "
        "out, and the foot of the page says to ask us for the current version.",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("is_clinical_text"),
        FieldPanel("is_leaflet"),
        LeadPictureMixin.lead_picture_panel,
        FieldPanel("body"),
        *SafetyLineMixin.safety_line_panels,
        *BasePage.related_panels,
        *ReviewedMixin.review_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    @property
    def is_clinical(self):
        return self.is_clinical_text

    @cached_property
    def contents(self):
        """(anchor, text) of the sections of a long text; a leaflet is seen at one glance."""
        sections = contents(self.body)
        return [] if self.is_leaflet else sections

    @cached_property
    def body_parts(self):
        """The blocks of the body before the safety line and after it: a text begins with what it has to say."""
        blocks = list(self.body)
        if not self.safety_line:
            return blocks, []
        end = int(bool(blocks) and blocks[0].block_type == "paragraph")
        return blocks[:end], blocks[end:]

    @cached_property
    def suggested_pages(self):
        """A page that does not speak of treatment leads to what staff chose, and to nothing else."""
        return super().suggested_pages if self.is_clinical else self.related.chosen

    def structured_data(self, site_context):
        subjects = subject_nodes(self.title) if self.is_clinical else []
        return page_graph(self, site_context, about=subjects, image=page_pictures(self))

    class Meta:
        verbose_name = "standard page"


class VisitPage(LeadPictureMixin, BasePage):
    """Where the clinic is and when it is open; the facts come from the clinic's settings."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    # It also says what to do before and after an infusion.
    is_clinical = True
    opening_fields = ("introduction",)
    text_fields = ("lead_caption", "introduction", "body")
    shows_clinic = True
    lists_special_hours = True
    dated_by = frozenset({"clinic.ClinicSettings"})

    introduction = RichTextField(blank=True)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = BasePage.content_panels + [
        LeadPictureMixin.lead_picture_panel,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *BasePage.related_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = "visit page"
