"""The redirect import: a list of old addresses and their targets, from another site."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.utils import get_format_cls_by_extension
from wagtail.models import Page, Site

from publishing.visibility import published

GONE = "gone"
MAX_UNPACKED_BYTES = 50 * 1024 * 1024  # of a spreadsheet, which is packed
_MAX_PATH_LENGTH = Redirect._meta.get_field("old_path").max_length
_is_address = URLValidator(schemes=["http", "https"])


@dataclass
class Row:
    """A line of the list; `problem` says why it was not taken, and is empty where it was."""

    old: str
    new: str
    problem: str = ""


class InvalidRow(Exception):
    """Why a line or a file cannot be taken, for staff."""


def read_rows(text: str) -> list[Row]:
    """
    The rows of a list: two columns, separated by commas, semicolons or tabs; a line of headings is left out.

    Raises InvalidRow for what is no list.
    """
    text = text.lstrip("\ufeff").replace("\x00", "")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return _rows(list(csv.reader(text.splitlines(), delimiter=separator)))
    except csv.Error as error:  # a line longer than any address
        raise InvalidRow(_("This is no list of addresses.")) from error


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
    rows = [["" if cell is None else str(cell).strip() for cell in cells] for cells in lines]
    found = [Row(cells[0], cells[1] if len(cells) > 1 else "") for cells in rows if any(cells)]
    if found and not found[0].old.startswith(("/", "http")):
        found.pop(0)
    return found


def import_rows(rows: list[Row]) -> list[Row]:
    """Write the redirects that the rows ask for, each in one hop; a row that cannot be taken gets its `problem`."""
    following = {}
    for row in rows:
        try:
            old = _old_path(row.old)
            if old in following:
                raise InvalidRow(_("This old address stands in the list twice."))
            following[old] = row
        except InvalidRow as reason:
            row.problem = str(reason)
    for old, row in following.items():
        try:
            fields = _resolve_target(row.new, following, {old})
        except InvalidRow as reason:
            row.problem = str(reason)
            continue
        made = {"redirect_page": None, "redirect_link": "", "redirect_page_route_path": "", "is_permanent": True}
        Redirect.objects.update_or_create(
            old_path=old, site=None, defaults={**made, "automatically_created": False, **fields}
        )
    return rows


def broken_redirects() -> list[tuple[Redirect, str]]:
    """Redirects of the site whose page cannot be read, as (redirect, why)."""
    redirects = list(Redirect.objects.select_related("redirect_page").order_by("old_path"))
    pages = set(published(Page.objects.all()).values_list("pk", flat=True))
    found = []
    for row in redirects:
        if row.redirect_page_id and row.redirect_page_id not in pages:
            found.append((row, _("“%s” is not published.") % row.redirect_page.title))
        elif row.redirect_link.startswith(("/", settings.SITE_URL)):
            try:
                _resolve_target(row.redirect_link, {}, {row.old_path})
            except InvalidRow as reason:
                found.append((row, str(reason)))
    return found


def _old_path(address: str) -> str:
    if not address.startswith(("/", "http://", "https://")):
        raise InvalidRow(_("An old address begins with / or https://."))
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise InvalidRow(_("This is no address.")) from error
    path = Redirect.normalise_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    if path == "/":
        raise InvalidRow(_("The front page cannot lead elsewhere."))
    if len(path) > _MAX_PATH_LENGTH:
        raise InvalidRow(_("This address is too long to be kept."))
    if _page_at(path):
        raise InvalidRow(_("A page of this site stands at this address; nobody would be led on."))
    return path


def _resolve_target(new: str, following: dict[str, Row], seen: set[str]) -> dict[str, Any]:
    """The fields of a redirect to an address, followed through other lines of the list and older redirects."""
    if not new or new.lower() == GONE:
        return {}
    if not new.startswith("/"):
        try:
            _is_address(new)
        except ValidationError as error:
            raise InvalidRow(_("The new address is none: it begins with / or https://.")) from error
        if f"{new}/".startswith(f"{settings.SITE_URL}/"):
            return _resolve_target(new.removeprefix(settings.SITE_URL) or "/", following, seen)
        return {"redirect_link": new}
    if page := _page_at(new):
        return {"redirect_page": page}
    path = Redirect.normalise_path(new)
    if path in seen:
        raise InvalidRow(_("This leads in a circle."))
    if path in following:
        return _resolve_target(following[path].new, following, seen | {path})
    older = Redirect.objects.filter(old_path=path).select_related("redirect_page").first()
    if older and older.redirect_page_id:
        if not published(Page.objects.filter(pk=older.redirect_page_id)).exists():
            raise InvalidRow(_("The new address leads on to a page that nobody can read."))
        return {"redirect_page": older.redirect_page, "redirect_page_route_path": older.redirect_page_route_path}
    if older:
        return _resolve_target(older.redirect_link, following, seen | {path})
    raise InvalidRow(_("There is no published page at the new address."))


def _page_at(path: str) -> Page | None:
    """The published page at a path of this site, or None."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    way = unquote(urlsplit(path).path).strip("/")
    url_path = f"{site.root_page.url_path}{way}/" if way else site.root_page.url_path
    return published(Page.objects.filter(url_path=url_path)).first() if "?" not in path else None
