"""A question or an article as it stands on its page, without what stands around it."""

from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Page

from delivery.json_ld import absolute

_ADDRESSES = {"href", "src", "poster"}


def full_text(page: Page, request: HttpRequest) -> str:
    """The whole text as HTML: byline, text, sources, notices; every address is absolute."""
    html = render_to_string("core/full_text.html", {"page": page}, request)
    soup = BeautifulSoup(html, "html.parser")
    here = absolute(page.url)
    for element in soup.find_all(True):
        for name in _ADDRESSES & element.attrs.keys():
            element[name] = urljoin(here, str(element[name]))
        if "srcset" in element.attrs:
            parts = (part.strip().split(" ", 1) for part in str(element["srcset"]).split(","))
            element["srcset"] = ", ".join(" ".join([urljoin(here, address), *size]) for address, *size in parts)
    for element in soup.select(".visually-hidden, .sources__back"):
        element.decompose()
    return str(soup).strip()
