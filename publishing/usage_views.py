"""Wagtail's views of where something is used, and of deleting it: drafts and scheduled versions count."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages import usage as page_views
from wagtail.models.reference_index import ReferenceGroups
from wagtail.snippets.views import snippets

from publishing.deletion import refuse_if_in_use
from publishing.draft_references import references_to, usage_of


def _versions(row: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(str(reference.version) for reference in row["references"]))


class DraftUsageMixin:
    """A list of uses that says of each whether it is published, a draft or scheduled."""

    def get_queryset(self) -> ReferenceGroups:
        return usage_of(self.object)

    @cached_property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("version", label=_("Version"), accessor=_versions)]


class RecordUsageView(DraftUsageMixin, snippets.UsageView):
    pass


class PageUsageView(DraftUsageMixin, page_views.UsageView):
    pass


class DraftUsageOfBulkMixin:
    """A bulk action that counts uses."""

    def annotate_items(self, items: Any) -> Any:
        items = super().annotate_items(items)
        rows = references_to(list(items))
        for item in items:
            item._usage_references = ReferenceGroups([row for row in rows if row.to_object_id == str(item.pk)])
        return items


class DraftUsageOnDeletionMixin:
    """The question whether to delete one thing, which counts its uses."""

    def get_usage(self) -> ReferenceGroups | None:
        return usage_of(self.object) if self.usage_url else None


class DeleteRecordView(DraftUsageOnDeletionMixin, snippets.DeleteView):
    pass


class DeleteUnusedMixin(DraftUsageOnDeletionMixin):
    """The deletion of one thing, which leads back and says why where it is in use."""

    def run_before_hook(self) -> HttpResponse | None:
        if refuse_if_in_use(self.request, [self.object]):
            return redirect(self.get_success_url())
        return super().run_before_hook()


class BulkDeleteUnusedMixin(DraftUsageOfBulkMixin):
    """The deletion of several things; as `DeleteUnusedMixin`."""

    list_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refuse_if_in_use(request, list(self.get_actionable_objects()[0])):
            return redirect(get_valid_next_url_from_request(request) or self.list_url_name)
        return super().dispatch(request, *args, **kwargs)
