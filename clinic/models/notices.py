"""Announcements of the clinic that come and go by themselves."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing

from clinic.forms import OneMessageMixin
from clinic.opening_hours import MAX_DAYS_AHEAD, format_date_range
from publishing.records import DraftableQuerySet, DraftableRecord, DraftForm


class NoticeQuerySet(DraftableQuerySet):
    """Notices by their time."""

    def current(self):
        """Shown on every page at this moment."""
        now = timezone.now()
        return self.live().filter(starts_at__lte=now, ends_at__gt=now)

    def closures_ahead(self):
        """Times the clinic is or will be closed."""
        return self.live().filter(clinic_is_closed=True, closed_until__gte=timezone.localdate())


class NoticeForm(OneMessageMixin, DraftForm):
    """Whoever names closed days says that the clinic is closed: nobody has to tick it."""

    def clean(self):
        cleaned = super().clean()
        self.instance.clinic_is_closed = bool(cleaned.get("closed_from") or cleaned.get("closed_until"))
        before = self.instance.as_usual()
        if before and {"closed_from", "closed_until"} & set(self.changed_data):
            # What the form wrote for other days is written anew.
            if get_text_for_indexing(cleaned.get("text") or "").strip() == before["text"]:
                cleaned["text"] = ""
            if cleaned.get("ends_at") == before["ends_at"]:
                cleaned["ends_at"] = None
        return cleaned


class Notice(DraftableRecord, models.Model):
    """A line above every page, from its start to its end; a closure changes the hours too."""

    text = RichTextField(
        editor="plain",
        blank=True,
        help_text="What visitors read. Leave it empty for closed days, and it says “We are closed December 24–26.”",
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="read more at",
    )
    starts_at = models.DateTimeField(
        "shown from", default=timezone.now, help_text="If you leave it as it is: as soon as you publish."
    )
    ends_at = models.DateTimeField(
        "shown until", null=True, blank=True, help_text="Leave it empty for closed days: until the end of the last one."
    )
    clinic_is_closed = models.BooleanField("the clinic is closed", default=False)
    closed_from = models.DateField("first closed day", null=True, blank=True)
    closed_until = models.DateField(
        "last closed day", null=True, blank=True, help_text="Leave it empty if you are closed for one day."
    )

    objects = NoticeQuerySet.as_manager()

    base_form_class = NoticeForm
    panels = [
        HelpPanel("Everybody can read a notice, on every page of the site. Do not enter patient information."),
        MultiFieldPanel(
            [
                HelpPanel(
                    "The days below count as closed in your opening hours, here and for search engines. "
                    "Leave them empty for any other announcement. Closed for only part of the day, or every year? "
                    "Say so under Clinic, Closed days and other hours."
                ),
                FieldRowPanel([FieldPanel("closed_from"), FieldPanel("closed_until")]),
            ],
            heading="Are you closed?",
        ),
        MultiFieldPanel(
            [
                FieldPanel("text"),
                PageChooserPanel("link_page", help_text="A page that says more. You can leave it empty."),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            ],
            heading="What visitors see",
        ),
    ]

    class Meta:
        ordering = ["starts_at"]

    def __str__(self):
        return get_text_for_indexing(self.text).strip()[:80]

    def clean(self):
        self._fill_in_from_closed_days()
        super().clean()

    def clean_for_publishing(self):
        errors = {}
        if (self.clinic_is_closed or self.closed_until) and not self.closed_from:
            errors["closed_from"] = "Which day does the clinic close?"
        if self.closed_from and self.closed_until:
            if self.closed_until < self.closed_from:
                errors["closed_until"] = "The last closed day cannot come before the first."
            elif self.closed_until - timezone.localdate() > MAX_DAYS_AHEAD:
                errors["closed_until"] = "That is more than five years from now. Is the year right?"
        if not get_text_for_indexing(self.text).strip():
            errors["text"] = "Write what visitors should read, or say above which days you are closed."
        if not self.ends_at and "closed_until" not in errors:
            errors["ends_at"] = "Until when should it be shown?"
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = "The end must come after the start."
        if errors:
            raise ValidationError(errors)

    def _fill_in_from_closed_days(self):
        """What staff may leave empty where the clinic is closed."""
        if not self.closed_from:
            return
        self.closed_until = self.closed_until or self.closed_from
        if self.closed_until < self.closed_from or self.closed_until - timezone.localdate() > MAX_DAYS_AHEAD:
            return
        usual = self.as_usual()
        if not get_text_for_indexing(self.text).strip():
            self.text = f"<p>{usual['text']}</p>"
        self.ends_at = self.ends_at or usual["ends_at"]

    def as_usual(self):
        """What stands in the fields that staff leave empty, by their names; None where no days are closed."""
        if not (self.closed_from and self.closed_until):
            return None
        midnight = datetime.combine(self.closed_until + timedelta(days=1), time.min)
        return {
            "text": f"We are closed {format_date_range(self.closed_from, self.closed_until)}.",
            "ends_at": midnight.replace(tzinfo=timezone.get_default_timezone()),
        }

    @property
    def is_current(self):
        """Shown on every page at this moment; as `NoticeQuerySet.current`."""
        return bool(self.live and self.ends_at) and self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_closure_ahead(self):
        """The clinic is or will be closed; as `NoticeQuerySet.closures_ahead`."""
        return bool(
            self.live and self.clinic_is_closed and self.closed_until and self.closed_until >= timezone.localdate()
        )
