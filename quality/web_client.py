"""
Asking another site whether an address still answers: by HEAD, then by GET without reading the answer.

The name is resolved once, each of its addresses is judged, and the connection goes to one that was
judged: between the check and the connection nobody can put another address in its place. Each redirect
is judged anew. The certificate is still checked for the name.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from urllib.parse import quote, urljoin

from django.conf import settings

from quality.outcomes import WORKS, Kind, Outcome
from quality.public_addresses import PORTS, RefusedAddress, host_of, is_literal, is_public, look_up, read_url

SECONDS_A_STEP = 8  # that a connection may be silent
SECONDS_IN_ALL = 15  # for one address, redirects included
MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
# Answers to programs rather than to readers; 999 is LinkedIn's.
_UNCLEAR = {401, 402, 403, 405, 406, 407, 429, 451, 999}
_GONE = {404, 410}
_SAFE = "/%:@!$&'()*+,;=~-._?"


def user_agent() -> str:
    """Who asks: the name of the program, and where to find out about it."""
    return f"Link check of a website (+{settings.SITE_URL}/)"


class WebClient:
    """Asks addresses. Tests bring a resolver, a rule and ports of their own; the site never does."""

    def __init__(
        self,
        resolve: Callable[[str, int], list[str]] = look_up,
        is_allowed: Callable[[str], bool] = is_public,
        ports: Mapping[str, int] = PORTS,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.resolve, self.is_allowed, self.ports = resolve, is_allowed, ports
        self.context = context or ssl.create_default_context()

    def check(self, url: str) -> Outcome:
        """What an address answers, whatever the other side does."""
        call = _Call(self)
        timer = threading.Timer(SECONDS_IN_ALL, call.abort)
        timer.daemon = True
        timer.start()
        try:
            return self._check(url, call)
        except RefusedAddress as refused:
            return Outcome(Kind.GONE if refused.is_dead else Kind.UNCLEAR, str(refused))
        except ssl.SSLCertVerificationError:
            return Outcome(Kind.FAILS, "The site’s certificate is not valid: browsers warn about it.")
        except socket.gaierror:
            return Outcome(Kind.FAILS, "There is no site by that name.")
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = " in time" if call.is_aborted or isinstance(error, TimeoutError) else ""
            return Outcome(Kind.FAILS, f"The site does not answer{late}.")
        finally:
            timer.cancel()

    def _check(self, url: str, call: "_Call") -> Outcome:
        for _hop in range(MAX_REDIRECTS + 1):
            status, location = self._ask(url, call)
            if status not in _REDIRECTS or not location:
                return outcome_of(status)
            url = urljoin(url, location)
        return Outcome(Kind.FAILS, "The site redirects from one address to the next without end.")

    def _ask(self, url: str, call: "_Call") -> tuple[int, str]:
        try:
            status, location = call.send("HEAD", url)
        except (http.client.HTTPException, ConnectionResetError):
            return call.send("GET", url)
        # Many a server answers HEAD wrongly.
        return call.send("GET", url) if status >= 400 and status != 429 else (status, location)


def outcome_of(status: int) -> Outcome:
    """What the status of an answer says of a link."""
    if status < 400 or status == 416:  # there is something, if not the first byte of it
        return WORKS
    if status in _GONE:
        return Outcome(Kind.GONE, f"The other site says that the page is not there ({status}).")
    if status in _UNCLEAR:
        return Outcome(Kind.UNCLEAR, f"The other site does not let programs look ({status}). Open the link yourself.")
    return Outcome(Kind.FAILS, f"The other site answers with an error ({status}).")


class _Call:
    """The requests for one address, which end together when time is up."""

    def __init__(self, client: WebClient) -> None:
        self.client, self.is_aborted = client, False
        self.connection: _PinnedConnection | None = None

    def abort(self) -> None:
        self.is_aborted = True
        if self.connection:
            self.connection.abort()

    def send(self, method: str, url: str) -> tuple[int, str]:
        """(status, address of a redirect) of one request; the answer itself is not read."""
        if self.is_aborted:
            raise TimeoutError
        parts = read_url(url)
        host = host_of(parts)
        port = self.client.ports[parts.scheme]
        addresses = self.client.resolve(host, port)
        if not addresses or not all(map(self.client.is_allowed, addresses)):
            raise RefusedAddress(
                "The address leads into a private network, which readers cannot reach.", is_dead=is_literal(host)
            )
        context = self.client.context if parts.scheme == "https" else None
        self.connection = _PinnedConnection(host, port, addresses[0], context)
        path = quote(parts.path or "/", safe=_SAFE)
        target = f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path
        headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        if method == "GET":
            headers["Range"] = "bytes=0-0"
        try:
            self.connection.request(method, target, headers=headers)
            response = self.connection.getresponse()
            if self.is_aborted:  # what looks like the end of the headers is ours
                raise TimeoutError
            return response.status, response.getheader("Location", "")
        finally:
            self.connection.close()


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to one IP address, whatever the name resolves to by now; the certificate is that of the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS_A_STEP)
        self.address, self.context = address, context
        self.default_port = PORTS["https" if context else "http"]

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()  # here, where `abort` reaches it

    def abort(self) -> None:
        if self.sock:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
