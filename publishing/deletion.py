"""
What is in use is not deleted, whichever way somebody tries.

The database could guard it too (`PROTECT`), but a version that names what is gone could then never be
opened again: modelcluster makes no object from it.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.admin_url_finder import AdminURLFinder

from publishing.draft_references import Use, uses_of
from publishing.exceptions import InUse

MAX_USES_SHOWN = 8
_protected: set[type[Model]] = set()


def protect_in_use(*models: type[Model]) -> None:
    """Refuse to delete records of these kinds while they are used; called once when an app is ready."""
    for model in models:
        _protected.add(model)
        pre_delete.connect(refuse_deletion, sender=model, dispatch_uid=f"refuse_deletion.{model._meta.label}")


def is_protected(model: type[Model]) -> bool:
    """Whether what is in use of this kind cannot be deleted: a text would have a hole without it."""
    return model in _protected


def refuse_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Raise InUse where the record is named by anything that readers see or may come to see."""
    if uses := uses_of([instance]).get(instance):
        raise InUse(instance, uses)


def _link(use: Use, urls: AdminURLFinder) -> SafeString:
    url = urls.get_edit_url(use.source)
    return format_html('<a href="{}">{}</a>', url, use) if url else format_html("{}", use)


def show_refusal(request: HttpRequest, record: Any, uses: Sequence[Use]) -> None:
    """Tell staff why a record was not deleted: where it is used, each place a link to its editor."""
    urls = AdminURLFinder(request.user)
    places = format_html_join(", ", "{}", ((_link(use, urls),) for use in uses[:MAX_USES_SHOWN]))
    more = f" and {len(uses) - MAX_USES_SHOWN} more" if len(uses) > MAX_USES_SHOWN else ""
    messages.error(
        request,
        format_html("“{}” cannot be deleted: it is used in {}{}. Take it out there first.", record, places, more),
    )


def refuse_if_in_use(request: HttpRequest, records: Sequence[Any]) -> bool:
    """Whether one of `records` is in use, so that none can be deleted; staff are told which and where."""
    uses = uses_of([record for record in records if is_protected(type(record))])
    for record, places in uses.items():
        show_refusal(request, record, places)
    if uses and len(uses) < len(records):
        messages.info(request, "The others are still there too. Choose them without what is in use.")
    return bool(uses)
