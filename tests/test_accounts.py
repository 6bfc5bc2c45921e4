"""Accounts of staff: who may look after whose, and how a password is chosen."""

import html

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from tests import factories

NEW_PASSWORD = "a-quiet-room-with-light"


@pytest.fixture
def administrator(client, site):
    """A client signed in as a member of Administrators, who is no superuser."""
    client.force_login(factories.member("Administrators"))
    return client


def state_of(user):
    """What an account is now: its fields and roles; None where it is gone."""
    fields = User.objects.filter(pk=user.pk).values().first()
    return fields and {**fields, "groups": list(user.groups.values_list("name", flat=True).order_by("name"))}


def bulk(action, user):
    return f"{reverse('wagtail_bulk_action', args=['accounts', 'user', action])}?id={user.pk}"


def account_form(user, **changes):
    """(address, form) of the account's form as Wagtail's page sends it, with some fields changed."""
    form = {"email": user.email, "first_name": "Robin", "last_name": "Reyes", "is_active": "on", "groups": []}
    form |= {"is_superuser": "on"} if user.is_superuser else {}
    form |= {"password1": "", "password2": ""} | changes
    return reverse("wagtailusers_users:edit", args=[user.pk]), {n: v for n, v in form.items() if v is not None}


# What somebody who looks after accounts can do to one: a function of the account to (address, form).
WAYS = {
    "set a password": lambda user: account_form(user, password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    "change the address": lambda user: account_form(user, email=f"new-{user.pk}@example.org"),
    "change the roles": lambda user: account_form(user, groups=[str(Group.objects.get(name="Authors").pk)]),
    "deactivate": lambda user: account_form(user, is_active=None),
    "take away every right": lambda user: account_form(user, is_superuser=None, last_name="Nobody"),
    "delete": lambda user: (reverse("wagtailusers_users:delete", args=[user.pk]), {}),
    "end access": lambda user: (reverse("offboard_user", args=[user.pk]), {}),
    "end access of a person": lambda user: (
        reverse("offboard_person", args=[factories.person(user=user).pk]),
        {},
    ),
    "delete in bulk": lambda user: (bulk("delete", user), {}),
    "deactivate in bulk": lambda user: (bulk("set_active_state", user), {"mark_as_active": "False"}),
    "assign a role in bulk": lambda user: (
        bulk("assign_role", user),
        {"role": str(Group.objects.get(name="Administrators").pk)},
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_administrator_does_it_to_a_colleague_and_not_to_a_superuser(administrator, way):
    colleague, superuser = factories.member("Publishers"), factories.administrator()
    before = state_of(colleague), state_of(superuser)
    for user in (colleague, superuser):
        administrator.post(*WAYS[way](user))
    assert state_of(colleague) != before[0]
    assert state_of(superuser) == before[1]


@pytest.mark.parametrize("way", [way for way in WAYS if "person" not in way])
def test_a_superuser_does_it_to_another(client, site, way):
    me, other = factories.administrator(), factories.administrator()
    client.force_login(me)
    before = state_of(other)
    client.post(*WAYS[way](other))
    assert state_of(other) != before


@pytest.mark.parametrize(
    "name", ["wagtailusers_users:edit", "wagtailusers_users:delete", "password_link", "offboard_user"]
)
def test_an_administrator_opens_no_form_for_the_account_of_a_superuser(administrator, name):
    superuser, colleague = factories.administrator(), factories.member("Publishers")
    assert administrator.get(reverse(name, args=[colleague.pk])).status_code == 200
    assert administrator.get(reverse(name, args=[superuser.pk])).status_code == 302


def test_the_list_of_accounts_leads_an_administrator_to_no_form_that_is_refused(administrator):
    superuser, colleague = factories.administrator(), factories.member("Publishers")
    listed = administrator.get(reverse("wagtailusers_users:index")).content.decode()
    assert superuser.email in listed
    assert reverse("wagtailusers_users:edit", args=[colleague.pk]) in listed
    assert reverse("wagtailusers_users:edit", args=[superuser.pk]) not in listed


def test_a_bulk_action_says_whose_account_is_left_alone(administrator):
    superuser = factories.administrator(first_name="Sam", last_name="Owner")
    for action in ("delete", "set_active_state", "assign_role"):
        shown = administrator.get(bulk(action, superuser)).content.decode()
        assert "Sam Owner" in shown
        assert "don't have permission" in html.unescape(shown)


@pytest.mark.parametrize("whose", ["an invitation", "a colleague", "their own"])
def test_an_administrator_makes_nobody_a_superuser(client, site, whose):
    me = factories.member("Administrators")
    client.force_login(me)
    user = me if whose == "their own" else factories.member("Authors")
    url, form = account_form(user, is_superuser="on", groups=[str(Group.objects.get(name="Administrators").pk)])
    if whose == "an invitation":
        url, form = reverse("wagtailusers_users:add"), {**form, "email": "new@example.org"}
    client.post(url, form)
    assert User.objects.filter(first_name="Robin").exists()
    assert not User.objects.filter(is_superuser=True).exists()
