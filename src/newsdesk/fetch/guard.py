"""Which addresses may be asked: the one place that decides, for every hop.

Feeds and pages name addresses that strangers chose, and a newsroom's machine can reach
things that strangers cannot: its own services, its router, a cloud's metadata. So only
global addresses are asked. The check is made three times: on the address as written, on
what its name resolves to, and on the peer of each socket before it is opened.
"""

from __future__ import annotations

import fnmatch
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from ada_url import URL

Peer = tuple[str, int]
IP = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http:": 80, "https:": 443}
# Global addresses that clouds answer from inside: Azure's wire server.
INSIDE = frozenset({ipaddress.ip_address("168.63.129.16")})
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(OSError):
    """An address that is not ours to ask."""


class Guard:
    """Decides over addresses; `allow_private` and `routes` are the only exceptions.

    `allow_private`: `host` or `host:port`, as written in addresses. `routes`: host
    patterns such as `*.example` and the peer that plays them.
    """

    def __init__(
        self,
        allow_private: Sequence[str] = (),
        routes: Mapping[str, Peer] | None = None,
    ) -> None:
        self._allowed = frozenset(entry.strip().lower() for entry in allow_private)
        self._routes = dict(routes or {})
        # Peers inside that an exception leads to; every other peer has to be global.
        self._granted: set[Peer] = set(self._routes.values())

    def route(self, host: str) -> Peer | None:
        """The peer that plays this host, if it is a routed one."""
        for pattern, peer in self._routes.items():
            if fnmatch.fnmatchcase(host.lower(), pattern):
                return peer
        return None

    def check_url(self, url: str) -> None:
        """Raise RefusedAddressError where an address as written may not be asked."""
        parsed = URL(url)
        port = int(parsed.port) if parsed.port else PORTS.get(parsed.protocol, 0)
        ip = _as_ip(parsed.hostname)
        if ip is not None and self._is_allowed(parsed.hostname, port):
            self._granted.add((str(ip), port))
        elif ip is not None:
            _check(ip, parsed.hostname)

    def check_names(self, host: str, port: int, found: Sequence[str]) -> None:
        """Raise RefusedAddressError where a name resolves to what may not be asked.

        One address inside is enough: a name with both is an attack or a mistake.
        """
        if self._is_allowed(host, port):
            self._granted.update((address, port) for address in found)
            return
        for address in found:
            _check(_ip(address), host)

    def open_socket(
        self, peer: tuple[Any, Any, int, str, tuple[Any, ...]]
    ) -> socket.socket:
        """A socket for a peer that passed; the last line, whatever came before it."""
        family, kind, protocol, _, address = peer
        if (address[0], address[1]) not in self._granted:
            _check(_ip(address[0]), address[0])
        return socket.socket(family=family, type=kind, proto=protocol)

    def _is_allowed(self, host: str, port: int) -> bool:
        name = host.lower()
        return name in self._allowed or f"{name}:{port}" in self._allowed


def is_global(ip: IP) -> bool:
    """Whether an address, or the IPv4 address that it carries, is one for the public."""
    carried = _carried(ip)
    if carried is not None:
        return is_global(carried)
    is_odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip in INSIDE
    return ip.is_global and not is_odd


def _carried(ip: IP) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a v4-mapped, 6to4, Teredo or NAT64 address leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _check(ip: IP, host: str) -> None:
    if not is_global(ip):
        shown = host if host.strip("[]") == str(ip) else f"{host} ({ip})"
        raise RefusedAddressError(
            f"{shown} is a private or local address; allow it under "
            "fetching.allow_private in site.toml if it is yours"
        )


def _ip(address: str) -> IP:
    return ipaddress.ip_address(address.partition("%")[0])  # without an IPv6 zone


def _as_ip(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
