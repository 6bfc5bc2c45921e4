"""
Puts a script into the page: a request of its own would hold up the largest text of the list of questions.

The files of static/js/ are written as the browser reads them, comments on lines of their own; those
lines and the space before others are left out. None may hold "</script".
"""

import re
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def _read(name: str) -> str:
    text = (settings.BASE_DIR / f"static/js/{name}").read_text(encoding="utf-8")
    return re.sub(r"^\s*(//.*\n|\n)?", "", text, flags=re.MULTILINE).strip()


_read_once = cache(_read)


def script(name: str) -> SafeString:
    """
    The script of a file of static/js/, to stand inside `<script type="module">`: that runs once all is parsed.

    Read once a process, with DEBUG on every time.
    """
    return mark_safe((_read if settings.DEBUG else _read_once)(name))  # noqa: S308  (our own files)
