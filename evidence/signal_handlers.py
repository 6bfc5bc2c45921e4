"""Signal handlers of facts and sources that change."""

from django.db.models.signals import pre_save
from wagtail.search import index
from wagtail.signals import published

from core import content_dates
from evidence.models import Fact, Reference


def reindex_pages_stating_fact(sender, instance, **kwargs):
    """A page is found by the value of a fact it states: index it again when the value changes."""
    for page in instance.used_on().specific():
        index.insert_or_update_object(page)


def date_pages_stating_record(sender, instance, **kwargs):
    """A record that says something else changes the pages that state it, a source also those of its facts."""
    if not content_dates.digest_has_changed(instance):
        return
    content_dates.date_pages(instance.used_on())
    if isinstance(instance, Reference):
        for fact in instance.facts.all():
            content_dates.date_pages(fact.used_on())


def register_signal_handlers():
    """Called once when the app is ready."""
    for model in (Fact, Reference):
        name = model._meta.model_name
        pre_save.connect(
            content_dates.store_digest_before_save,
            sender=model,
            dispatch_uid=f"evidence.store_digest_before_save.{name}",
        )
        published.connect(
            date_pages_stating_record, sender=model, dispatch_uid=f"evidence.date_pages_stating_record.{name}"
        )
    published.connect(reindex_pages_stating_fact, sender=Fact, dispatch_uid="evidence.reindex_pages_stating_fact")
