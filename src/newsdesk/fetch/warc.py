"""WARC archives as a world: answering requests from them, and keeping what was fetched.

An archive is indexed by address once and read record by record, so memory stays small
however large it is. What it lacks is a `Failed` of kind `not in archive`, never a crash.
The format is WARC 1.1 (ISO 28500:2017); writing is in `fetch.warc_writing`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newsdesk.fetch.replies import MOST_REDIRECTS, NOT_KEPT, REDIRECTS, failed
from newsdesk.fetch.warc_writing import WarcWriter
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Hop, Reply, Request
from newsdesk.model.run import Failed
from newsdesk.text import urls

__all__ = ["Held", "WarcFetcher", "WarcWriter", "addresses"]

RECORDS = ("response", "resource", "revisit")
HEAD_BYTES = 2_048
CHUNK = 64 * 1024
# What warcio says of a file that was packed as a whole, in which nothing can be found.
ONE_PIECE = "non-chunked gzip"
# What reading a damaged record raises in warcio.
DAMAGE = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError)


class Held(NamedTuple):
    """One address that an archive holds."""

    url: str
    content_type: str
    """Media type in lower case, without parameters; `` where there is none."""
    head: bytes
    """The first bytes of the body, unpacked."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a record begins."""

    file: Path
    offset: int
    url: str
    at: datetime
    is_revisit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A record as read."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
    truncated: bool
    is_too_large: bool

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


class WarcFetcher:
    """Answers every request from archives; implements the port `Fetcher`.

    An address is found as written, else in its canonical spelling, else by its key. Of
    several records for it the newest not after `now` answers. Replies are dated `now`,
    or as archived where it is None. robots.txt is not consulted: nobody is asked.
    Raises ConfigError where a file cannot be read as a WARC archive.
    """

    def __init__(self, files: Sequence[Path], now: datetime | None = None) -> None:
        self.notes: tuple[str, ...] = ()
        """What is wrong with the files, for a person."""
        self._now = now
        self._exact: dict[str, list[_Spot]] = {}
        self._by_key: dict[str, list[_Spot]] = {}
        self._open: dict[Path, BinaryIO] = {}
        for file in files:
            for spot in self._spots(file):
                self._exact.setdefault(spot.url, []).append(spot)
                key = urls.key(spot.url)
                if key is not None:
                    self._by_key.setdefault(key, []).append(spot)

    def fetch(self, requests: Iterable[Request]) -> Iterator[Reply | Failed]:
        """One answer a request, in their order."""
        for request in requests:
            try:
                yield self._answer(request)
            except DAMAGE as error:
                reason = f"its record in the archive is damaged ({error})"
                yield failed(request, reason, "archive", is_final=True)

    def close(self) -> None:
        """Close the archives."""
        for file in self._open.values():
            file.close()
        self._open.clear()

    def _answer(self, request: Request) -> Reply | Failed:
        hops: list[Hop] = []
        url = (urls.absolute(None, request.url) or request.url).partition("#")[0]
        seen = {url}
        while True:
            kept = self._find(request, url)
            if kept is None:
                return failed(
                    request, _missing(url, hops), "not in archive", is_final=True
                )
            if kept.is_too_large:
                reason = f"the body is larger than {request.max_bytes:,} bytes"
                return failed(request, reason, "too large")
            target = _redirect(kept)
            if target is None:
                return self._reply(request, kept, hops)
            if target in seen or len(hops) == MOST_REDIRECTS:
                reason = f"the archive redirects in a circle, by {target}"
                return failed(request, reason, "redirect loop")
            hops.append(Hop(status=kept.status, url=target))
            seen.add(target)
            url = target

    def _find(self, request: Request, url: str) -> _Kept | None:
        spots = self._spots_of(url)
        whole = self._newest([spot for spot in spots if not spot.is_revisit])
        again = self._newest([spot for spot in spots if spot.is_revisit])
        if again and _knows(request, again.url) and (not whole or again.at > whole.at):
            kept = self._read(again, request.max_bytes)
            if _is_unchanged(request, kept):
                return kept
        if whole is None:
            return None
        return _unless_known(request, self._read(whole, request.max_bytes))

    def _spots(self, file: Path) -> Iterator[_Spot]:
        """Where each whole record begins: the last is not, in what a kill left."""
        with _archive(file, is_parsed=False) as records:
            last = None
            for record in records:
                if last:
                    yield last
                last = _spot(file, record, records.offset())
            if last and not records.is_broken():
                yield last
            if records.is_broken():
                self.notes = (*self.notes, f"{file} breaks off in its last record")

    def _spots_of(self, url: str) -> list[_Spot]:
        exact = self._exact.get(url)
        if exact:
            return exact
        similar = self._by_key.get(urls.key(url) or "", [])
        spelled = urls.canonical(url)
        same = [spot for spot in similar if urls.canonical(spot.url) == spelled]
        return same or similar

    def _newest(self, spots: list[_Spot]) -> _Spot | None:
        """The newest not after now; where all are later, the earliest."""
        if not spots:
            return None
        past = [s for s in spots if self._now is None or s.at <= self._now]
        return max(past, key=_age) if past else min(spots, key=_age)

    def _read(self, spot: _Spot, max_bytes: int) -> _Kept:
        file = self._open.get(spot.file)
        if file is None:
            file = self._open[spot.file] = spot.file.open("rb")
        file.seek(spot.offset)
        record = next(iter(ArchiveIterator(file)), None)
        if record is None:
            raise EOFError("it breaks off")
        return _kept(record, spot, max_bytes)

    def _reply(self, request: Request, kept: _Kept, hops: list[Hop]) -> Reply:
        return Reply(
            key=request.key,
            url=(urls.absolute(None, request.url) or request.url).partition("#")[0],
            final_url=kept.url,
            status=kept.status,
            headers=kept.headers,
            body=kept.body,
            fetched_at=self._now or kept.at,
            hops=tuple(hops),
            truncated=kept.truncated,
        )


def addresses(files: Sequence[Path]) -> Iterator[Held]:
    """What archives hold with status 200, each address once, in the order of the files.

    Raises ConfigError where a file cannot be read as a WARC archive.
    """
    seen: set[str] = set()
    for file in files:
        with _archive(file, is_parsed=True) as records:
            for record in records:
                held = _held(record)
                if held and held.url not in seen:
                    seen.add(held.url)
                    yield held


def _held(record: Any) -> Held | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type not in ("response", "resource") or not url:
        return None
    if record.rec_type == "response" and _status(record) != 200:
        return None
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    try:
        head = record.content_stream().read(HEAD_BYTES)
    except DAMAGE:
        return None
    return Held(url.strip("<>"), kind, head)


@contextmanager
def _archive(file: Path, *, is_parsed: bool) -> Iterator[_Records]:
    try:
        with file.open("rb") as stream:
            yield _Records(stream, is_parsed)
    except OSError as error:
        raise ConfigError(f"{file} cannot be opened: {error.strerror}") from error
    except ArchiveLoadFailed as error:
        reason = f"{file} is not a WARC archive with one gzip member a record: {error}"
        raise ConfigError(" ".join(reason.split())) from error


class _Records:
    """The records of a file; a broken last one, as a killed writer leaves it, ends them."""

    def __init__(self, stream: BinaryIO, is_parsed: bool) -> None:
        self._records = ArchiveIterator(stream, no_record_parse=not is_parsed)
        self._last: Any = None
        self._is_damaged = False

    def __iter__(self) -> Iterator[Any]:
        while True:
            try:
                record = next(self._records)
            except StopIteration:
                return
            except DAMAGE as error:
                if self._last is None or ONE_PIECE in str(error):
                    raise ArchiveLoadFailed(str(error)) from error
                self._is_damaged = True
                return
            self._last = record
            yield record

    def offset(self) -> int:
        """Where the current record begins."""
        offset: int = self._records.get_record_offset()
        return offset

    def is_broken(self) -> bool:
        """Whether the records ended before the last one's declared end."""
        return self._is_damaged or _is_cut(self._last)


def _is_cut(record: Any) -> bool:
    """Whether bytes of a record that was read to its end are missing."""
    return record is not None and getattr(record.raw_stream, "limit", 0) > 0


def _spot(file: Path, record: Any, offset: int) -> _Spot | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type not in RECORDS or not url:
        return None
    address = url.strip("<>").partition("#")[0]
    return _Spot(file, offset, address, _date(record), record.rec_type == "revisit")


def _kept(record: Any, spot: _Spot, max_bytes: int) -> _Kept:
    body = b"" if spot.is_revisit else _body(record.content_stream(), max_bytes + 1)
    return _Kept(
        url=spot.url,
        status=_status(record),
        headers=_headers(record),
        body=body,
        at=spot.at,
        truncated=record.rec_headers.get_header("WARC-Truncated") is not None,
        is_too_large=len(body) > max_bytes,
    )


def _body(stream: Any, most: int) -> bytes:
    """The unpacked body, or its first `most` bytes."""
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(min(CHUNK, most))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _status(record: Any) -> int:
    if record.http_headers is None:
        return 200  # a `resource` is a body that came without HTTP
    code = record.http_headers.get_statuscode()
    return int(code) if code and code.isascii() and code.isdigit() else 0


def _headers(record: Any) -> tuple[tuple[str, str], ...]:
    if record.http_headers is None:
        kind = record.rec_headers.get_header("Content-Type")
        return (("content-type", kind),) if kind else ()
    named = ((name.lower(), value) for name, value in record.http_headers.headers)
    return tuple((name, value) for name, value in named if name not in NOT_KEPT)


def _date(record: Any) -> datetime:
    text = record.rec_headers.get_header("WARC-Date") or ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _age(spot: _Spot) -> datetime:
    return spot.at


def _redirect(kept: _Kept) -> str | None:
    location = kept.header("location")
    if kept.status not in REDIRECTS or not location:
        return None
    target = urls.absolute(kept.url, location)
    return target.partition("#")[0] if target else None


def _knows(request: Request, url: str) -> bool:
    return request.validators is not None and request.validators.url == url


def _is_unchanged(request: Request, kept: _Kept) -> bool:
    """Whether a server holding `kept` would answer 304 (RFC 9110, 13.2.2)."""
    validators = request.validators
    if validators is None or validators.url != kept.url:
        return False
    if validators.etag is not None:
        return validators.etag == kept.header("etag")
    modified = validators.last_modified
    return modified is not None and modified == kept.header("last-modified")


def _unless_known(request: Request, kept: _Kept) -> _Kept:
    """`kept`, or 'not modified' to one who has it already."""
    if kept.status != 200 or not _is_unchanged(request, kept):
        return kept
    return _Kept(
        url=kept.url,
        status=304,
        headers=kept.headers,
        body=b"",
        at=kept.at,
        truncated=False,
        is_too_large=False,
    )


def _missing(url: str, hops: list[Hop]) -> str:
    if hops:
        return f"it redirects to {url}, which is not in the archive"
    return (
        "not in the archive; add an archive that holds it, or run without --from-warc"
    )
