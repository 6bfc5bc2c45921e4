"""Announcements of the clinic that come and go by themselves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Locale, TranslatableMixin

from core.changed_meanwhile import ChangedMeanwhilePanel, GuardedForm
from core.previews import PreviewedRecord


class NoticeQuerySet(models.QuerySet):
    """Notices by their time."""

    def current(self):
        """Shown on every page at this moment."""
        now = timezone.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def closures_ahead(self):
        """Times the clinic is or will be closed."""
        return self.filter(clinic_is_closed=True, closed_until__gte=timezone.localdate())


class Notice(PreviewedRecord, TranslatableMixin, models.Model):
    """A line above every page, from its start to its end; a closure changes the hours too."""

    text = RichTextField(editor="plain", help_text="For example: “We are closed December 24–26.”")
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="read more at",
    )
    starts_at = models.DateTimeField("shown from", default=timezone.now)
    ends_at = models.DateTimeField("shown until")
    clinic_is_closed = models.BooleanField(
        "the clinic is closed", default=False, help_text="The days below then count as closed in the hours."
    )
    closed_from = models.DateField("first closed day", null=True, blank=True)
    closed_until = models.DateField("last closed day", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    base_form_class = GuardedForm
    panels = [
        ChangedMeanwhilePanel(),
        FieldPanel("text"),
        PageChooserPanel("link_page", help_text="A page that says more. May stay empty."),
        FieldRowPanel(
            [
                FieldPanel("starts_at", help_text="The notice appears by itself at this moment, in the clinic’s time."),
                FieldPanel("ends_at", help_text="The notice goes away by itself at this moment."),
            ]
        ),
        FieldPanel("clinic_is_closed"),
        FieldRowPanel(
            [
                FieldPanel("closed_from", help_text="Only when the clinic is closed."),
                FieldPanel("closed_until", help_text="Leave empty for a single day."),
            ]
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["starts_at"]

    def __str__(self):
        from core.text import plain_text

        return plain_text(self.text)[:80]

    def save(self, *args, **kwargs):
        if not self.locale_id:
            self.locale = Locale.get_default()
        super().save(*args, **kwargs)

    def clean(self):
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = "The end must come after the start."
        if self.clinic_is_closed and not self.closed_from:
            errors["closed_from"] = "Which day does the clinic close?"
        if self.clinic_is_closed and self.closed_from and not self.closed_until:
            self.closed_until = self.closed_from
        if self.closed_from and self.closed_until and self.closed_until < self.closed_from:
            errors["closed_until"] = "The last closed day cannot come before the first."
        if errors:
            raise ValidationError(errors)

    @property
    def is_current(self):
        """Shown on every page at this moment; as `NoticeQuerySet.current`."""
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_closure_ahead(self):
        """The clinic is or will be closed; as `NoticeQuerySet.closures_ahead`."""
        return bool(self.clinic_is_closed and self.closed_until and self.closed_until >= timezone.localdate())
