"""What is missing or unused, as querysets with the same columns: pages, pictures and documents."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from wagtail.documents.permissions import permission_policy as document_permissions
from wagtail.images.permissions import permission_policy as picture_permissions
from wagtail.models import ReferenceIndex
from wagtail.permissions import page_permission_policy

from core.page_models import page_models
from media.models import ClinicDocument, ClinicImage
from publishing.draft_references import named_in_drafts
from publishing.visibility import published
from quality.page_links import unlinked_pages

SUMMARY, PICTURE, DOCUMENT, LINK = "summary", "picture", "document", "link"
KINDS = {
    SUMMARY: "Pages without a summary",
    LINK: "Pages that nothing links to",
    PICTURE: "Pictures that nothing uses",
    DOCUMENT: "Documents that nothing uses",
}
_COLUMNS = ("kind", "key", "title", "changed", "page_type")


def missing(user: Any, kinds: Iterable[str]) -> QuerySet:
    """
    Rows of {kind, key, title, changed, page_type}: what is missing or unused, of what a person may edit.

    `key` is the primary key of a page, picture or document; `page_type` the content type of a page, else 0.
    """
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1)
    drafts = cache(lambda: named_in_drafts(ClinicImage, ClinicDocument))
    parts = []
    for kind in kinds:
        if kind == SUMMARY:
            summary = Coalesce(*(f"{name}__summary" for name in page_models()))
            parts.append(_pages(kind, published(pages).annotate(summary=summary).filter(summary="", alias_of=None)))
        elif kind == LINK:
            parts.append(_pages(kind, unlinked_pages(pages)))
        else:
            model, policy = (
                (ClinicImage, picture_permissions) if kind == PICTURE else (ClinicDocument, document_permissions)
            )
            files = policy.instances_user_has_any_permission_for(user, ["change"])
            files = _unused(files, drafts()[model]).annotate(changed=F("created_at"), page_type=Value(0))
            parts.append(_rows(kind, files))
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _pages(kind: str, pages: QuerySet) -> QuerySet:
    changed = F("latest_revision_created_at")
    return _rows(kind, pages.annotate(changed=changed, page_type=Cast("content_type_id", IntegerField())))


def _rows(kind: str, records: QuerySet) -> QuerySet:
    named = records.order_by().annotate(kind=Value(kind, CharField()), key=Cast("pk", IntegerField()))
    return named.values(*_COLUMNS)


def _unused(files: QuerySet, in_drafts: set[str]) -> QuerySet:
    """Files that neither a page or record nor a draft names."""
    used = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(files.model))
    files = files.annotate(text_id=Cast("pk", CharField())).exclude(text_id__in=used.values("to_object_id"))
    return files.exclude(pk__in=[int(pk) for pk in in_drafts if pk.isdigit()])
