"""Comments of colleagues that nobody has resolved: which wait for a person, and the report of all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, PageSubscription
from wagtail.permissions import page_permission_policy

MAX_COMMENTS = 100
MAX_TEXT_LENGTH = 200


@dataclass(frozen=True)
class OpenComment:
    """A thread that nobody has resolved, by its last message; `url` opens the editor at it."""

    page: Page
    author: str
    text: str
    moment: datetime
    url: str
    is_reply: bool
    waits: bool


def comments_for(user: Any) -> list[OpenComment]:
    """
    What colleagues said last on pages that a person wrote, publishes or follows, or in answer to them; newest first.

    Whoever spoke last waits for the others. At most MAX_COMMENTS, from a fixed number of queries.
    """
    return [comment for comment in open_comments(user, _threads(user).filter(_waits_for(user))) if comment.waits]


def open_comments(user: Any, threads: QuerySet | None = None) -> list[OpenComment]:
    """Every thread on a page that a person may edit; see `comments_for`."""
    threads = _threads(user) if threads is None else threads
    waiting = set(threads.filter(_waits_for(user)).values_list("pk", flat=True)[:MAX_COMMENTS])
    rows = list(threads.select_related("page__latest_revision").order_by("-last_at", "-pk")[:MAX_COMMENTS])
    people = get_user_model().objects.in_bulk({row.last_user for row in rows})
    return [
        OpenComment(
            page=row.page,
            author=get_user_display_name(people[row.last_user]),
            text=row.last_text if len(row.last_text) <= MAX_TEXT_LENGTH else f"{row.last_text[:MAX_TEXT_LENGTH]}…",
            moment=row.last_at,
            url=f"{reverse('wagtailadmin_pages:edit', args=[row.page_id])}?comment={row.pk}",
            is_reply=row.last_reply is not None,
            waits=row.pk in waiting,
        )
        for row in _standing(rows)
    ]


def _threads(user: Any) -> QuerySet:
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    replies = CommentReply.objects.filter(comment=OuterRef("pk")).order_by("-created_at", "-pk")
    return Comment.objects.filter(resolved_at=None, page__in=editable.order_by().values("pk")).annotate(
        last_reply=Subquery(replies.values("pk")[:1]),
        last_user=Coalesce(Subquery(replies.values("user")[:1]), F("user"), output_field=BigIntegerField()),
        last_text=Coalesce(Subquery(replies.values("text")[:1]), F("text")),
        last_at=Coalesce(Subquery(replies.values("created_at")[:1]), F("created_at")),
    )


def _waits_for(user: Any) -> Q:
    publishes = page_permission_policy.instances_user_has_permission_for(user, "publish")
    wrote = PageLogEntry.objects.filter(user=user, action__in=["wagtail.create", "wagtail.edit"])
    follows = PageSubscription.objects.filter(user=user, comment_notifications=True)
    concerns = Q(page__owner=user) | Q(user=user)
    concerns |= Q(pk__in=CommentReply.objects.filter(user=user).values("comment"))
    for pages in (publishes.order_by().values("pk"), wrote.values("page"), follows.values("page")):
        concerns |= Q(page__in=pages)
    return concerns & ~Q(last_user=user.pk)


def _standing(rows: list[Any]) -> Iterator[Any]:
    """Without comments on what has been taken out of the draft: the editor shows none, so nobody could resolve them."""
    for row in rows:
        name, *inside = row.contentpath.split(".")
        content = row.page.latest_revision.content if row.page.latest_revision else {}
        value = content.get(name, "")
        if all(part in (value if isinstance(value, str) else json.dumps(value)) for part in inside):
            yield row


@require_safe
def comments_report(request: HttpRequest) -> HttpResponse:
    """Every open comment that the person may answer, those that wait for them first."""
    comments = sorted(open_comments(request.user), key=lambda comment: not comment.waits)
    context = {"comments": comments, "limit": MAX_COMMENTS if len(comments) == MAX_COMMENTS else None}
    heading = {"page_title": "Comments", "header_icon": "comment"}
    return render(request, "editorial/admin/comments.html", {**context, **heading})


@hooks.register("register_admin_urls")
def register_comments_urls():
    return [path("reports/comments/", comments_report, name="comments")]


@hooks.register("insert_editor_js")
def register_comments_js():
    return format_html('<script src="{}" defer></script>', static("editorial/comments.js"))


class CommentsMenuItem(MenuItem):
    def is_shown(self, request):
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_reports_menu_item")
def register_comments_menu_item():
    return CommentsMenuItem("Comments", reverse("comments"), name="comments", icon_name="comment", order=15)
