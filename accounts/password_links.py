"""
Links by which members of staff choose a password: handed over by an administrator, without mail.

The same links as those that Wagtail mails to somebody who forgot a password, and the same page behind them.
"""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.permissions import can_manage_user


def password_link(user) -> str:
    """The address at which `user` may choose a password: once, for PASSWORD_RESET_TIMEOUT."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("wagtailadmin_password_reset_confirm", args=[uid, default_token_generator.make_token(user)])
    return urljoin(f"{settings.SITE_URL}/", path)


class PasswordLinkView(WagtailAdminTemplateMixin, TemplateView):
    """Shows an administrator the link to hand over."""

    template_name = "accounts/admin/password_link.html"
    header_icon = "key"

    def dispatch(self, request, *args, pk, **kwargs):
        self.user = get_object_or_404(get_user_model(), pk=pk)
        if not can_manage_user(request.user, self.user):
            raise PermissionDenied
        if not self.user.is_active:
            messages.error(request, _("This account is not active: let the person sign in first, under “Active”."))
            return redirect("wagtailusers_users:edit", pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Password link")

    def get_page_subtitle(self):
        return get_user_display_name(self.user)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {"url": reverse("wagtailusers_users:edit", args=[self.user.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        valid = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        return super().get_context_data(
            name=self.get_page_subtitle(),
            link=password_link(self.user),
            days=valid.days,
            until=timezone.now() + valid,
            **kwargs,
        )
