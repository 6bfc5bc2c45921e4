"""BasePage, which every kind of page inherits."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, TaskState
from wagtail.search import index

from core import content_dates
from core.head import opening_words
from core.managers import BasePageManager
from core.page_models import PageOptions
from core.related_pages import RelatedPages
from core.structured_data import page_graph
from publishing.gates import check_gates, reasons_against
from publishing.page_tree import outside_trash
from publishing.stale_form import StaleFormMixin
from publishing.visibility import is_published
from sharing.models import SharedDraft
from text.control_characters import CleanTextMixin

# What Wagtail keeps on a page and readers do not see; everything else they may.
_UNSEEN_FIELDS = {field.name for field in Page._meta.local_fields} - {
    "title", "slug", "live", "seo_title", "search_description", "expire_at",
}  # fmt: skip


class BasePageForm(StaleFormMixin, WagtailAdminPageForm):
    """Tells a page not yet in the tree where it will stand, so that `clean` can check its slug."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance._future_parent = self.parent_page

    def _post_clean(self):
        super()._post_clean()
        # Here, where what was typed stays in the form, rather than on saving.
        if "action-publish" in self.data and not self.errors:
            for reason in reasons_against(self.instance):
                self.add_error(None, _("It was not published: %s") % reason)


class BasePage(PageOptions, CleanTextMixin, Page):
    """
    The fields that all pages share: summary, social picture, index switch and related pages.

    `reserved_slugs` of a parent names the words its routes answer (a route wins over a
    child page, which would then be unreachable).
    """

    summary = models.CharField(
        max_length=200,
        blank=True,
        help_text="One or two sentences for lists, search engines, and shared links. "
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
    # What readers are told of its clinical review; see `reviews.reviewed_pages`.
    needs_review = False
    review = None
    review_properties = {}
    # Whether this instance is shown as a preview of what is not published.
    shows_draft = False
    # Whether a page of this kind can stand for the clinic beside its number; it then has `photo` and `first_name`.
    may_be_contact_person = False
    # Whether the page itself shows when it changed, and where and when the clinic can be reached.
    shows_modified_date = True
    shows_clinic = False
    # Whether it lists closed days and other hours beyond the week at its foot.
    lists_special_hours = False
    reserved_slugs = frozenset()
    # False keeps a kind of page (legal texts, indexes) out of the automatic related pages.
    offered_as_related = False
    # The path of a query from a page of this kind to its topics; empty for a kind without any.
    topic_lookup = ""
    # The fields that hold the text of the page, in reading order.
    text_fields = ("body",)
    # The fields whose words readers do not see.
    unshown_fields = ()
    # The fields that say what the page is about where there is no summary; after them its body does.
    opening_fields = ()
    body = ()
    # What the clinic says in the same words under every answer it applies to; see `SafetyLineMixin`.
    safety_line = None
    # {field of a picture: its place in `media.renditions.RENDITION_SPECS`}; the pictures of a body are figures.
    picture_places = {}
    # The same for pictures within the blocks of a field, by their path in the reference index.
    block_picture_places = {}
    # The node of the page's JSON-LD that cites its sources, by the end of its `@id`.
    citing_node = "#page"
    # Whether an article that the page links to lists it among its questions.
    is_question = False
    # The fields, beside summaries, where a figure of results may stand only with its basis; "__all__" for all.
    fields_without_bare_results = ()
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
                    "published. When you change it later, the old address keeps working.",
                ),
                FieldPanel("summary"),
                FieldPanel(
                    "seo_title",
                    heading="Title for search engines",
                    help_text="Shorter or clearer than the heading, if need be. If it is empty, the heading is used.",
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

    @cached_property
    def said_in_short(self):
        """What the head and the graph say of the page: its description, else its first words."""
        return self.description or opening_words(self)

    @property
    def text_updated_at(self):
        """When the text last changed, with the facts it states; None where it is as the site was installed."""
        # A list is dated by what appears in it: on the day of installation, too.
        moments = (self.content_updated_at, None if self.dated_by else self.dependencies_updated_at)
        return max(filter(None, moments), default=None)

    def first_published_on(self, clinic):
        """The day a text that came with the site was first read: when the site opened. None for one of the clinic's."""
        return None if self.content_updated_at else clinic.opened_on

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
        """Up to three suggested pages: those staff chose, then the nearest."""
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

    # Fields that are no content: a change of theirs is no change of the page.
    unseen_fields = ()

    def compute_content_digest(self):
        """A digest of what the page says, blind to bookkeeping and to saving without a change."""
        bookkeeping = {
            field.name
            for field in Page._meta.get_fields()
            if field.name not in {"title", "slug", "seo_title", "search_description", "related_links"}
        } | {*self.bookkeeping_fields, *self.unseen_fields, "page_ptr"}
        return content_dates.digest(self.serializable_data(), bookkeeping)

    def with_content_json(self, content):
        page = super().with_content_json(content)
        for name in self.bookkeeping_fields:
            setattr(page, name, getattr(self, name))
        return page

    def save(self, *args, update_fields=None, **kwargs):
        # Saving a draft of a live page updates what Wagtail keeps beside its content, and nothing else.
        seen = {field.name for field in self._meta.concrete_fields} - _UNSEEN_FIELDS
        if self.live and (update_fields is None or seen.intersection(update_fields)):
            check_gates(self)
        # Wagtail's editor does not call `publish`: what publishing does besides, it does here or by a signal.
        appears = self.live and update_fields is None and not type(self).objects.filter(pk=self.pk, live=True).exists()
        super().save(*args, update_fields=update_fields, **kwargs)
        if appears:
            content_dates.date_pages_listing(type(self))

    def is_revision_kept(self, revision):
        """Whether an approval, a review or a shared link names a version, so that autosave must not overwrite it."""
        shared = SharedDraft.objects.working().filter(revision=revision)
        return TaskState.objects.filter(revision=revision).exists() or shared.exists()

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        if overwrite_revision and self.is_revision_kept(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    @classmethod
    def can_create_at(cls, parent):
        # Wagtail counts those in the trash too: nobody could begin a section anew.
        if cls.max_count is None:
            return super().can_create_at(parent)
        is_free = outside_trash(cls.objects.all()).count() < cls.max_count
        return cls.is_creatable and cls.can_exist_under(parent) and is_free

    def serve_preview(self, request, mode_name):
        self.shows_draft = True
        return super().serve_preview(request, mode_name)

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
