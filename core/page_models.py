"""Every kind of page of the site, and pages as instances of their own kind."""

from functools import cache

from wagtail.fields import StreamField
from wagtail.models import get_page_models


class PageOptions:
    """What every kind of page of the site is, and what a kind declares of itself; rooms below it read that."""


@cache
def page_models():
    """Every kind of page of the site, by the name under which Django joins it to Wagtail's page."""
    return {model._meta.model_name: model for model in get_page_models() if issubclass(model, PageOptions)}


@cache
def related_page_models():
    """The kinds offered as related pages: questions and articles."""
    return [model for model in page_models().values() if model.offered_as_related]


def select_specific(pages):
    """
    The queryset of Wagtail pages joined with their own kinds, long texts left out; see `as_specific`.

    One query where `.specific()` takes one for each kind.
    """
    kinds = page_models()
    long_texts = [
        f"{name}__{field.name}"
        for name, model in kinds.items()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    return pages.select_related(*kinds).defer(*long_texts)


def as_specific(page):
    """A page from `select_specific` as an instance of its own kind."""
    for name in page_models():
        own = page._state.fields_cache.get(name)
        if own is not None:
            return own
    return page
