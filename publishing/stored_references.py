"""
What a version of a record names, read from its content as a revision keeps it.

An object made from a revision has forgotten what is gone, and making it asks the database for each
relation. The content still says which records, pages, pictures and documents it was written with.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import extract_references_from_rich_text

MAX_PK_DIGITS = 18


class StoredReference(NamedTuple):
    """A place in a version that names a record."""

    target: type[models.Model]  # the kind in whose table the primary key stands: of every page, Wagtail's page
    pk: str  # empty where a relation that must not be empty is
    path: str  # as `ReferenceIndex.model_path`
    is_required: bool  # whether readers would miss it; a token in a text is
    is_in_text: bool


def stored_references(model: type[models.Model], content: dict[str, Any]) -> Iterator[StoredReference]:
    """What a version of `model` names, without a query; `content` is as `serializable_data` gives it."""
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _below(field.name, _in_block(field.stream_block, _decoded(content.get(field.name))))
        elif isinstance(field, RichTextField):
            yield from _below(field.name, _in_text(content.get(field.name)))
        elif isinstance(field, models.ForeignKey) and _is_chosen(field):
            yield from _chosen(field.related_model, content.get(field.name), field.name, not field.blank)
    for relation in get_all_child_relations(model):
        if _is_of_wagtail(relation.related_model):
            continue
        name = relation.get_accessor_name()
        for row in _items(content.get(name)):
            if isinstance(row, dict):
                yield from _below(f"{name}.item", stored_references(relation.related_model, row))


def where(model: type[models.Model], reference: StoredReference) -> str:
    """The label of the place, such as “Full answer → Picture”."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return str(ReferenceIndex(content_type=content_type, model_path=reference.path).describe_source_field())


def found(references: Iterable[StoredReference]) -> dict[type[models.Model], dict[str, Any]]:
    """{kind: {primary key as text: record}} of all that is there, one query a kind."""
    wanted: dict[type[models.Model], set[str]] = {}
    for target, pk, *_ in references:
        wanted.setdefault(target, set()).update([pk] if _is_pk(pk) else [])
    return {
        target: {str(pk): record for pk, record in target._base_manager.in_bulk(map(int, pks)).items()} if pks else {}
        for target, pks in wanted.items()
    }


def _is_pk(pk: str) -> bool:
    return pk.isascii() and pk.isdigit() and len(pk) <= MAX_PK_DIGITS


def _is_of_wagtail(model: type[models.Model]) -> bool:
    return model.__module__.startswith("wagtail.")


def _is_chosen(field: Any) -> bool:
    """Whether staff choose it: owner, lock and the like are bookkeeping."""
    return field.editable and field.many_to_one and field.model is not Page and not isinstance(field, ParentalKey)


def _base(model: type[models.Model]) -> type[models.Model]:
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model


def _below(path: str, references: Iterable[StoredReference]) -> Iterator[StoredReference]:
    for reference in references:
        yield reference._replace(path=f"{path}.{reference.path}")


def _chosen(model: Any, pk: Any, path: str, is_required: bool) -> Iterator[StoredReference]:
    if pk is not None or is_required:
        yield StoredReference(_base(model), "" if pk is None else str(pk), path, is_required, False)


def _in_text(html: Any) -> Iterator[StoredReference]:
    if isinstance(html, str) and "<" in html:
        for model, pk, _path, _content_path in extract_references_from_rich_text(html):
            yield StoredReference(_base(model), str(pk), "", True, True)


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return getattr(value, "raw_data", value)
    try:
        return json.loads(value)
    except ValueError:
        return None


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _in_block(block: Any, value: Any) -> Iterator[StoredReference]:
    """What the stored value of a block names; what it could not have written itself is passed over."""
    if isinstance(block, blocks.RichTextBlock):
        yield from _in_text(value)
    elif isinstance(block, blocks.ChooserBlock):
        yield from _chosen(block.model_class, value, "", block._required)
    elif isinstance(block, blocks.StreamBlock):
        for child in value if not isinstance(value, (str, dict)) and value else ():
            if isinstance(child, dict) and (inner := block.child_blocks.get(child.get("type"))):
                yield from _below(child["type"], _in_block(inner, child.get("value")))
    elif isinstance(block, TypedTableBlock):
        yield from _in_table(block, value if isinstance(value, dict) else {})
    elif isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        for name, inner in block.child_blocks.items():
            yield from _below(name, _in_block(inner, value.get(name)))
    elif isinstance(block, blocks.ListBlock):
        for item in _items(value):
            item = item["value"] if isinstance(item, dict) and item.get("type") == "item" and "value" in item else item
            yield from _below("item", _in_block(block.child_block, item))


def _in_table(table: Any, value: dict[str, Any]) -> Iterator[StoredReference]:
    kinds = [column.get("type") for column in value.get("columns") or []]
    for row in value.get("rows") or []:
        for kind, cell in zip(kinds, row.get("values") or [], strict=False):
            if kind in table.child_blocks:
                yield from _below(kind, _in_block(table.child_blocks[kind], cell))
