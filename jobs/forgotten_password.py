"""The page for somebody who forgot the password: a link by mail, or, where no mail can leave, whom to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.account import PasswordResetView

from jobs.mail import mail_can_leave


class ForgottenPasswordView(PasswordResetView):
    """Wagtail's, which promises a mail that nobody may bring; then no link is made, for the log or for anybody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not mail_can_leave():
            return render(request, "wagtailadmin/account/password_reset/ask.html")
        return super().dispatch(request, *args, **kwargs)
