"""Write what a visitor saw of a page at a moment as one HTML file."""

import argparse
from base64 import b64encode
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from delivery.json_ld import absolute
from reviews.as_of import find_page_key, seen_at


class Command(BaseCommand):
    """Finds a page by its number or by an address it ever had."""

    help = (
        "Writes what a visitor saw of a page at a moment, who published it and who had signed it off, as one HTML file."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "page", help="The number of the page in the admin, or an address it ever had: /faq/is-it-safe/"
        )
        parser.add_argument("moment", help="Date and time by the clinic's clock: 2026-11-28T15:30")
        parser.add_argument(
            "--output", default="as-of.html", help="The file to write; as-of.html unless said otherwise"
        )

    def handle(self, *args: Any, page: str, moment: str, output: str, **options: Any) -> None:
        when = self._moment(moment)
        html = render_to_string("reviews/as_of.html", {"seen": seen_at(self._key(page, when), when)})
        try:
            Path(output).write_text(with_pictures(html), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written to {output}.")

    def _moment(self, text: str) -> datetime:
        """The moment that a text names; a date alone is its end, or now where it is today."""
        now, is_date = timezone.now(), len(text) == len("2026-11-28")
        try:
            when = parse_datetime(f"{text}T23:59:59" if is_date else text)
            if when is not None and timezone.is_naive(when):
                when = timezone.make_aware(when, timezone.get_default_timezone())
            if when is not None and is_date and timezone.localdate(when) == timezone.localdate(now):
                when = now
            is_future = when is not None and when > now
        except (ValueError, OverflowError):
            when, is_future = None, False
        if when is None:
            raise CommandError(f"{text!r} is no date and time. Write it like 2026-11-28T15:30.")
        if is_future:
            raise CommandError(f"{text} has not come yet.")
        return when

    def _key(self, page: str, when: Any) -> int:
        if page.isascii() and page.isdigit() and len(page) < 19:
            return int(page)
        key = find_page_key(page, when)
        if key is None:
            raise CommandError(f"The record holds no page at {page}.")
        return key


def with_pictures(html: str) -> str:
    """The HTML with the site's pictures in it, as far as their files are there still; links lead to the site."""
    soup = BeautifulSoup(html, "html.parser")
    for picture in soup.find_all("img", src=True):
        name = urlsplit(str(picture["src"])).path.removeprefix(settings.MEDIA_URL)
        kind, _encoding = guess_type(name)
        if kind and ".." not in name and default_storage.exists(name):
            content = b64encode(default_storage.open(name).read()).decode()
            picture["src"] = f"data:{kind};base64,{content}"
    for link in soup.find_all("a", href=True):
        link["href"] = absolute(str(link["href"]))
    return str(soup)
