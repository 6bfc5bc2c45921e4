"""Accounts of staff: invited by a link, given a new one when a password is lost, ended when somebody leaves."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm
from wagtail.users.views import users

from editorial.password_links import may_look_after


class InvitationForm(UserCreationForm):
    """Asks for no password: the person chooses it, by the link."""

    password_enabled = False

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("groups") and not cleaned.get("is_superuser"):
            self.add_error("groups", _("Choose at least one: without it the person could not even sign in."))
        return cleaned

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class InviteView(users.CreateView):
    page_title = _("Invite")
    submit_button_label = _("Make the invitation link")
    page_subtitle = _("Invitation")
    success_message = _("%(object)s can sign in as soon as a password is chosen.")

    def get_success_url(self):
        return reverse("password_link", args=[self.object.pk])

    def get_success_buttons(self):
        return []


class AccountView(users.EditView):
    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if not may_look_after(self.request.user, self.object):
            return buttons
        link = Button(_("Make a password link"), url=reverse("password_link", args=[self.object.pk]), icon_name="key")
        leaves = Button(
            _("This person has left"), url=reverse("user_leaves", args=[self.object.pk]), icon_name="logout"
        )
        return [*buttons, *([link] if self.object.is_active else []), *([] if self.editing_self else [leaves])]


class PeopleView(users.IndexView):
    add_item_label = _("Invite somebody")


class StaffViewSet(users.UserViewSet):
    index_view_class = PeopleView
    add_view_class = InviteView
    edit_view_class = AccountView
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return super().get_form_class(for_update) if for_update else InvitationForm
