"""
Where records are used, drafts and scheduled versions included.

Wagtail's reference index knows what stands in the row of a page or record: what readers see, and of
what was never published its first version. Here the rest is read when somebody asks, out of the
versions themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_latest_str
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, Revision
from wagtail.models.reference_index import ReferenceGroups

from publishing.page_tree import outside_trash
from publishing.stored_references import stored_references

PUBLISHED, DRAFT, SCHEDULED = _("published"), _("draft"), _("scheduled")


def models_with_drafts() -> list[type[Model]]:
    """Every kind that has drafts; all kinds of page are one."""
    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not model._meta.proxy]
    return [Page, *(model for model in kinds if not issubclass(model, Page))]


def waiting_revisions() -> QuerySet[Revision]:
    """What is not before readers and may come: latest drafts, and what is scheduled."""
    waiting = Q(approved_go_live_at__isnull=False)
    for model in models_with_drafts():
        drafts = model._base_manager.filter(Q(live=False) | Q(has_unpublished_changes=True))
        drafts = outside_trash(drafts) if model is Page else drafts
        waiting |= Q(pk__in=drafts.exclude(latest_revision=None).values("latest_revision"))
    return Revision.objects.filter(waiting).order_by("pk")


def draft_revisions(primary_keys: Iterable[Any]) -> QuerySet[Revision]:
    """`waiting_revisions` in whose stored text one of the primary keys occurs at all."""
    occurs = Q(pk__in=[])
    for pk in primary_keys:
        occurs |= Q(as_text__contains=str(pk))
    return waiting_revisions().alias(as_text=Cast("content", TextField())).filter(occurs)


def named_in_drafts(*targets: type[Model]) -> dict[type[Model], set[str]]:
    """{kind: primary keys as text} of all that drafts and scheduled versions name, in one query."""
    named: dict[type[Model], set[str]] = {target: set() for target in targets}
    for revision in waiting_revisions().iterator(chunk_size=100):
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model is None or not isinstance(revision.content, dict):
            continue  # damaged: it can be published by nobody
        for reference in stored_references(model, revision.content):
            if reference.target in named:
                named[reference.target].add(reference.pk)
    return named


def draft_references(records: Sequence[Model]) -> list[ReferenceIndex]:
    """
    What drafts and scheduled versions name of `records`, in one query.

    Rows as the reference index has them, unsaved; of each, `revision` is the version and `version`
    says whether it is a draft or scheduled.
    """
    keys = {_key(record) for record in records}
    rows = []
    for revision in draft_revisions({pk for _type, pk in keys}):
        source = (revision.base_content_type_id, revision.object_id)
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model is None:
            continue
        for reference in stored_references(model, revision.content):
            target = (ReferenceIndex._get_base_content_type(reference.target).pk, reference.pk)
            if target not in keys or target == source:
                continue
            row = ReferenceIndex(
                content_type_id=revision.content_type_id,
                base_content_type_id=revision.base_content_type_id,
                object_id=revision.object_id,
                to_content_type_id=target[0],
                to_object_id=target[1],
                model_path=reference.path,
                content_path=reference.path,
            )
            row.revision, row.version = revision, SCHEDULED if revision.approved_go_live_at else DRAFT
            rows.append(row)
    return rows


def references_to(records: Sequence[Model]) -> list[ReferenceIndex]:
    """All references to `records`; see `draft_references`. What stands in a row that is no version any more is none."""
    stored = list(ReferenceIndex.get_references_to_in_bulk(list(records)))
    sources = _sources(stored)
    rows = []
    for row in stored:
        source = sources.get((row.base_content_type_id, row.object_id))
        if source is None or _key(source) == (row.to_content_type_id, row.to_object_id):
            continue
        is_hidden = isinstance(source, DraftStateMixin) and not source.live
        if is_hidden and source.latest_revision_id:
            continue
        row.version = DRAFT if is_hidden else PUBLISHED
        rows.append(row)
    return rows + draft_references(records)


def usage_of(record: Model) -> ReferenceGroups:
    """What Wagtail's lists of uses show of a record, drafts and scheduled versions included."""
    return ReferenceGroups(references_to([record]))


@dataclass
class Use:
    """A page or record that names another one."""

    source: Any
    versions: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        name = self.source.get_admin_display_title() if hasattr(self.source, "draft_title") else None
        return f"“{name or get_latest_str(self.source)}” ({', '.join(map(str, self.versions))})"


def uses_of(records: Sequence[Model]) -> dict[Any, list[Use]]:
    """{record: where it is used}, of those that are; the number of queries does not grow with the uses."""
    rows = references_to(records)
    sources = _sources(rows)
    by_key = {_key(record): record for record in records}
    uses: dict[Any, dict[Any, Use]] = {}
    for row in rows:
        source = (row.base_content_type_id, row.object_id)
        if source not in sources:
            continue
        record = by_key[row.to_content_type_id, row.to_object_id]
        use = uses.setdefault(record, {}).setdefault(source, Use(sources[source]))
        if row.version not in use.versions:
            use.versions.append(row.version)
    return {record: list(found.values()) for record, found in uses.items()}


def _key(record: Model) -> tuple[int, str]:
    return ReferenceIndex._get_base_content_type(record).pk, str(record.pk)


def _sources(rows: Iterable[ReferenceIndex]) -> dict[tuple[int, str], Any]:
    """{(content type, primary key): the page or record} that rows are about, one query a kind."""
    wanted: dict[int, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.base_content_type_id, set()).add(row.object_id)
    found = {}
    for content_type, pks in wanted.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:
            continue
        records = model._base_manager.filter(pk__in=pks)
        records = outside_trash(records) if model is Page else records  # what is deleted uses nothing
        if issubclass(model, DraftStateMixin) and not hasattr(model, "draft_title"):
            records = records.select_related("latest_revision")  # what a record is called in its newest version
        found.update({(content_type, str(record.pk)): record for record in records})
    return found
