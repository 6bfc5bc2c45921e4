"""The menu of the admin, in staff's words and order, what is technical under "Advanced"."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import reports_menu, settings_menu
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.models import Site
from wagtail.permissions import page_permission_policy

from accounts.permissions import is_administrator

# Names of the entries, in staff's order; others follow.
ENTRIES = (
    "questions",
    "articles",
    "pages",
    "people",
    "topics",
    "safety-lines",
    "facts",
    "sources",
    "notices",
    "clinic",
    "images",
    "documents",
)
TECHNICAL_REPORTS = ("locked-pages", "aging-pages", "page-types-usage")
# The steps of approvals stand among the approvals; a list of its own says the same in other words.
REDUNDANT_REPORTS = ("workflow-tasks",)
# Both lead to another site, which does not know how things are called here.
FOREIGN_HELP = ("whats-new-in-wagtail", "editor-guide")


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
    order = {name: 10 * (position + 1) for position, name in enumerate(ENTRIES)}
    for item in items:
        item.order = order.get(item.name, item.order)
        if item.name == "settings":
            item.label = _("Advanced")


@hooks.register("construct_settings_menu")
def arrange_settings_menu(request, items):
    technical = [item for item in reports_menu.registered_menu_items if item.name in TECHNICAL_REPORTS]
    items += [item for item in technical if item.is_shown(request)]


@hooks.register("construct_reports_menu")
def arrange_reports_menu(request, items):
    """What is technical moves to "Advanced"; who has no "Advanced" finds the old addresses here."""
    items[:] = [item for item in items if item.name not in TECHNICAL_REPORTS + REDUNDANT_REPORTS]
    if not is_administrator(request.user):
        redirects = [item for item in settings_menu.registered_menu_items if item.name == "redirects"]
        items += [item for item in redirects if item.is_shown(request)]


@hooks.register("construct_help_menu")
def remove_foreign_help(request, items):
    items[:] = [item for item in items if not item.name.startswith(FOREIGN_HELP)]
