"""Signal handlers of pages that are deleted."""

from django.db import transaction
from django.db.models.signals import pre_delete
from wagtail.models import Page, ReferenceIndex


def keep_references_to_deleted_page(sender, instance, **kwargs):
    """
    Keep in the reference index that pages link to one that is deleted.

    Wagtail forgets it, although the links still stand in their texts. Read anew, the texts say so,
    until somebody takes the links out: `editorial.page_tasks.broken_links` goes by that.
    """
    sources = ReferenceIndex.get_references_to(instance).filter(base_content_type__model="page")
    ids = {int(pk) for pk in sources.values_list("object_id", flat=True)}

    def read_anew():
        for page in Page.objects.filter(pk__in=ids).specific():
            ReferenceIndex.create_or_update_for_object(page)

    if ids:
        transaction.on_commit(read_anew)


def register_signal_handlers():
    """Called once when the app is ready."""
    pre_delete.connect(keep_references_to_deleted_page, sender=Page, dispatch_uid="keep_references_to_deleted_page")
