"""Signal handlers of disclaimers that are published or unpublished."""

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from core.page_models import page_models
from disclaimers.models import DisclaimerPage, DisclaimerVersion


def record_version(sender, instance, **kwargs):
    """Whichever way a disclaimer is published, what it says now is a version."""
    DisclaimerVersion.objects.record(DisclaimerPage.objects.get(pk=instance.pk))


def date_pages_of_unpublished_disclaimer(sender, instance, **kwargs):
    """A disclaimer that is taken away changes every page where it may have stood."""
    for model in page_models().values():
        model.objects.update(dependencies_updated_at=timezone.now())


def register_signal_handlers():
    """Called once when the app is ready."""
    page_published.connect(record_version, sender=DisclaimerPage, dispatch_uid="disclaimers.record_version")
    page_unpublished.connect(
        date_pages_of_unpublished_disclaimer,
        sender=DisclaimerPage,
        dispatch_uid="disclaimers.date_pages_of_unpublished_disclaimer",
    )
