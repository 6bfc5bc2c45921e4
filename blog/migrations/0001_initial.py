import django.db.models.deletion
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.db import migrations, models

import core.fields
import core.page_models
import text.control_characters


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("media", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlogIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One or two sentences for lists, search engines and shared links. Best between 110 and 155 characters.",
                        max_length=200,
                    ),
                ),
                (
                    "hide_from_search_engines",
                    models.BooleanField(
                        default=False,
                        help_text="Search engines are asked not to list this page. People can still open and find it here.",
                    ),
                ),
                ("content_updated_at", models.DateTimeField(editable=False, null=True)),
                ("content_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("dependencies_updated_at", models.DateTimeField(editable=False, null=True)),
                ("introduction", wagtail.fields.RichTextField(blank=True)),
                (
                    "social_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.clinicimage",
                        verbose_name="picture for shared links",
                    ),
                ),
            ],
            options={
                "verbose_name": "articles",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                core.page_models.PageOptions,
                text.control_characters.CleanTextMixin,
                "wagtailcore.page",
            ),
        ),
        migrations.CreateModel(
            name="BlogPostPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One or two sentences for lists, search engines and shared links. Best between 110 and 155 characters.",
                        max_length=200,
                    ),
                ),
                (
                    "hide_from_search_engines",
                    models.BooleanField(
                        default=False,
                        help_text="Search engines are asked not to list this page. People can still open and find it here.",
                    ),
                ),
                ("content_updated_at", models.DateTimeField(editable=False, null=True)),
                ("content_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("dependencies_updated_at", models.DateTimeField(editable=False, null=True)),
                (
                    "published_on",
                    models.DateField(
                        blank=True, help_text="Shown to readers. Empty shows no date.", null=True, verbose_name="date"
                    ),
                ),
                (
                    "key_points",
                    core.fields.StreamField(
                        blank=True, help_text="Three to five sentences that a reader should take away."
                    ),
                ),
                ("body", core.fields.StreamField(blank=True)),
                (
                    "is_clinical_text",
                    models.BooleanField(
                        default=True,
                        help_text="Readers are told whether a clinician has reviewed it.",
                        verbose_name="speaks of treatment",
                    ),
                ),
                (
                    "social_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.clinicimage",
                        verbose_name="picture for shared links",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
            },
            bases=(
                core.page_models.PageOptions,
                text.control_characters.CleanTextMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
    ]
