import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

import core.fields
import core.page_models
import disclaimers.history
import text.control_characters


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("media", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclaimerIndexPage",
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
                        help_text="One or two sentences for lists, search engines, and shared links. Best between 110 and 155 characters.",
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
                "verbose_name": "disclaimers",
            },
            bases=(core.page_models.PageOptions, text.control_characters.CleanTextMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="DisclaimerPage",
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
                        help_text="One or two sentences for lists, search engines, and shared links. Best between 110 and 155 characters.",
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
                    "notice",
                    wagtail.fields.RichTextField(
                        help_text="Short: it appears at the foot of every page it applies to."
                    ),
                ),
                ("body", core.fields.StreamField(blank=True, verbose_name="full text")),
                (
                    "effective_date",
                    models.DateField(
                        blank=True,
                        help_text="From this day on; until then, the version before it applies. Empty: as soon as published.",
                        null=True,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("everywhere", "On every page"),
                            ("section", "On one section: a page and everything below it"),
                            ("pages", "On chosen pages"),
                        ],
                        default="everywhere",
                        max_length=12,
                        verbose_name="where it applies",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="For “On one section.”",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
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
                "verbose_name": "disclaimer",
            },
            bases=(
                disclaimers.history.VersionHistoryMixin,
                core.page_models.PageOptions,
                text.control_characters.CleanTextMixin,
                "wagtailcore.page",
            ),
        ),
        migrations.CreateModel(
            name="DisclaimerTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "disclaimer",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chosen_pages",
                        to="disclaimers.disclaimerpage",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.page"
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DisclaimerVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("disclaimer_key", models.PositiveBigIntegerField(editable=False)),
                ("number", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("title", models.CharField(max_length=255)),
                ("notice", models.TextField()),
                ("body", core.fields.StreamField(blank=True)),
                ("effective_date", models.DateField(blank=True, null=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("everywhere", "On every page"),
                            ("section", "On one section: a page and everything below it"),
                            ("pages", "On chosen pages"),
                        ],
                        max_length=12,
                    ),
                ),
                ("page_ids", models.JSONField(default=list)),
                (
                    "disclaimer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="versions",
                        to="disclaimers.disclaimerpage",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "ordering": ["disclaimer_key", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("disclaimer_key", "number"), name="disclaimer_version_number_once")
                ],
            },
        ),
    ]
