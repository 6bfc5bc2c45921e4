"""The way to a publisher bears a name that reads in a sentence, unless an installation gave it one of its own."""

from django.db import migrations

PLAIN = "Approval by a publisher"


def rename(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Author → Publisher").update(name=PLAIN)
    apps.get_model("wagtailcore", "Task").objects.filter(name="A publisher approves").update(name=PLAIN)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0003_crawlers")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
