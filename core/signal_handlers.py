"""Signal handlers that date pages when pages are published and records change."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, published

from clinic.models import ClinicSettings
from core import content_dates
from core.models import BasePage, SafetyLine, Topic
from core.models.safety_lines import pages_of_topic_line
from publishing.gates import check_gates


def update_content_date(sender, instance, **kwargs):
    """Date a page by its content: publishing without a change is no update."""
    if not isinstance(instance, BasePage):
        return
    digest = instance.compute_content_digest()
    if digest == instance.content_digest:
        return
    content_dates.date_pages_listing(type(instance))
    instance.content_digest = digest
    instance.content_updated_at = timezone.now()
    type(instance).objects.filter(pk=instance.pk).update(
        content_digest=digest, content_updated_at=instance.content_updated_at
    )


def check_page_made_live(sender, instance, update_fields=None, raw=False, **kwargs):
    """A page saved as no more than a page passes the gates, too."""
    if raw or not instance.live or (update_fields is not None and "live" not in update_fields):
        return
    stored = Page.objects.filter(pk=instance.pk, live=False).first()
    if stored is not None and isinstance(stored.specific, BasePage):
        page = stored.specific
        page.live = True
        check_gates(page)


def date_lists_of_removed_page(sender, instance, **kwargs):
    """A page that goes changes the pages that listed it."""
    if isinstance(instance, BasePage):
        content_dates.date_pages_listing(type(instance))


def date_pages_showing_record(sender, instance, **kwargs):
    """Topics and the clinic change the pages that show them."""
    if content_dates.digest_has_changed(instance):
        content_dates.date_pages_listing(sender)


def date_pages_with_line(sender, instance, **kwargs):
    """A safety line that says something else changes the pages that carry it."""
    if content_dates.digest_has_changed(instance):
        content_dates.date_pages(instance.shown_on())


def remember_line_of_topic(sender, instance, raw=False, **kwargs):
    """Keep which line a topic had; a receiver of `pre_save`."""
    stored = None if raw else Topic.objects.filter(pk=instance.pk).values_list("safety_line_id", flat=True)
    instance._line_before_save = stored.first() if stored else None


def date_pages_of_topic(sender, instance, **kwargs):
    """The pages of a topic change with its line."""
    if instance._line_before_save != instance.safety_line_id:
        content_dates.date_pages(pages_of_topic_line(instance))


def register_signal_handlers():
    """Called once when the app is ready."""
    pre_save.connect(check_page_made_live, sender=Page, dispatch_uid="core.check_page_made_live")
    page_published.connect(update_content_date, dispatch_uid="core.update_content_date")
    page_unpublished.connect(date_lists_of_removed_page, dispatch_uid="core.date_lists_of_unpublished_page")
    post_delete.connect(date_lists_of_removed_page, dispatch_uid="core.date_lists_of_deleted_page")
    for model in (Topic, SafetyLine, ClinicSettings):
        pre_save.connect(
            content_dates.store_digest_before_save,
            sender=model,
            dispatch_uid=f"core.store_digest_before_save.{model._meta.model_name}",
        )
    pre_save.connect(remember_line_of_topic, sender=Topic, dispatch_uid="core.remember_line_of_topic")
    published.connect(date_pages_of_topic, sender=Topic, dispatch_uid="core.date_pages_of_topic")
    published.connect(date_pages_with_line, sender=SafetyLine, dispatch_uid="core.date_pages_with_line")
    published.connect(date_pages_showing_record, sender=Topic, dispatch_uid="core.date_pages_showing_topic")
    post_save.connect(date_pages_showing_record, sender=ClinicSettings, dispatch_uid="core.date_pages_showing_clinic")
