"""Who may see, bring back and remove for good what is in the trash: who may delete such a page where it stood."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page, PagePermissionTester

from publishing.page_tree import outside_trash
from trash.models import TrashedPage

MAX_PLACES = 200


def nearest_places(entries: Iterable[TrashedPage]) -> dict[int, Page]:
    """{primary key of an entry: the nearest page that is left of those its page stood below}, in one query."""
    entries = list(entries)
    wanted = {pk for entry in entries for pk in entry.ancestors}
    pages = outside_trash(Page.objects.all()).in_bulk(wanted)
    nearest = {}
    for entry in entries:
        left = [pages[pk] for pk in entry.ancestors if pk in pages]
        if left:
            nearest[entry.pk] = left[-1]
    return nearest


def may_handle(user: Any, entry: TrashedPage, place: Page | None) -> bool:
    """Whether a person may do all this with an entry; `place` is from `nearest_places`."""
    if user.is_superuser or place is None:
        return user.is_active and user.is_superuser
    tester = PagePermissionTester(user, entry.page)
    if not user.is_active:
        return False
    # In the trash it has no permissions of its own: those of the place where it stood count.
    tester.permissions = PagePermissionTester(user, place).permissions
    return tester.can_delete() and ("publish" in tester.permissions or not entry.was_live)


def entries_for(user: Any) -> list[TrashedPage]:
    """What is in the trash and this person may handle, the newest first; each knows its `place`."""
    entries = list(TrashedPage.objects.select_related("page", "page__content_type", "deleted_by"))
    places = nearest_places(entries)
    for entry in entries:
        entry.place = places.get(entry.pk)
    return [entry for entry in entries if may_handle(user, entry, entry.place)]


def stands_where_it_stood(entry: TrashedPage, place: Page | None) -> bool:
    """Whether the very page that it stood below is still there and takes it."""
    return bool(place and place.pk == entry.ancestors[-1] and entry.page.specific.can_move_to(place))


def possible_parents(user: Any, entry: TrashedPage) -> list[Page]:
    """The pages of the site below which it could stand and this person may add one."""
    kinds = entry.page.specific_class.allowed_parent_page_models()
    pages = outside_trash(Page.objects.filter(depth__gt=1)).type(*kinds) if kinds else Page.objects.none()
    return [page for page in pages.order_by("path")[:MAX_PLACES] if can_add_below(user, page)]


def _permissions(user: Any, page: Page) -> set[str]:
    return getattr(PagePermissionTester(user, page), "permissions", set())


def can_add_below(user: Any, page: Page) -> bool:
    """Whether a person may add pages below this one."""
    return user.is_superuser or "add" in _permissions(user, page)


def can_publish_below(user: Any, page: Page) -> bool:
    """Whether a person may publish pages below this one."""
    return user.is_superuser or "publish" in _permissions(user, page)
