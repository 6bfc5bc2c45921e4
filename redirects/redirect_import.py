"""The redirect import: a list of old addresses and their targets, from another site."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.utils import get_format_cls_by_extension
from wagtail.models import Page

from publishing.visibility import published
from redirects.addresses import InvalidAddress, clean_old_path, clean_target, local_part
from redirects.destinations import default_site, follow

MAX_UNPACKED_BYTES = 50 * 1024 * 1024  # of a spreadsheet, which is packed
_HEADING = re.compile(
    r"\b(old|new|from|to|source|target|destination|redirect|address|url|path|link|page)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"[/.]")


@dataclass
class Row:
    """A line of the list; `problem` says why it was not taken, and is empty where it was."""

    old: str
    new: str
    problem: str = ""


class InvalidRow(Exception):
    """Why a list cannot be taken, for staff."""


def read_rows(text: str) -> list[Row]:
    """
    The rows of a list: two columns, separated by commas, semicolons or tabs; a line of headings is left out.

    Raises InvalidRow for what is no list.
    """
    text = text.lstrip("\ufeff").replace("\x00", "")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = [next(csv.reader([line], delimiter=separator, strict=True), []) for line in text.splitlines()]
    except csv.Error as error:  # a line longer than any address, or a quotation mark that is never closed
        raise InvalidRow(
            _("This is not a list of addresses. Is a quotation mark missing at the end of an address?")
        ) from error
    return _rows(lines)


def read_file(name: str, data: bytes) -> list[Row]:
    """The rows of an uploaded file: a spreadsheet as Wagtail's own import reads it, else text as in `read_rows`."""
    extension = Path(name).suffix.lstrip(".")
    file_format = (get_format_cls_by_extension(extension) or get_format_cls_by_extension("csv"))()
    try:
        if not file_format.is_binary():
            return read_rows(data.decode("utf-8"))
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()) > MAX_UNPACKED_BYTES:
            raise InvalidRow(_("This file is too large for a list of addresses."))
        table = file_format.create_dataset(data)
    except InvalidRow:
        raise
    except Exception as error:  # readers of damaged spreadsheets raise whatever they stumble upon
        raise InvalidRow(_("This file cannot be read. Save it as XLSX, or as CSV in UTF-8.")) from error
    return _rows([table.headers, *table])


def _rows(lines: Iterable[Iterable[Any]]) -> list[Row]:
    rows = [["" if cell is None else _bare(str(cell)) for cell in cells] for cells in lines]
    found = [Row(cells[0], cells[1] if len(cells) > 1 else "") for cells in rows if any(cells)]
    if found and _is_heading(found[0]):
        found.pop(0)
    return found


def _bare(cell: str) -> str:
    """A cell without spaces and the brackets that some programs put around addresses."""
    cell = cell.strip()
    return cell[1:-1].strip() if cell.startswith("<") and cell.endswith(">") else cell


def _is_heading(row: Row) -> bool:
    """Whether a line names its columns; what could be meant as an address is no heading."""
    return all(_HEADING.search(cell) and not _ADDRESS.search(cell) for cell in (row.old, row.new))


def import_rows(rows: list[Row]) -> list[Row]:
    """Write the redirects that the rows ask for, each in one hop; a row that cannot be taken gets its `problem`."""
    following: dict[str, Row] = {}
    for row in rows:
        try:
            old = clean_old_path(row.old)
            if old in following:
                raise InvalidAddress(_("This old address is in the list twice."))
            following[old] = row
        except InvalidAddress as reason:
            row.problem = str(reason)
    new_addresses = {old: row.new for old, row in following.items()}
    for old, row in following.items():
        try:
            fields = clean_target(row.new, new_addresses, {old})
        except InvalidAddress as reason:
            row.problem = str(reason)
            continue
        made = {"redirect_page": None, "redirect_link": "", "redirect_page_route_path": "", "is_permanent": True}
        Redirect.objects.update_or_create(
            old_path=old, site=None, defaults={**made, "automatically_created": False, **fields}
        )
    return rows


def broken_redirects() -> list[tuple[Redirect, str]]:
    """Redirects of the site that lead to nothing that can be read, as (redirect, why)."""
    redirects, site = list(Redirect.objects.select_related("redirect_page").order_by("old_path")), default_site()
    pages = set(published(Page.objects.all()).values_list("pk", flat=True))
    found = []
    for row in redirects:
        destination = follow(site, row, pages)
        if destination is None:
            page = row.redirect_page
            found.append((row, _("“%s” is not published.") % page.title if page else _("This leads in a circle.")))
        elif destination.link and destination.page is None and (local := local_part(destination.link)):
            try:
                clean_target(local, {}, {row.old_path})
            except InvalidAddress as reason:
                found.append((row, str(reason)))
    return found
