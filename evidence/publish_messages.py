"""The message after publishing a fact or source: which pages state it."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from evidence.models import Stated

MAX_LINKS = 8  # links in a message


@hooks.register("after_publish")
def add_usage_message(request, record):
    if not isinstance(record, Stated):
        return
    pages = list(record.used_on().specific())
    live, drafts = [page for page in pages if page.live], [page for page in pages if not page.live]
    if not pages and not record.first_published_at:
        return
    if not pages:
        messages.info(request, "No page states it yet.")
        return
    counts = [
        f"{len(found)} {name if len(found) == 1 else plural}"
        for found, name, plural in [
            (live, "published page", "published pages"),
            (drafts, "draft", "drafts"),
        ]
        if found
    ]
    buttons = [
        messages.button(
            page.get_url(request) if page.live else reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.get_admin_display_title(),
            new_window=True,
        )
        for page in [*live, *drafts][:MAX_LINKS]
    ]
    if len(pages) > MAX_LINKS:
        form = AdminURLFinder(request.user).get_edit_url(record)
        buttons.append(messages.button(form, f"and {len(pages) - MAX_LINKS} more, all under “Used on”"))
    messages.success(request, f"What you published is now on {' and '.join(counts)}.", buttons=buttons)
