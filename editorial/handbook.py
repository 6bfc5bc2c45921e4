"""The handbook of staff, docs/editors.md, inside the admin; its pictures are for staff alone."""

import re

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown import Markdown
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from text.extraction import extract_text

HANDBOOK = settings.BASE_DIR / "docs" / "editors.md"
MAX_TASKS_FOUND = 5  # by the search of the desk
PICTURES = HANDBOOK.parent / "pictures"  # made by `make handbook-pictures`


def handbook_as_html():
    """(the text, its table of contents) without the title of the whole, which the page around it shows."""
    _title, _, text = HANDBOOK.read_text(encoding="utf-8").partition("\n")
    markdown = Markdown(extensions=["toc"], extension_configs={"toc": {"toc_depth": "2"}})
    html = markdown.convert(text)
    return mark_safe(html), mark_safe(markdown.toc)  # noqa: S308  (a file of this project)


def tasks_about(words):
    """[(heading, address)] of the tasks of the handbook whose text has each of the words."""
    text, _contents = handbook_as_html()
    tasks = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>(.*?)(?=<h2 |\Z)', text, re.DOTALL)
    wanted = words.casefold().split()
    found = []
    for anchor, heading, steps in tasks:
        said = extract_text(f"{heading} {steps}").casefold()
        if all(word in said for word in wanted):
            found.append((extract_text(heading), f"{reverse('handbook')}#{anchor}"))
    # First what is about it by its name.
    return sorted(found, key=lambda task: not all(word in task[0].casefold() for word in wanted))[:MAX_TASKS_FOUND]


@require_safe
def handbook(request):
    """All of it on one page: the browser's own search finds every word."""
    text, contents = handbook_as_html()
    return render(
        request,
        "editorial/admin/handbook.html",
        {"text": text, "contents": contents, "page_title": "Handbook", "header_icon": "info-circle"},
    )


@require_safe
def picture(request, name):
    """A picture of the handbook; its name is a slug, and so never leads elsewhere."""
    file = PICTURES / f"{name}.png"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


@hooks.register("register_admin_urls")
def register_handbook_urls():
    # In the text pictures are named by their place beside it, which is the same here.
    return [
        path("handbook/", handbook, name="handbook"),
        path("handbook/pictures/<slug:name>.png", picture, name="handbook_picture"),
    ]


@hooks.register("register_admin_menu_item")
def register_handbook_menu_item():
    return MenuItem("Handbook", reverse("handbook"), name="handbook", icon_name="info-circle", order=10500)
