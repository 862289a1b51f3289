"""OPML: lists of feeds as readers of every age export them, and back.

Reads what is met in the wild: attributes in any case, bare ampersands, damaged markup,
folders in folders, categories as an attribute. Writes OPML 2.0. Which folder means
which topic is for the caller to say. Specification: opml.org/spec2.opml.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree

from newsdesk.model.errors import NewsdeskError
from newsdesk.text.encoding import decode

# Ten thousand feeds with long descriptions take about 5 MB.
MAX_BYTES = 30_000_000

_BARE_AMPERSAND = re.compile(
    r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[lg]t|amp|quot|apos);)"
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_QUOTE = re.compile('"')
_BEFORE_VALUE = re.compile(r"=\s{0,9}$")
_AFTER_VALUE = re.compile(r"\s{1,99}[\w:.-]{1,99}\s{0,9}=\s{0,9}[\"']|\s{0,99}/?>")
_IN_TAG = re.compile(r"</?[A-Za-z][^<>]*$")
_ADDRESS = re.compile(r"\bxmlurl\s{0,9}=", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


class OpmlError(NewsdeskError):
    """The document cannot be read as OPML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    url: str
    """As written; whether it is an address at all is for the reader to judge."""
    title: str | None = None
    folders: tuple[str, ...] = ()
    """Names of the folders it lies in, outermost first, then of its categories."""
    language: str | None = None
    home_url: str | None = None
    line: int = 0
    """1-based line of the document; 0: not from a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An entry of a list that is no feed."""

    line: int
    subject: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opml:
    """A list of feeds."""

    title: str | None
    feeds: tuple[Outline, ...]
    """In the order of the document."""
    skipped: tuple[Skipped, ...] = ()


def looks_like(body: bytes) -> bool:
    """Whether a document says that it is OPML."""
    return b"<opml" in body[:4096].replace(b"\x00", b"").lower()


def read(body: bytes) -> Opml:
    """The feeds of an OPML document. Raises OpmlError where it is none."""
    text = _text(body)
    root, is_damaged = _root(text)
    feeds: list[Outline] = []
    skipped: list[Skipped] = []
    for element, folders in _outlines(root):
        found = _feed(element, folders)
        if isinstance(found, Outline):
            feeds.append(found)
        elif found:
            skipped.append(found)
    lost = len(_ADDRESS.findall(text)) - len(feeds)
    if is_damaged and lost > 0:
        reason = "lost to damaged markup"
        skipped.append(Skipped(line=0, subject=f"{lost} of the feeds", reason=reason))
    title = next((e.text for e in root.iter("{*}title") if e.text), None)
    return Opml(title=_words(title), feeds=tuple(feeds), skipped=tuple(skipped))


def write(title: str, feeds: Sequence[Outline]) -> bytes:
    """An OPML 2.0 document of feeds, each in its folders, in the order given."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _clean(title)
    made: dict[tuple[str, ...], etree._Element] = {}
    made[()] = etree.SubElement(root, "body")
    for feed in feeds:
        parent = _folder(made, feed.folders)
        name = _clean(feed.title or feed.url)
        entry = etree.SubElement(parent, "outline", type="rss", text=name, title=name)
        entry.set("xmlUrl", _clean(feed.url))
        if feed.home_url:
            entry.set("htmlUrl", _clean(feed.home_url))
        if feed.language:
            entry.set("language", _clean(feed.language))
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


def _text(body: bytes) -> str:
    """The document without declarations, controls and bare ampersands."""
    if len(body) > MAX_BYTES:
        raise OpmlError(f"larger than {MAX_BYTES // 1_000_000} MB")
    text = _DECLARATION.sub("", decode(body).text.lstrip("\ufeff"), count=1)
    text = _DOCTYPE.sub("", text, count=1)
    if "<!ENTITY" in text:
        raise OpmlError("declares entities, which no list of feeds needs")
    return _BARE_AMPERSAND.sub("&amp;", _NOT_XML.sub(" ", text))


def _root(text: str) -> tuple[etree._Element, bool]:
    """The outermost element, and whether the markup had to be mended."""
    is_damaged = False
    try:
        root = _parsed(text, recover=False)
    except etree.XMLSyntaxError:
        is_damaged = True
        try:
            root = _parsed(_requoted(text), recover=True)
        except etree.XMLSyntaxError as error:
            raise OpmlError(f"not XML: {error.msg}") from error
    if root is None or _tag(root) != "opml":
        raise OpmlError("not OPML: the outermost element must be `opml`")
    return root, is_damaged


def _parsed(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False
    )
    root: etree._Element | None = etree.fromstring(text.encode(), parser)
    return root


def _requoted(text: str) -> str:
    """Damaged markup with the quotes and brackets inside its values escaped.

    Some exports copy descriptions with their quotes and tags. A quote ends a value only
    where a further attribute or the end of the outline follows, and not inside a tag.
    """
    parts: list[str] = []
    done, is_open, in_tag = 0, False, False
    for found in _QUOTE.finditer(text):
        here, piece = found.start(), text[done : found.start()]
        parts.append(piece.replace("<", "&lt;") if is_open else piece)
        in_tag = _IN_TAG.search(piece) is not None or (in_tag and ">" not in piece)
        ends = is_open and not in_tag and _AFTER_VALUE.match(text, here + 1) is not None
        begins = not is_open and _BEFORE_VALUE.search(piece) is not None
        parts.append("&quot;" if is_open and not ends else '"')
        done, is_open = here + 1, (is_open or begins) and not ends
        in_tag = in_tag and not begins
    parts.append(text[done:])
    return "".join(parts)


def _outlines(
    root: etree._Element,
) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Every outline with the names of the outlines around it, in document order."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, folders = waiting.pop()
        inner = folders
        if isinstance(element.tag, str) and _tag(element) == "outline":
            yield element, folders
            name = _name(element)
            inner = (*folders, name) if name else folders
        waiting += [(child, inner) for child in reversed(element)]


def _feed(
    element: etree._Element, folders: tuple[str, ...]
) -> Outline | Skipped | None:
    """The feed that an outline names; why it names none; None: it is a folder."""
    given = _attributes(element)
    kind = given.get("type", "").lower()
    url = given.get("xmlurl") or (given.get("url") if kind in ("rss", "atom") else None)
    line = cast("int", element.sourceline)
    if url:
        return Outline(
            url=url.strip(),
            title=_name(element),
            folders=(*folders, *_categories(given.get("category", ""))),
            language=given.get("language") or None,
            home_url=given.get("htmlurl") or None,
            line=line,
        )
    if len(element):
        return None
    subject = given.get("url") or _name(element) or "an outline without a name"
    reason = {
        "include": "points to another list; add that file itself",
        "link": "a link, not a feed",
    }.get(kind, "names no feed (no xmlUrl)")
    is_empty_folder = not kind and "url" not in given and "htmlurl" not in given
    return (
        None if is_empty_folder else Skipped(line=line, subject=subject, reason=reason)
    )


def _folder(
    made: dict[tuple[str, ...], etree._Element], folders: tuple[str, ...]
) -> etree._Element:
    for depth in range(1, len(folders) + 1):
        path = folders[:depth]
        if path not in made:
            name = _clean(path[-1])
            parent = made[path[:-1]]
            made[path] = etree.SubElement(parent, "outline", text=name, title=name)
    return made[folders]


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def _attributes(element: etree._Element) -> dict[str, str]:
    return {etree.QName(k).localname.lower(): str(v) for k, v in element.attrib.items()}


def _name(element: etree._Element) -> str | None:
    given = _attributes(element)
    return _words(given.get("title")) or _words(given.get("text"))


def _categories(text: str) -> Iterator[str]:
    """Names in `/news/science,space`: the parts of each path."""
    for path in text.split(","):
        yield from (name for part in path.split("/") if (name := part.strip()))


def _words(text: str | None) -> str | None:
    """Text on one line, its entities decoded (many exports encode them twice)."""
    return " ".join(html.unescape(text).split()) or None if text else None


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
