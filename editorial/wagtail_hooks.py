"""What the desk adds to Wagtail's admin; each tool registers its own hooks."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from editorial import (  # noqa: F401
    approval_messages,
    fact_messages,
    handbook,
    lists,
    menu,
    offboarding,
    phrase_search_views,
    previews,
    task_views,
    unpublished_pages,
    users,
)


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("editorial/admin.css"))
