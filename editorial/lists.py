"""Questions, articles and people as lists of their own, without knowing where they stand in the page tree."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelMultipleChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, WorkflowState

from blog.models import BlogIndexPage, BlogPostPage
from core.models import Topic
from faq.models import FAQEntryPage, FAQIndexPage
from people.models import PersonPage, TeamIndexPage

STATUSES = {
    "published": (_("Published"), Q(live=True)),
    "changed": (_("Published, with changes not yet published"), Q(live=True, has_unpublished_changes=True)),
    "draft": (_("Draft"), Q(live=False)),
    "waiting": (_("Waiting for approval"), Q(_workflow_states__status=WorkflowState.STATUS_IN_PROGRESS)),
}


class StatusFilter(ChoiceFilter):
    """By the state readers and colleagues see a page in."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        # By primary key: the search index filters by few other fields.
        return queryset.filter(pk__in=Page.objects.filter(STATUSES[value][1]).values("pk"))


class TopicFilter(ModelMultipleChoiceFilter):
    """By the topics of a page, in whichever relation they stand."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        model = queryset.model
        return queryset.filter(pk__in=model.objects.filter(**{f"{model.topic_lookup}__in": value}).values("pk"))


class StatusFilterSet(WagtailFilterSet):
    status = StatusFilter(
        label=_("Status"),
        choices=[(name, label) for name, (label, _condition) in STATUSES.items()],
        empty_label=_("Any"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Page
        fields = []


class TopicFilterSet(StatusFilterSet):
    topic = TopicFilter(label=_("Topic"), queryset=Topic.objects.live(), widget=forms.CheckboxSelectMultiple)


def topics_of(page):
    """The names of a page's topics, as one text."""
    return ", ".join(topic.name for topic in page.topics)


BULK_ACTIONS = BulkActionsColumn("bulk_actions")
TITLE_COLUMN = PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
TOPIC_COLUMN = Column("topics", label=_("Topic"), accessor=topics_of)
ROLE_COLUMN = Column("role", label=_("Role"), accessor="role")
STATUS_COLUMN = PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%")
DATE_COLUMN = DateColumn("published_on", label=_("Date"), sort_key="published_on", width="12%")
LAST_EDIT_COLUMN = DateColumn(
    "latest_revision_created_at", label=_("Last edit"), sort_key="latest_revision_created_at", width="12%"
)
ORDER_COLUMN = Column("path", label=_("Order"), accessor="place", sort_key="path", width="8%")


class PageListing(IndexView):
    """A list of one kind of page, all of which stand below the one page of `parent_model`."""

    results_template_name = "editorial/list_results.html"
    parent_model = None
    empty_text = ""
    prefetched = ()

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related(*self.prefetched)

    @cached_property
    def header_buttons(self):
        return [*super().header_buttons, *self.order_buttons()]

    def order_buttons(self):
        """Leads to where pages are dragged; to those who may, for kinds that readers see in that order."""
        parent = self.parent_model.objects.first()
        if "path" not in {column.sort_key for column in self.columns} or parent is None:
            return []
        if not parent.permissions_for_user(self.request.user).can_reorder_children():
            return []
        url = f"{reverse('wagtailadmin_explore', args=[parent.pk])}?ordering=ord"
        return [HeaderButton(_("Change the order"), url=url, icon_name="order", priority=10)]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = self.places()
        for page in context["object_list"]:
            page.place = places.get(page.pk)
        return context

    def places(self):
        """{primary key: place in the order that readers see}; of a kind without one {}."""
        return {}


class QuestionListing(PageListing):
    """In the order of the FAQ: by topic, then as staff dragged them."""

    page_title = _("Questions")
    add_item_label = _("Add a question")
    default_ordering = "path"
    prefetched = ("topic",)
    empty_text = _("No questions yet. A question has a short answer, and a full one if there is more to say.")

    def order_queryset(self, queryset):
        if self.ordering == "path" and not self.is_searching:
            return queryset.in_order()
        return super().order_queryset(queryset)

    def places(self):
        count, places = Counter(), {}
        for pk, topic in self.model.objects.order_by("path").values_list("pk", "topic"):
            count[topic] += 1
            places[pk] = count[topic]
        return places


class ArticleListing(PageListing):
    page_title = _("Articles")
    add_item_label = _("Add an article")
    prefetched = ("page_topics__topic",)
    empty_text = _("No articles yet. An article goes deeper than an answer and is read from top to bottom.")


class PersonListing(PageListing):
    """In the order of the team page."""

    page_title = _("People")
    verbose_name_plural = _("people")
    add_item_label = _("Add a person")
    default_ordering = "path"
    empty_text = _(
        "Nobody yet. A person has a page with name, role, and license, appears on the team page, "
        "and can be named as the author of what they wrote."
    )

    def places(self):
        people = self.model.objects.order_by("path").values_list("pk", flat=True)
        return {pk: place for place, pk in enumerate(people, start=1)}


class ChooseParent(ChooseParentView):
    """Goes on to the form at once: there is one place for each kind. Without it, says what is missing."""

    parent_model = None

    def get(self, request, *args, **kwargs):
        if self.get_valid_parent_pages(request.user).exists():
            return super().get(request, *args, **kwargs)
        if self.parent_model.objects.exists():
            raise PermissionDenied
        kind = self.parent_model._meta.verbose_name
        messages.error(request, _("First add the page “%s” below the home page, under Pages.") % kind)
        return redirect(self.index_url_name)


class SectionViewSet(PageListingViewSet):
    """The list of a kind of page, and the way to its form."""

    add_to_admin_menu = True
    choose_parent_view_class = ChooseParent
    parent_model = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"parent_model": self.parent_model, **kwargs})


class QuestionViewSet(SectionViewSet):
    model = FAQEntryPage
    parent_model = FAQIndexPage
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    index_view_class = QuestionListing
    columns = [BULK_ACTIONS, TITLE_COLUMN, TOPIC_COLUMN, STATUS_COLUMN, LAST_EDIT_COLUMN, ORDER_COLUMN]
    filterset_class = TopicFilterSet


class ArticleViewSet(SectionViewSet):
    model = BlogPostPage
    parent_model = BlogIndexPage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_name = "articles"
    index_view_class = ArticleListing
    columns = [BULK_ACTIONS, TITLE_COLUMN, TOPIC_COLUMN, STATUS_COLUMN, DATE_COLUMN, LAST_EDIT_COLUMN]
    filterset_class = TopicFilterSet


class PersonViewSet(SectionViewSet):
    model = PersonPage
    parent_model = TeamIndexPage
    icon = "group"
    menu_label = _("People")
    menu_name = "people"
    index_view_class = PersonListing
    columns = [BULK_ACTIONS, TITLE_COLUMN, ROLE_COLUMN, STATUS_COLUMN, LAST_EDIT_COLUMN, ORDER_COLUMN]
    filterset_class = StatusFilterSet


@hooks.register("construct_explorer_page_queryset")
def order_found_pages_by_type(parent_page, pages, request):
    """The search index knows the type of a page by its key; Wagtail orders by its name, and fails."""
    keys = {"content_type__model": "content_type_id", "-content_type__model": "-content_type_id"}
    order = keys.get(request.GET.get("ordering"))
    return pages.order_by(order) if order and request.GET.get("q") else pages


@hooks.register("register_admin_viewset")
def register_page_listings():
    return [QuestionViewSet("questions"), ArticleViewSet("articles"), PersonViewSet("people")]
