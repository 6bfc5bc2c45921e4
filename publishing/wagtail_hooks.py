"""Publishing in the admin: the bulk action, stale forms, uses, and what the home says of scheduled publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from publishing import unpublished_pages  # noqa: F401
from publishing.bulk_actions import Publish
from publishing.deletion import refuse_if_in_use
from publishing.panels import ScheduledPublishingPanel
from publishing.stale_form import mark_stale_form
from publishing.viewsets import put_publish_first


@hooks.register("construct_homepage_panels")
def register_scheduled_publishing_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ScheduledPublishingPanel(request.user))


hooks.register("register_bulk_action", Publish, order=1)  # after Wagtail's own, which it replaces
hooks.register("before_edit_page", mark_stale_form)


@hooks.register("before_edit_page")
def answer_late_approval(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Somebody else has approved or sent back the page meanwhile; Wagtail fails where no step is left to decide."""
    if request.method != "POST" or not request.POST.get("action-workflow-action") or page.current_workflow_task:
        return None
    messages.error(request, "Nothing was done: this page is no longer waiting for approval. Here it is as it is now.")
    return redirect("wagtailadmin_pages:edit", page.pk)


hooks.register("before_edit_snippet", mark_stale_form)
hooks.register("construct_snippet_action_menu", put_publish_first)


@hooks.register("before_delete_snippet")
def refuse_deletion_in_use(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Say on the spot why a topic, fact or source cannot go, instead of failing at the end."""
    if refuse_if_in_use(request, list(instances)):
        return redirect(instances[0].snippet_viewset.get_url_name("list"))
    return None


@hooks.register("insert_global_admin_js")
def register_stale_form_js() -> SafeString:
    return format_html(
        '<script src="{}" defer></script><script src="{}" defer></script>',
        static("publishing/stale-form.js"),
        static("publishing/unsaved-text.js"),
    )
