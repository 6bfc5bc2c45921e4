"""Pictures and documents in the admin."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from media import deletion
from media.image_operations import FramedOperation


@hooks.register("register_image_operations")
def register_framed_operation():
    return [("framed", FramedOperation)]


@hooks.register("insert_global_admin_js")
def register_consent_js():
    return format_html('<script src="{}" defer></script>', static("media/consent.js"))


for action in (deletion.DeleteImages, deletion.DeleteDocuments):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, which they replace


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's, which they replace
def register_usage_and_deletion_urls():
    return [
        path("images/<int:image_id>/delete/", deletion.DeleteImageView.as_view()),
        path("images/usage/<int:image_id>/", deletion.ImageUsageView.as_view()),
        path("documents/delete/<int:document_id>/", deletion.DeleteDocumentView.as_view()),
        path("documents/usage/<int:document_id>/", deletion.DocumentUsageView.as_view()),
    ]
