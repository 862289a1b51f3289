"""Feed bytes to an element tree: sniffed, decoded, mended where needed, bounded.

The strict parser goes first and most feeds need no other. Expands no entity of the
document's own beyond short plain ones, loads nothing, and leaves meaning to the readers.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Final

from lxml import etree

from newsdesk.model.feed import Refusal
from newsdesk.stages import parse_repair
from newsdesk.text import encoding

MAX_BYTES: Final = 50_000_000
"""Of a document, unpacked: what sitemaps.org allows, and three times what we fetch."""
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s>/])", re.I
)
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.S)
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.I)
_PROLOG_CHARS = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as text, with what was mended so far."""

    text: str
    notes: tuple[str, ...]


def document(body: bytes, *, charset: str | None) -> Document | Refusal:
    """The text of a body: unpacked, decoded, within bounds."""
    notes: tuple[str, ...] = ()
    if body.startswith(_GZIP):
        unpacked = _unpack(body)
        if isinstance(unpacked, Refusal):
            return unpacked
        body, notes = unpacked, ("gzip without saying so",)
    if len(body) > MAX_BYTES:
        return Refusal(
            reason=f"{len(body):,} bytes, more than {MAX_BYTES:,}", kind="too large"
        )
    decoded = encoding.decode(body, http=charset)
    return Document(text=decoded.text, notes=notes + decoded.notes)


def _unpack(body: bytes) -> bytes | Refusal:
    engine = zlib.decompressobj(wbits=31)
    try:
        unpacked = engine.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        return Refusal(reason=f"broken gzip: {error}", kind="broken")
    return unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed document."""

    root: etree._Element
    notes: tuple[str, ...]


def tree(doc: Document) -> Tree | None:
    """The tree below the document's feed element, or None where it has none."""
    text = doc.text
    start = _PROLOG.match(text)
    at = start.end() if start else 0
    root = _ROOT.match(text, at)
    if root is None:
        root = _find_root(text)
        if root is None:
            return None
    prolog = text[: root.start()]
    entities = parse_repair.own_entities(prolog) if "<!ENTITY" in prolog else {}
    notes = doc.notes
    if _PROLOG.sub("", prolog, count=1).strip() and not re.match(
        r"<!doctype", _PROLOG.sub("", prolog, count=1).strip(), re.I
    ):
        notes += ("text before the feed cut",)
    body = text[root.start() :]
    element = None if entities else _strictly(body)
    if element is not None:
        return Tree(root=element, notes=notes)
    element = _leniently(parse_repair.mend(body, entities))
    return (
        None if element is None else Tree(root=element, notes=(*notes, "markup mended"))
    )


def _find_root(text: str) -> re.Match[str] | None:
    """The first feed element after junk; not one that an HTML page happens to hold."""
    if _HTML.match(text):
        return None
    return _ROOT.search(text, 0, _PROLOG_CHARS)


def _strictly(text: str) -> etree._Element | None:
    parser = _parser(recover=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _leniently(text: str) -> etree._Element | None:
    parser = _parser(recover=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
