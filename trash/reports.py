"""Wagtail's report on kinds of pages, without what is in the trash."""

from typing import Any

from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from publishing.page_tree import SITE_TREE


class PageKindsReportView(PageTypesUsageReportView):
    """Counts the pages of the site; Wagtail's counts all there are, unless a site is chosen."""

    def filter_queryset(self, queryset: Any) -> Any:
        if self.filters and self.filters.is_valid() and "site" not in self.filters.filters:
            self.filters.form.cleaned_data.pop("site", None)  # from the last time
        queryset = super().filter_queryset(queryset)
        chosen = self.filters.form.cleaned_data
        chosen["site"] = chosen.get("site") or SITE_TREE
        return queryset
