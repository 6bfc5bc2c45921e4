"""Who may sign off clinical texts."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q

from people.models import PersonPage

PERMISSION = "reviews.sign_off_reviewdecision"


class NotAReviewer(Exception):
    """Somebody who may not sign off; says why, and what to do about it."""


def reviewers() -> list[Any]:
    """The accounts of those who can sign off: active, with the right, and with a page that names their credentials."""
    app, codename = PERMISSION.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    has_right = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    users = get_user_model().objects.filter(has_right, is_active=True, person_page__isnull=False)
    return list(users.exclude(person_page__credentials="").order_by("pk").distinct())


def may_review(user: Any) -> bool:
    """Whether the reviewers' part of the desk is for this person at all."""
    return user.is_active and user.has_perm(PERMISSION)


def person_of(user: Any) -> PersonPage:
    """The page of a reviewer; NotAReviewer where somebody cannot sign off."""
    if not may_review(user):
        raise NotAReviewer("Only clinical reviewers sign off texts. An administrator can give you that role.")
    person = PersonPage.objects.filter(user=user).first()
    if person is None:
        raise NotAReviewer(
            "Your account is not linked to a page under People, so readers could not see who signed. "
            "An administrator can choose your account on your page, under “Signing in.”"
        )
    if not person.credentials.strip():
        raise NotAReviewer(
            f"The page of {person.title} names no credentials, such as MD. Add and publish them there first."
        )
    return person
