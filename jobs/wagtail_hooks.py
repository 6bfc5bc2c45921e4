"""Mail at the desk: its page under "Advanced", and what was not sent on the admin's home."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from accounts.permissions import is_administrator
from jobs.panels import UnsentMailPanel
from jobs.views import discard_mail, mail_page, retry_mail


@hooks.register("register_admin_urls")
def register_mail_urls() -> list[URLPattern]:
    return [
        path("mail/", mail_page, name="mail"),
        path("mail/retry/", retry_mail, name="retry_mail"),
        path("mail/<int:pk>/discard/", discard_mail, name="discard_mail"),
    ]


class MailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


@hooks.register("register_settings_menu_item")
def register_mail_menu_item() -> MenuItem:
    return MailMenuItem("E-mail", reverse("mail"), name="mail", icon_name="mail", order=650)


@hooks.register("construct_homepage_panels")
def register_unsent_mail_panel(request: HttpRequest, panels: list[Component]) -> None:
    if is_administrator(request.user) and (panel := UnsentMailPanel()).mails.exists():
        panels.append(panel)
