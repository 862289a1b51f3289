"""What a page says of its publisher: name, home, logo, and whom it has the article from.

Gathers, does not judge: whether a page that names another writer is a copy, and who is
meant, is for `identify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newsdesk.model.article import Imprint, Logo
from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.text import names, platforms

MAX_LOGOS = 2
MAX_WRITERS = 4
LARGEST_LOGO = 4_000
"""Pixels of a side; more is a slip or a trap."""
_ORGANISATIONS = frozenset(
    "organization newsmediaorganization corporation ngo governmentorganization "
    "collegeoruniversity educationalorganization researchorganization website".split()
)
_ICONS = ("apple-touch-icon", "apple-touch-icon-precomposed", "icon", "shortcut")
SMALLEST_ICON = 48
"""Pixels; a favicon of 16 or 32 is none that can stand for an outlet."""
_SIZE = re.compile(r"(?<!\d)(\d{2,4})[x×](\d{2,4})(?!\d)", re.I)
_NUMBER = re.compile(r"\d+")
_SOURCES = ("syndication-source", "original-source", "dcterms.source", "dc.source")


def imprint(clues: Clues) -> Imprint | None:
    """The imprint of a page; None where it says nothing of who publishes it."""
    publishers = tuple(_publishers(clues))
    name = next((one for node in publishers if (one := _name(node))), None)
    home = next((one for node in publishers if (one := _home(node, clues))), None)
    found = Imprint(
        name=name,
        home_url=home,
        logos=tuple(_logos(publishers, clues))[:MAX_LOGOS],
        writers=tuple(_writers(clues, name))[:MAX_WRITERS],
        origins=tuple(dict.fromkeys(_origins(clues)))[:MAX_WRITERS],
    )
    return found if found != Imprint() else None


def _publishers(clues: Clues) -> Iterator[Any]:
    """The publisher of the article, then organisations that the page is about itself."""
    for value in read_jsonld.items(clues.article.get("publisher")):
        yield read_jsonld.resolve(value, clues.nodes)
    if not clues.article.get("publisher"):
        for node in clues.nodes:
            if set(read_jsonld.types(node)) & _ORGANISATIONS:
                yield node


def _name(node: Any) -> str | None:
    return names.site_name(read_jsonld.text(node))


def _home(node: Any, clues: Clues) -> str | None:
    raw = node.get("url") if isinstance(node, dict) else None
    return clues.absolute(read_jsonld.address_of(raw))


def _logos(publishers: tuple[Any, ...], clues: Clues) -> Iterator[Logo]:
    declared = [
        logo
        for node in publishers
        if isinstance(node, dict)
        for value in read_jsonld.items(node.get("logo"))[:MAX_LOGOS]
        if (logo := _logo(read_jsonld.resolve(value, clues.nodes), clues))
    ]
    yield from dict.fromkeys(declared) if declared else _icons(clues)


def _logo(value: Any, clues: Clues) -> Logo | None:
    url = clues.absolute(_picture(value))
    # A page's or front page's own address is a template's slip.
    if url is None or url == clues.url or not urlsplit(url).path.strip("/"):
        return None
    said = value if isinstance(value, dict) else {}
    width, height = _pixels(said.get("width")), _pixels(said.get("height"))
    if not (width and height):
        width = height = 0
    return Logo(url=url, width=width, height=height)


def _picture(value: Any) -> str | None:
    """A logo's own address; the `@id` of an ImageObject names the node, not the file."""
    if not isinstance(value, dict):
        return read_jsonld.address_of(value)
    for key in ("url", "contentUrl", "@id"):
        address = read_jsonld.address_of(value.get(key))
        if address and "#" not in address:
            return address
    return None


def _pixels(value: Any) -> int:
    """A length as written in the wild: 60, "60", "60px", {"value": 60}."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("name")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0
    found = _NUMBER.match(str(value).strip())
    pixels = int(found[0][:6]) if found else 0
    return pixels if pixels <= LARGEST_LOGO else 0


def _icons(clues: Clues) -> Iterator[Logo]:
    """Icons for touch screens, or large ones; their size as their address tells it."""
    for wanted in _ICONS[:3]:
        for rel, href in clues.links:
            if wanted not in rel.split():
                continue
            size = _SIZE.search(href)
            width, height = (int(size[1]), int(size[2])) if size else (0, 0)
            is_touch = wanted != "icon"
            url = clues.absolute(href)
            if url and (width >= SMALLEST_ICON or (is_touch and not width)):
                yield Logo(url=url, width=width, height=height)


def _writers(clues: Clues, publisher: str | None) -> Iterator[str]:
    """Names of whom the page says it has the article from."""
    seen = {names.folded(publisher or "")}
    for key in ("provider", "sourceOrganization", "copyrightHolder"):
        for value in read_jsonld.items(clues.article.get(key)):
            name = _name(read_jsonld.resolve(value, clues.nodes))
            if name and names.folded(name) not in seen:
                seen.add(names.folded(name))
                yield name


def _origins(clues: Clues) -> Iterator[str]:
    """Addresses on other sites; home pages of writers among them."""
    told = [clues.link("canonical"), clues.first("og:url")]
    told += [clues.first(name) for name in _SOURCES]
    for key in ("isBasedOn", "isBasedOnUrl", "provider", "sourceOrganization"):
        for value in read_jsonld.items(clues.article.get(key))[:MAX_WRITERS]:
            node = read_jsonld.resolve(value, clues.nodes)
            address = node.get("url") if isinstance(node, dict) else node
            told.append(read_jsonld.address_of(address))
    own = _authority(clues.url)
    for raw in dict.fromkeys(told):
        if not raw or not raw.startswith(("http://", "https://", "//")):
            continue
        if _authority(raw) == own:  # as nearly always; the rest costs more to tell
            continue
        address = clues.absolute(raw)
        if address and platforms.place(address) != platforms.place(clues.url):
            yield address


def _authority(url: str) -> str:
    """Host and port as written."""
    return url.partition("//")[2].partition("/")[0].lower().removeprefix("www.")
