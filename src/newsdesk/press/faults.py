"""How the simulated press misbehaves when told to, by name.

Each fault takes the answer that would have been given and makes it what a bad server
gives; `server` sends it. `slow` and `truncated` also need the connection itself.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.press.answers import Answer


class Fault(StrEnum):
    """What a server can do wrong."""

    SLOW = "slow"
    """Sends the first bytes, then nothing for a long time."""
    TRUNCATED = "truncated"
    """Declares its full length and hangs up half-way."""
    WRONG_CHARSET = "wrong-charset"
    """Sends cp1252 and calls it UTF-8."""
    ERROR = "500"
    BUSY = "429"
    """With `Retry-After: 120`."""
    GONE = "410"
    LOOP = "redirect-loop"
    CHALLENGE = "challenge"
    """A bot wall: 403 and a page that wants JavaScript."""
    BOMB = "bomb"
    """A few kilobytes that decompress to hundreds of megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is sent instead."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


RETRY_AFTER_S = 120
BOMB_BYTES = 200_000_000


def fault_for(faults: Mapping[str, str], host: str, path: str) -> Fault | None:
    """The fault asked for an address or, failing that, its host. ValueError: unknown."""
    name = faults.get(f"http://{host}{path}") or faults.get(host)
    return Fault(name) if name else None


def damaged(answer: Answer, fault: Fault, url: str) -> Damage:
    """What a server with that fault sends in place of the answer."""
    kind = ("Content-Type", answer.content_type)
    if fault is Fault.WRONG_CHARSET:
        body = answer.body.decode("utf-8", "replace").encode("cp1252", "replace")
        return Damage(status=answer.status, body=body, headers=(kind,))
    if fault is Fault.LOOP:
        return Damage(status=302, body=b"", headers=(("Location", url),))
    if fault is Fault.BOMB:
        packed = ("Content-Encoding", "gzip")
        return Damage(status=200, body=_bomb(), headers=(kind, packed))
    if fault in _PAGES:
        status, title, extra = _PAGES[fault]
        page = f"<!DOCTYPE html><title>{title}</title><h1>{title}</h1>{_SCRIPT}"
        headers = (("Content-Type", "text/html; charset=utf-8"), *extra)
        return Damage(status=status, body=page.encode(), headers=headers)
    return Damage(status=answer.status, body=answer.body, headers=(kind,))


_SCRIPT = "<noscript>Enable JavaScript and cookies to continue</noscript>"
_PAGES: dict[Fault, tuple[int, str, tuple[tuple[str, str], ...]]] = {
    Fault.ERROR: (500, "Internal server error", ()),
    Fault.BUSY: (429, "Too many requests", (("Retry-After", str(RETRY_AFTER_S)),)),
    Fault.GONE: (410, "Gone", ()),
    Fault.CHALLENGE: (403, "Just a moment...", (("Server", "gatehouse"),)),
}


def _bomb() -> bytes:
    piece = gzip.compress(b"<rss>" + b" " * 20_000_000, mtime=0)
    # Gzip members may follow one another: the same small piece, many times over.
    return piece * (BOMB_BYTES // 20_000_000)
