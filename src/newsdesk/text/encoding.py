"""Bytes to Unicode, the way documents on the web are really labelled.

Labels lie: the order in which they are believed, and when they are not, is here.
Leaves decompression and everything about markup to others.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# What a label says against what its users write (WHATWG Encoding Standard, names table).
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# Codecs that are no way to write a document, or that change meaning with context.
_REFUSED = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
_MULTIBYTE = frozenset(
    """big5 big5hkscs cp932 cp949 cp950 euc_jp euc_jis_2004 euc_jisx0213 euc_kr gb18030
    gb2312 gbk hz iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_3 iso2022_jp_ext
    iso2022_kr johab shift_jis shift_jis_2004 shift_jisx0213""".split()
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# The first bytes of `<x`, `<?` or `{"` without a mark (XML 1.0, appendix F).
_WIDE = (
    (re.compile(rb"[<{\[\s]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00\x00\x00[<{\[\s]"), "utf-32-be"),
    (re.compile(rb"[<{\[\s]\x00[^\x00]"), "utf-16-le"),
    (re.compile(rb"\x00[<{\[\s]\x00[^\x00]"), "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*+=\s*+["']?+\s*+([\w.:-]{2,40})"""
)
_CHARSET = re.compile(r"""charset\s*+=\s*+["']?+\s*+([\w.:-]{2,40})""", re.I)
_HEAD = 1024
_BOM_CHAR = "\ufeff"
# How a stray byte was meant, keyed by the surrogate that stands for it.
_STRAYS = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte)
    for byte in range(0x80, 0x100)
}
# The C1 controls, which nobody means, as Windows-1252 has them.
C1_MEANT = {code: _STRAYS[0xDC00 + code] for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A document as text, and how we came to it."""

    text: str
    """Without a byte order mark."""
    encoding: str
    notes: tuple[str, ...] = ()
    """What had to be guessed or mended."""


def charset(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type header, as given."""
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def decode(body: bytes, *, http: str | None = None) -> Decoded:
    """The text of a document that may open with an XML declaration. Never fails.

    `http` is the charset of the Content-Type header. Order: byte order mark, UTF-16 and
    UTF-32 patterns, HTTP, declaration, UTF-8, Windows-1252; a label for single bytes
    yields to bytes that are, beyond ASCII, well-formed UTF-8.
    """
    sure = _from_first_bytes(body)
    if sure is not None:
        return sure
    labels = [name for name in (_codec(http), _codec(_declaration(body))) if name]
    plain = _strictly(body, "utf-8")
    if plain is not None and not any(label in _MULTIBYTE for label in labels):
        return _as_utf8(plain, body, labels)
    for label in labels:
        text = _strictly(body, label)
        if text is not None and label != "utf-8":
            return Decoded(text=text, encoding=label)
    if plain is not None:
        return Decoded(text=plain, encoding="utf-8")
    return _mended(body, labels)


def _as_utf8(text: str, body: bytes, labels: list[str]) -> Decoded:
    lied = bool(labels) and labels[0] != "utf-8" and not body.isascii()
    notes = (f"labelled {labels[0]} but is utf-8",) if lied else ()
    return Decoded(text=text, encoding="utf-8", notes=notes)


def _from_first_bytes(body: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _sure(body[len(mark) :], name)
    for pattern, name in _WIDE:
        if pattern.match(body):
            return _sure(body, name)
    if body.startswith(_EBCDIC):
        head = body[:_HEAD].decode("cp037").encode("ascii", "replace")
        return _sure(body, _codec(_declaration(head)) or "cp037")
    return None


def _sure(body: bytes, name: str) -> Decoded:
    text = _strictly(body, name)
    if text is not None:
        return Decoded(text=text.lstrip(_BOM_CHAR), encoding=name)
    if name == "utf-8":
        return _mended(body, [])
    text = body.decode(name, "replace").lstrip(_BOM_CHAR)
    return Decoded(text=text, encoding=name, notes=(f"broken {name}",))


def _mended(body: bytes, labels: list[str]) -> Decoded:
    wide = next((label for label in labels if label in _MULTIBYTE), None)
    if wide is not None:
        text = body.decode(wide, "replace")
        return Decoded(text=text, encoding=wide, notes=(f"broken {wide}",))
    try:
        text, _ = codecs.utf_8_decode(body, "strict", False)
        return Decoded(
            text=text, encoding="utf-8", notes=("breaks off in a character",)
        )
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape").translate(_STRAYS)
    return Decoded(
        text=text, encoding="cp1252", notes=("bytes that are not utf-8 read as cp1252",)
    )


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        if name != "cp1252":
            return None
    # Five bytes are undefined in cp1252; browsers read them as C1 controls.
    return body.decode("latin-1").translate(C1_MEANT)


def _declaration(body: bytes) -> str | None:
    found = _DECLARED.search(body[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _codec(label: str | None) -> str | None:
    """Our name for a label, or None where it is unknown, refused or cannot be true."""
    if label is None:
        return None
    lowered = label.strip().lower()
    try:
        name = codecs.lookup(_ALIASES.get(lowered, lowered)).name
        "".encode(name)  # not every codec is one of text
    except (LookupError, ValueError):
        return None
    # Bytes that open with an ASCII `<` are not UTF-16 or 32, whatever they say.
    return None if name in _REFUSED or name.startswith(("utf-16", "utf-32")) else name
