"""What follows from saving and publishing."""

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from core import changes, pictures, sizes


def note_change_of_content(sender, instance, **kwargs):
    """Date a page by its content: publishing without a change is no update."""
    from core.models import BasePage

    if not isinstance(instance, BasePage):
        return
    fingerprint = instance.compute_fingerprint()
    if fingerprint == instance.content_fingerprint:
        return
    changes.note(type(instance))
    instance.content_fingerprint = fingerprint
    instance.content_updated_at = timezone.now()
    type(instance).objects.filter(pk=instance.pk).update(
        content_fingerprint=fingerprint, content_updated_at=instance.content_updated_at
    )


def note_disappearance(sender, instance, **kwargs):
    """A page that goes changes the pages that listed it."""
    from core.models import BasePage

    if isinstance(instance, BasePage):
        changes.note(type(instance))


def note_change_of_record(sender, instance, **kwargs):
    """Topics and the clinic change the pages that show them, and the cards that name them."""
    from core import social_cards

    if changes.has_changed(instance):
        changes.note(sender)
        social_cards.draw_anew(sender)


def take_in_waiting_picture(sender, instance, **kwargs):
    """
    A picture that still lacks its description waits in the media folder: as the site keeps it.

    Wagtail keeps what waits as it was uploaded, and copies that when the form is complete.
    """
    from core.models import ClinicImage

    waits_for = instance.for_content_type
    if waits_for and waits_for.model_class() is ClinicImage and not instance.file._committed:
        instance.file = pictures.taken_in(instance.file.file)


def take_in_portrait(sender, instance, **kwargs):
    """The portrait of somebody who signs in carries no place or time either; a damaged one is left out."""
    if instance.avatar and not instance.avatar._committed:
        try:
            instance.avatar = pictures.taken_in(instance.avatar.file)
        except ValidationError:
            instance.avatar = ""


def align_site_record(**kwargs):
    """Wagtail's default Site follows SITE_URL, so that its addresses are the public ones."""
    if not apps.is_installed("wagtail"):
        return
    from wagtail.models import Site

    origin = urlsplit(settings.SITE_URL)
    port = origin.port or (443 if origin.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port, site.site_name) != (
        origin.hostname,
        port,
        settings.WAGTAIL_SITE_NAME,
    ):
        site.hostname, site.port, site.site_name = origin.hostname, port, settings.WAGTAIL_SITE_NAME
        site.save()


def make_sizes(sender, instance, **kwargs):
    """No visitor waits while a picture is made smaller."""
    sizes.make_for(instance)


def connect():
    """Called once when the app is ready."""
    from core import social_cards

    pictures.connect()
    pre_save.connect(take_in_waiting_picture, sender="wagtailcore.UploadedFile", dispatch_uid="core.waiting_picture")
    pre_save.connect(take_in_portrait, sender="wagtailusers.UserProfile", dispatch_uid="core.portrait")
    page_published.connect(note_change_of_content, dispatch_uid="core.note_change_of_content")
    page_published.connect(make_sizes, dispatch_uid="core.make_sizes")
    page_published.connect(social_cards.keep_after_publishing, dispatch_uid="core.social_card")
    post_delete.connect(social_cards.forget_deleted, dispatch_uid="core.forget_social_card")
    page_unpublished.connect(note_disappearance, dispatch_uid="core.note_unpublishing")
    post_delete.connect(note_disappearance, dispatch_uid="core.note_deletion")
    for label in ("core.Topic", "core.ClinicSettings"):
        pre_save.connect(changes.remember, sender=label, dispatch_uid=f"core.remember.{label}")
        post_save.connect(note_change_of_record, sender=label, dispatch_uid=f"core.note_change.{label}")
