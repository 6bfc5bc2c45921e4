"""Where an old address, or a link to a page that was removed, leads in the end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from publishing.page_tree import is_in_trash
from publishing.visibility import published
from redirects.models import FormerAddress

# More hops than this are a loop.
MAX_REDIRECT_HOPS = 10


@dataclass(frozen=True)
class Destination:
    """What follows: an address, and the page at it where it is one; neither where staff said that nothing does."""

    page: Page | None = None
    link: str = ""
    is_permanent: bool = True


def default_site() -> Site | None:
    """The site of the clinic; there is one."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def find_redirects(site: Site | None, paths: Collection[str]) -> dict[str, Redirect]:
    """{path: its redirect} in one query; paths as they stand in an address, queries included."""
    spellings = {}
    for path in paths:
        if "\x00" not in path:
            encoded = Redirect.normalise_path(path, decode_unicode=False)
            spellings[path] = (uri_to_iri(encoded), encoded)
    wanted = {spelling for pair in spellings.values() for spelling in pair}
    rows = Redirect.get_for_site(site).filter(old_path__in=wanted).select_related("redirect_page") if wanted else ()
    # One of the site itself comes last, and wins over one of all sites.
    by_path = {row.old_path: row for row in sorted(rows, key=lambda row: row.site_id or 0)}
    found = {path: by_path.get(pair[0]) or by_path.get(pair[1]) for path, pair in spellings.items()}
    return {path: row for path, row in found.items() if row}


def find_redirect(site: Site | None, path: str) -> Redirect | None:
    """The redirect at a path."""
    return find_redirects(site, [path]).get(path)


def former_paths(page_keys: Iterable[int]) -> dict[int, str]:
    """{page: the address it had when it was removed}, of those that were."""
    rows = FormerAddress.objects.filter(page_key__in=page_keys).order_by("-pk")
    return {row.page_key: row.old_path for row in rows}


def follow(
    site: Site | None, redirect: Redirect | None, readable: Collection[int] = (), passing: Collection[str] = ()
) -> Destination | None:
    """
    Where a redirect leads, all hops followed; None where that is nowhere.

    `readable` are pages that are known to be published; at an old path in `passing` it ends in a circle.
    """
    is_permanent, anchor = True, ""
    for _hop in range(MAX_REDIRECT_HOPS):
        if redirect is None or redirect.old_path in passing:
            return None
        is_permanent = is_permanent and redirect.is_permanent
        page = redirect.redirect_page
        if redirect.redirect_link:
            target = redirect.redirect_link
            is_local = target.startswith("/") and not target.startswith("//")
            anchor = anchor or (target.partition("#")[2] if is_local else "")
            following = find_redirect(site, target.partition("#")[0]) if is_local else None
            if following is None:
                return Destination(None, _with_anchor(target, anchor), is_permanent)
            redirect = following
        elif page is None:
            return Destination(None, "", is_permanent)
        elif page.pk in readable or published(Page.objects.filter(pk=page.pk)).exists():
            link = redirect.link if redirect.redirect_page_route_path else page.url
            return Destination(page, _with_anchor(link, anchor), is_permanent) if link else None
        else:
            path = former_paths([page.pk]).get(page.pk) or (None if is_in_trash(page) else page.url)
            redirect = find_redirect(site, path) if path else None
    return None


def _with_anchor(link: str, anchor: str) -> str:
    return f"{link}#{anchor}" if anchor and "#" not in link else link


def destinations(page_keys: Collection[int]) -> dict[int, Destination]:
    """
    {page: where links to it lead} of pages that nobody can read, as far as their old addresses lead on.

    Five queries, however many pages, unless redirects lead to redirects.
    """
    paths, site = former_paths(page_keys), default_site()
    if site is None:
        return {}
    root = site.root_page.url_path
    others = Page.objects.filter(pk__in=set(page_keys) - paths.keys(), live=False, url_path__startswith=root)
    paths.update({pk: f"/{url_path[len(root) :]}" for pk, url_path in others.values_list("pk", "url_path")})
    redirects = find_redirects(site, set(paths.values())) if paths else {}
    targets = {row.redirect_page_id for row in redirects.values()} - {None}
    readable = set(published(Page.objects.filter(pk__in=targets)).values_list("pk", flat=True)) if targets else set()
    found = {pk: follow(site, redirects.get(path), readable) for pk, path in paths.items()}
    return {pk: destination for pk, destination in found.items() if destination}
