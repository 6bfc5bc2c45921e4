"""Keeps control characters out of pages and records, whatever form or program they come from."""

import re
from typing import Any

from django.db import models
from wagtail.fields import StreamField

# What XML 1.0 cannot hold or no reader shows: control characters, lone surrogates, noncharacters. And what
# nobody sees but search, which then finds no such word: soft hyphens, spaces without width, marks of a file's
# beginning, of notes between lines and of a picture that was not pasted. Joiners and what turns the direction
# of text are part of writing, in Arabic or in an emoji.
_NONCHARACTERS = "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
_UNSEEN = "\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffc\ufdd0-\ufdef"
_UNREADABLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff{_UNSEEN}{_NONCHARACTERS}]")
_SOFT_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def without_control_characters(text: str) -> str:
    """
    The text as XML, JSON and spreadsheets can hold it.

    A soft line break, as word processors paste it, becomes a space. What else is left out was not
    typed on purpose and cannot be seen. Tab, line feed and carriage return stay.
    """
    return _UNREADABLE.sub("", _SOFT_BREAK.sub(" ", text))


class CleanTextMixin:
    """A model whose texts lose their control characters before they are validated."""

    def clean_fields(self, exclude: Any = None) -> None:
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


def _cleaned(value: Any) -> Any:
    """The value with all texts in it cleaned, however deep they lie in lists and dicts."""
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
