"""Which typed addresses stand where: in texts and address fields of pages and records."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.models import get_snippet_models

from core.page_models import page_models
from evidence.models import Reference
from pages.models import HomePage
from publishing.draft_references import waiting_revisions
from publishing.visibility import published
from quality.models import MAX_URL_LENGTH, CheckedLink
from text.extraction import placed_texts, stored_content

_LINK = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_WHOLE_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_CHUNK = 100  # records in memory at a time


class Address(NamedTuple):
    """An address as it is checked: on this site "/path#anchor", elsewhere in full."""

    url: str
    is_local: bool


class PlacedAddress(NamedTuple):
    """An address, and where it stands in the editor; see `text.extraction.placed_texts`."""

    address: Address
    place: str


def read_address(href: str, base: str = "/") -> Address | None:
    """
    A link's address as it is checked; None for what is no address of the web, such as "tel:".

    `base` is the path of the page that it stands on.
    """
    try:
        url = urljoin(urljoin(settings.SITE_URL, base), href.strip())
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # brackets without an address
        return Address(href.strip()[:MAX_URL_LENGTH], False)
    if parts.scheme not in {"http", "https"} or len(url) > MAX_URL_LENGTH:
        return None
    own = {name.strip("[]").lower() for name in settings.ALLOWED_HOSTS}
    if host in own:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        return Address(f"{path}#{parts.fragment}" if parts.fragment else path, True)
    return Address(urldefrag(url).url, False)


def hrefs(stored: str) -> Iterator[str]:
    """The typed addresses in a stored text; links to chosen pages and documents name a record instead."""
    if _WHOLE_ADDRESS.fullmatch(stored):
        yield stored
    for match in _LINK.finditer(stored):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        if "linktype" not in attributes and "href" in attributes:
            yield unescape(attributes["href"])


def addresses_of(record: models.Model) -> list[PlacedAddress]:
    """The typed addresses of a page or record as it is in memory."""
    base = (record.url if isinstance(record, Page) and record.pk else None) or "/"
    found = [
        (href, place)
        for place, _label, text in placed_texts(type(record), stored_content(record))
        for href in hrefs(text)
    ]
    found += _of_url_fields(record)
    for relation in get_all_child_relations(type(record)):
        if _url_fields(relation.related_model):
            name = relation.get_accessor_name()
            found += [
                (href, f"{name}.{row.pk}.{field}")
                for row in getattr(record, name).all()
                for href, field in _of_url_fields(row)
            ]
    if isinstance(record, Reference) and (record.doi or record.pubmed_id):
        found.append((record.url, "doi" if record.doi else "pubmed_id"))
    if isinstance(record, Redirect) and record.redirect_link:
        found.append((record.redirect_link, "redirect_link"))
    if isinstance(record, HomePage):
        found += [(href, f"doors.{block.id}") for block in record.doors if (href := _of_door(block.value))]
    placed = [(read_address(href, base), place) for href, place in found]
    return [PlacedAddress(address, place) for address, place in placed if address]


def _url_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.get_fields() if isinstance(field, models.URLField)]


def _of_url_fields(record: models.Model) -> list[tuple[str, str]]:
    return [(url, name) for name in _url_fields(type(record)) if (url := getattr(record, name))]


def _of_door(door: Any) -> str:
    """The part of a page that a door leads to; a door to its top is a link to a chosen page."""
    page, part = door.get("page"), door.get("part")
    url = page.url if page and part and published(Page.objects.filter(pk=page.pk)).exists() else None
    return f"{url}#{part}" if url else ""


def _public_records() -> Iterator[models.Model]:
    """What readers meet: published pages, records that are live or have no drafts, redirects to addresses."""
    for model in page_models().values():
        yield from published(model.objects.filter(alias_of=None)).iterator(chunk_size=_CHUNK)
    for model in get_snippet_models():
        if model is not CheckedLink:
            records = model._default_manager.all()
            if issubclass(model, DraftStateMixin):
                records = records.filter(live=True)
            yield from records.iterator(chunk_size=_CHUNK)
    yield from Redirect.objects.exclude(redirect_link="").iterator(chunk_size=_CHUNK)


def _addresses_in_drafts() -> Iterator[Address]:
    """Addresses of other sites that drafts and scheduled versions name: whoever publishes them wants to know."""
    for revision in waiting_revisions().iterator(chunk_size=_CHUNK):
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model is None or not isinstance(revision.content, dict):
            continue  # damaged: publishing it says so
        texts = [text for _place, _label, text in placed_texts(model, revision.content)]
        found = [href for text in texts for href in hrefs(text)]
        found += [revision.content.get(name) or "" for name in _url_fields(model)]
        yield from (address for href in found if (address := read_address(href)) and not address.is_local)


def write_inventory() -> None:
    """
    Bring the rows of `CheckedLink` to what stands on the site now; what stands nowhere any more is forgotten.

    What drafts alone name is checked as well, and has no place: readers do not meet it.
    """
    wanted: dict[Address, list[list[Any]]] = {}
    for record in _public_records():
        for address, place in dict.fromkeys(addresses_of(record)):
            wanted.setdefault(address, []).append([record._meta.label_lower, record.pk, place])
    for address in _addresses_in_drafts():
        wanted.setdefault(address, [])
    known = {row.url: row for row in CheckedLink.objects.all()}
    CheckedLink.objects.filter(pk__in=[row.pk for url, row in known.items() if not _is_wanted(row, wanted)]).delete()
    moved = []
    for address, places in wanted.items():
        row = known.get(address.url)
        if row and row.places != places:
            row.places = places
            moved.append(row)
    CheckedLink.objects.bulk_update(moved, ["places"], batch_size=_CHUNK)
    new = [
        CheckedLink(url=address.url, is_local=address.is_local, places=places)
        for address, places in wanted.items()
        if address.url not in known
    ]
    CheckedLink.objects.bulk_create(new, batch_size=_CHUNK, ignore_conflicts=True)


def _is_wanted(row: CheckedLink, wanted: Iterable[Address]) -> bool:
    return Address(row.url, row.is_local) in wanted
