"""Signal handlers of uploads, and of publishing pages with pictures."""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from wagtail.images import get_image_model
from wagtail.signals import page_published

from media import image_intake, renditions


def prepare_retained_upload(sender, instance, **kwargs):
    """
    A picture that still lacks its description waits in the media folder: as the site keeps it.

    Wagtail keeps what waits as it was uploaded, and copies that when the form is complete.
    """
    waits_for = instance.for_content_type
    if waits_for and waits_for.model_class() is get_image_model() and not instance.file._committed:
        instance.file = image_intake.prepare_upload(instance.file.file)


def prepare_avatar(sender, instance, **kwargs):
    """The portrait of somebody who signs in carries no place or time either; a damaged one is left out."""
    if instance.avatar and not instance.avatar._committed:
        try:
            instance.avatar = image_intake.prepare_upload(instance.avatar.file)
        except ValidationError:
            instance.avatar = ""


def make_renditions_of_published_page(sender, instance, **kwargs):
    """No visitor waits while a picture is made smaller."""
    renditions.make_page_renditions(instance)


def register_signal_handlers():
    """Called once when the app is ready."""
    pre_save.connect(
        prepare_retained_upload, sender="wagtailcore.UploadedFile", dispatch_uid="media.prepare_retained_upload"
    )
    pre_save.connect(prepare_avatar, sender="wagtailusers.UserProfile", dispatch_uid="media.prepare_avatar")
    page_published.connect(make_renditions_of_published_page, dispatch_uid="media.make_renditions_of_published_page")
