"""
The style sheet of a page: one `<style>` for the base and one for each component that the page uses.

A template says what it needs where it is used: `{% style "components/hero" %}` stands in
templates/components/hero.html and names static/css/components/hero.css. `{% styles %}` marks where the
elements stand in the head. Each element has the same text on every page, so that a Content-Security-Policy
can name its hash; what is in the HTML of a page decides nothing (docs/decisions/0011).

The sheets are written as the browser reads them; comments and needless space are left out on the way.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

STYLESHEET_FOLDER = settings.BASE_DIR / "static" / "css"
BASE_SHEETS = ("layers", "fonts", "tokens", "base", "layout", "utilities")
_names: ContextVar[set[str] | None] = ContextVar("names of the sheets in use", default=None)


@dataclass(frozen=True)
class Style:
    """The text of a `<style>` element, and its hash as a Content-Security-Policy names it."""

    text: str
    hash: str

    def __str__(self) -> str:
        return f"<style>{self.text}</style>"


def sheet_path(name: str) -> Path:
    """The file of a sheet: "components/hero" is static/css/components/hero.css."""
    return STYLESHEET_FOLDER / f"{name}.css"


def _minified(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").replace(": ", ":")
    # Addresses relative to a sheet become those of the collected files.
    return re.sub(r'url\("(?:\.\./)+([^"]+)"\)', lambda found: f'url("{static(found[1])}")', css).strip()


def _made(*names: str, more: str = "") -> Style:
    text = _minified("\n".join(sheet_path(name).read_text(encoding="utf-8") for name in names) + more)
    return Style(text, f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}")


_made_once = cache(_made)


def _style(*names: str, more: str = "") -> Style:
    """Made once a process, with DEBUG on every time."""
    return (_made if settings.DEBUG else _made_once)(*names, more=more)


def base_style() -> Style:
    """What every page has: fonts, tokens, elements, layout."""
    # On paper an address of this site needs the name of the site; only the settings know it.
    site = urlsplit(settings.SITE_URL).netloc
    return _style(*BASE_SHEETS, more=f'@media print{{:root{{--site:"{site}"}}}}')


def component_styles(names: Iterable[str]) -> list[Style]:
    """The elements of the sheets with these names, in the one order that they have on every page."""
    return [_style(name) for name in sorted(names)]


def component_names() -> list[str]:
    """The names of all sheets that a template can ask for."""
    folders = ("blocks", "components")
    return sorted(f"{folder}/{path.stem}" for folder in folders for path in (STYLESHEET_FOLDER / folder).glob("*.css"))


def use_style(name: str) -> None:
    """Note that the page being rendered needs a sheet; does nothing where none is collected."""
    names = _names.get()
    if names is not None:
        names.add(name)


@contextmanager
def collected_styles() -> Iterator[set[str]]:
    """Within it, `use_style` adds to the set of names that it gives."""
    names: set[str] = set()
    before = _names.set(names)
    try:
        yield names
    finally:
        _names.reset(before)


def style_elements(names: Iterable[str], request: Any = None) -> SafeString:
    """
    The `<style>` elements of a page that uses the sheets with these names.

    Their hashes are noted in `request.style_hashes`, for its Content-Security-Policy.
    """
    styles = [base_style(), *component_styles(names)]
    if request is not None:
        request.style_hashes = [style.hash for style in styles]
    return mark_safe("\n".join(map(str, styles)))  # noqa: S308  (our own files)
