"""Accounts of staff: who looks after whose, how a password is chosen, and how somebody leaves."""

import html
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from blog.models import BlogPostPage
from people.models import Authorship
from tests import factories
from tests.forms import send

NEW_PASSWORD = "a-quiet-room-with-light"


@pytest.fixture
def sign_in(client, site):
    """Signs somebody in who belongs to these groups, and gives the client."""

    def enter(*groups):
        client.force_login(factories.member(*groups))
        return client

    return enter


@pytest.fixture
def administrator(sign_in):
    """A client signed in as a member of Administrators, who is no superuser."""
    return sign_in("Administrators")


def soup(client, url):
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def words(client, url):
    return soup(client, url).find(id="main").get_text(" ", strip=True)


def may_open(client, url):
    """Whether a page of the desk answers, instead of sending the person away."""
    return client.get(url).status_code == 200


# --- The accounts of others ----------------------------------------------------------------


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


# --- Invitations and password links ------------------------------------------------------


def link_for(user):
    """The link that the desk shows for an account, as a path."""
    desk = Client()
    desk.force_login(factories.member("Administrators"))
    return urlsplit(soup(desk, reverse("password_link", args=[user.pk])).find(id="link")["value"]).path


def choose(link, password=NEW_PASSWORD):
    """Open a link as its holder does, and send the form; what then is shown."""
    visitor = Client()
    form = visitor.get(link, follow=True)
    answer = visitor.post(
        form.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True
    )
    return answer.content.decode()


def can_sign_in(email, password=NEW_PASSWORD):
    answer = Client().post("/admin/login/", {"username": email, "password": password})
    return answer.status_code == 302


def invite(client, email="robin@example.org", groups=("Authors",)):
    form = {"email": email, "first_name": "Robin", "last_name": "Reyes"}
    form["groups"] = [str(group.pk) for group in Group.objects.filter(name__in=groups)]
    return client.post("/admin/users/new/", form, follow=True)


def test_somebody_invited_chooses_a_password_by_a_link_without_any_mail(administrator, mailoutbox):
    shown = BeautifulSoup(invite(administrator).content, "html.parser")
    link = urlsplit(shown.find(id="link")["value"]).path
    assert not can_sign_in("robin@example.org", "")
    assert "You will sign in as robin@example.org" in words(Client(), link)
    assert "Your password is set" in choose(link)
    assert can_sign_in("robin@example.org")
    assert mailoutbox == []


def test_a_link_that_is_handed_over_says_how_long_it_is_good(administrator, settings):
    user = factories.member("Authors")
    shown = words(administrator, reverse("password_link", args=[user.pk]))
    until = timezone.localtime(timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
    assert "It works once, for 7 days: until" in shown
    assert date_format(until, "DATE_FORMAT").rstrip(".") in shown


@pytest.mark.parametrize("way", ["handed over", "mailed"])
def test_a_link_works_once(site, mailoutbox, settings, way):
    user = factories.member("Authors")
    if way == "mailed":
        settings.MAIL_TRANSPORT_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        Client().post(reverse("wagtailadmin_password_reset"), {"email": user.email})
        assert mailoutbox[0].to == [user.email]
        link = urlsplit(re.search(r"http\S+", mailoutbox[0].body)[0]).path
    else:
        link = link_for(user)
    choose(link)
    assert can_sign_in(user.email)
    assert "This link has ended" in words(Client(), link)
    choose(link, "another-quiet-room")
    assert not can_sign_in(user.email, "another-quiet-room")


def test_a_link_ends_when_the_person_signs_in_with_the_password_that_came_back_to_mind(site):
    user = factories.member("Authors")
    link = link_for(user)
    assert can_sign_in(user.email, "long-enough-for-tests")
    assert "This link has ended" in words(Client(), link)


def test_a_link_ends_after_seven_days_as_its_page_says(site, monkeypatch):
    link = link_for(factories.member("Authors"))

    def look_after(**time):
        now = datetime.now() + timedelta(**time)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now)
        return words(Client(), link)

    assert "Choose your password" in look_after(days=7, minutes=-1)
    ended = look_after(days=7, minutes=1)
    assert "This link has ended" in ended
    assert "seven days" in ended


def test_a_link_ends_with_the_account_and_stays_so(administrator):
    user = factories.member("Authors")
    link = link_for(user)
    administrator.post(reverse("offboard_user", args=[user.pk]))
    assert "This link has ended" in words(Client(), link)
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert "This link has ended" in words(Client(), link)


def test_the_link_of_an_account_that_is_not_active_lets_nobody_in(site):
    user = factories.member("Authors")
    link = link_for(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    choose(link)
    assert not can_sign_in(user.email)


@pytest.mark.parametrize(
    ("uid", "token"), [("MQ", "nonsense"), ("%F0", "1-a"), ("9" * 300, "a" * 3000), ("LTE", "é-é")]
)
def test_a_link_that_nobody_made_says_how_to_get_one(site, uid, token):
    shown = words(Client(), f"/admin/password_reset/confirm/{uid}/{token}/")
    assert "This link has ended" in shown
    assert "Ask an administrator" in shown


def test_a_weak_password_is_refused_and_the_link_stays_good(site):
    user = factories.member("Authors")
    link = link_for(user)
    assert "too short" in choose(link, "abc")
    choose(link)
    assert can_sign_in(user.email)


def test_the_page_behind_a_link_is_kept_nowhere_and_its_address_tells_no_secret(site):
    link = link_for(factories.member("Authors"))
    answer = Client().get(link, follow=True)
    assert "no-store" in answer["Cache-Control"]
    assert link.rsplit("/", 2)[1] not in answer.request["PATH_INFO"]


def test_an_invitation_needs_a_role(sign_in):
    assert "Choose at least one" in invite(sign_in("Administrators"), groups=()).content.decode()
    assert not User.objects.filter(email="robin@example.org").exists()


def test_an_invitation_asks_for_a_name_and_roles_and_nothing_else(sign_in):
    form = soup(sign_in("Administrators"), "/admin/users/new/").find(id="w-editor-form")
    asked = dict.fromkeys(field["name"] for field in form.select("input:not([type=hidden])"))
    assert list(asked) == ["email", "first_name", "last_name", "groups"]
    assert [label.get_text(strip=True) for label in form.select("[id=id_groups] label")] == list(
        Group.objects.values_list("name", flat=True)
    )
    assert "Roles" in form.get_text()


def test_the_first_account_keeps_what_it_may_do_when_its_name_is_changed(client, site):
    first, other = factories.administrator(), factories.administrator()
    client.force_login(other)
    url = f"/admin/users/edit/{first.pk}/"
    assert soup(client, url).find(attrs={"name": "is_superuser"}).has_attr("checked")
    assert "May do everything" in words(client, url)


def test_an_address_that_has_an_account_is_not_invited_again(sign_in):
    administrator = sign_in("Administrators")
    invite(administrator)
    assert "already exists" in invite(administrator, email="Robin@Example.org").content.decode()
    assert User.objects.filter(email__iexact="robin@example.org").count() == 1


@pytest.mark.parametrize("group", ["Authors", "Clinical reviewers", "Publishers"])
def test_only_administrators_hand_out_links_and_end_access(group, sign_in):
    person = factories.person()
    other = factories.member("Authors")
    client = sign_in(group)
    for url in (f"/admin/staff/{other.pk}/password-link/", f"/admin/staff/{other.pk}/offboard/"):
        assert not may_open(client, url)
        client.post(url)
    assert not may_open(client, f"/admin/people/{person.pk}/offboard/")
    client.post(f"/admin/people/{person.pk}/offboard/")
    other.refresh_from_db()
    person.refresh_from_db()
    assert other.is_active
    assert person.live
    assert "has left" not in soup(client, reverse("wagtailadmin_explore", args=[person.get_parent().pk])).get_text()


# --- Leaving ------------------------------------------------------------------------------


def test_nobody_ends_their_own_access(client, site):
    me = factories.member("Administrators")
    client.force_login(me)
    client.post(f"/admin/staff/{me.pk}/offboard/")
    me.refresh_from_db()
    assert me.is_active


@pytest.fixture
def doctor(site):
    """A person of the team who signs in and has written an article."""
    user = factories.member("Authors", first_name="Jordan", last_name="Example")
    person = factories.person("Jordan Example", user=user)
    article = factories.article("Breathing")
    article.authorships.add(Authorship(person=person))
    factories.publish(article)
    return person


def test_a_doctor_who_left_is_signed_out_and_cannot_come_back(doctor, sign_in):
    theirs = Client()
    theirs.force_login(doctor.user)
    assert theirs.get("/admin/").status_code == 200
    administrator = sign_in("Administrators")
    administrator.post(f"/admin/people/{doctor.pk}/offboard/")
    assert theirs.get("/admin/").status_code == 302
    assert not can_sign_in(doctor.user.email, "long-enough-for-tests")
    User.objects.filter(pk=doctor.user.pk).update(is_active=True)
    assert theirs.get("/admin/").status_code == 302  # the old session stays dead


def test_a_doctor_who_left_leaves_the_team_page_but_not_the_bylines(doctor, sign_in, client):
    article = BlogPostPage.objects.get()
    sign_in("Administrators").post(f"/admin/people/{doctor.pk}/offboard/")
    visitor = Client()
    assert "Jordan Example" not in visitor.get(doctor.get_parent().url).content.decode()
    assert "Jordan Example" in visitor.get(article.url).content.decode()
    led = visitor.get(doctor.url)
    assert (led.status_code, led["Location"]) == (301, doctor.get_parent().url)


def test_what_mentions_a_doctor_is_listed_before_and_after_they_leave(doctor, sign_in):
    factories.standard("Our rooms", body=factories.paragraph(factories.link(doctor, "Jordan")))
    administrator = sign_in("Administrators")
    url = f"/admin/staff/{doctor.user.pk}/offboard/"
    for _ in range(2):
        shown = words(administrator, url)
        assert shown.count("Breathing") == 1
        assert "Our rooms" in shown
        administrator.post(url)
    assert "Jordan Example has left" in words(administrator, url)


def test_the_ways_to_end_access_stand_on_the_page_of_the_person_and_of_the_account(doctor, sign_in):
    administrator = sign_in("Administrators")
    account = soup(administrator, f"/admin/users/edit/{doctor.user.pk}/").get_text()
    assert "This person has left" in account
    assert "Make a password link" in account
    editor = soup(administrator, reverse("wagtailadmin_pages:edit", args=[doctor.pk]))
    assert editor.select(f'a[href="/admin/people/{doctor.pk}/offboard/"]')


def test_an_administrator_links_a_person_to_their_account_on_the_first_tab_of_the_form(sign_in):
    desk = sign_in("Administrators")
    account, person = factories.member("Authors"), factories.person("Dr. Vale")
    url = reverse("wagtailadmin_pages:edit", args=[person.pk])
    group = BeautifulSoup(desk.get(url).content, "html.parser").find(id="tab-content").find(attrs={"name": "user"})
    assert "Signing in" in group.find_parent("section").h2.get_text()
    send(desk, url, user=str(account.pk), **{"action-publish": "1"})
    person.refresh_from_db()
    assert person.user == account


def test_two_people_do_not_share_an_account(sign_in):
    desk = sign_in("Administrators")
    account = factories.member("Authors")
    factories.person("Dr. Vale", user=account)
    other = factories.person("Dr. Lane")
    response = send(desk, reverse("wagtailadmin_pages:edit", args=[other.pk]), user=str(account.pk))
    assert "already belongs to another person’s page" in response.content.decode()


def test_who_does_not_look_after_accounts_is_not_asked_for_one(sign_in):
    form = sign_in("Publishers").get(reverse("wagtailadmin_pages:edit", args=[factories.person().pk])).content.decode()
    assert 'name="biography"' in form
    assert 'name="user"' not in form
    assert "Signing in" not in form


def test_a_person_without_an_account_leaves_the_site_and_a_scheduled_page_stays_away(sign_in):
    person = factories.person(live=False)
    person.go_live_at = timezone.now() + timedelta(days=1)
    person.save_revision(approved_go_live_at=person.go_live_at)
    sign_in("Administrators").post(f"/admin/people/{person.pk}/offboard/")
    assert not person.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_who_takes_a_page_without_an_account_away_is_told_that_nobody_was_signed_out(sign_in):
    person = factories.person("Jordan Example")
    administrator, address = sign_in("Administrators"), f"/admin/people/{person.pk}/offboard/"
    assert "No account is linked to this page" in administrator.get(address).content.decode()
    answer = administrator.post(address, follow=True).content.decode()
    assert "nobody was signed out" in answer
    assert "has left the desk" not in answer
