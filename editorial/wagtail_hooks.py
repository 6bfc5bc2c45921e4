"""Hooks of the admin; importing each tool registers its own."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from editorial import (  # noqa: F401
    approval_messages,
    comments,
    handbook,
    home,
    lists,
    menu,
    phrase_search_views,
    previews,
    task_views,
)


@hooks.register("insert_global_admin_css")
def register_admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("editorial/admin.css"))
