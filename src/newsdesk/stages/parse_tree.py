"""Feed bytes to an element tree: unpacked, decoded, mended where needed, bounded.

The strict parser goes first and most feeds need no other. Expands no entity of the
document's own beyond short plain ones, loads nothing, and leaves meaning to the readers.
"""

from __future__ import annotations

import codecs
import html
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
# gzip, and zlib at its usual levels (RFC 1950).
_PACKED = (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda")
_WRAPPINGS = 2
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s>/])", re.I
)
_ROOT_IN_HTML = re.compile(
    r"<rss\b[^<>]{0,2000}>\s*<channel\b|<feed\s[^<>]{0,2000}2005/Atom", re.I
)
_ESCAPED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?&lt;(?:\?xml|rss|feed|rdf)\b", re.I
)
_PROLOG = re.compile(r"\s*+(?:<\?[^>]*\?>\s*+|<!--.*?-->\s*+)*+", re.S)
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.I)
# How far into a document junk may reach before its feed element.
_PROLOG_CHARS = 300_000
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE = re.compile(rb"&#(?:12[89]|1[345]\d|[xX][89][0-9a-fA-F]);")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as text and, the same, in UTF-8; with what was mended so far."""

    text: str
    utf8: bytes
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed document."""

    root: etree._Element
    notes: tuple[str, ...]


def document(body: bytes, *, charset: str | None) -> Document | Refusal:
    """The text of a body: unpacked, decoded, within bounds."""
    notes: tuple[str, ...] = ()
    for _ in range(_WRAPPINGS):
        if not body.startswith(_PACKED):
            break
        unpacked = _unpack(body)
        if isinstance(unpacked, Refusal):
            return unpacked
        body, notes = unpacked, ("compressed without saying so",)
    if len(body) > MAX_BYTES:
        return Refusal(reason=f"more than {MAX_BYTES:,} bytes", kind="too large")
    decoded = encoding.decode(body, http=charset)
    if _ESCAPED.match(decoded.text):
        text = html.unescape(decoded.text)
        utf8 = text.encode("utf-8", "replace")
        return Document(text=text, utf8=utf8, notes=(*notes, "escaped as a whole"))
    is_same = decoded.encoding == "utf-8" and not body.startswith(codecs.BOM_UTF8)
    utf8 = body if is_same else decoded.text.encode("utf-8", "replace")
    return Document(text=decoded.text, utf8=utf8, notes=notes + decoded.notes)


def _unpack(body: bytes) -> bytes | Refusal:
    """What gzip or zlib holds, as far as it goes: a download may have broken off."""
    parts: list[bytes] = []
    size = 0
    while body.startswith(_PACKED) and size <= MAX_BYTES:
        engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        try:
            parts.append(engine.decompress(body, MAX_BYTES + 1 - size))
        except zlib.error as error:
            if not parts:
                return Refusal(reason=f"broken gzip: {error}", kind="broken")
            break
        size += len(parts[-1])
        body = engine.unused_data  # gzip files may be joined (RFC 1952, section 2.2)
    return b"".join(parts)


def has_c1(doc: Document) -> bool:
    """Whether a document holds C1 controls, as characters or by number."""
    return bool(_C1.search(doc.utf8) or _C1_REFERENCE.search(doc.utf8))


def tree(doc: Document) -> Tree | None:
    """The tree below the document's feed element, or None where it has none."""
    text = doc.text
    opening = _PROLOG.match(text)
    root = _ROOT.match(text, opening.end() if opening else 0)
    if root is not None and text.startswith("<"):
        element = _strictly(doc.utf8)
        if element is not None:
            return Tree(root=element, notes=doc.notes)
    root = root or _find_root(text)
    if root is None:
        return None
    prolog = text[: root.start()]
    notes = (*doc.notes, *_junk(prolog))
    entities = parse_repair.own_entities(prolog) if "<!ENTITY" in prolog else {}
    return _mended(text[root.start() :], entities, notes)


def _mended(body: str, entities: dict[str, str], notes: tuple[str, ...]) -> Tree | None:
    """The tree of what starts at the root, with the least mending that will do."""
    if not entities:
        legal = parse_repair.legal(body)
        element = _strictly(legal.encode("utf-8", "replace"))
        if element is not None:
            dropped = () if len(legal) == len(body) else ("control characters dropped",)
            return Tree(root=element, notes=notes + dropped)
    element = _leniently(parse_repair.mend(body, entities))
    if element is None:
        return None
    return Tree(root=element, notes=(*notes, "markup mended"))


def _junk(prolog: str) -> tuple[str, ...]:
    """A note where more than declarations stands before the feed."""
    opening = _PROLOG.match(prolog)
    rest = prolog[opening.end() if opening else 0 :].strip()
    is_fine = not rest or rest[:9].lower() == "<!doctype"
    return () if is_fine else ("text before the feed cut",)


def _find_root(text: str) -> re.Match[str] | None:
    """The first feed element after junk; in a web page, one that holds what feeds do."""
    pattern = _ROOT_IN_HTML if _HTML.match(text) else _ROOT
    return pattern.search(text, 0, _PROLOG_CHARS)


def _strictly(utf8: bytes) -> etree._Element | None:
    if parse_repair.is_suspicious(utf8):
        return None
    try:
        return etree.fromstring(utf8, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _leniently(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
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
