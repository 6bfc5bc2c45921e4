"""Previews of records that are no pages: they show where the record stands, on pages of rooms above."""

from functools import singledispatch
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import PreviewableMixin

from text.control_characters import CleanTextMixin


@singledispatch
def preview(record: Any, request: HttpRequest) -> HttpResponse:
    """The page of the site that shows `record` as it is in the form; rooms above register theirs by kind."""
    raise Http404


class PreviewedRecord(CleanTextMixin, PreviewableMixin):
    """A record whose form shows what readers will see."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview(self, request)
