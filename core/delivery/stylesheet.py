"""
Joins the component sheets into the one sheet a page links, without a build.

The files below static/css/ are written as the browser reads them; their order is layers
first, then base sheets, then components by name. Found like any static file, so that
`collectstatic` hashes and compresses the result and `make dev` always serves the newest.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"


def sources():
    """The sheets in their order, as paths."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    base = ["layers.css", "tokens.css", "base.css", "layout.css"]
    return [
        *(folder / name for name in base),
        *sorted((folder / "components").glob("*.css")),
        folder / "utilities.css",
    ]


def joined():
    """The whole style sheet as text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sources())


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`, written to the data folder whenever a sheet has changed."""

    def _folder(self):
        folder = Path(settings.DATA_DIR) / "stylesheet"
        target = folder / NAME
        text = joined()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return folder

    def check(self, **kwargs):
        return []

    def list(self, ignore_patterns):
        storage = FileSystemStorage(location=self._folder())
        storage.prefix = None
        yield NAME, storage

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        found = str(self._folder() / NAME)
        return [found] if find_all or kwargs.get("all") else found
