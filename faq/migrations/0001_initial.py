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
        ("core", "0001_initial"),
        ("media", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="FAQEntryPage",
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
                    "short_answer",
                    wagtail.fields.RichTextField(
                        help_text="Answer first, at most 60 words. True and safe when quoted alone."
                    ),
                ),
                (
                    "body",
                    core.fields.StreamField(
                        blank=True,
                        help_text="Only what the short answer does not say. May stay empty.",
                        verbose_name="full answer",
                    ),
                ),
                (
                    "patients_words",
                    models.TextField(
                        blank=True,
                        help_text="Other ways people ask this, one a line. Not shown; search finds the answer by them.",
                        verbose_name="in patients’ words",
                    ),
                ),
                (
                    "anchor",
                    models.SlugField(
                        editable=False,
                        help_text="The permanent place on the FAQ page; survives any rewording.",
                        max_length=100,
                        null=True,
                        unique=True,
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
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="core.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
            },
            bases=(
                core.page_models.PageOptions,
                text.control_characters.CleanTextMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="FAQIndexPage",
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
                "verbose_name": "FAQ",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                core.page_models.PageOptions,
                text.control_characters.CleanTextMixin,
                "wagtailcore.page",
            ),
        ),
    ]
