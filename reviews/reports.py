"""The board: a report of where the review of each page stands."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import page_permission_policy

from core.models import Topic
from core.page_models import page_models
from evidence.models import Fact
from reviews.board import DUE_WITHIN, condition, past_the_gate
from reviews.models import ReviewStatus
from reviews.reviewers import may_review

STANDINGS = {
    "never": "Never reviewed",
    "edited": "Edited since its review",
    "overdue": "Overdue",
    **{f"due-{days}": f"Due within {days} days" for days in DUE_WITHIN},
    "reviewed": "Reviewed, and not due yet",
    "requests": "Changes asked for",
}


def _with_pages(pages: QuerySet) -> QuerySet:
    return ReviewStatus.objects.filter(page__in=pages)


class BoardFilterSet(WagtailFilterSet):
    """By standing, topic, owner and reviewer."""

    standing = django_filters.ChoiceFilter(
        label="Standing",
        choices=list(STANDINGS.items()),
        method="by_standing",
        empty_label="Any",
        widget=forms.RadioSelect,
    )
    topic = django_filters.ModelMultipleChoiceFilter(
        label="Topic", queryset=Topic.objects.live(), method="by_topic", widget=forms.CheckboxSelectMultiple
    )
    owner = django_filters.ModelChoiceFilter(
        label="Owner", field_name="page__owner", queryset=get_user_model().objects.filter(is_active=True)
    )
    reviewer = django_filters.CharFilter(label="Reviewer", field_name="sign_off__name", lookup_expr="icontains")

    class Meta:
        model = ReviewStatus
        fields: list[str] = []

    def by_standing(self, statuses: QuerySet, name: str, value: str) -> QuerySet:
        return statuses.filter(condition(value))

    def by_topic(self, statuses: QuerySet, name: str, value: Any) -> QuerySet:
        if not value:
            return statuses
        keys: set[int] = set()
        for model in page_models().values():
            if model.topic_lookup:
                keys.update(model.objects.filter(**{f"{model.topic_lookup}__in": value}).values_list("pk", flat=True))
        return statuses.filter(page__in=keys)


def standing_of(status: ReviewStatus) -> str:
    """Where a page stands, in words."""
    words = "Overdue" if status.state == status.State.REVIEWED and status.is_overdue() else status.get_state_display()
    return f"{words}; changes asked for" if status.request_id else str(words)


def topics_of(keys: list[int]) -> dict[int, list[str]]:
    """{primary key of a page: the names of its topics}, in one query for each kind of page that has any."""
    found: dict[int, list[str]] = {}
    for model in page_models().values():
        if model.topic_lookup:
            names = model.objects.filter(pk__in=keys, **{f"{model.topic_lookup}__live": True})
            for key, name in names.values_list("pk", f"{model.topic_lookup}__name"):
                found.setdefault(key, []).append(name)
    return found


class BoardView(ReportView):
    """Every readable page that needs a review, with when and by whom it was reviewed, and when it is due."""

    index_url_name = "clinical_reviews"
    index_results_url_name = "clinical_reviews_results"
    page_title = "Clinical reviews"
    header_icon = "circle-check"
    template_name = "reviews/admin/board.html"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    filterset_class = BoardFilterSet
    default_ordering = "page__title"
    context_object_name = "statuses"
    is_searchable = False
    columns = [
        TitleColumn(
            "title", label="Page", accessor="page.title", sort_key="page__title", get_url=lambda row: row.queue_url
        ),
        Column("standing", label="Standing", accessor=standing_of, sort_key="state"),
        Column("reviewer", label="Reviewer", accessor="sign_off.named", sort_key="sign_off__name"),
        DateColumn("reviewed", label="Reviewed", accessor="sign_off.decided_at", sort_key="sign_off__decided_at"),
        DateColumn("edited_at", label="Edited since", sort_key="edited_at"),
        Column("due", label="Due", accessor="due_on", sort_key="due_on"),
        Column("owner", label="Owner", accessor="page.owner", sort_key="page__owner__last_name"),
    ]
    export_headings = {
        "title": "Page",
        "standing": "Standing",
        "reviewer": "Reviewer",
        "reviewed": "Reviewed",
        "edited_at": "Edited since",
        "due_on": "Due",
        "owner": "Owner",
        "topics": "Topics",
    }
    list_export = [*export_headings]

    def get_base_queryset(self) -> QuerySet:
        pages = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        statuses = ReviewStatus.objects.of_readable_pages().filter(page__in=pages)
        return statuses.select_related("page__owner", "sign_off", "request")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        topics = topics_of([row.pk for row in object_list])
        reviews = may_review(self.request.user)
        for row in object_list:
            name = "review_page" if reviews else "wagtailadmin_pages:edit"
            row.queue_url = reverse(name, args=[row.pk])
            row.title, row.owner = row.page.title, str(row.page.owner or "")
            row.standing = standing_of(row)
            row.reviewer = row.sign_off.named if row.sign_off else ""
            row.reviewed = row.sign_off.decided_at if row.sign_off else None
            row.topics = ", ".join(topics.get(row.pk, []))
        return object_list

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_review(self.request.user):
            return []
        return [HeaderButton("Review one after another", url=reverse("review_queue"), icon_name="circle-check")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        context["past_the_gate"] = past_the_gate(pages)[:20]
        context["past_results"] = Fact.objects.past_date()[:20]
        return context
