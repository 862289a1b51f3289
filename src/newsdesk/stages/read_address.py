"""The article's own address: canonical where it can be trusted, and its AMP twin."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.text import urls


def canonical(clues: Clues) -> tuple[str, str | None]:
    """The canonical address of the page, and what was doubtful about finding it.

    A canonical that names a front page, or another site, is not believed: the first is a
    common mistake of templates, the second would give away who published it.
    """
    doubts: list[str] = []
    for said_by, raw in _claims(clues):
        address = urls.absolute(clues.url, raw)
        address = urls.canonical(address) if address else None
        if address is None:
            continue
        if is_front(address) and not is_front(clues.url):
            doubts.append(f"{said_by} names a front page")
            continue
        if urls.registrable(address) != urls.registrable(clues.url):
            doubts.append(f"{said_by} names another site ({urls.host(address)})")
            continue
        return address, "; ".join(doubts) or None
    return urls.canonical(clues.url) or clues.url, "; ".join(doubts) or None


def amp(clues: Clues) -> str | None:
    """The address of the AMP version that the page names."""
    return urls.absolute(clues.url, clues.link("amphtml"))


def _claims(clues: Clues) -> Iterator[tuple[str, str | None]]:
    yield "rel=canonical", clues.link("canonical")
    yield "og:url", clues.first("og:url")
    for key in ("mainEntityOfPage", "url", "@id"):
        address = read_jsonld.address_of(clues.article.get(key))
        if address and address.startswith(("http://", "https://")):
            yield "structured data", address


def is_front(url: str) -> bool:
    """Whether an address is that of a site's or a language's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path.strip("/").casefold()
    bare = path in ("", "index.html", "index.php", "home", "index.htm")
    short = len(path) in (2, 5) and path[:2].isalpha() and path[2:3] in ("", "-", "_")
    return (bare or short) and not parts.query
