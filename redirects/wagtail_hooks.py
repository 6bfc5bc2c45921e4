"""Redirects in the admin: the import, and the question that comes before a page is removed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from redirects import bulk_actions
from redirects.redirect_form import RedirectCreateView, RedirectEditView
from redirects.views import IMPORT_PERMISSION, RedirectList, import_redirects


def _confirm_page_removal(action: str, request: HttpRequest, page: Page) -> HttpResponse:
    """Wagtail has checked by now that the person may do this; the form it leads to checks again."""
    next_url = get_valid_next_url_from_request(request)
    next_url = next_url or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return redirect(bulk_actions.bulk_action_url(action, page, next_url))


for action in (bulk_actions.Delete, bulk_actions.Unpublish):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, which they replace


@hooks.register("before_delete_page")
def confirm_page_deletion(request: HttpRequest, page: Page) -> HttpResponse:
    return _confirm_page_removal("delete", request, page)


@hooks.register("before_unpublish_page")
def confirm_page_unpublishing(request: HttpRequest, page: Page) -> HttpResponse:
    return _confirm_page_removal("unpublish", request, page)


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's, which they replace
def register_redirect_import_url() -> list[URLPattern]:
    to_ours = RedirectView.as_view(pattern_name="redirect_import")
    return [
        path("redirect-import/", import_redirects, name="redirect_import"),
        path("redirects/", RedirectList.as_view()),
        path("redirects/results/", RedirectList.as_view(results_only=True)),
        path("redirects/add/", RedirectCreateView.as_view()),
        path("redirects/<int:redirect_id>/", RedirectEditView.as_view()),
        path("redirects/import/", to_ours),
        path("redirects/import/process/", to_ours),
    ]


class RedirectImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(IMPORT_PERMISSION)


@hooks.register("register_reports_menu_item")
def register_redirect_import_menu_item() -> MenuItem:
    return RedirectImportMenuItem(
        _("Import redirects"), reverse("redirect_import"), name="import-redirects", icon_name="redirect", order=900
    )
