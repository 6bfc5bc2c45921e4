"""Whether an address on this site answers, and has the place that a link points to: asked within the process."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from quality.outcomes import WORKS, Kind, Outcome

_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")
_REDIRECTS = (301, 302, 303, 307, 308)
_HOPS = 3


def check_local(address: str) -> Outcome:
    """The outcome for "/path?query#anchor", as anybody without an account gets it."""
    path, anchor = urldefrag(address)
    status, ids = _ask(path)
    if status in {404, 410}:
        return Outcome(Kind.GONE, "There is no such page on this site.")
    if status >= 500:
        return Outcome(Kind.FAILS, "The page does not work. Please tell whoever looks after the website.")
    if status >= 400:
        return Outcome(Kind.UNCLEAR, f"The page answers {status}.")
    if anchor and ids is not None and unquote(anchor) not in ids:
        return Outcome(Kind.GONE, f"That page has no place “#{unquote(anchor)}”. A heading may have changed.")
    return WORKS


def _ask(path: str) -> tuple[int, set[str] | None]:
    """(status, ids): of what an address leads to in the end; without ids where that is not HTML or not here."""
    for _hop in range(_HOPS):
        response = _handler().get_response(_request(path))
        if response.streaming:
            response.close()  # a file
        if response.status_code not in _REDIRECTS:
            break
        parts = urlsplit(urljoin(urljoin(settings.SITE_URL, path), response["Location"]))
        if parts.hostname != settings.SITE_HOST:
            return 200, None
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
        return response.status_code, _ids_in(response.content.decode(errors="replace"))
    return response.status_code, None


def _ids_in(html: str) -> set[str]:
    return {unescape(first or second) for first, second in _ID.findall(html)}


def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _request(path: str) -> WSGIRequest:
    path, _, query = path.partition("?")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(path, encoding="latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": settings.SITE_HOST,
            "SERVER_PORT": str(settings.SITE_PORT),
            "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
            "HTTP_X_FORWARDED_PROTO": "https" if settings.IS_HTTPS else "http",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https" if settings.IS_HTTPS else "http",
            "wsgi.input": BytesIO(),
        }
    )
