"""The report on which disclaimer stands where."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.query import PageQuerySet

from disclaimers.coverage import Carried, Coverage, may_publish_disclaimers, pages_of_site, versions_in_force, with_own


class OwnFilter(ChoiceFilter):
    """By whether a page has a disclaimer beside those that are on every page."""

    def filter(self, queryset: PageQuerySet, value: str) -> PageQuerySet:
        if not value:
            return queryset
        condition = with_own(versions_in_force())
        return queryset.filter(condition if value == "with" else ~condition)


class CoverageFilterSet(WagtailFilterSet):
    own = OwnFilter(
        label=_("Of its own"),
        choices=[("without", _("Without one of their own")), ("with", _("With one of their own"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Page
        fields = []


def _kind(page: Page) -> str:
    model = page.specific_class
    return capfirst(str(model._meta.verbose_name)) if model else ""


def _edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _line(carried: Carried) -> SafeString:
    if carried.disclaimer is None:
        return format_html("{}", carried)
    return format_html('<a href="{}">{}</a> ({})', _edit_url(carried.disclaimer), carried.title, carried.rule)


class CoverageReportView(ReportView):
    """Every live page and the disclaimers it carries, by which rule; the queries do not grow with the pages."""

    page_title = _("Disclaimers: which one is where")
    header_icon = "clipboard-list"
    template_name = "wagtailadmin/reports/wide_report.html"
    index_url_name = "disclaimer_coverage"
    index_results_url_name = "disclaimer_coverage_results"
    verbose_name = _("page")
    verbose_name_plural = _("pages")
    model = Page
    filterset_class = CoverageFilterSet
    is_searchable = True
    # Titles alone, by the database: the search index knows neither rules nor the order of the site.
    search_backend_name = None
    search_fields = ["title"]
    default_ordering = "path"
    export_filename = "disclaimers"
    list_export = ["title", "kind", "address", "disclaimers"]
    export_headings = {
        "title": _("Title"),
        "kind": _("Kind"),
        "address": _("Address"),
        "disclaimers": _("Disclaimers"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_publish_disclaimers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=_edit_url, sort_key="title"),
            Column("kind", label=_("Kind"), accessor=_kind, sort_key="content_type__model"),
            Column("disclaimers", label=_("Disclaimers"), accessor=self._lines),
            Column("place", label=_("Place on the site"), accessor=self._address, sort_key="path"),
        ]

    def _lines(self, page: Page) -> SafeString:
        return format_html_join("", "<div>{}</div>", ((_line(carried),) for carried in self.coverage.of(page)))

    def _address(self, page: Page) -> str:
        return page.get_url(self.request) or ""

    def get_base_queryset(self) -> PageQuerySet:
        return pages_of_site()

    def to_row_dict(self, item: Page) -> dict[str, str]:
        disclaimers = "; ".join(map(str, self.coverage.of(item)))
        return {
            "title": item.title,
            "kind": _kind(item),
            "address": item.get_full_url(self.request) or "",
            "disclaimers": disclaimers,
        }
