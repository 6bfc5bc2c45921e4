"""What follows from changing or deleting what pages state."""

from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.search import index
from wagtail.signals import page_unpublished

from core import changes
from core.related import kinds_of_page
from governance.models import DisclaimerPage, Fact, InUse, Reference


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


def note_change(sender, instance, raw=False, **kwargs):
    """A record that says something else changes the pages that state it, a source also those of its facts."""
    if raw or not changes.has_changed(instance):
        return
    changes.note_on(instance.used_on())
    if isinstance(instance, Reference):
        for fact in instance.facts.all():
            changes.note_on(fact.used_on())


def note_end_of_notice(sender, instance, **kwargs):
    """A disclaimer that is taken away changes every page where it may have stood."""
    for model in kinds_of_page().values():
        model.objects.update(shown_changed_at=timezone.now())


def connect():
    """Called once when the app is ready."""
    for model in (Fact, Reference):
        pre_delete.connect(keep_what_is_used, sender=model, dispatch_uid=f"keep_{model.__name__}")
        pre_save.connect(changes.remember, sender=model, dispatch_uid=f"remember_{model.__name__}")
        post_save.connect(note_change, sender=model, dispatch_uid=f"note_change_{model.__name__}")
    page_unpublished.connect(note_end_of_notice, sender=DisclaimerPage, dispatch_uid="note_end_of_notice")
    post_save.connect(find_by_new_words, sender=Fact, dispatch_uid="find_by_new_words")
