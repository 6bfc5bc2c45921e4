"""What changes what readers see of pages."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published

from archive.models import PublishedText
from archive.recording import record_deletion, record_notices, record_pages
from core.models import BasePage, SafetyLine, Topic
from core.models.safety_lines import pages_of_topic_line
from disclaimers.models import DisclaimerPage, DisclaimerVersion
from evidence.models import Fact, Reference
from people.models import PersonPage

Cause = PublishedText.Cause


def record_publishing(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page went live; the name of a person stands in the bylines of others."""
    record_pages([instance], Cause.PUBLISHED)
    if isinstance(instance, PersonPage):
        record_pages(Page.objects.filter(authorships__person=instance), Cause.RECORD, instance)


def record_new_page(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A page that is live from its first save: an alias, or one made by code."""
    if created and not raw and isinstance(instance, BasePage) and instance.live:
        transaction.on_commit(lambda: record_pages([instance], Cause.PUBLISHED))


def record_unpublishing(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page came down; a disclaimer stands on others."""
    record_pages([instance], Cause.UNPUBLISHED)
    if isinstance(instance, DisclaimerPage):
        record_notices()


def record_page_deletion(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page is gone, by itself or with a page above it; a disclaimer stood on others."""
    record_deletion(instance.pk)
    if instance.cached_content_type.model_class() is DisclaimerPage:
        transaction.on_commit(record_notices)


def record_move(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page and all below it have other addresses, or other readers."""
    record_pages(instance.get_descendants(inclusive=True), Cause.MOVED)


def record_access(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A section was closed or opened; not where it goes because its page does."""

    def record() -> None:
        if page := Page.objects.filter(pk=instance.page_id).first():
            record_move(sender, page)
            if DisclaimerPage.objects.descendant_of(page, inclusive=True).exists():
                record_notices()

    transaction.on_commit(record)


def record_version(sender: Any, instance: DisclaimerVersion, created: bool, **kwargs: Any) -> None:
    """A disclaimer has another version."""
    if created:
        record_notices()


def _stating(record: Any) -> QuerySet:
    pages = record.used_on()
    if isinstance(record, Reference):
        for fact in record.facts.all():
            pages = pages | fact.used_on()
    return pages.distinct()


def record_stated(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A fact or source says something else: so do the pages that state it."""
    record_pages(_stating(instance), Cause.RECORD, instance)


def record_line(sender: Any, instance: SafetyLine, **kwargs: Any) -> None:
    """A safety line says something else: so do the pages that carry it."""
    record_pages(instance.shown_on(), Cause.RECORD, instance)


def record_topic_line(sender: Any, instance: Topic, **kwargs: Any) -> None:
    """The pages of a topic may carry another safety line."""
    record_pages(pages_of_topic_line(instance), Cause.RECORD, instance)


def register_signal_handlers() -> None:
    """Called once when the app is ready."""
    for signal, handler, sender in (
        (page_published, record_publishing, None),
        (post_save, record_new_page, None),
        (page_unpublished, record_unpublishing, None),
        (page_slug_changed, record_move, None),
        (post_page_move, record_move, None),
        (post_delete, record_page_deletion, Page),
        (post_save, record_access, PageViewRestriction),
        (post_delete, record_access, PageViewRestriction),
        (post_save, record_version, DisclaimerVersion),
        (published, record_stated, Fact),
        (published, record_stated, Reference),
        (published, record_line, SafetyLine),
        (published, record_topic_line, Topic),
    ):
        name = f"archive.{handler.__name__}.{sender.__name__ if sender else 'any'}"
        signal.connect(handler, sender=sender, dispatch_uid=name)
