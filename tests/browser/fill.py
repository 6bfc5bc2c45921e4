"""
Fills the site of this environment (`tests.filled`), and writes the pages that a healthy site
never shows into a folder: `python -m tests.browser.fill FOLDER`.
"""

import os
import sys
from pathlib import Path

import django


def main(folder):
    from django.conf import settings
    from django.test import RequestFactory

    from delivery import views as delivery_views
    from tests import filled

    filled.fill()
    folder.mkdir()
    request = RequestFactory().get("/", SERVER_NAME=settings.SITE_HOST, SERVER_PORT=settings.SITE_PORT)
    (folder / "server-error.html").write_bytes(delivery_views.server_error(request).content)
    (folder / "plain-error.html").write_text(delivery_views.plain_error_page(), encoding="utf-8")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "innerbloom.settings"
    django.setup()
    main(Path(sys.argv[1]))
