"""Mail addresses as people type them (RFC 5321, the part of it that is in use)."""

from __future__ import annotations

import re

from ada_url import URL

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
LONGEST = 254


def normal(text: str) -> str | None:
    """The address with its domain in small letters, and in ASCII where it is written
    otherwise (`münchen.example`, RFC 5891); None: it is none that mail reaches.
    Which letters a mailbox tells apart is its server's affair, so that part stays."""
    mailbox, at, domain = text.strip().rpartition("@")
    address = f"{mailbox}{at}{in_ascii(domain)}"
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        return None
    mailbox, _, domain = address.rpartition("@")
    if mailbox.startswith(".") or mailbox.endswith(".") or ".." in mailbox:
        return None
    return f"{mailbox}@{domain.lower()}"


def in_ascii(domain: str) -> str:
    """A domain as mail and the web carry it; one that is none comes back as it is."""
    if domain.isascii():
        return domain
    try:
        found = URL(f"https://{domain}/").hostname
    except ValueError:
        return domain
    return found if "%" not in found else domain
