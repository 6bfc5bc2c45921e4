"""What the preflight says of the links of a page."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag

from wagtail.models import Page

from core.blocks import headings
from media.models import ClinicDocument
from publishing.stored_references import StoredReference, found, stored_references, where
from publishing.visibility import published
from quality.link_inventory import addresses_of
from quality.local_links import check_local
from quality.models import CheckedLink
from quality.outcomes import Kind
from quality.page_links import NO_LINKS
from quality.remarks import Remark
from text.extraction import placed_texts, stored_content

MAX_LOCAL_LINKS = 20  # asked while somebody waits
_CHOSEN = re.compile(r"<a\b[^>]*\blinktype=\"(page|document)\"[^>]*>", re.IGNORECASE)
_ID = re.compile(r'\bid="(\d+)"')


def link_remarks(page: Any) -> Iterator[Remark]:
    """Links of a page, as it is in memory, that lead nowhere."""
    yield from _chosen(page)
    yield from _typed(page)


def _chosen(page: Any) -> Iterator[Remark]:
    """Links to pages and documents that were chosen from a list."""
    rows = [
        row
        for row in stored_references(type(page), page.serializable_data())
        if row.target in (Page, ClinicDocument) and row.pk and not row.path.startswith(NO_LINKS)
    ]
    there, blocks = found(rows), _blocks_of(page)
    open_to_all = set(published(Page.objects.filter(pk__in=there.get(Page, {}))).values_list("pk", flat=True))
    seen = set()
    for row in rows:
        target = there[row.target].get(row.pk)
        places = blocks.get((row.target, row.pk)) if row.is_in_text else None
        if (target and (row.target is not Page or target.pk in open_to_all)) or (row.target, row.pk, row.path) in seen:
            continue
        seen.add((row.target, row.pk, row.path))
        for place in places or [row.path.partition(".")[0]]:
            yield Remark(_of_chosen(page, row, target), place)


def _of_chosen(page: Any, row: StoredReference, target: Any) -> str:
    label = where(type(page), row)
    if target is None:
        return f"“{label}” links to a {row.target._meta.verbose_name} that is gone."
    state = "readers cannot open" if target.live else "is not published"
    title = target.get_admin_display_title()
    return f"“{label}” links to “{title}”, which {state}. Readers see the words without the link."


def _blocks_of(page: Any) -> dict[tuple[Any, str], list[str]]:
    """{(kind, primary key): the places of links to it}, each once."""
    targets = {"page": Page, "document": ClinicDocument}
    places: dict[tuple[Any, str], dict[str, None]] = {}
    for place, _label, text in placed_texts(type(page), stored_content(page)):
        for link in _CHOSEN.finditer(text):
            if pk := _ID.search(link[0]):
                places.setdefault((targets[link[1].lower()], pk[1]), {})[place] = None
    return {key: list(found) for key, found in places.items()}


def _typed(page: Any) -> Iterator[Remark]:
    """Addresses that were typed: those on this site are asked now, of others the last check is told."""
    placed = list(dict.fromkeys(addresses_of(page)))
    urls = {row.address.url for row in placed if not row.address.is_local}
    dead = {link.url: link for link in CheckedLink.objects.dead().filter(url__in=urls)} if urls else {}
    local = list(dict.fromkeys(row.address.url for row in placed if row.address.is_local))
    asked = {url: reason for url in local[:MAX_LOCAL_LINKS] if (reason := _local_reason(page, url))}
    for address, place in placed:
        if address.url in dead:
            yield Remark(f"The link to {address.url} leads nowhere. {dead[address.url].reason}", place)
        elif address.url in asked:
            yield Remark(f"The link to {address.url} leads nowhere. {asked[address.url]}", place)


def _local_reason(page: Any, url: str) -> str:
    path, anchor = urldefrag(url)
    if path == page.url:
        headings(page.body)  # gives them their anchors
        own = {block.value.anchor for block in page.body if block.block_type == "heading"}
        if not anchor or unquote(anchor) in own:
            return ""
        if not page.live:
            return f"This page has no place “#{unquote(anchor)}”."
    outcome = check_local(url)
    return outcome.reason if outcome.kind in {Kind.GONE, Kind.FAILS} else ""
