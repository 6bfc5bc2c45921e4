"""
Walks the site as anybody may: from its home page to every address that its pages name.

Needs no browser; `fetch` says how an address is asked, of a running site or of Django's test client.
"""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

MOST = 1000  # addresses; a site of tests that has more is a trap that makes new ones for ever

# What a link that leaves the site may look like.
OUTWARD = {
    "http": re.compile(r"http://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?"),
    "https": re.compile(r"https://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?"),
    "mailto": re.compile(r"mailto:[^@\s]+@[\w-]+(\.[\w-]+)+"),
    "tel": re.compile(r"tel:(\+1\d{10}|988|911)"),
    "sms": re.compile(r"sms:(\+1\d{10}|988|838255|88788)"),
}


@dataclass
class Answer:
    """What an address answers; `text` is its HTML, empty for anything else."""

    status: int
    text: str = ""
    location: str = ""


class Page(HTMLParser):
    """The addresses that a page names, as they stand there, and the ids that links can point to."""

    def __init__(self, text):
        super().__init__()
        self.named, self.ids, self._machine_text = [], set(), None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        self.ids.add(attributes.get("id"))
        self.named += [attributes[name] for name in ("href", "src", "poster") if name in attributes]
        if "srcset" in attributes:
            self.named += [candidate.split()[0] for candidate in attributes["srcset"].split(",")]
        if tag == "form" and attributes.get("method", "get") == "get":
            self.named.append(attributes.get("action", ""))
        if tag == "meta" and attributes.get("property", "").startswith("og:"):
            self.named += [attributes["content"]] if attributes["content"].startswith("http") else []
        if attributes.get("type") == "application/ld+json":
            self._machine_text = ""

    def handle_data(self, data):
        if self._machine_text is not None:
            self._machine_text += data

    def handle_endtag(self, tag):
        if tag == "script" and self._machine_text is not None:
            self.named += _addresses(json.loads(self._machine_text))
            self._machine_text = None


def _addresses(node, name=None):
    """The addresses in JSON-LD. Vocabulary and the names of nodes (`@id`) are none."""
    if isinstance(node, dict):
        return [address for key, value in node.items() for address in _addresses(value, key)]
    if isinstance(node, list):
        return [address for value in node for address in _addresses(value, name)]
    is_address = isinstance(node, str) and node.startswith("http") and name not in {"@id", "@context"}
    return [node] if is_address else []


@dataclass
class Walk:
    """Where a walk came: what each address of the site answered, and what each page names."""

    home: str
    answers: dict = field(default_factory=dict)
    pages: dict = field(default_factory=dict)

    def dead(self):
        """What is wrong with the addresses that pages name, each a line for a person."""
        return [
            f"{page}: {named or 'an empty address'} {problem}"
            for page, content in self.pages.items()
            for named in dict.fromkeys(content.named)
            if (problem := self._problem(page, named))
        ]

    def _problem(self, page, named):
        address, fragment = urldefrag(urljoin(page, named))
        scheme = urlsplit(address).scheme
        if not named or named == "#":
            return "leads nowhere"
        if not address.startswith(self.home):
            return "" if scheme in OUTWARD and OUTWARD[scheme].fullmatch(named) else "is no address to send people to"
        answer = self.answers[address]
        if answer.status != 200 and address != page:  # a page that refuses may link to its own places
            return f"answers {answer.status} {answer.location}".rstrip()
        if fragment and unquote(fragment) not in self.pages[address].ids:
            return "points to a place that is not there"
        return ""


def walk(fetch, home, *others):
    """
    Ask the home page, other addresses to begin with, and all that can be reached from them.

    `fetch` gives an `Answer` for an absolute address and never follows a redirect itself.
    """
    walk, waiting = Walk(home), [home, *(urljoin(home, other) for other in others)]
    while waiting:
        address = waiting.pop()
        if address in walk.answers:
            continue
        if len(walk.answers) == MOST:
            raise RuntimeError(f"More than {MOST} addresses, the last of them {address}")
        answer = walk.answers[address] = fetch(address)
        if answer.text:
            walk.pages[address] = Page(answer.text)
            named = (urldefrag(urljoin(address, name)).url for name in walk.pages[address].named)
            waiting += [address for address in named if address.startswith(home)]
    return walk


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def served(address):
    """Ask a running site."""
    try:
        answer = build_opener(_Stay).open(address, timeout=30)
    except HTTPError as error:
        answer = error
    with answer:
        is_page = answer.headers.get_content_type() == "text/html"
        text = answer.read().decode() if is_page else ""
        return Answer(answer.status, text, answer.headers.get("Location", ""))


def asked_of(client):
    """Ask Django's test client."""

    def fetch(address):
        parts = urlsplit(address)
        response = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        content = response.getvalue()  # read to the end, so that its file is closed
        text = content.decode() if response.headers.get("Content-Type", "").startswith("text/html") else ""
        return Answer(response.status_code, text, response.headers.get("Location", ""))

    return fetch
