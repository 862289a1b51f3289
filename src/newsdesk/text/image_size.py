"""The size of a picture, from the first bytes of its file.

A pure reader of the headers of PNG, JPEG, GIF, WebP, AVIF, HEIF and BMP. It follows the
specifications and nothing else: no pixel is decoded, no loop is longer than its bound,
and bytes that are cut off, damaged or hostile give None. A picture that its file asks
to be turned comes back as readers see it, upright.

Icons and drawings (ICO, SVG) are told by `form`, but have no size: neither is a
photograph, and neither is to lead an article.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_BYTES = 65_536
"""Bytes at the start of a file in which practically every header lies. A JPEG may hold
more (a preview or a colour profile) before its size; it is then not known."""
MAX_SIDE = 65_535
"""Pixels; the most that JPEG, GIF and WebP can say, and more than anyone shows."""
MAX_SEGMENTS = 256
"""Parts of one file that are looked at."""
MAX_DEPTH = 4
"""Boxes within boxes; sizes lie three deep."""

_PNG = b"\x89PNG\r\n\x1a\n"
_ISO_BRANDS = frozenset(
    b"avif avis mif1 msf1 heic heix heim heis hevc hevx miaf".split()
)
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_SIZED_BY_JPEG = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE_IN_JPEG = frozenset((0x01, *range(0xD0, 0xD8)))
_DRAWING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,300}>\s*)?"
    rb"(?:(?><!--.{0,2000}?-->)\s*+|<!DOCTYPE\s++svg[^>]{0,500}+>\s*+)*+<svg[\s>]",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSize:
    """How large a picture is when it stands upright."""

    form: str
    """`png`, `jpeg`, `gif`, `webp`, `avif`, `heif` or `bmp`."""
    width: int
    height: int


def size(data: bytes) -> ImageSize | None:
    """The size that the first bytes of a file tell, in pixels, upright; None where they
    are no picture of a known form or do not hold its size. Never raises."""
    name = form(data)
    read = _READERS.get(name or "")
    if name is None or read is None:
        return None
    try:
        found = read(data)
    except (struct.error, IndexError):  # it broke off
        return None
    if found is None or not all(0 < side <= MAX_SIDE for side in found):
        return None
    return ImageSize(form=name, width=found[0], height=found[1])


def form(data: bytes) -> str | None:
    """What sort of picture file this is by its first bytes: a form of `ImageSize`, or
    `ico` or `svg`; None: no picture that we know."""
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _iso_form(data)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data[:4] in (b"\0\0\1\0", b"\0\0\2\0"):
        return "ico"
    return "svg" if _DRAWING.match(data[:4096]) else None


def _png(data: bytes) -> tuple[int, int] | None:
    """IHDR comes first (PNG 3rd edition, 5.6); eXIf, where there is one, may follow."""
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    at = 8
    for _ in range(MAX_SEGMENTS):
        length, kind = struct.unpack_from(">I4s", data.ljust(at + 8, b"\0"), at)
        if kind == b"eXIf":
            return _turned(width, height, _orientation(data[at + 8 : at + 8 + length]))
        if kind in (b"IDAT", b"IEND", b"\0\0\0\0"):
            break
        at += 12 + length
        if at > len(data):
            break
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    """The logical screen (GIF89a, 18)."""
    return struct.unpack_from("<HH", data, 6)


def _bmp(data: bytes) -> tuple[int, int] | None:
    """BITMAPCOREHEADER or a later one; a negative height is a picture from the top."""
    header = struct.unpack_from("<I", data, 14)[0]
    if header == 12:
        return struct.unpack_from("<HH", data, 18)
    if header < 40:
        return None
    width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    """VP8X, VP8L or VP8 (RFC 9649, 2.5–2.7)."""
    kind = data[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        if len(data) < 30:
            return None
        return _turned(width, height, _webp_orientation(data))
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _webp_orientation(data: bytes) -> int:
    """Where the file is whole and says so: the chunk stands at its end."""
    if not data[20] & 0x08:
        return 1
    at = 12
    for _ in range(MAX_SEGMENTS):
        if at + 8 > len(data):
            break
        kind, length = struct.unpack_from("<4sI", data, at)
        if kind == b"EXIF":
            return _orientation(data[at + 8 : at + 8 + length])
        at += 8 + length + (length & 1)
    return 1


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """From segment to segment to the frame header (ITU T.81, B.2)."""
    at, turn = 2, 1
    for _ in range(MAX_SEGMENTS):
        at = data.index(b"\xff", at) if b"\xff" in data[at : at + 64] else len(data)
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker in _ALONE_IN_JPEG:
            continue
        length = struct.unpack_from(">H", data, at)[0]
        if marker in _SIZED_BY_JPEG:
            height, width = struct.unpack_from(">HH", data, at + 3)
            return _turned(width, height, turn)
        if marker in (0xD9, 0xDA) or length < 2:
            return None
        if marker == 0xE1 and data[at + 2 : at + 8] == b"Exif\0\0":
            turn = _orientation(data[at + 8 : at + length])
        at += length
    return None


def _orientation(tiff: bytes) -> int:
    """Tag 0x0112 of the first directory (TIFF 6.0); 1 where it is not there."""
    if tiff[:6] == b"Exif\0\0":
        tiff = tiff[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        count = struct.unpack_from(f"{order}H", tiff, start)[0]
        for place in range(min(count, MAX_SEGMENTS)):
            tag, kind, _, value = struct.unpack_from(
                f"{order}HHIH", tiff, start + 2 + 12 * place
            )
            if tag == 0x0112 and kind == 3:
                return int(value)
    except struct.error:
        return 1
    return 1


def _turned(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Sides as seen: from 5 to 8 the file lies on its side."""
    return (height, width) if 5 <= orientation <= 8 else (width, height)


# --- AVIF and HEIF: boxes (ISO/IEC 14496-12, 23008-12) ----------------------------


@dataclass(slots=True)
class _Properties:
    """What a file says of its items."""

    listed: list[tuple[bytes, bytes]]
    """Kind and content, in order; associations count from 1."""
    of_item: dict[int, list[int]]
    primary: int | None = None


def _iso_form(data: bytes) -> str | None:
    length = min(struct.unpack_from(">I", data)[0], 256, len(data))
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, length - 3, 4))}
    if not brands & _ISO_BRANDS:
        return None
    return "avif" if brands & _AVIF_BRANDS else "heif"


def _iso(data: bytes) -> tuple[int, int] | None:
    """The spatial extents of the primary item, turned as its `irot` says."""
    found = _Properties(listed=[], of_item={})
    _gather(data, found, 0)
    if found.primary is not None and found.primary in found.of_item:
        places = found.of_item[found.primary]
        own = [found.listed[p - 1] for p in places if 0 < p <= len(found.listed)]
    else:
        own = found.listed
    extents = [content for kind, content in own if kind == b"ispe"]
    if not extents:
        return None
    width, height = struct.unpack_from(">II", extents[0], 4)
    quarters = next((content for kind, content in own if kind == b"irot"), b"\0")
    return (height, width) if quarters[0] & 1 else (width, height)


def _gather(data: bytes, found: _Properties, depth: int) -> None:
    for kind, content in _boxes(data):
        if kind == b"meta" and depth < MAX_DEPTH:
            _gather(content[4:], found, depth + 1)
        elif kind == b"iprp" and depth < MAX_DEPTH:
            _gather(content, found, depth + 1)
        elif kind == b"ipco":
            found.listed.extend(_boxes(content))
        elif kind == b"pitm":
            wide = ">I" if content[0] else ">H"
            found.primary = struct.unpack_from(wide, content, 4)[0]
        elif kind == b"ipma":
            _associate(content, found)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    for _ in range(MAX_SEGMENTS):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            if at + 16 > len(data):
                return
            length, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        elif length == 0:
            length = len(data) - at
        if length < head:
            return
        yield kind, data[at + head : at + length]
        at += length


def _associate(content: bytes, found: _Properties) -> None:
    """Which properties belong to which item (ItemPropertyAssociationBox)."""
    version, is_wide = content[0], content[3] & 1
    count = struct.unpack_from(">I", content, 4)[0]
    at = 8
    for _ in range(min(count, MAX_SEGMENTS)):
        item = struct.unpack_from(">I" if version else ">H", content, at)[0]
        at += 4 if version else 2
        many = content[at]
        at += 1
        places = found.of_item.setdefault(item, [])
        for _ in range(many):
            if is_wide:
                places.append(struct.unpack_from(">H", content, at)[0] & 0x7FFF)
            else:
                places.append(content[at] & 0x7F)
            at += 2 if is_wide else 1


_READERS = {
    "png": _png,
    "jpeg": _jpeg,
    "gif": _gif,
    "bmp": _bmp,
    "webp": _webp,
    "avif": _iso,
    "heif": _iso,
}
