"""Keeping what was fetched in a WARC archive (ISO 28500:2017, WARC 1.1).

The same replies give the same bytes: record ids follow from content, dates from replies.
Each record is its own gzip member, flushed as it is written, so a killed run leaves an
archive that reads to its last whole record; opening it again drops the broken rest.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import http
import uuid
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Reply

NOT_MODIFIED = 304
REVISIT = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
LEVEL = 6
BLOCK = 1 << 20
MAGIC = b"WARC/"

Headers = tuple[tuple[str, str], ...]


class WarcWriter:
    """Appends replies to an archive; `.gz` at the end of its name packs each record.

    Raises OSError where the file cannot be written, and ConfigError where it holds
    something else than an archive: that is left as it is.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._is_packed = path.suffix == ".gz"
        self._file = path.open("r+b" if path.exists() else "w+b")
        if not _begins_as_archive(self._file, self._is_packed):
            self._file.close()
            raise ConfigError(
                f"{path} is there and holds no {'packed ' * self._is_packed}WARC "
                "archive; choose another name to keep what is fetched"
            )
        self._file.truncate(_whole_length(self._file, self._is_packed))
        self._file.seek(0, 2)

    def write(self, reply: Reply) -> None:
        """Keep a reply and the redirects that led to it."""
        url = reply.url
        for hop in reply.hops:
            self._put(_record(reply, url, hop.status, (("location", hop.url),), b""))
            url = hop.url
        self._put(_record(reply, url, reply.status, reply.headers, reply.body))

    def close(self) -> None:
        """Close the archive."""
        self._file.close()

    def _put(self, record: bytes) -> None:
        if self._is_packed:
            record = gzip.compress(record, LEVEL, mtime=0)
        self._file.write(record)
        self._file.flush()


def _record(
    reply: Reply, url: str, status: int, headers: Headers, body: bytes
) -> bytes:
    is_revisit = status == NOT_MODIFIED
    content = b"" if is_revisit else body
    block = _http(status, headers, len(content)) + content
    date = _date(reply.fetched_at)
    lines = [
        "WARC/1.1",
        f"WARC-Type: {'revisit' if is_revisit else 'response'}",
        f"WARC-Record-ID: <urn:uuid:{_id(url, date, block)}>",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {url}",
        f"WARC-Payload-Digest: {_digest(content)}",
        f"WARC-Block-Digest: {_digest(block)}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]
    if is_revisit:
        lines.append(f"WARC-Profile: {REVISIT}")
    if reply.truncated and status == reply.status:
        lines.append("WARC-Truncated: disconnect")
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return head + block + b"\r\n\r\n"


def _http(status: int, headers: Headers, length: int) -> bytes:
    """Status line and headers of a body that is not packed or chunked any more."""
    lines = [f"HTTP/1.1 {status} {_phrase(status)}"]
    lines.extend(f"{name}: {value}" for name, value in headers)
    lines.append(f"content-length: {length}")
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n"


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _id(url: str, date: str, block: bytes) -> uuid.UUID:
    seal = hashlib.sha256(f"{url}\n{date}\n".encode() + block)
    return uuid.UUID(bytes=seal.digest()[:16], version=5)


def _digest(content: bytes) -> str:
    sha1 = hashlib.sha1(content, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode()


def _begins_as_archive(file: BinaryIO, is_packed: bool) -> bool:
    """Whether a file may be ours, be it no longer than a killed writer leaves it."""
    head = file.read(BLOCK)
    if is_packed:
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, len(MAGIC))
        except zlib.error:
            return False
    return head[: len(MAGIC)] == MAGIC[: len(head)]


def _whole_length(file: BinaryIO, is_packed: bool) -> int:
    """Bytes up to the end of the last whole record."""
    ends = _packed_ends(file) if is_packed else _plain_ends(file)
    return max(ends, default=0)


def _packed_ends(file: BinaryIO) -> Iterator[int]:
    """Where each whole gzip member ends."""
    file.seek(0)
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    read = 0
    while block := file.read(BLOCK):
        read += len(block)
        while block:
            try:
                inflater.decompress(block)
            except zlib.error:
                return
            block = inflater.unused_data
            if inflater.eof:
                yield read - len(block)
                inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)


def _plain_ends(file: BinaryIO) -> Iterator[int]:
    """Where each whole record ends, going by its Content-Length."""
    file.seek(0, 2)
    size = file.tell()
    at = 0
    while at < size:
        file.seek(at)
        length = _content_length(file)
        if length is None:
            return
        at = file.tell() + length + len(b"\r\n\r\n")
        if at > size:
            return
        yield at


def _content_length(file: BinaryIO) -> int | None:
    """Reads a record's head; None where it is none or breaks off."""
    if not file.readline().startswith(MAGIC):
        return None
    length = None
    while (line := file.readline()) not in (b"\r\n", b"\n"):
        name, _, value = line.partition(b":")
        if not line:
            return None
        if name.lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
    return length
