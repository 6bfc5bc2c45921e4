"""Middleware: no form of the desk is sent control characters."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.deprecation import MiddlewareMixin

from text.control_characters import without_control_characters

_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class CleanFormMiddleware(MiddlewareMixin):
    """
    Takes control characters out of what is sent before a form sees it.

    `CleanTextMixin` keeps them out of pages and records of our own. Names of people, roles and
    collections, comments, redirects and tags are other people's models; all of them come in here,
    and are compared with what is there already as they will be kept. NUL is left to the forms, which refuse it.
    """

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> None:
        if request.method != "POST" or request.content_type not in _FORMS:
            return
        cleaned = {
            name: [_cleaned(text) for text in texts]
            for name, texts in request.POST.lists()
            if "password" not in name and any(_cleaned(text) != text for text in texts)
        }
        if cleaned:
            posted = request.POST.copy()
            for name, texts in cleaned.items():
                posted.setlist(name, texts)
            posted._mutable = False
            request.POST = posted  # type: ignore[assignment]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A NUL in an address that no form reads, such as that of suggested tags, is a bad request to PostgreSQL."""
        if isinstance(exception, ValueError) and "NUL (0x00)" in str(exception):
            return HttpResponseBadRequest("This address holds a character that no text has.")
        return None


def _cleaned(text: str) -> str:
    return text if "\0" in text else without_control_characters(text)
