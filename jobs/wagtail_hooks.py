"""Unsent mail on the admin's home."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from accounts.permissions import is_administrator
from jobs.panels import UnsentMailPanel
from jobs.views import discard_mail, retry_mail


@hooks.register("register_admin_urls")
def register_mail_urls() -> list[URLPattern]:
    return [
        path("mail/retry/", retry_mail, name="retry_mail"),
        path("mail/<int:pk>/discard/", discard_mail, name="discard_mail"),
    ]


@hooks.register("construct_homepage_panels")
def register_unsent_mail_panel(request: HttpRequest, panels: list[Component]) -> None:
    if is_administrator(request.user) and (panel := UnsentMailPanel()).mails.exists():
        panels.append(panel)
