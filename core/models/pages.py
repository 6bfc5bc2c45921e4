"""The page that all pages are."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from core import content_dates
from core.managers import BasePageManager
from core.page_models import PageOptions
from core.related_pages import RelatedPages
from core.structured_data import page_graph
from publishing.stale_form import StaleFormMixin
from publishing.visibility import is_published
from text.control_characters import CleanTextMixin


class BasePageForm(StaleFormMixin, WagtailAdminPageForm):
    """Tells a page not yet in the tree where it will stand, so that `clean` can check its slug."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance._future_parent = self.parent_page


class BasePage(PageOptions, CleanTextMixin, Page):
    """
    Title, summary, social picture, index switch and "keep reading": small on purpose.

    `reserved_slugs` of a parent names the words its routes answer (a route wins over a
    child page, which would then be unreachable).
    """

    summary = models.CharField(
        max_length=200,
        blank=True,
        help_text="One or two sentences for lists, search engines and shared links. "
        "Best between 110 and 155 characters.",
    )
    social_image = models.ForeignKey(
        "media.ClinicImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="picture for shared links",
    )
    hide_from_search_engines = models.BooleanField(
        default=False,
        help_text="Search engines are asked not to list this page. People can still open and find it here.",
    )
    # Null until staff change what the page says: starter texts carry no date of their own.
    content_updated_at = models.DateTimeField(null=True, editable=False)
    content_digest = models.CharField(max_length=64, blank=True, editable=False)
    # When something changed that the page shows and that is written elsewhere; see core/content_dates.py.
    dependencies_updated_at = models.DateTimeField(null=True, editable=False)

    objects = BasePageManager()
    base_form_class = BasePageForm

    is_clinical = False
    # Whether the page itself shows when it changed, and where and when the clinic can be reached.
    shows_modified_date = True
    shows_clinic = False
    reserved_slugs = frozenset()
    # False keeps a kind of page (legal texts, indexes) out of automatic "keep reading".
    offered_as_related = False
    # The path of a query from a page of this kind to its topics; empty for a kind without any.
    topic_lookup = ""
    # The fields that say what the page is about where there is no summary; after them its body does.
    opening_fields = ()
    body = ()
    # {field of a picture: its place in `media.renditions.RENDITION_SPECS`}; the pictures of a body are figures.
    picture_places = {}
    # The node of the page's JSON-LD that cites its sources, by the end of its `@id`.
    citing_node = "#page"
    # Whether an article lists the page among the questions that it deepens.
    is_question = False
    # The kinds of records, by label, that pages of this kind show in their own text: a list shows what it lists.
    dated_by = frozenset()
    # Kept by the site, not by whoever writes the page.
    bookkeeping_fields = ("content_updated_at", "content_digest", "dependencies_updated_at")
    exclude_fields_in_copy = [*bookkeeping_fields]

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    heading="Address",
                    help_text="Its last part, such as is-ketamine-safe. It follows the title until the page is "
                    "published. When you change it later, the old address goes on working.",
                ),
                FieldPanel("summary"),
                FieldPanel(
                    "seo_title",
                    heading="Title for search engines",
                    help_text="Shorter or clearer than the heading, if need be. Empty, the heading stands there.",
                ),
                FieldPanel("social_image"),
                FieldPanel("hide_from_search_engines"),
                HelpPanel(template="core/admin/search_preview_panel.html"),
            ],
            heading="Search and sharing",
        ),
        HelpPanel(
            template="core/admin/graph_panel.html",
            heading="Advanced: what machines read",
            classname="collapsed",
        ),
    ]
    related_panels = [
        InlinePanel(
            "related_links",
            heading="Keep reading",
            label="Page",
            help_text="Pages to read next, in your order. Up to three are shown; "
            "what you leave empty is filled with the nearest published pages.",
        )
    ]
    search_fields = Page.search_fields + [index.SearchField("summary")]

    @property
    def is_published(self):
        """Whether anybody may read the page at this moment, view restrictions aside."""
        return is_published(self)

    @property
    def description(self):
        """Plain text for the description of the page in a head or a list."""
        return self.search_description or self.summary

    @property
    def text_updated_at(self):
        """When the text last changed, with the facts it states; None where it is as the site was installed."""
        # A list is dated by what appears in it: on the day of installation, too.
        moments = (self.content_updated_at, None if self.dated_by else self.dependencies_updated_at)
        return max(filter(None, moments), default=None)

    @property
    def heading(self):
        """What stands at the top of the page."""
        return self.title

    @cached_property
    def topics(self):
        """The topics of the page, a list; most kinds of page have none."""
        return []

    @cached_property
    def related(self):
        """The pages that may follow this one; see `core.related_pages.RelatedPages`."""
        return RelatedPages(self)

    @cached_property
    def suggested_pages(self):
        """Up to three pages to go on with."""
        return self.related.suggest()

    @cached_property
    def breadcrumbs(self):
        """
        The published pages above this one, from home down.

        A private page among them makes this one private, too: who may read it may see them.
        """
        # Routing has left each page its parent, so that this asks nothing of the database.
        above, page = [], self
        while (page.depth or 0) > 2:
            page = page.get_parent()
            above.insert(0, page)
        return [page for page in above if is_published(page)]

    def listed_routes(self):
        """The paths within the page that search engines should list beside it."""
        return []

    def structured_data(self, site_context):
        """The JSON-LD graph of the page, a list of nodes; subclasses add theirs."""
        return page_graph(self, site_context)

    def compute_content_digest(self):
        """A digest of what the page says, blind to bookkeeping and to saving without a change."""
        bookkeeping = {
            field.name
            for field in Page._meta.get_fields()
            if field.name not in {"title", "slug", "seo_title", "search_description", "related_links"}
        } | {*self.bookkeeping_fields, "page_ptr"}
        return content_dates.digest(self.serializable_data(), bookkeeping)

    def with_content_json(self, content):
        page = super().with_content_json(content)
        for name in self.bookkeeping_fields:
            setattr(page, name, getattr(self, name))
        return page

    def publish(self, *args, **kwargs):
        appears = not self.live
        super().publish(*args, **kwargs)
        if appears:
            content_dates.date_pages_listing(type(self))

    def clean(self):
        super().clean()
        parent = self.get_parent() if self.path else getattr(self, "_future_parent", None)
        if parent and self.slug in getattr(parent.specific_class, "reserved_slugs", ()):
            raise ValidationError({"slug": _("“%s” is used by this section itself. Choose another word.") % self.slug})

    def serve(self, request, *args, **kwargs):
        if not self.is_published:
            raise Http404
        return super().serve(request, *args, **kwargs)

    class Meta:
        abstract = True
