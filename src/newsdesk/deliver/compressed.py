"""Text files with compressed copies beside them, for web servers that send those as they
are (nginx's `gzip_static` and `brotli_static`, Caddy's `precompressed`).

A copy is made when its file changed and at no other time, goes when its file goes, and is
the same bytes for the same file: no name and no instant stand in it. Copies count in no
report: a reader never asks for one by name.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TypeAlias

from newsdesk.model.ports import Sink
from newsdesk.model.run import Unmade, Written

try:
    import brotli
except ImportError:  # gzip alone, then
    brotli = None

Method: TypeAlias = Callable[[bytes], bytes]

TEXTS = frozenset(
    (".html", ".css", ".js", ".json", ".xml", ".atom", ".rss", ".svg", ".txt")
)
LEAST = 1024
"""Bytes of a file below which a copy saves no packet."""
_GZIP_LEVEL = 9
_BROTLI_QUALITY = 5
"""11 saves a tenth more at fifty times the time."""
_MARK_BYTES = 12


def gzipped(content: bytes) -> bytes:
    """As gzip (RFC 1952), without a name and an instant."""
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def _brotlied(content: bytes) -> bytes:
    return bytes(
        brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    )


def methods() -> tuple[tuple[str, Method], ...]:
    """What files can be compressed with here, by the ending of the copy."""
    return ((".gz", gzipped), *(((".br", _brotlied),) if brotli else ()))


class CompressedSink:
    """Implements `model.ports.Sink`: writes through another one, copies beside."""

    def __init__(
        self, sink: Sink, ways: tuple[tuple[str, Method], ...] | None = None
    ) -> None:
        self._sink = sink
        self._ways = methods() if ways is None else ways

    def write(
        self, files: Iterable[tuple[str, bytes | Unmade]], *, prune: bool = False
    ) -> Written:
        """As the sink below; its errors too. Copies are not among what it tells."""
        copies: set[str] = set()
        written = self._sink.write(self._with_copies(files, copies), prune=prune)
        touched = copies & {*written.added, *written.changed}
        endings = tuple(ending for ending, _ in self._ways)
        return replace(
            written,
            added=tuple(path for path in written.added if path not in copies),
            changed=tuple(path for path in written.changed if path not in copies),
            removed=tuple(
                path for path in written.removed if not path.endswith(endings)
            ),
            unchanged=written.unchanged - len(copies) + len(touched),
        )

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        return self._sink.read(path)

    def holds(self, path: str) -> bool:
        """Whether there is a file at the path."""
        return self._sink.holds(path)

    def keep(self, paths: Collection[str]) -> tuple[str, ...]:
        """Remove what was written before and is not among these; the paths removed."""
        beside = (path + ending for path in paths for ending, _ in self._ways)
        return self._sink.keep({*paths, *beside})

    def _with_copies(
        self, files: Iterable[tuple[str, bytes | Unmade]], copies: set[str]
    ) -> Iterator[tuple[str, bytes | Unmade]]:
        for path, content in files:
            once = _Once(content)
            yield path, once.given
            # The sink has taken it: a file that it found unchanged was not made.
            if PurePosixPath(path).suffix in TEXTS and self._is_worth(path, once):
                for ending, way in self._ways:
                    copies.add(path + ending)
                    yield path + ending, once.packed(ending, way)

    def _is_worth(self, path: str, once: _Once) -> bool:
        if once.made is not None:
            return len(once.made) >= LEAST
        if any(self._sink.holds(path + ending) for ending, _ in self._ways):
            return True
        there = self._sink.read(path)
        return there is not None and len(there) >= LEAST


class _Once:
    """A file's content that is made one time at most, however often it is asked for."""

    def __init__(self, content: bytes | Unmade) -> None:
        if isinstance(content, Unmade):
            self.made: bytes | None = None
            self._mark, self._make = content.mark, content.make
            self.given: bytes | Unmade = Unmade(content.mark, self.content)
        else:
            self.made = self.given = content
            self._mark = blake2b(content, digest_size=_MARK_BYTES).hexdigest()

    def content(self) -> bytes:
        """The bytes."""
        if self.made is None:
            self.made = self._make()
        return self.made

    def packed(self, ending: str, way: Method) -> Unmade:
        """A copy that is made if it is not there as it would be made."""
        return Unmade(ending[1:] + self._mark, lambda: way(self.content()))
