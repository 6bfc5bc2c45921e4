"""Administrators decide which machines are asked to read the site."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name="Administrators").first()
    if group is None:
        return
    # Inside a first migrate the permissions are not there yet: Django makes them at its end.
    config = apps.get_app_config("machines")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Permission = apps.get_model("auth", "Permission")
    group.permissions.add(Permission.objects.get(content_type__app_label="machines", codename="change_crawlersettings"))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0002_groups"),
        ("machines", "0001_initial"),
    ]

    # Going back leaves the right to do what cannot be done any more.
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
