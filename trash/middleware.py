"""Leads whoever opens a page in the trash, by an old address of the desk, to the trash."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from wagtail.models import Page

from publishing.page_tree import SITE_TREE
from trash.models import TrashedPage
from trash.permissions import may_handle, nearest_places

# What Wagtail's addresses, and ours that publish, call the pages that they name.
_NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_to_copy_id", "parent_id")


class TrashMiddleware(MiddlewareMixin):
    """
    Keeps Wagtail's views of a page from pages in the trash: there is one thing to do with these.

    Wagtail lets superusers do everything to any page, and has no hook in most of these views.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        view_name = request.resolver_match.view_name if request.resolver_match else ""
        named = [kwargs[name] for name in _NAMES if name in kwargs]
        if view_name == "republish":
            named = [kwargs["pk"]]
        elif view_name == "wagtail_bulk_action" and kwargs["model_name"] == "page":
            named = [pk for pk in request.GET.getlist("id") if pk.isascii() and pk.isdigit() and len(pk) < 19]
        page = Page.objects.filter(pk__in=named).exclude(path__startswith=SITE_TREE).first() if named else None
        if page is None:
            return None
        above = page.get_ancestors(inclusive=True)
        entry = TrashedPage.objects.select_related("page").filter(page__in=above).first()
        if entry is None or not may_handle(request.user, entry, nearest_places([entry]).get(entry.pk)):
            raise Http404
        messages.info(request, f"“{page.get_admin_display_title()}” is in the trash. Bring it back to work on it.")
        return redirect("trash")
