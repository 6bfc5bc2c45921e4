"""Every page that a visitor reaches by links is valid HTML."""

import json
import subprocess
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest

from tests import programs

pytestmark = pytest.mark.vnu

MOST = 200  # pages; more would show nothing new


class Links(HTMLParser):
    """Collects the addresses that a page links."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a" and (address := dict(attributes).get("href")):
            self.found.append(address)


def reachable(home):
    """{address: HTML} of the pages of this site that can be reached from its home page."""
    pages, waiting = {}, [home]
    while waiting and len(pages) < MOST:
        address = waiting.pop(0)
        if address in pages:
            continue
        with urlopen(address, timeout=30) as answer:
            if answer.headers.get_content_type() != "text/html":
                continue
            pages[address] = answer.read().decode()
        links = (urldefrag(urljoin(address, link)).url for link in Links(pages[address]).found)
        waiting += [link for link in links if link.startswith(home)]
    return pages


def test_every_page_a_visitor_reaches_is_valid_html(site, tmp_path):
    pages = reachable(f"{site.url}/")
    names = {}
    for number, (address, text) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(text, encoding="utf-8")
        names[file.as_uri()] = address

    checked = subprocess.run(
        [*programs.html_validator(), "--format", "json", "--errors-only", *map(str, tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        timeout=300,
    )
    found = json.loads(checked.stderr)["messages"]

    assert [f"{names.get(m.get('url'))}: {m['message']} … {m.get('extract', '')}" for m in found] == []
    assert len(pages) > 1
