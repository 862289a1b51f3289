"""What one element of a feed holds: text, HTML, an address, a date, a person."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import datetime
from html.entities import html5
from urllib.parse import urljoin

from lxml import etree

from newsdesk.stages import parse_names
from newsdesk.text import encoding, html

_XML = "{http://www.w3.org/XML/1998/namespace}"
_TAGS = re.compile(r"</?([a-zA-Z][\w:-]*)")
_CLOSING = re.compile(r"</[a-zA-Z]|/>|<(?:br|p|img|hr)\b", re.I)
_REFERENCE = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")
_ELEMENTS = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blink blockquote
    body br button canvas caption center cite code col colgroup data dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5
    h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map
    mark marquee menu meta nav nobr noscript object ol optgroup option output p param
    picture pre progress q rp rt ruby s samp script section select small source span strike
    strong style sub summary sup svg table tbody td template textarea tfoot th thead time tr
    track tt u ul var video wbr""".split()
)
_HTML_TYPES = frozenset(("html", "text/html", "xhtml", "application/xhtml+xml"))
_BASE64 = "base64"
_PLAIN_TYPES = frozenset(("text", "text/plain", "plain"))
_C1 = re.compile("[\x80-\x9f]")
# A longer text names nobody.
_MAX_PERSON = 1_000
_SCOPE = re.compile(r"\sxmlns(?::[\w.-]+)?=\"[^\"]*\"")
_MAIL_FIRST = re.compile(r"(?=[^\s()<>]+?@[^\s()<>])([^\s()<>]++)\s*+\(([^)]*+)\)")
_MAIL_LAST = re.compile(r"<[^<>@]*+@[^<>]*+>")


@dataclass(frozen=True, slots=True)
class Where:
    """What reading an element needs to know of the document around it."""

    url: str
    """The base of relative addresses, unless elements say otherwise."""
    core: str
    """The namespace of the root."""
    has_base: bool
    """Some element has an xml:base."""
    has_c1: bool
    """Some text has C1 controls, which were meant as Windows-1252."""
    now: datetime | None = None
    """To tell dates that lie ahead, where known."""
    places: dict[object, parse_names.Place] = field(default_factory=dict)
    """What tags were found to be good for, so far."""


Found = list[tuple[parse_names.Place, etree._Element]]
Fields = dict[str, Found]


def fields(element: etree._Element, where: Where) -> Fields:
    """The children that readers want, by slot; best first, else in document order."""
    found: Fields = {}
    places = where.places
    for child in element:
        place = places.get(child.tag)
        if place is None:
            place = places[child.tag] = parse_names.place(child, where.core)
        if not place.slot:
            continue
        rows = found.get(place.slot)
        if rows is None:
            found[place.slot] = [(place, child)]
        else:
            rows.append((place, child))
    for rows in found.values():
        if len(rows) > 1 and any(row[0] is not rows[0][0] for row in rows):
            rows.sort(key=_by_rank)
    return found


def _by_rank(row: tuple[parse_names.Place, etree._Element]) -> int:
    return row[0].rank


@dataclass(frozen=True, slots=True)
class Words:
    """A value that is either plain text or HTML."""

    value: str
    is_html: bool

    def plain(self) -> str | None:
        """As plain text on one line, or None where nothing is left."""
        return (
            html.plain(self.value) if self.is_html else html.fold(self.value)
        ) or None

    def html(self) -> str | None:
        """As HTML, or None where nothing is left."""
        stripped = self.value.strip()
        return (stripped if self.is_html else html.escape(stripped)) or None


def text(element: etree._Element, where: Where) -> str:
    """All character data, white space at the ends removed."""
    value = element.text or ""
    if len(element):
        value = "".join(str(part) for part in element.itertext())
    return mended(value, where).strip()


def first(found: Fields, slot: str, where: Where) -> str | None:
    """The first text in a slot."""
    for _, element in found.get(slot, ()):
        if value := text(element, where):
            return value
    return None


def mended(value: str, where: Where) -> str:
    """The value with C1 controls as they were meant."""
    if where.has_c1 and _C1.search(value):
        return value.translate(encoding.C1_MEANT)
    return value


def words(element: etree._Element, where: Where, *, html_unless_said: bool) -> Words:
    """A text construct, by its type and mode (RFC 4287 section 3.1, Atom 0.3).

    Without a type it is HTML where `html_unless_said`, or where it looks like it.
    """
    kind = _kind(element) if element.attrib else ""
    if kind == _BASE64:
        value = _base64(element.text or "")
        return Words(value, is_html=element.get("type") not in _PLAIN_TYPES)
    if len(element):
        return Words(mended(_inner(element), where), is_html=True)
    value = mended(element.text or "", where)
    is_html = kind in _HTML_TYPES or (html_unless_said and kind not in _PLAIN_TYPES)
    return Words(value, is_html=is_html or looks_like_html(value))


def _kind(element: etree._Element) -> str:
    kind = (element.get("type") or "").strip().lower().partition(";")[0]
    is_base64 = (element.get("mode") or "").lower() == "base64"
    return _BASE64 if is_base64 or _is_binary(kind) else kind


def looks_like_html(value: str) -> bool:
    """Whether somebody reading the text would say it is markup.

    That is so of many a title without a type, and of much that is labelled plain text.
    """
    has_reference = "&" in value and any(
        name[0] == "#" or f"{name};" in html5 for name in _REFERENCE.findall(value)
    )
    if "<" not in value:
        return has_reference
    names = _TAGS.findall(value)
    if any(name.lower() not in _ELEMENTS for name in names):
        return False
    return has_reference or (bool(names) and _CLOSING.search(value) is not None)


def address(value: str | None, element: etree._Element, where: Where) -> str | None:
    """An http(s) address made absolute, or None."""
    if not value:
        return None
    cleaned = value.strip()
    if not cleaned.isprintable():
        cleaned = re.sub(r"[\t\r\n]", "", cleaned)
    if cleaned.startswith(("http://", "https://")):
        return cleaned
    return absolute(cleaned, base(element, where))


def absolute(value: str, against: str) -> str | None:
    """An address resolved against another; None unless the outcome is http(s)."""
    try:
        joined = urljoin(against, value)
    except ValueError:
        return None
    lowered = joined[:8].lower()
    return joined if lowered.startswith(("http://", "https://")) else None


def base(element: etree._Element, where: Where) -> str:
    """What relative addresses in an element are relative to (XML Base)."""
    if not where.has_base:
        return where.url
    own = element.base
    return (absolute(own, where.url) if own else None) or where.url


def language(element: etree._Element) -> str | None:
    """The element's own xml:lang."""
    return element.get(f"{_XML}lang")


def person(value: str) -> str | None:
    """The name in `Name <mail>`, `mail (Name)` or a plain name."""
    if len(value) > _MAX_PERSON:
        return None
    if "@" in value:
        stripped = value.strip()
        if found := _MAIL_FIRST.fullmatch(stripped):
            return (found[2] or found[1]).strip(' "') or None
        mail = max(0, stripped.rfind("<"))
        name = stripped[:mail].rstrip()
        if _MAIL_LAST.fullmatch(stripped, mail) and "\n" not in name:
            return name.strip(' "') or None
    return html.plain(value) or None


def _is_binary(kind: str) -> bool:
    """Whether Atom has a type in base64: neither text nor markup (section 4.1.3.3)."""
    return "/" in kind and not kind.startswith("text/") and "ml" not in kind[-4:]


def _base64(value: str) -> str:
    """The text inside; as given where it is no base64, nothing where it is no text."""
    compact = "".join(value.split())
    try:
        decoded = base64.b64decode(compact, validate=True)
    except (binascii.Error, ValueError):
        return value
    return "" if b"\x00" in decoded else encoding.decode(decoded).text


def _inner(element: etree._Element) -> str:
    """The children as HTML: names without prefixes, no namespaces."""
    for node in element.iterdescendants():
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2].rpartition(":")[2] or "span"
            for key in [key for key in node.attrib if str(key)[0] == "{" or ":" in key]:
                del node.attrib[key]
    parts = [html.escape(element.text or "")]
    for child in element:
        source = etree.tostring(child, encoding="unicode", method="html")
        # Only the outermost tag repeats what namespaces are in scope.
        head, mark, rest = source.partition(">")
        parts.append(_SCOPE.sub("", head) + mark + rest)
    return "".join(parts)
