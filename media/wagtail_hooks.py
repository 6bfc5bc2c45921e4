"""Pictures in the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from media.image_operations import FramedOperation


@hooks.register("register_image_operations")
def register_framed_operation():
    return [("framed", FramedOperation)]


@hooks.register("insert_global_admin_js")
def register_consent_js():
    return format_html('<script src="{}" defer></script>', static("media/consent.js"))
