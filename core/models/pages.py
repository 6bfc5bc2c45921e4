"""The page that all pages are."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.related import keep_reading
from core.structured_data import page_graph


def published(queryset):
    """
    The pages of `queryset` that anybody may read at this moment.

    Live, not expired and under no view restriction. Wagtail's `.live()` still holds a page
    whose expiry has passed until `publish_scheduled` runs, and `.public()` costs a query of
    its own for every call; both are answered inside the one query here.
    """
    restricted = PageViewRestriction.objects.alias(
        outer_path=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    ).filter(outer_path__startswith=F("page__path"))
    return queryset.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), ~Exists(restricted), live=True)


class BasePageQuerySet(PageQuerySet):
    """Queries every kind of page answers."""

    def published(self):
        """See `published`."""
        return published(self)

    def about(self, topics):
        """Pages that share one of `topics`; a kind of page without topics has none."""
        return self.none()


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class RelatedPage(Orderable):
    """A page that staff chose to keep reading with, in their order."""

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


class BasePageForm(WagtailAdminPageForm):
    """Tells a page not yet in the tree where it will stand, so that `clean` can check its slug."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance._future_parent = self.parent_page


class BasePage(Page):
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
        "core.ClinicImage",
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
    content_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = BasePageManager()
    base_form_class = BasePageForm

    is_clinical = False
    reserved_slugs = frozenset()
    # False keeps a kind of page (legal texts, indexes) out of automatic "keep reading".
    offered_for_reading = False
    exclude_fields_in_copy = ["content_updated_at", "content_fingerprint"]

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("summary"),
                FieldPanel("seo_title", help_text="Shorter or clearer than the heading, if need be."),
                FieldPanel("social_image"),
                FieldPanel("hide_from_search_engines"),
            ],
            heading="Search and sharing",
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
        return self.live and not (self.expire_at and self.expire_at <= timezone.now())

    @property
    def description(self):
        """Plain text for the description of the page in a head or a list."""
        return self.search_description or self.summary

    @cached_property
    def topics(self):
        """The topics of the page, a list; most kinds of page have none."""
        return []

    @property
    def topic_ids(self):
        """The primary keys of the topics of the page, a set."""
        return set()

    @classmethod
    def topic_ids_of(cls, pages):
        """{primary key: topic_ids} of many pages of this kind, in one query at most."""
        return {}

    @cached_property
    def keep_reading(self):
        """Up to three pages to go on with; see `core.related.keep_reading`."""
        return keep_reading(self)

    @cached_property
    def breadcrumbs(self):
        """The published pages above this one, from home down."""
        return list(published(self.get_ancestors().filter(depth__gt=1)))

    def structured_data(self, request):
        """The JSON-LD graph of the page, a list of nodes; subclasses add theirs."""
        return page_graph(self, request)

    def compute_fingerprint(self):
        """A digest of what the page says, blind to bookkeeping and to saving without a change."""
        bookkeeping = {
            field.name
            for field in Page._meta.get_fields()
            if field.name not in {"title", "slug", "seo_title", "search_description", "related_links"}
        } | {"content_updated_at", "content_fingerprint", "page_ptr"}
        content = {key: value for key, value in self.serializable_data().items() if key not in bookkeeping}
        text = json.dumps(_without_row_ids(content), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.content_updated_at = self.content_updated_at
        page.content_fingerprint = self.content_fingerprint
        return page

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


def _without_row_ids(value):
    """The value without the primary keys of inline rows, which change when a page is only saved again."""
    if isinstance(value, list):
        return [_without_row_ids(item) for item in value]
    if isinstance(value, dict):
        return {
            key: _without_row_ids(item)
            for key, item in value.items()
            if not (key in {"pk", "page", "sort_order"} and "pk" in value)
        }
    return value
