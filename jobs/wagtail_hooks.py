"""Unsent mail on the admin's home."""

from django.urls import path
from wagtail import hooks

from accounts.permissions import is_administrator
from jobs.panels import UnsentMailPanel
from jobs.views import discard_mail, retry_mail


@hooks.register("register_admin_urls")
def register_mail_urls():
    return [
        path("mail/retry/", retry_mail, name="retry_mail"),
        path("mail/<int:pk>/discard/", discard_mail, name="discard_mail"),
    ]


@hooks.register("construct_homepage_panels")
def register_unsent_mail_panel(request, panels):
    if is_administrator(request.user) and (panel := UnsentMailPanel()).mails.exists():
        panels.append(panel)
