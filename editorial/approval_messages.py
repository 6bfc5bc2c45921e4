"""What a publisher hears: that readers see an approved page and where, and that nothing leads to a published one."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowAction
from wagtail.models import Page

from editorial.tasks import clinic_settings_url
from quality.page_links import page_without_a_way, section_outside_navigation


@hooks.register("after_publish_page")
def warn_of_missing_way(request, page):
    """Say where readers would look in vain for what was just published."""
    if text := _missing_way(page):
        buttons = []
        if request.user.has_perm("clinic.change_clinicsettings"):
            address = f"{clinic_settings_url()}#panel-navigation-section"
            buttons = [messages.button(address, "Add it to the navigation")]
        messages.warning(request, text, buttons=buttons)


def _missing_way(page):
    name = f"“{page.get_admin_display_title()}”"
    if without := page_without_a_way(page):
        title = f"“{without.get_admin_display_title()}”"
        nothing = f"othing leads readers to {title}: no page links to it, nor does the navigation."
        return f"N{nothing}" if without.pk == page.pk else f"{name} stands on {title}, but n{nothing}"
    if section := section_outside_navigation(page):
        return f"{name} is the first on “{section.get_admin_display_title()}”, which is not in the navigation."
    return ""


def add_approval_message(request, page):
    """Approving in the last step publishes; Wagtail says no more than that the page was updated, or nothing."""
    page = Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).first()
    if page is None:
        return
    buttons = [messages.button(page.url, "View live")] if page.url else []
    buttons.append(messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Edit"))
    messages.success(request, f"Approved: readers see “{page.get_admin_display_title()}” now.", buttons=buttons)
    warn_of_missing_way(request, page)


@hooks.register("after_edit_page")
def add_message_of_editor(request, page):
    if request.POST.get("workflow-action-name") == "approve":
        add_approval_message(request, page)


class ApprovalView(WorkflowAction):
    """Decides from the home of the desk, and says what came of it."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if self.action_name == "approve" and not self.object.workflow_in_progress:
            add_approval_message(request, self.object)
        return response
