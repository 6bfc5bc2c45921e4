"""What follows from uploading pictures and publishing pages that show them."""

from django.core.exceptions import ValidationError

from media import image_intake, renditions


def prepare_retained_upload(sender, instance, **kwargs):
    """
    A picture that still lacks its description waits in the media folder: as the site keeps it.

    Wagtail keeps what waits as it was uploaded, and copies that when the form is complete.
    """
    from media.models import ClinicImage

    waits_for = instance.for_content_type
    if waits_for and waits_for.model_class() is ClinicImage and not instance.file._committed:
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
    from core.models import BasePage

    if isinstance(instance, BasePage):
        renditions.make_page_renditions(instance)
