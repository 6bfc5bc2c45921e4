"""The home of the desk: what is begun most often, as buttons above the search."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem

from blog.models import BlogIndexPage, BlogPostPage
from clinic.models import Notice
from faq.models import FAQEntryPage, FAQIndexPage

# (kind of page, kind of the page above it, label)
PAGES = [(FAQEntryPage, FAQIndexPage, "Add a question"), (BlogPostPage, BlogIndexPage, "Add an article")]


class BeginButton(SummaryItem):
    """A link to the form of something new, in the place where Wagtail counts pages."""

    template_name = "editorial/admin/begin_button.html"

    def __init__(self, label: str, url: str) -> None:
        self.label, self.url = label, url

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"label": self.label, "url": self.url}


def begin_buttons(user: Any) -> list[BeginButton]:
    """What a person may begin."""
    buttons = []
    for model, parent_model, label in PAGES:
        parent = parent_model.objects.first()
        if parent and parent.permissions_for_user(user).can_add_subpage():
            where = [model._meta.app_label, model._meta.model_name, parent.pk]
            buttons.append(BeginButton(label, reverse("wagtailadmin_pages:add", args=where)))
    viewset = Notice.snippet_viewset
    if viewset.permission_policy.user_has_permission(user, "add"):
        buttons.append(BeginButton("Say that we are closed", reverse(viewset.get_url_name("add"))))
    return buttons


@hooks.register("construct_homepage_summary_items", order=1)  # after Wagtail's, which count
def put_begin_buttons(request: HttpRequest, items: list[SummaryItem]) -> None:
    items[:] = begin_buttons(request.user)
