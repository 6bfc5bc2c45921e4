"""
The groups of a clinic's staff, and the workflow of a page from author to publisher.

Made after migrating, once: on a site that has any of the groups nothing is changed, since what an
installation decided about its groups stands. Wagtail's own groups and workflow are renamed, not doubled.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

from reviews.models import ClinicalReviewTask

RENAMED_GROUPS = {"Editors": "Authors", "Moderators": "Publishers"}
WORKFLOW = TASK = "Approval by a publisher"
REVIEW_TASK = "Review by a clinician"
WAGTAILS_WORKFLOW = "Moderators approval"

ALL_ACTIONS = ("add", "change", "delete", "view")
DRAFTABLE_ACTIONS = (*ALL_ACTIONS, "publish", "lock", "unlock")  # records that are drafted and published
ADMIN_ACCESS = {"wagtailadmin.admin": ("access",)}
VIEW_RECORDS = {
    "core.topic": ("view",),
    "core.safetyline": ("view",),
    "clinic.notice": ("view",),
    "evidence.fact": ("view",),
    "evidence.reference": ("view",),
}
AUTHORS = {
    "models": {**ADMIN_ACCESS, **VIEW_RECORDS, "evidence.reference": ("add", "publish", "view")},
    "pages": ("add", "change"),
    "collections": {"wagtailimages.image": ("add", "change", "choose"), "wagtaildocs.document": ("add", "choose")},
}
CLINICAL_REVIEWERS = {
    "models": {
        **ADMIN_ACCESS,
        **VIEW_RECORDS,
        "core.safetyline": ("add", "change", "publish", "view"),
        "evidence.fact": ("add", "change", "publish", "view"),
        "evidence.reference": ("add", "change", "publish", "view"),
        "reviews.reviewdecision": ("sign_off",),
    },
    "pages": ("change",),
    "collections": {"wagtailimages.image": ("choose",), "wagtaildocs.document": ("choose",)},
}
PUBLISHERS = {
    "models": {
        **ADMIN_ACCESS,
        "core.topic": DRAFTABLE_ACTIONS,
        "core.safetyline": DRAFTABLE_ACTIONS,
        "clinic.notice": DRAFTABLE_ACTIONS,
        "clinic.clinicsettings": ("change",),
        "evidence.fact": DRAFTABLE_ACTIONS,
        "evidence.reference": DRAFTABLE_ACTIONS,
        "wagtailredirects.redirect": ALL_ACTIONS,
        "quality.watchedwords": ALL_ACTIONS,
    },
    "pages": ("add", "change", "publish", "lock", "unlock"),
    "collections": {
        "wagtailimages.image": ("add", "change", "choose"),
        "wagtaildocs.document": ("add", "change", "choose"),
    },
}
ADMINISTRATORS = {
    "models": {
        **PUBLISHERS["models"],
        "seo.crawlersettings": ("change",),
        "search.crisisphrase": ALL_ACTIONS,
        "accounts.user": ALL_ACTIONS,
        "auth.group": ALL_ACTIONS,
        "wagtailcore.site": ALL_ACTIONS,
        "wagtailcore.task": ALL_ACTIONS,
        "wagtailcore.workflow": ALL_ACTIONS,
    },
    "pages": (*PUBLISHERS["pages"], "bulk_delete"),
    "collections": {**PUBLISHERS["collections"], "wagtailcore.collection": ("add", "change", "delete")},
}
GROUPS = {
    "Authors": AUTHORS,
    "Clinical reviewers": CLINICAL_REVIEWERS,
    "Publishers": PUBLISHERS,
    "Administrators": ADMINISTRATORS,
}


@transaction.atomic
def create_groups(**kwargs: Any) -> None:
    """Make the groups with their rights, and the workflow; a receiver of `post_migrate`."""
    if Group.objects.filter(name__in=GROUPS).exists():
        return
    for config in apps.get_app_configs():  # those of the apps after this one are not there yet
        create_permissions(config, verbosity=0)
    create_extra_permissions(apps.get_app_config("wagtailsnippets"))
    for old, new in RENAMED_GROUPS.items():
        Group.objects.filter(name=old).update(name=new)
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        grant(group, rights)
    create_workflow()


def grant(group: Group, rights: dict) -> None:
    """Give a group its rights on models, on all pages and on all collections; see `GROUPS`."""

    def permissions(label: str, actions: tuple[str, ...]) -> list[Permission]:
        app, model = label.split(".")
        return [
            Permission.objects.get(content_type__app_label=app, content_type__model=model, codename=f"{action}_{model}")
            for action in actions
        ]

    for label, actions in rights["models"].items():
        group.permissions.add(*permissions(label, actions))
    # From the root: the home page does not exist before the first texts do.
    root = Page.get_first_root_node()
    for permission in permissions("wagtailcore.page", rights["pages"]) if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Collection.get_first_root_node()
    for label, actions in rights["collections"].items() if files else ():
        for permission in permissions(label, actions):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def create_workflow() -> None:
    """
    Two steps on all pages: clinical reviewers sign off what is about treatment, publishers approve.

    The first is passed over where it is not needed. One person may be author and publisher, and then publishes at once.
    """
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).update(name=WORKFLOW)
    Task.objects.filter(name=WAGTAILS_WORKFLOW).update(name=TASK)
    task = GroupApprovalTask.objects.filter(name=TASK).first() or GroupApprovalTask.objects.create(name=TASK)
    task.groups.add(*Group.objects.filter(name__in=["Publishers", "Administrators"]))
    review = ClinicalReviewTask.objects.create(name=REVIEW_TASK)
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    for position, step in enumerate([review, task]):
        WorkflowTask.objects.update_or_create(workflow=workflow, task=step, defaults={"sort_order": position})
    root = Page.get_first_root_node()
    if root and not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(page=root, workflow=workflow)
