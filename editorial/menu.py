"""The menu of the admin, in staff's words and order, what is technical under "Advanced"."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import reports_menu, settings_menu
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.images.wagtail_hooks import ImagesSummaryItem
from wagtail.models import Site
from wagtail.permissions import page_permission_policy

from accounts.permissions import is_administrator

# Wagtail's name of an entry -> what staff call it, in their order; others keep their own names and follow.
ENTRIES = {
    "questions": _("Questions"),
    "articles": _("Articles"),
    "pages": _("Pages"),
    "people": _("People"),
    "topics": _("Topics"),
    "facts": _("Facts"),
    "sources": _("Sources"),
    "notices": _("Notices"),
    "clinic": _("Clinic"),
    "images": _("Pictures"),
    "documents": _("Documents"),
}
REPORTS = {"site-history": _("Who changed what"), "workflows": _("Waiting for approval")}
TECHNICAL_REPORTS = {
    "locked-pages": _("Locked pages"),
    "workflow-tasks": _("Approvals step by step"),
    "aging-pages": _("Aging pages"),
    "page-types-usage": _("Kinds of pages"),
}
ADVANCED = {"users": _("Users"), "groups": _("Roles")}
# Both lead to another site, which does not know how things are called here.
FOREIGN_HELP = ("whats-new-in-wagtail", "editor-guide")


def _rename(items, labels):
    for item in items:
        item.label = labels.get(item.name, item.label)


class PagesMenuItem(ExplorerMenuItem):
    """The page explorer, opened at the home page."""

    def render_component(self, request):
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        allowed = page_permission_policy.explorable_root_instance(request.user)
        if not (site and allowed and site.root_page.path.startswith(allowed.path)):
            return super().render_component(request)
        url = reverse("wagtailadmin_explore", args=[site.root_page_id])
        return PageExplorerMenuItem(
            self.name, self.label, url, site.root_page_id, icon_name=self.icon_name, classname=self.classname
        )


@hooks.register("register_admin_menu_item")
def register_pages_menu_item():
    return PagesMenuItem(
        _("Pages"), reverse("wagtailadmin_explore_root"), name="pages", icon_name="folder-open-inverse"
    )


@hooks.register("construct_main_menu")
def arrange_main_menu(request, items):
    left_out = {"snippets", "explorer"} if is_administrator(request.user) else {"snippets", "explorer", "settings"}
    items[:] = [item for item in items if item.name not in left_out]
    _rename(items, {**ENTRIES, "settings": _("Advanced")})
    order = {name: 10 * (position + 1) for position, name in enumerate(ENTRIES)}
    for item in items:
        item.order = order.get(item.name, item.order)


@hooks.register("construct_settings_menu")
def arrange_settings_menu(request, items):
    _rename(items, ADVANCED)
    technical = [item for item in reports_menu.registered_menu_items if item.name in TECHNICAL_REPORTS]
    _rename(technical, TECHNICAL_REPORTS)
    items += [item for item in technical if item.is_shown(request)]


@hooks.register("construct_reports_menu")
def arrange_reports_menu(request, items):
    """What is technical moves to "Advanced"; who has no "Advanced" finds the redirects here."""
    items[:] = [item for item in items if item.name not in TECHNICAL_REPORTS]
    _rename(items, REPORTS)
    if not is_administrator(request.user):
        redirects = [item for item in settings_menu.registered_menu_items if item.name == "redirects"]
        _rename(redirects, ADVANCED)
        items += [item for item in redirects if item.is_shown(request)]


@hooks.register("construct_homepage_summary_items")
def rename_images_summary(request, items):
    for item in items:
        if isinstance(item, ImagesSummaryItem):
            item.template_name = "editorial/admin/summary_pictures.html"


@hooks.register("construct_help_menu")
def remove_foreign_help(request, items):
    items[:] = [item for item in items if not item.name.startswith(FOREIGN_HELP)]
