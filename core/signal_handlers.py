"""Signal handlers that date pages when pages are published and records change."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, published

from clinic.models import ClinicSettings
from core import content_dates
from core.models import BasePage, Topic
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


def register_signal_handlers():
    """Called once when the app is ready."""
    pre_save.connect(check_page_made_live, sender=Page, dispatch_uid="core.check_page_made_live")
    page_published.connect(update_content_date, dispatch_uid="core.update_content_date")
    page_unpublished.connect(date_lists_of_removed_page, dispatch_uid="core.date_lists_of_unpublished_page")
    post_delete.connect(date_lists_of_removed_page, dispatch_uid="core.date_lists_of_deleted_page")
    for model in (Topic, ClinicSettings):
        pre_save.connect(
            content_dates.store_digest_before_save,
            sender=model,
            dispatch_uid=f"core.store_digest_before_save.{model._meta.model_name}",
        )
    published.connect(date_pages_showing_record, sender=Topic, dispatch_uid="core.date_pages_showing_topic")
    post_save.connect(date_pages_showing_record, sender=ClinicSettings, dispatch_uid="core.date_pages_showing_clinic")
