"""The report of links to drafts that work."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from sharing.models import SharedDraft


def _works_until(shared: SharedDraft) -> str:
    return date_format(localtime(shared.expires_at), "DATETIME_FORMAT")


class SharedDraftsView(ReportView):
    """Every link that works to a page that the person may edit; each leads to where it can be ended."""

    model = SharedDraft
    index_url_name = "shared_drafts"
    index_results_url_name = "shared_drafts_results"
    page_title = "Shared drafts"
    header_icon = "link"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-created_at"
    is_searchable = False
    columns = [
        TitleColumn(
            "title",
            label="Page",
            accessor="page.get_admin_display_title",
            get_url=lambda row: reverse("share_page", args=[row.page_id]),
        ),
        Column("shared_by", label="Shared by", accessor="created_by"),
        DateColumn("created_at", label="Shared", sort_key="created_at"),
        # In full: Wagtail's column of dates says "just now" of what is to come.
        Column("expires_at", label="Works until", accessor=_works_until, sort_key="expires_at"),
    ]
    export_headings = {
        "page.title": "Page",
        "created_by": "Shared by",
        "created_at": "Shared",
        "expires_at": "Works until",
    }
    list_export = [*export_headings]

    def get_base_queryset(self) -> QuerySet:
        pages = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return SharedDraft.objects.working().filter(page__in=pages).select_related("page", "created_by")
