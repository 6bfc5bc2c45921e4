"""Addresses of this site: which are in use, what they lead to, and what staff may write for them."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db.models import TextField, Value
from django.db.models.functions import Lower, Replace
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site
from wagtail.views import serve

from publishing.visibility import published
from redirects.destinations import default_site, find_redirect, follow
from redirects.spellings import as_addresses, fold, meant_paths

GONE = "gone"
MAX_PATH_LENGTH = Redirect._meta.get_field("old_path").max_length
_is_address = URLValidator(schemes=["http", "https"])


class InvalidAddress(Exception):
    """Why an address cannot be taken, for staff."""


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (read on demand, and refused then)
    except ValueError as error:
        raise InvalidAddress(_("This is not an address.")) from error
    return parts


def _is_own_host(parts: SplitResult) -> bool:
    hosts = {host.strip("[]").removeprefix("www.") for host in settings.ALLOWED_HOSTS}
    ports = {None, 80, 443, settings.SITE_PORT}
    return (parts.hostname or "").removeprefix("www.") in hosts and parts.port in ports


def local_part(address: str) -> str | None:
    """The path, query and anchor of an address of this site, under whatever name; None for another site's."""
    parts = _split(address)
    if not parts.netloc and address.startswith("/"):
        return address
    if parts.scheme not in {"http", "https", ""} or not _is_own_host(parts):
        return None
    return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()


# --- What stands at an address ---------------------------------------------------


def _request(path: str, site: Site) -> HttpRequest:
    request = get_dummy_request(path=path, site=site)
    request.user = AnonymousUser()
    return request


def _answer(view: Callable[..., Any], request: HttpRequest, *args: Any, **kwargs: Any) -> int:
    """The status that a view answers a visitor with; the page itself is not made."""
    try:
        return view(request, *args, **kwargs).status_code
    except Http404:
        return 404
    except PermissionDenied:
        return 403


def status_at(path: str, site: Site) -> int:
    """The status that a visitor gets at a path, encoded as in an address: 200, 404, 403 for what is not for all."""
    try:
        match = resolve(unquote(path))
    except Http404:
        return 404
    request = _request(path, site)
    if match.func is not serve:
        return _answer(match.func, request, *match.args, **match.kwargs)
    try:
        page, args, kwargs = site.root_page.specific.route(request, [part for part in match.args[0].split("/") if part])
    except Http404:
        return 404
    if not published(Page.objects.filter(pk=page.pk)).exists():
        return 403 if page.live else 404
    return _answer(page.serve, request, *args, **kwargs) if args or kwargs else 200


def pages_meant(paths: Collection[str], site: Site) -> dict[str, Page]:
    """{folded path: the published page there}, in one query; see `redirects.spellings`."""
    root = site.root_page.url_path
    wanted = {f"{fold(root)}{path}".rstrip("/") + "/": path for path in paths}
    folded = Replace(Lower("url_path"), Value("_"), Value("-"), output_field=TextField())
    rows = published(Page.objects.annotate(folded=folded).filter(folded__in=wanted))
    return {wanted[page.folded]: page for page in rows.order_by("-pk")}


def redirects_meant(paths: Collection[str], site: Site) -> dict[str, Redirect]:
    """{folded path: the redirect there}, in one query."""
    folded = Replace(Replace(Lower("old_path"), Value("%20"), Value("-")), Value("_"), Value("-"))
    rows = Redirect.get_for_site(site).annotate(folded=folded).filter(folded__in=paths).select_related("redirect_page")
    return {row.folded: row for row in rows.order_by("-pk")}


def meant_address(path: str, site: Site) -> str | None:
    """
    The address of this site that somebody meant by another spelling of it, encoded; None where there is none.

    Never one that not everybody may open. Costs two queries, and where the spelling differs, those of
    finding out what answers there.
    """
    paths = meant_paths(path)
    pages = pages_meant(paths, site)
    for meant in paths:
        if meant in pages and (url := pages[meant].url):
            return url
    for meant in paths:
        for address in as_addresses(meant):
            if unquote(address) != path and status_at(address, site) == 200:
                return address
    return None


# --- What staff write ------------------------------------------------------------


def clean_old_path(address: str) -> str:
    """An old address as redirects store it. Raises InvalidAddress where it could never lead on."""
    if not address.startswith(("/", "http://", "https://")) or address.startswith("//"):
        raise InvalidAddress(_("An old address begins with / or https://."))
    parts = _split(address)
    if parts.fragment or address.endswith("#"):
        raise InvalidAddress(_("Browsers do not send what comes after #: leave that out."))
    path = Redirect.normalise_path(iri_to_uri(f"{parts.path}?{parts.query}" if parts.query else parts.path))
    if path == "/":
        raise InvalidAddress(_("The front page cannot lead elsewhere."))
    if len(path) > MAX_PATH_LENGTH:
        raise InvalidAddress(_("This address is too long to be kept."))
    if "%2f" in path.lower():
        raise InvalidAddress(_("%2F stands for a slash here, and servers read it as one: type a slash."))
    if "\x00" in unquote(path):
        raise InvalidAddress(_("This is not an address."))
    site = default_site()
    is_free = path.startswith("/?") or site is None  # the front page asks: see `redirects.middleware`
    for spelling in () if is_free else {parts.path, f"{parts.path.rstrip('/')}/"}:
        if status_at(iri_to_uri(spelling), site) != 404:
            raise InvalidAddress(_("A page of this site is at this address; nobody would be sent on."))
    return path


def clean_target(new: str, following: dict[str, str], seen: Collection[str]) -> dict[str, Any]:
    """
    The fields of a redirect to an address, followed through others: `following` is {old path: new address} of
    those that come with it, `seen` the old paths on the way. Raises InvalidAddress.
    """
    if not new or new.lower() == GONE:
        return {}
    local = local_part(new)
    if local is None:
        if "@" in _split(new).netloc:
            raise InvalidAddress(_("This address contains a name or a password, and every visitor would see it."))
        try:
            _is_address(f"https:{new}" if new.startswith("//") else new)
        except ValidationError as error:
            raise InvalidAddress(_("The new address is none: it begins with / or https://.")) from error
        return _link(f"https:{new}" if new.startswith("//") else new)
    parts, site = _split(local), default_site()
    if site is None:
        raise InvalidAddress(_("There is no published page at the new address."))
    behind = parts._replace(scheme="", netloc="", path="").geturl()  # query and anchor
    path = Redirect.normalise_path(iri_to_uri(local.partition("#")[0]))
    plain = Redirect.normalise_path(iri_to_uri(parts.path))
    page = pages_meant([fold(unquote(plain))], site).get(fold(unquote(plain)))
    if page and page.url and path not in seen:
        return {"redirect_page": page} if not behind else _link(f"{page.url}{behind}")
    for older in (path, plain):
        if older in seen:
            raise InvalidAddress(_("This leads in a circle."))
        if older in following:
            fields = clean_target(following[older], following, {*seen, older})
            return _with_anchor(fields, parts.fragment)
    if address := meant_address(unquote(parts.path), site):
        return _link(f"{address}{behind}")
    for spelling in (parts.path, f"{parts.path.rstrip('/')}/"):
        if status_at(quote(unquote(spelling)), site) == 200:
            return _link(f"{quote(unquote(spelling))}{behind}")
    row = find_redirect(site, local) or find_redirect(site, parts.path)
    if row is None:
        raise InvalidAddress(_("There is no published page at the new address."))
    destination = follow(site, row, passing=seen)
    if destination is None:
        raise InvalidAddress(_("The new address leads on to a page that nobody can read, or in a circle."))
    if destination.page and destination.link == destination.page.url:
        return _with_anchor({"redirect_page": destination.page}, parts.fragment)
    return _link(destination.link) if destination.link else {}


def _link(address: str) -> dict[str, Any]:
    if len(address) > MAX_PATH_LENGTH:
        raise InvalidAddress(_("The new address is too long to be kept."))
    return {"redirect_link": address}


def _with_anchor(fields: dict[str, Any], anchor: str) -> dict[str, Any]:
    """The fields of a redirect that leads to an anchor of their target."""
    link = fields["redirect_page"].url if fields.get("redirect_page") else fields.get("redirect_link", "")
    return _link(f"{link}#{anchor}") if anchor and link and "#" not in link else fields
