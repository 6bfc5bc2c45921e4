"""What a version names that has been deleted since, and what readers would miss of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin

from publishing.deletion import is_protected
from publishing.exceptions import PublishingBlocked
from publishing.stored_references import StoredReference, found, stored_references, where


def missing_references(model: type[models.Model], content: dict[str, Any]) -> list[StoredReference]:
    """What the content of a version names and is not there anymore, each once."""
    references = [reference for reference in stored_references(model, content) if reference.pk]
    there = found(references)
    gone = [reference for reference in references if reference.pk not in there[reference.target]]
    return list({(reference.target, reference.pk): reference for reference in gone}.values())


def _names(references: Iterable[StoredReference]) -> dict[tuple[type[models.Model], str], str]:
    """What deleted records were called, as far as the log of the desk tells."""
    wanted: dict[type[models.Model], set[str]] = {}
    for reference in references:
        wanted.setdefault(reference.target, set()).add(reference.pk)
    names = {}
    for target, pks in wanted.items():
        log = log_registry.get_log_model_for_model(target)
        entries = log.objects.filter(action="wagtail.delete")
        if hasattr(log, "page"):
            rows = entries.filter(page_id__in=[pk for pk in pks if pk.isdigit()]).values_list("page_id", "label")
        else:
            content_type = ContentType.objects.get_for_model(target)
            rows = entries.filter(content_type=content_type, object_id__in=pks).values_list("object_id", "label")
        names.update({(target, str(pk)): label for pk, label in rows})
    return names


def _kind(reference: StoredReference) -> str:
    return str(reference.target._meta.verbose_name)


def describe_missing(model: type[models.Model], references: list[StoredReference]) -> str:
    """What is missing, and where it stood: “the topic “Second try” (Topic), a picture (Body → Picture)”."""
    names = _names(references)
    described = []
    for reference in references:
        name = names.get((reference.target, reference.pk))
        what = f"the {_kind(reference)} “{name}”" if name else f"a {_kind(reference)}"
        described.append(f"{what} ({where(model, reference)})")
    return ", ".join(described)


def holes(model: type[models.Model], content: dict[str, Any]) -> list[str]:
    """
    Why a version must not be published: what its text needs and readers would not see.

    A link to a page that is gone is none: its words stay.
    """
    return list(placed_holes(model, content))


def placed_holes(model: type[models.Model], content: dict[str, Any]) -> dict[str, str]:
    """`holes` as {reason: the field it is in}."""
    references = [row for row in stored_references(model, content) if row.is_required and is_protected(row.target)]
    there = found(references)
    reasons: dict[str, str] = {}
    for reference in references:
        record = there[reference.target].get(reference.pk)
        is_unseen = reference.is_in_text and isinstance(record, DraftStateMixin) and not record.live
        if record is not None and not is_unseen:
            continue
        words = {"place": where(model, reference), "kind": _kind(reference), "record": record}
        if is_unseen:
            reason = _("“%(place)s” names the %(kind)s “%(record)s”, which is not published.") % words
        elif reference.pk:
            reason = _("“%(place)s” names a %(kind)s that has been deleted.") % words
        else:
            reason = _("“%(place)s” is empty.") % words
        reasons.setdefault(reason, reference.path.partition(".")[0])
    return reasons


def refuse_holes(page: Any) -> None:
    """Raise PublishingBlocked where a page, as it is in memory, would stand before readers with a hole; a gate."""
    if reasons := placed_holes(type(page), page.serializable_data()):
        raise PublishingBlocked(page, " ".join(reasons), place=next(iter(reasons.values())))
