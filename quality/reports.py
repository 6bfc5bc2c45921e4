"""The report “Missing or unused”: pages, pictures and documents that somebody should look at."""

from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.permissions import permission_policy as document_permissions
from wagtail.images.permissions import permission_policy as picture_permissions
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from quality.link_places import editor_place
from quality.missing import DOCUMENT, KINDS, LINK, PICTURE, SUMMARY, missing

_LACKS = {
    SUMMARY: "No summary",
    LINK: "Nothing links to it",
    PICTURE: "Nothing uses it",
    DOCUMENT: "Nothing uses it",
}


def may_see(user: Any) -> bool:
    """Whether a person may edit any of what the report lists."""
    policies = (page_permission_policy, picture_permissions, document_permissions)
    return any(policy.user_has_any_permission(user, ["change"]) for policy in policies)


class MissingFilterSet(WagtailFilterSet):
    """By what is missing."""

    kind = django_filters.MultipleChoiceFilter(
        label="What is missing", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Page
        fields: list[str] = []


class MissingView(ReportView):
    """What is missing or unused, of what a person may edit; the view leads to the form of each."""

    index_url_name = "missing"
    index_results_url_name = "missing_results"
    page_title = "Missing or unused"
    header_icon = "list-ul"
    template_name = "wagtailadmin/reports/wide_report.html"
    filterset_class = MissingFilterSet
    default_ordering = "title"
    is_searchable = False
    export_filename = "missing-or-unused"
    columns = [
        TitleColumn("title", label="Title", sort_key="title", get_url=lambda row: row["url"]),
        Column("type", label="Kind"),
        Column("lack", label="What is missing", sort_key="kind"),
        DateColumn("changed", label="Last change", sort_key="changed"),
    ]
    export_headings = {"title": "Title", "type": "Kind", "lack": "What is missing", "changed": "Last change"}
    list_export = [*export_headings]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        is_valid = self.filters and self.filters.is_valid()
        chosen = self.filters.form.cleaned_data.get("kind") if is_valid else None
        return missing(self.request.user, chosen or KINDS)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset  # a union cannot be filtered: it was put together from what was chosen

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for row in object_list:
            row.update(_words(row))
        return object_list


def _words(row: dict[str, Any]) -> dict[str, str]:
    """What a row of `quality.missing` is called, and where it is mended."""
    kind, key = row["kind"], row["key"]
    if kind in {SUMMARY, LINK}:
        url = reverse("wagtailadmin_pages:edit", args=[key])
        model = ContentType.objects.get_for_id(row["page_type"]).model_class()
        type_name = model._meta.verbose_name if model else "page"
    else:
        url = reverse("wagtailimages:edit" if kind == PICTURE else "wagtaildocs:edit", args=[key])
        type_name = "picture" if kind == PICTURE else "document"
    url = editor_place(url, "summary" if kind == SUMMARY else "")
    return {"type": capfirst(str(type_name)), "lack": _LACKS[kind], "url": url}
