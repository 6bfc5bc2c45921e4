"""A task of the task list, and the forms that resolve tasks."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.permissions import page_permission_policy

MAX_TASKS_PER_KIND = 200


@dataclass(frozen=True)
class Task:
    """Something to do, and the form that resolves it. Without a key it goes only by being resolved."""

    kind: str
    title: str
    why: str
    url: str
    key: str = ""


def page_editor_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def fact_editor_url(fact):
    return reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])


def clinic_settings_url():
    return reverse("wagtailsnippets_clinic_clinicsettings:list")


def editable_pages(user):
    """The pages below the root that a person may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1).order_by("path")
