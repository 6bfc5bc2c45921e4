"""Collected static files, the plainest error page among them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from whitenoise.storage import CompressedManifestStaticFilesStorage

ERROR_PAGE = "error.html"


def render_error_page() -> str:
    """The HTML of the error page that needs no database, no request and no other file."""
    return render_to_string("error_plain.html", {"name": settings.WAGTAIL_SITE_NAME})


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; `collectstatic` also writes the error page, for the site and a web server in front."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, Any]]:
        yield from super().post_process(paths, dry_run=dry_run, **options)
        if not dry_run:
            with open(self.path(ERROR_PAGE), "w", encoding="utf-8") as file:
                file.write(render_error_page())
            yield ERROR_PAGE, ERROR_PAGE, True
