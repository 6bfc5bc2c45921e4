"""Reviews in the admin: queue, board, what visitors saw."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from accounts.permissions import is_administrator
from archive.models import PublishedText
from publishing.gates import reasons_against
from reviews import as_of_views, views
from reviews.models import ReviewStatus
from reviews.reports import BoardView
from reviews.reviewers import may_review


class BoardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    return [
        path("reviews/queue/", views.review_queue, name="review_queue"),
        path("reviews/queue/<int:pk>/", views.review_page, name="review_page"),
        path("pages/<int:pk>/as-of/", as_of_views.as_of, name="as_of"),
        path("reports/what-visitors-saw/", as_of_views.look_up_page, name="look_up_page"),
        path("reports/clinical-reviews/", BoardView.as_view(), name="clinical_reviews"),
        path(
            "reports/clinical-reviews/results/",
            BoardView.as_view(results_only=True),
            name="clinical_reviews_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_board_menu_item() -> MenuItem:
    return BoardMenuItem(
        "Clinical reviews", reverse("clinical_reviews"), name="clinical-reviews", icon_name="circle-check", order=20
    )


class LookUpMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


@hooks.register("register_reports_menu_item")
def register_look_up_menu_item() -> MenuItem:
    return LookUpMenuItem(
        "What visitors saw", reverse("look_up_page"), name="what-visitors-saw", icon_name="history", order=40
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet:
    return Permission.objects.filter(content_type__app_label="reviews", codename="sign_off_reviewdecision")


@hooks.register("register_page_header_buttons")
def register_as_of_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """On a page whose record has begun, for those who may edit it."""
    if page.permissions_for_user(user).can_edit() and PublishedText.objects.of(page.pk).exists():
        yield Button("What visitors saw", url=reverse("as_of", args=[page.pk]), icon_name="history", priority=60)
    if may_review(user) and ReviewStatus.objects.filter(page=page, needs_review=True).exists():
        yield Button("Review it", url=reverse("review_page", args=[page.pk]), icon_name="circle-check", priority=58)


@hooks.register("before_copy_page")
def refuse_published_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy has no sign-off: where the clinic asks for one, it begins as a draft."""
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    pages = page.get_descendants(inclusive=True) if request.POST.get("copy_subpages") else [page]
    for original in pages:
        copy = original.specific
        if not copy.live:
            continue
        copy.pk = copy.alias_of_id = None
        if reasons := reasons_against(copy):
            messages.error(
                request,
                f"Nothing was copied. “{original.get_admin_display_title()}” would be published: {reasons[0]} "
                "Copy it without “Publish copied page.”",
            )
            return redirect("wagtailadmin_pages:copy", page.pk)
    return None
