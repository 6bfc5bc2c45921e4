"""What follows from unpublishing a disclaimer."""

from django.utils import timezone

from core.page_models import page_models


def date_pages_of_unpublished_disclaimer(sender, instance, **kwargs):
    """A disclaimer that is taken away changes every page where it may have stood."""
    for model in page_models().values():
        model.objects.update(dependencies_updated_at=timezone.now())
