"""
Links by which members of staff choose a password: handed over by an administrator, without mail.

A link is valid for seven days and works once: it carries what the account looked like when it was
made, and a new password, a sign-in or another address changes that. Nothing is stored.
"""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.permissions import can_manage_user

VALID = timedelta(days=7)
_SALT = "editorial.password_links"


def _state(user):
    last_login = user.last_login.isoformat(timespec="seconds") if user.last_login else ""
    return salted_hmac(_SALT, "\0".join([user.password, last_login, user.email])).hexdigest()


def link_for(user):
    """The address at which `user` may choose a password."""
    token = signing.dumps([user.pk, _state(user)], salt=_SALT)
    return urljoin(f"{settings.SITE_URL}/", reverse("choose_password", args=[token]))


def user_of(token):
    """Whom a link is for; None where it is used up, too old, or not ours."""
    try:
        pk, state = signing.loads(token, salt=_SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(state, _state(user)) else None


class PasswordLinkView(WagtailAdminTemplateMixin, TemplateView):
    """Shows an administrator the link to hand over."""

    template_name = "editorial/admin/password_link.html"
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
        return super().get_context_data(
            name=self.get_page_subtitle(), link=link_for(self.user), until=timezone.now() + VALID, **kwargs
        )


@never_cache
@sensitive_post_parameters()
def choose_password(request, token):
    """Where the link leads: the form for a new password, for whoever holds the link."""
    user = user_of(token)
    if user is None:
        response = render(request, "editorial/admin/password_link_ended.html", status=410)
    else:
        form = SetPasswordForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your password is set. Sign in with your e-mail address and the new password."))
            return redirect("wagtailadmin_login")
        response = render(request, "editorial/admin/choose_password.html", {"form": form, "account": user})
    # The address is a secret: no other site hears of it.
    response["Referrer-Policy"] = "same-origin"
    return response
