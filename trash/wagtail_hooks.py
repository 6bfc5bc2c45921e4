"""The trash in the admin: its place in the menu, its entries in histories, and what does not show what is in it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from publishing.page_tree import outside_trash
from trash import views


@hooks.register("register_admin_urls")
def register_trash_urls() -> list[URLPattern]:
    return [
        path("trash/", views.trash, name="trash"),
        path("trash/<int:pk>/bring-back/", views.bring_back_page, name="trash_bring_back"),
        path("trash/<int:pk>/delete/", views.delete_page_for_good, name="trash_delete"),
    ]


class TrashMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_reports_menu_item")
def register_trash_menu_item() -> MenuItem:
    return TrashMenuItem("Trash", reverse("trash"), name="trash", icon_name="bin", order=15)


@hooks.register("construct_page_chooser_queryset")
def leave_trash_out_of_choosers(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return outside_trash(pages)


@hooks.register("register_log_actions")
def register_trash_log_actions(actions: Any) -> None:
    actions.register_action("trash.put", _("Delete"), _("Put into the trash"))
    actions.register_action("trash.bring_back", _("Bring back"), _("Brought back from the trash"))
