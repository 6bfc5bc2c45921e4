"""
Which addresses the site may ask: those of the public Internet, and no other.

Whoever edits a page chooses the addresses that the site asks. Without this rule a link to
http://169.254.169.254/ or http://10.0.0.5/ would let the site knock at doors inside the network that
it stands in.
"""

import contextlib
import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
# Public as the registry has it, and still a way to somewhere else.
_TUNNELS = [
    ip_network("64:ff9b::/96"),  # to IPv4 by translation
    ip_network("64:ff9b:1::/48"),
    ip_network("2002::/16"),  # 6to4
    ip_network("2001::/32"),  # Teredo
    ip_network("::/96"),  # IPv4-compatible
]


class RefusedAddress(Exception):
    """An address that is not asked; the text says why, for staff. `is_dead` where no reader gets there either."""

    def __init__(self, reason: str, is_dead: bool = False) -> None:
        super().__init__(reason)
        self.is_dead = is_dead


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet: global, unicast, no tunnel, no IPv4 in disguise."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or any(ip in network for network in _TUNNELS)):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def read_url(url: str) -> SplitResult:
    """The parts of an address that may be asked; RefusedAddress where its form alone forbids it."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, host_of(parts)
    except ValueError as error:  # no number, brackets without an address, a name that cannot be one
        raise RefusedAddress("This is not a web address.", is_dead=True) from error
    if parts.scheme not in PORTS or not host:
        raise RefusedAddress("This is not a web address.", is_dead=True)
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress("The address contains a user name or a password, and is not checked.")
    if port not in {None, PORTS[parts.scheme]}:
        raise RefusedAddress(f"The address names port {port}, and is not checked.")
    return parts


def host_of(parts: SplitResult) -> str:
    """The host of an address in ASCII; ValueError where it can be none."""
    return (parts.hostname or "").encode("idna").decode()


def is_literal(host: str) -> bool:
    """Whether a host is an IP address, in whichever spelling, or this very machine."""
    with contextlib.suppress(ValueError):
        return bool(ip_address(host))
    return host == "localhost" or host.endswith(".localhost") or re.fullmatch(r"(0x[0-9a-f]+|[\d.]+)", host) is not None


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, IPv4 first; OSError where it has none."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in sorted(rows, key=lambda row: row[0] != socket.AF_INET)]
