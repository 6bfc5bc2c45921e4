"""Publishing in the admin: the bulk action, stale forms, and what the home says of scheduled publishing."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from publishing import unpublished_pages  # noqa: F401
from publishing.bulk_actions import Publish
from publishing.panels import ScheduledPublishingPanel
from publishing.stale_form import mark_stale_form
from publishing.viewsets import put_publish_first


@hooks.register("construct_homepage_panels")
def register_scheduled_publishing_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ScheduledPublishingPanel(request.user))


hooks.register("register_bulk_action", Publish, order=1)  # after Wagtail's own, which it replaces
hooks.register("before_edit_page", mark_stale_form)
hooks.register("before_edit_snippet", mark_stale_form)
hooks.register("construct_snippet_action_menu", put_publish_first)


@hooks.register("insert_global_admin_js")
def register_stale_form_js() -> SafeString:
    return format_html(
        '<script src="{}" defer></script><script src="{}" defer></script>',
        static("publishing/stale-form.js"),
        static("publishing/unsaved-text.js"),
    )
