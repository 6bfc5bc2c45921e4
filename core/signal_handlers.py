"""What follows from publishing pages and changing records: dates of pages."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, published

from core import content_dates
from media import image_intake
from media.signal_handlers import make_renditions_of_published_page, prepare_avatar, prepare_retained_upload


def update_content_date(sender, instance, **kwargs):
    """Date a page by its content: publishing without a change is no update."""
    from core.models import BasePage

    if not isinstance(instance, BasePage):
        return
    fingerprint = instance.compute_content_digest()
    if fingerprint == instance.content_digest:
        return
    content_dates.date_pages_listing(type(instance))
    instance.content_digest = fingerprint
    instance.content_updated_at = timezone.now()
    type(instance).objects.filter(pk=instance.pk).update(
        content_digest=fingerprint, content_updated_at=instance.content_updated_at
    )


def date_lists_of_removed_page(sender, instance, **kwargs):
    """A page that goes changes the pages that listed it."""
    from core.models import BasePage

    if isinstance(instance, BasePage):
        content_dates.date_pages_listing(type(instance))


def date_pages_showing_record(sender, instance, **kwargs):
    """Topics and the clinic change the pages that show them, and the cards that name them."""
    from core import social_cards

    if content_dates.digest_has_changed(instance):
        content_dates.date_pages_listing(sender)
        social_cards.draw_anew(sender)


def connect():
    """Called once when the app is ready."""
    from clinic.models import ClinicSettings
    from core import social_cards
    from core.models import Topic

    image_intake.connect()
    pre_save.connect(prepare_retained_upload, sender="wagtailcore.UploadedFile", dispatch_uid="core.waiting_picture")
    pre_save.connect(prepare_avatar, sender="wagtailusers.UserProfile", dispatch_uid="core.portrait")
    page_published.connect(update_content_date, dispatch_uid="core.update_content_date")
    page_published.connect(make_renditions_of_published_page, dispatch_uid="core.make_renditions_of_published_page")
    page_published.connect(social_cards.keep_after_publishing, dispatch_uid="core.social_card")
    post_delete.connect(social_cards.forget_deleted, dispatch_uid="core.forget_social_card")
    page_unpublished.connect(date_lists_of_removed_page, dispatch_uid="core.note_unpublishing")
    post_delete.connect(date_lists_of_removed_page, dispatch_uid="core.note_deletion")
    for model in (Topic, ClinicSettings):
        pre_save.connect(
            content_dates.store_digest_before_save, sender=model, dispatch_uid=f"core.remember.{model.__name__}"
        )
    published.connect(date_pages_showing_record, sender=Topic, dispatch_uid="core.date_pages_stating_record.Topic")
    post_save.connect(
        date_pages_showing_record, sender=ClinicSettings, dispatch_uid="core.date_pages_stating_record.ClinicSettings"
    )
