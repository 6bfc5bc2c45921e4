"""Accounts of staff: invited by a link, given a new one when a password is lost, ended by offboarding."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import bulk_actions, users

from accounts.permissions import can_manage_user


def _call_groups_roles(form):
    form.fields["groups"].label = _("Roles")
    form.fields["groups"].help_text = _("What the person will do here. Check all that apply.")


class InvitationForm(UserCreationForm):
    """Asks for no password: the person chooses it, by the link. The roles say all; there is nothing above them."""

    password_enabled = False
    field_order = ["email", "first_name", "last_name", "groups"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["is_superuser"]
        _call_groups_roles(self)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("groups"):
            self.add_error("groups", _("Choose at least one: without it the person could not even sign in."))
        return cleaned

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountForm(UserEditForm):
    """Who has more than any role gives, as the first account does, can be seen to have it and lose it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _call_groups_roles(self)
        if not self.instance.is_superuser:
            self.fields.pop("is_superuser", None)
        elif everything := self.fields.get("is_superuser"):
            everything.label = _("May do everything")
            everything.help_text = _(
                "More than any role. Once it is taken away, only whoever runs the server can give "
                "it back: check “Administrators” below if the person still looks after accounts."
            )


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
    def dispatch(self, request, *args, **kwargs):
        if not can_manage_user(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self):
        link = Button(_("Make a password link"), url=reverse("password_link", args=[self.object.pk]), icon_name="key")
        offboard = Button(
            _("This person has left"), url=reverse("offboard_user", args=[self.object.pk]), icon_name="logout"
        )
        return [
            *super().header_more_buttons,
            *([link] if self.object.is_active else []),
            *([] if self.editing_self else [offboard]),
        ]


class PeopleView(users.IndexView):
    add_item_label = _("Invite somebody")

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if can_manage_user(self.request.user, instance) else None


class StaffViewSet(users.UserViewSet):
    index_view_class = PeopleView
    add_view_class = InviteView
    edit_view_class = AccountView
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/form.html"  # one short form, where Wagtail's has tabs

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else InvitationForm


class AssignRole(bulk_actions.AssignRoleBulkAction):
    def check_perm(self, obj):
        return can_manage_user(self.request.user, obj)


class SetActiveState(bulk_actions.SetActiveStateBulkAction):
    def check_perm(self, obj):
        return can_manage_user(self.request.user, obj)


for action in (AssignRole, SetActiveState):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, which they replace
