"""
Joins the component sheets into one and puts it into the page: no second request before the first paint.

The files below static/css/ are written as the browser reads them; their order is layers
first, then base sheets, then components by name. Comments and the space between rules are
left out on the way; addresses relative to static/css/ become those of the collected files.
"""

import base64
import hashlib
import re
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe

BASE = ["layers.css", "fonts.css", "tokens.css", "base.css", "layout.css"]


def sources():
    """The sheets in their order, as paths."""
    folder = settings.BASE_DIR / "static" / "css"
    return [*(folder / name for name in BASE), *sorted((folder / "components").glob("*.css")), folder / "utilities.css"]


def joined():
    """The whole style sheet as text."""
    css = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}")
    return re.sub(r'url\("\.\./([^"]+)"\)', lambda found: f'url("{static(found[1])}")', css).strip()


@cache
def _joined_once():
    return joined()


def stylesheet():
    """The style sheet as it stands in pages: read once a process, with DEBUG on every time."""
    css = joined() if settings.DEBUG else _joined_once()
    return mark_safe(css)  # noqa: S308  (our own files)


def stylesheet_hash():
    """The source expression that lets a content security policy allow this sheet and no other."""
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
