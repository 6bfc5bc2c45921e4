"""
The dates at which what a page shows last changed.

A page's own content is dated as it is published (`content_updated_at`). Facts, sources, lists and
the clinic's hours change on the pages that show them without any of them being published: these
bear `dependencies_updated_at`. Both stand in the database, so that a deploy changes neither.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from core.page_models import page_models
from publishing.records import BOOKKEEPING_FIELDS


def digest(content: dict[str, Any], without: Iterable[str] = ()) -> str:
    """A digest of the content of a record as a dict, blind to the keys `without` and to saving without a change."""
    content = {key: value for key, value in content.items() if key not in without}
    text = json.dumps(_without_row_ids(content), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_row_ids(value: Any) -> Any:
    """The value without the primary keys of inline rows, which change when a page is only saved again."""
    if isinstance(value, list):
        return [_without_row_ids(item) for item in value]
    if isinstance(value, dict):
        return {
            key: _without_row_ids(item)
            for key, item in value.items()
            if not (key in {"pk", "page", "sort_order"} and "pk" in value)
        }
    return value


def record_digest(record: models.Model) -> str:
    """The digest of what readers see of a record; its class names the fields they do not see in `digest_excludes`."""
    if hasattr(record, "serializable_data"):
        content = record.serializable_data()
    else:
        content = {field.name: field.value_from_object(record) for field in record._meta.concrete_fields}
    return digest(content, {record._meta.pk.name, *BOOKKEEPING_FIELDS, *getattr(record, "digest_excludes", ())})


def date_pages_listing(kind: type[models.Model]) -> None:
    """Something of a kind has changed, appeared or gone: date the pages that show all of its kind."""
    for model in page_models().values():
        if kind._meta.label in model.dated_by:
            model.objects.update(dependencies_updated_at=timezone.now())


def date_pages(pages: QuerySet) -> None:
    """Date the pages of a queryset, and those that list them."""
    keys = list(pages.values_list("pk", flat=True))
    for model in page_models().values():
        if model.objects.filter(pk__in=keys).update(dependencies_updated_at=timezone.now()):
            date_pages_listing(model)


def store_digest_before_save(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Keep the digest of a record as it stands in the database; a receiver of `pre_save`."""
    stored = None if raw else sender._default_manager.filter(pk=instance.pk).first()
    instance._digest_before_save = record_digest(stored) if stored and getattr(stored, "live", True) else None


def digest_has_changed(instance: models.Model) -> bool:
    """Whether the digest of a record just saved differs from the one before; for a new record it does."""
    return getattr(instance, "_digest_before_save", None) != record_digest(instance)
