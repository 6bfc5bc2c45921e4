"""Keeps control characters out of pages and records, whatever form or program they come from."""

from django.db import models
from wagtail.fields import StreamField

from core.text_rendering import without_control_characters


class CleanTextMixin:
    """A model whose texts lose their control characters before they are validated."""

    def clean_fields(self, exclude=None):
        for field in self._meta.concrete_fields:
            if field.attname not in self.__dict__:  # deferred
                continue
            value = self.__dict__[field.attname]
            if isinstance(field, StreamField) and value:
                stored = field.get_prep_value(value)
                if (cleaned := _cleaned(stored)) != stored:
                    setattr(self, field.attname, field.to_python(cleaned))
            elif isinstance(field, (models.CharField, models.TextField)):
                setattr(self, field.attname, _cleaned(value))
        super().clean_fields(exclude=exclude)


def _cleaned(value):
    """The value with all texts in it cleaned, however deep they lie in lists and dicts."""
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
