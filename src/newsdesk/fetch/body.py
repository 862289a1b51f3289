"""Undoing Content-Encoding piece by piece, so that no bomb is ever unpacked whole."""

from __future__ import annotations

import zlib

# What we can undo, and so what we say that we accept.
ACCEPT_ENCODING = "gzip, deflate"
# Unpacked at a time; what is over the bound is at most this.
PIECE = 64 * 1024
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
        while data:
            piece, data = layer.unpack(data)
            if piece:
                self._push(piece, depth + 1)


class _Inflate:
    """One layer of gzip or deflate. Several gzip members in a row are one body."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inflater = zlib.decompressobj(wbits)
        self._is_begun = False
        self._is_over = False

    def unpack(self, data: bytes) -> tuple[bytes, bytes]:
        """A piece unpacked, and the packed bytes still to come."""
        if self._is_over:
            return b"", b""
        try:
            piece = self._inflater.decompress(data, PIECE)
        except zlib.error as error:
            return self._without_header(data, error)
        self._is_begun = True
        if not self._inflater.eof:
            return piece, self._inflater.unconsumed_tail
        return piece, self._next_member(self._inflater.unused_data)

    def is_done(self) -> bool:
        """Whether the packed data has reached its end (an empty body has)."""
        return self._inflater.eof or self._is_over or not self._is_begun

    def _without_header(self, data: bytes, error: zlib.error) -> tuple[bytes, bytes]:
        # Half of the servers that say deflate leave the zlib header out (RFC 9110, 8.4.1).
        if self._wbits == zlib.MAX_WBITS and not self._is_begun:
            self._wbits = -zlib.MAX_WBITS
            self._inflater = zlib.decompressobj(self._wbits)
            self._is_begun = True
            return b"", data
        raise EncodingError("it is not packed as its header says") from error

    def _next_member(self, rest: bytes) -> bytes:
        if self._wbits == 16 + zlib.MAX_WBITS and rest.startswith(b"\x1f\x8b"):
            self._inflater = zlib.decompressobj(self._wbits)
            return rest
        self._is_over = True  # anything after the end is padding
        return b""


def _layer(name: str) -> _Inflate:
    if name == "gzip":
        return _Inflate(16 + zlib.MAX_WBITS)
    if name == "deflate":
        return _Inflate(zlib.MAX_WBITS)
    raise EncodingError(f"it is packed with {name[:20]!r}, which we did not ask for")
