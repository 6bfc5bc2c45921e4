"""
Which pages belong to the site: those below Wagtail's root. Deleted pages wait below a root of their own, the trash.

A second root keeps them out of every question that begins at a root: permissions of groups, the
explorer, menus, addresses. Superusers alone are asked about by no root: Wagtail gives them every page,
here every page of the site.
"""

from typing import Any, TypeVar

from django.db.models import QuerySet
from wagtail.admin.api import views
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

# The tree path of Wagtail's own root, the first there is.
SITE_TREE = Page._get_path("", 1, 1)
_Pages = TypeVar("_Pages", bound=QuerySet)


def outside_trash(pages: _Pages) -> _Pages:
    """The pages of a queryset that are not in the trash."""
    return pages.filter(path__startswith=SITE_TREE)


def is_in_trash(page: Any) -> bool:
    """Whether a page is in the trash, or is the trash itself; one not yet in any tree is not."""
    return bool(page.path) and not page.path.startswith(SITE_TREE)


class SitePagePermissionPolicy(PagePermissionPolicy):
    """Gives nobody a page in the trash, superusers included."""

    def _base_queryset_for_user(self, user: Any) -> Any:
        pages = super()._base_queryset_for_user(user)
        return pages if pages is None else outside_trash(pages)

    def get_all_permissions_for_user(self, user: Any) -> Any:
        # A right given on a page alone goes into the trash with it, and counts again when it is back.
        return super().get_all_permissions_for_user(user).filter(page__path__startswith=SITE_TREE)

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        pages = super().instances_with_direct_explore_permission(user)
        return [page for page in pages if not is_in_trash(page)]


def hide_trash_from_superusers() -> None:
    """
    Change the policy that Wagtail's views share, and the one that its API makes; called once when the app is ready.

    They import both by name, and no setting or hook offers another one.
    """
    page_permission_policy.__class__ = SitePagePermissionPolicy
    views.PagePermissionPolicy = SitePagePermissionPolicy
