"""What follows from changing or deleting what pages state."""

from django.db.models.signals import post_save, pre_delete
from wagtail.search import index

from governance.models import Fact, InUse, Reference


def keep_what_is_used(sender, instance, **kwargs):
    """In use means not deletable, whichever way somebody tries."""
    if instance.in_use():
        raise InUse(f"“{instance}” is still used and cannot be deleted. Take it out of the pages first.")


def find_by_new_words(sender, instance, created, raw=False, **kwargs):
    """A page is found by the value of a fact it states: index it again when the value changes."""
    if created or raw:
        return
    for page in instance.used_on().specific():
        index.insert_or_update_object(page)


def connect():
    """Called once when the app is ready."""
    for model in (Fact, Reference):
        pre_delete.connect(keep_what_is_used, sender=model, dispatch_uid=f"keep_{model.__name__}")
    post_save.connect(find_by_new_words, sender=Fact, dispatch_uid="find_by_new_words")
