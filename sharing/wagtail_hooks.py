"""Sharing a draft in the admin: where staff find it, the report, and what the history says."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from sharing import views
from sharing.models import SharedDraft
from sharing.reports import SharedDraftsView

LABEL = "Share this draft"


@hooks.register("register_admin_urls")
def register_sharing_urls() -> list[URLPattern]:
    return [
        path("pages/<int:pk>/share/", views.share_page, name="share_page"),
        path("pages/<int:pk>/share/<uuid:key>/stop/", views.stop_sharing, name="stop_sharing"),
        path("reports/shared-drafts/", SharedDraftsView.as_view(), name="shared_drafts"),
        path(
            "reports/shared-drafts/results/", SharedDraftsView.as_view(results_only=True), name="shared_drafts_results"
        ),
    ]


class ShareMenuItem(ActionMenuItem):
    """Saves what is in the form and leads to its links: what is shared is what was on the screen."""

    name, label, icon_name = "action-share", LABEL, "link"


@hooks.register("register_page_action_menu_item")
def register_share_menu_item() -> ActionMenuItem:
    return ShareMenuItem(order=70)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_to_links(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method == "POST" and ShareMenuItem.name in request.POST:
        return redirect("share_page", page.pk)
    return None


@hooks.register("register_page_header_buttons")
def register_share_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Beside the title, for those who may edit the page; it says where a link works."""
    if page.alias_of_id or page.depth < 2 or not page.permissions_for_user(user).can_edit():
        return
    number = SharedDraft.objects.working().filter(page=page.pk).count()
    shared = f" ({number} {'link works' if number == 1 else 'links work'})" if number else ""
    yield Button(LABEL + shared, url=reverse("share_page", args=[page.pk]), icon_name="link", priority=56)


class SharedDraftsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_reports_menu_item")
def register_shared_drafts_menu_item() -> MenuItem:
    return SharedDraftsMenuItem(
        "Shared drafts", reverse("shared_drafts"), name="shared-drafts", icon_name="link", order=45
    )


def _day(moment: str) -> str:
    return date_format(localtime(datetime.fromisoformat(moment)), "DATETIME_FORMAT")


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    @actions.register_action("sharing.share")
    class ShareFormatter(LogFormatter):
        label = "Share a draft"

        def format_message(self, log_entry: Any) -> str:
            return f"Shared this version through a link that works until {_day(log_entry.data['until'])}"

    @actions.register_action("sharing.stop")
    class StopFormatter(LogFormatter):
        label = "Stop sharing a draft"

        def format_message(self, log_entry: Any) -> str:
            return f"Ended a link to the version of {_day(log_entry.data['version'])}"
