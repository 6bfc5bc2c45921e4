"""
Redirects of removed pages: where old links lead once a page is deleted or unpublished.

Left alone, Django deletes the redirects to a page along with it, and every old address answers
404. Here redirects to a deleted page are pointed at another one,
and its own address (like those of all pages below it) becomes a redirect. One without a target
answers 410; see `redirects.middleware.RedirectMiddleware`.

A page that staff delete waits in the trash first (`trash.moving`): redirects to it stay, for the day it
comes back, and lead on meanwhile as its own address does (`redirects.destinations`).

Staff are asked where to lead people (`redirects.bulk_actions`); `redirect_removed_pages_to` carries their
answer here. Where there is nobody to ask, as in a script or on a schedule:

- a deleted page leads to the nearest published page above it. Afterwards nothing is left that
  somebody could still be asked about, and a reader lost one page, not the way;
- an unpublished or expired page answers 404. It may be back tomorrow, and unlike 301 and 410 a
  404 promises search engines nothing. Staff who know more unpublish it by hand and say so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q
from django.db.models.signals import pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_unpublished

from publishing.page_tree import is_in_trash
from publishing.visibility import published
from redirects.destinations import default_site, follow
from redirects.models import FormerAddress

GONE = "gone"
_MAX_PATH_LENGTH = Redirect._meta.get_field("old_path").max_length
_chosen_target: ContextVar[Page | str | None] = ContextVar("redirect_target_of_removed_pages", default=None)


@contextmanager
def redirect_removed_pages_to(target: Page | str | None) -> Iterator[None]:
    """Redirect pages removed within this block to `target`: a page, GONE, or None for the default described above."""
    token = _chosen_target.set(target)
    try:
        yield
    finally:
        _chosen_target.reset(token)


def has_been_public(page: Page) -> bool:
    """Whether the page or one below it has ever been published, so that links to it can exist."""
    family = Page.objects.descendant_of(page, inclusive=True)
    return family.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists()


def contains_home_page(page: Page) -> bool:
    """Whether the page is the home page of the site or an ancestor of it."""
    return Site.objects.filter(root_page__path__startswith=page.path).exists()


def published_ancestors(page: Page, inclusive: bool = False) -> PageQuerySet:
    """The pages above that anybody can read, the nearest first; with `inclusive` the page itself among them."""
    return published(page.get_ancestors(inclusive=inclusive).filter(depth__gt=1)).order_by("-depth")


def redirect_paths(page: Page) -> list[tuple[int, str]]:
    """[(site id, path)] at which a page answers, as redirects store them."""
    parts = page.specific_deferred.get_url_parts()
    if not parts or not parts[2]:
        return []
    site_id, _root_url, path = parts
    routes = map(Redirect.normalise_page_route_path, page.specific_deferred.get_route_paths())
    paths = [Redirect.normalise_path(path.rstrip("/") + (route or "/")) for route in routes]
    return [(site_id, path) for path in paths if len(path) <= _MAX_PATH_LENGTH]


def _redirect_target(page: Page, removed_paths: set[str]) -> Page | str | None:
    """
    Where the links of `page` lead when the pages at the tree paths `removed_paths` are gone: a page, GONE or None.

    What staff chose gives way to the nearest page above it, should it be removed or unpublished itself.
    """
    answer = _chosen_target.get()
    if answer == GONE:
        return GONE
    candidates = published_ancestors(answer or page, inclusive=True)
    return next((candidate for candidate in candidates if candidate.path not in removed_paths), None)


def _redirect(
    site_id: int | None,
    old_path: str,
    target: Page | str,
    is_permanent: bool = True,
    automatically_created: bool = True,
) -> None:
    """Write a redirect, unless it would lead from the target's own address to itself."""
    if target != GONE and any(old_path == path and site_id in (None, site) for site, path in redirect_paths(target)):
        return
    Redirect.objects.create(
        site_id=site_id,
        old_path=old_path,
        redirect_page=None if target == GONE else target,
        is_permanent=is_permanent,
        automatically_created=automatically_created,
    )


def _redirect_page(page: Page, target: Page | str) -> None:
    """Redirect the page's own addresses. An answer of staff replaces what is there; without one it stays."""
    FormerAddress.objects.filter(page_key=page.pk).delete()
    for site_id, old_path in redirect_paths(page):
        FormerAddress.objects.create(page_key=page.pk, old_path=old_path)
        here = Redirect.objects.filter(Q(site=site_id) | Q(site=None), old_path=old_path)
        if _chosen_target.get() is None and here.exists():
            continue
        here.delete()
        _redirect(site_id, old_path, target)


def redirect_pages_before_removal(pages: list[Page]) -> None:
    """Redirect the addresses of pages, and of all below them, that have ever been public and are about to go."""
    families = [list(page.get_descendants(inclusive=True).order_by("path")) for page in pages]
    removed_paths = {member.path for family in families for member in family}
    for member in (member for family in families for member in family):
        if not (member.live or member.first_published_at):
            continue
        if target := _redirect_target(member, removed_paths):
            _redirect_page(member, target)


def _keep_redirects_of_trashed_page(page: Page) -> None:
    """Point redirects to a page that goes for good at where they lead already."""
    site = default_site()
    for row in Redirect.objects.filter(redirect_page=page).select_related("redirect_page"):
        destination = follow(site, row)
        row.delete()
        if destination:
            Redirect.objects.create(
                site_id=row.site_id,
                old_path=row.old_path,
                redirect_page=destination.page,
                redirect_link="" if destination.page else destination.link,
                is_permanent=row.is_permanent,
                automatically_created=row.automatically_created,
            )


def redirect_deleted_page(sender: Any, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """
    Keep the old links of a page that is being deleted, however that came about.

    Sent for each page below a deleted one too; `origin` tells which others go with it. By now
    Django has marked the redirects to the page for deletion: only rows made anew survive.
    """
    if is_in_trash(instance):
        _keep_redirects_of_trashed_page(instance)
        return
    removed_paths = {page.path for page in origin} if isinstance(origin, PageQuerySet) else {instance.path}
    if any(path in removed_paths for path in Site.objects.values_list("root_page__path", flat=True)):
        return  # the site itself goes, and takes its redirects along
    target = _redirect_target(instance, removed_paths)
    if target is None:
        return
    for row in Redirect.objects.filter(redirect_page=instance):
        row.delete()
        _redirect(row.site_id, row.old_path, target, row.is_permanent, row.automatically_created)
    if instance.first_published_at or Page.objects.filter(pk=instance.pk, live=True).exists():
        _redirect_page(instance, target)


def redirect_unpublished_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """
    Lead people on from a page that staff unpublish.

    Wagtail sends this for a page about to be deleted as well, which the database still calls
    live: that is the business of `redirect_deleted_page`.
    """
    if _chosen_target.get() is None or Page.objects.filter(pk=instance.pk, live=True).exists():
        return
    if target := _redirect_target(instance, {instance.path}):
        _redirect_page(instance, target)


def delete_redirects_of_published_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """
    Clear the redirect from the address of a page just published: it is not needed, and would make a chain later.

    The redirect that its removal left leads to it again, where it has come back to another address.
    """
    if not instance.live:  # merely scheduled
        return
    paths = redirect_paths(instance)
    for site_id, old_path in paths:
        Redirect.objects.filter(site=site_id, old_path=old_path, automatically_created=True).delete()
    former = FormerAddress.objects.filter(page_key=instance.pk)
    left = former.exclude(old_path__in=[path for _site, path in paths]).values_list("old_path", flat=True)
    for old_path in left:
        row = Redirect.objects.filter(old_path=old_path, automatically_created=True)
        row.update(redirect_page=instance.pk, redirect_link="", redirect_page_route_path="")
    former.delete()


def register_signal_handlers() -> None:
    """Called once when the app is ready."""
    pre_delete.connect(redirect_deleted_page, sender=Page, dispatch_uid="redirects.redirect_deleted_page")
    page_unpublished.connect(redirect_unpublished_page, dispatch_uid="redirects.redirect_unpublished_page")
    page_published.connect(delete_redirects_of_published_page, dispatch_uid="redirects.delete_redirects")
