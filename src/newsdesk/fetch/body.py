"""Undoing Content-Encoding piece by piece, so that no bomb is ever unpacked whole."""

from __future__ import annotations

import zlib

# What we can undo, and so what we say that we accept.
ACCEPT_ENCODING = "gzip, deflate"
# Unpacked at a time; what is over the bound is at most this.
PIECE = 64 * 1024
GZIP = b"\x1f\x8b"
# Encodings upon encodings are only met in attacks.
MOST_ENCODINGS = 2


class TooLargeError(Exception):
    """The body is larger than we take."""


class EncodingError(Exception):
    """The body is packed in a way that we cannot undo."""


class Unpacker:
    """Takes a body as it comes and gives it back unpacked, at most `max_bytes` of it."""

    def __init__(self, content_encoding: str | None, max_bytes: int) -> None:
        names = (content_encoding or "").lower().replace("x-gzip", "gzip").split(",")
        encodings = [
            name.strip() for name in names if name.strip() not in ("", "identity")
        ]
        if len(encodings) > MOST_ENCODINGS:
            raise EncodingError(f"it is packed {len(encodings)} times over")
        self._layers = [_layer(name) for name in reversed(encodings)]
        self._left = max_bytes
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take more bytes. Raises TooLargeError or EncodingError."""
        self._push(data, 0)

    def is_whole(self) -> bool:
        """Whether every packed layer has reached its own end."""
        return all(layer.is_done() for layer in self._layers)

    def body(self) -> bytes:
        """What came out so far."""
        return b"".join(self._parts)

    def _push(self, data: bytes, depth: int) -> None:
        if depth == len(self._layers):
            self._left -= len(data)
            if self._left < 0:
                raise TooLargeError
            self._parts.append(data)
            return
        layer = self._layers[depth]
        piece = b""
        while data or len(piece) == PIECE:  # a full piece may have left some inside
            piece, data = layer.unpack(data)
            if piece:
                self._push(piece, depth + 1)


class _Inflate:
    """One layer of gzip or deflate. Several gzip members in a row are one body."""

    def __init__(self, name: str) -> None:
        self._is_gzip = name == "gzip"
        self._inflater: zlib._Decompress | None = None
        self._members = 0
        self._held = b""
        """Bytes at the start of a member, too few to tell what it is."""
        self._is_over = False

    def unpack(self, data: bytes) -> tuple[bytes, bytes]:
        """A piece unpacked, and the packed bytes still to come."""
        if self._inflater is None:
            data = self._begin(self._held + data)
            if self._inflater is None:
                return b"", b""
        try:
            piece = self._inflater.decompress(data, PIECE)
        except zlib.error as error:
            raise EncodingError("it is not packed as its header says") from error
        if not self._inflater.eof:
            return piece, self._inflater.unconsumed_tail
        rest = self._inflater.unused_data
        self._inflater = None
        self._members += 1
        return piece, rest

    def is_done(self) -> bool:
        """Whether the packed data has reached its end (an empty body has)."""
        return self._inflater is None and (self._members > 0 or not self._held)

    def _begin(self, data: bytes) -> bytes:
        """Open a member where `data` is enough to tell that one begins."""
        if self._is_over or len(data) < 2:
            self._held = data[:2]
            return b""
        self._held = b""
        if self._members and not (self._is_gzip and data.startswith(GZIP)):
            self._is_over = True  # anything after the end is padding
            return b""
        self._inflater = zlib.decompressobj(self._wbits(data))
        return data

    def _wbits(self, data: bytes) -> int:
        if self._is_gzip:
            return 16 + zlib.MAX_WBITS
        # Half of the servers that say deflate leave the zlib header out (RFC 1950, 2.2).
        has_header = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
        return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _layer(name: str) -> _Inflate:
    if name not in ("gzip", "deflate"):
        raise EncodingError(
            f"it is packed with {name[:20]!r}, which we did not ask for"
        )
    return _Inflate(name)
