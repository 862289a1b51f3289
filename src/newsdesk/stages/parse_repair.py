"""Broken markup to markup a strict parser can read, as a person would have meant it.

One pass from left to right over the text: stray `&` and `<` become escapes, named HTML
entities become characters, unclosed sections and tags are closed, nesting is bounded.
Leaves what elements mean to the readers of the dialects.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from html.entities import html5, name2codepoint
from typing import Final

MAX_DEPTH: Final = 200
"""Tags nested deeper are dropped, their text kept; libxml2 itself stops at 256."""
MAX_ENTITY: Final = 500
"""Longest replacement text of a document's own entity."""
MAX_GROWTH: Final = 200_000
"""Most characters that a document's own entities may add to it; no bomb fits."""

_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# A reference that is not one of the five of XML, or an `&` that is none.
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|([A-Za-z_][\w.-]{0,40}));)?"
)
# A tag up to its `>`, and the same without `<` in its values, which ends at the next `<`.
_NAMED = r"<(/?)([^\W\d][\w.:-]*+)"
_VALUES = r"[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'"
_TAG = re.compile(rf"{_NAMED}((?:{_VALUES}|\"[^\">]{{0,300}}+\"(?=[\s/>])|[\"'])*+)")
_SHORT_TAG = re.compile(rf"{_NAMED}((?:{_VALUES}|[\"'])*+)")
_ATTRIBUTE = re.compile(
    r"(?<![^\s=\"'<>/])([^\s=\"'<>/]++)\s*+=\s*+"
    r"(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))"
)
_BROKEN_OFF = re.compile(r"<(?:/?[^\W\d][^<>]*|/|!\[?[CDAT]*\[?)?\Z")
_DECLARED = re.compile(r"<!ENTITY\s+([\w.-]{1,40})\s")
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,40})\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_CDATA = "<![CDATA["
_CDATA_BYTES = _CDATA.encode()
_VOID = frozenset(("br", "hr", "img", "input", "wbr", "embed"))
# Elements with nothing but text, and some that never stand inside one.
_LEAVES = frozenset(
    """title link guid id pubdate published updated lastbuilddate dc:date dc:creator
    category""".split()
)
_FIELDS = _LEAVES | {"item", "entry", "description", "summary", "content:encoded"}
_HTML_NAMES = frozenset(
    """a abbr b big blockquote br code div em font h1 h2 h3 h4 i img li ol p pre q s small
    span strong sub sup table tbody td th tr tt u ul""".split()
)
# One of these never stands inside another of its name: the first was left open.
_ALONE = frozenset(("item", "entry", "channel", "url", "title", "pubdate", "guid"))


def own_entities(prolog: str) -> dict[str, str]:
    """What the entities that a DOCTYPE declares stand for; empty if nested or external."""
    found = dict.fromkeys(_DECLARED.findall(prolog), "")
    for name, double, single in _ENTITY.findall(prolog):
        value = double or single
        if len(value) <= MAX_ENTITY and not re.search(r"[<%]|&(?!#\d+;)", value):
            found[name] = html.unescape(value)
    return found


def mend(text: str, entities: dict[str, str]) -> str:
    """Markup that is well-formed but for namespaces and attribute slips.

    `text` starts at the root element. Linear in its length.
    """
    return _Mender(legal(text), entities).run()


def is_suspicious(utf8: bytes) -> bool:
    """Whether more CDATA sections open than close.

    To a strict parser one left open reaches to the end of the next, over whole items.
    """
    opened = utf8.count(_CDATA_BYTES)
    return bool(opened) and opened > utf8.count(b"]]>")


def legal(text: str) -> str:
    """The text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


class _Mender:
    """The pass: what is open, what has been written."""

    def __init__(self, text: str, entities: dict[str, str]) -> None:
        self.text = text
        self.entities = entities
        self.last = {mark: text.rfind(mark) for mark in ("]]>", "-->", "?>")}
        self.out: list[str] = []
        self.looked = 0
        self.cdata_end = -1
        self.growth = 0
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()

    def run(self) -> str:
        text, at = self.text, 0
        while (mark := text.find("<", at)) >= 0:
            self.out.append(self._references(text[at:mark]))
            at = self._markup(mark)
            if not self.open and len(self.out) > 2:
                return "".join(self.out)  # what follows the root is no part of it
        self.out.append(self._references(text[at:]))
        self.out.extend(f"</{name}>" for name in reversed(self.open[:MAX_DEPTH]))
        return "".join(self.out)

    def _markup(self, at: int) -> int:
        """Writes what opens at `at`; where to go on."""
        text = self.text
        if text.startswith(_CDATA, at):
            return self._cdata(at)
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, at):
                start = at + len(opening)
                is_open = start > self.last[closing]
                return start if is_open else text.find(closing, start) + len(closing)
        found = self._tag(at)
        if found is None and _BROKEN_OFF.match(text, at):
            return len(text)
        if found is None:
            self.out.append("&lt;")
            return at + 1
        if found[1]:
            self._close(found[2])
        else:
            self._begin(found[2], found[3], found[3].rstrip().endswith("/"))
        return found.end() + 1

    def _tag(self, at: int) -> re.Match[str] | None:
        """The tag that opens at `at`, up to its `>`; None where it has none.

        No place is looked at twice for a tag with `<` in its values, so that tags that
        never end take linear time.
        """
        found = (_TAG if at >= self.looked else _SHORT_TAG).match(self.text, at)
        if found is None or self.text.startswith(">", found.end()):
            return found
        self.looked = max(self.looked, found.end())
        return None

    def _cdata(self, at: int) -> int:
        """A section; one left open ends where the element around it does."""
        start = at + len(_CDATA)
        end = self._end_of_cdata(start)
        again = self.text.find(_CDATA, start, end if end >= 0 else len(self.text))
        if end < 0 or again >= 0:
            closing = f"</{self.open[-1]}" if self.open else "</"
            stop = again if again >= 0 else len(self.text)
            limit = self.text.find(closing, start, stop)
            if limit >= 0:
                self.out.append(_escape(self.text[start:limit]))
                return limit
        if end < 0:
            return start
        self.out.append(_escape(self.text[start:end]))
        return end + 3

    def _end_of_cdata(self, start: int) -> int:
        """Where the next section ends from `start` on, or -1; looked for but once."""
        if self.cdata_end < start:
            is_open = start > self.last["]]>"]
            self.cdata_end = len(self.text) if is_open else self.text.find("]]>", start)
        return self.cdata_end if self.cdata_end < len(self.text) else -1

    def _begin(self, name: str, attributes: str, is_empty: bool) -> None:
        lowered = name.lower()
        while self.open and lowered in _FIELDS and self.open[-1].lower() in _LEAVES:
            self._close(self.open[-1])
        if lowered in _ALONE and self.counts[name]:
            self._close(name)
        is_empty = is_empty or lowered in _VOID
        if len(self.open) < MAX_DEPTH:
            self.out.append(f"<{name}{self._attributes(attributes)}{'/' * is_empty}>")
        if not is_empty:
            self.open.append(name)
            self.counts[name] += 1

    def _close(self, name: str) -> None:
        """Closes everything down to a name.

        A name that is not open is ignored, unless it looks like that of a leaf misspelt.
        """
        if not self.counts[name] and self.open and name.lower() not in _HTML_NAMES:
            name = self.open[-1] if self.open[-1].lower() in _LEAVES else name
        while self.counts[name]:
            last = self.open.pop()
            self.counts[last] -= 1
            if len(self.open) < MAX_DEPTH:
                self.out.append(f"</{last}>")
            if last == name:
                return

    def _attributes(self, source: str) -> str:
        seen: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(source):
            value = (
                self._references(double or single or bare)
                .replace('"', "&quot;")
                .replace("<", "&lt;")
            )
            seen.setdefault(name, value)
        return "".join(f' {name}="{value}"' for name, value in seen.items())

    def _references(self, text: str) -> str:
        if "&" not in text:
            return text
        return _REFERENCE.sub(self._reference, text)

    def _reference(self, found: re.Match[str]) -> str:
        own = self.entities.get(found[3] or "")
        if own is None:
            return _character(found)
        self.growth += len(own)
        return _escape(own) if self.growth <= MAX_GROWTH else ""


def _character(found: re.Match[str]) -> str:
    """What a reference stands for, escaped where it has to be."""
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        is_legal = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
        return found[0].lower() if is_legal or 0x10000 <= code < 0x110000 else ""
    if name is None:
        return "&amp;"
    if name in name2codepoint:
        return chr(name2codepoint[name])
    return _escape(html5.get(f"{name};", found[0]))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
