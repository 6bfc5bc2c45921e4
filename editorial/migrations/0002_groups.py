"""
The groups of a clinic's staff, and the way of a page from author to publisher.

Wagtail's own groups and workflow are renamed, not doubled. A group that bears one of the names
already is left alone: what an installation decided about it stands.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RENAMED_GROUPS = {"Editors": "Authors", "Moderators": "Publishers"}
WORKFLOW = TASK = "Approval by a publisher"

ALL = ("add", "change", "delete", "view")
MAY_SIGN_IN = {"wagtailadmin.admin": ("access",)}
READS_RECORDS = {
    "core.topic": ("view",),
    "core.notice": ("view",),
    "governance.fact": ("view",),
    "governance.reference": ("view",),
}
AUTHORS = {
    "models": {**MAY_SIGN_IN, **READS_RECORDS, "governance.reference": ("add", "view")},
    "pages": ("add", "change"),
    "collections": {"wagtailimages.image": ("add", "change", "choose"), "wagtaildocs.document": ("add", "choose")},
}
CLINICAL_REVIEWERS = {
    "models": {
        **MAY_SIGN_IN,
        **READS_RECORDS,
        "governance.fact": ("add", "change", "view"),
        "governance.reference": ("add", "change", "view"),
    },
    "pages": ("change",),
    "collections": {"wagtailimages.image": ("choose",), "wagtaildocs.document": ("choose",)},
}
PUBLISHERS = {
    "models": {
        **MAY_SIGN_IN,
        "core.topic": ALL,
        "core.notice": ALL,
        "core.clinicsettings": ("change",),
        "governance.fact": ALL,
        "governance.reference": ALL,
        "wagtailredirects.redirect": ALL,
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
        "accounts.user": ALL,
        "auth.group": ALL,
        "wagtailcore.site": ALL,
        "wagtailcore.task": ALL,
        "wagtailcore.workflow": ALL,
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


def write_down_permissions(apps):
    """Inside a first migrate the permissions are not there yet: Django makes them at its end."""
    for config in apps.get_app_configs():
        before = getattr(config, "models_module", None)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    known = set(Group.objects.values_list("name", flat=True))
    missing = {name: rights for name, rights in GROUPS.items() if name not in known}
    if not missing:
        return
    write_down_permissions(apps)
    for old, new in RENAMED_GROUPS.items():
        if new in missing:
            Group.objects.filter(name=old).update(name=new)
    for name, rights in missing.items():
        group, _ = Group.objects.get_or_create(name=name)
        grant(apps, group, rights)
    make_workflow(apps)


def grant(apps, group, rights):
    Permission = apps.get_model("auth", "Permission")

    def permissions(label, actions):
        app, model = label.split(".")
        return [
            Permission.objects.get(content_type__app_label=app, content_type__model=model, codename=f"{action}_{model}")
            for action in actions
        ]

    for label, actions in rights["models"].items():
        group.permissions.add(*permissions(label, actions))
    # From the root: the home page does not exist before the first texts do.
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).order_by("path").first()
    for permission in permissions("wagtailcore.page", rights["pages"]) if root else ():
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=permission
        )
    files = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).order_by("path").first()
    for label, actions in rights["collections"].items() if files else ():
        for permission in permissions(label, actions):
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=files, permission=permission
            )


def make_workflow(apps):
    """One step on all pages: publishers approve. One person may be both, and then publishes at once."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow.objects.filter(name="Moderators approval").update(name=WORKFLOW)
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(name=TASK)
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = Task.objects.filter(name=TASK).first() or Task.objects.create(name=TASK, content_type=kind)
    task.groups.add(*apps.get_model("auth", "Group").objects.filter(name__in=["Publishers", "Administrators"]))
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).order_by("path").first()
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    if root and not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(page=root, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_initial"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_jobrun"),
        ("governance", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    # Going back leaves the groups: people are in them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
