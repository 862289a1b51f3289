"""Unpacking bodies: every byte, in any pieces, never more than asked for."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.fetch.body import EncodingError, TooLargeError, Unpacker

PACKERS = {
    None: lambda body: body,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate ": lambda body: zlib.compress(body, wbits=-15),
    "x-gzip": lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]) + b"\0\0",
    "gzip, gzip": lambda body: gzip.compress(gzip.compress(body)),
}
BODIES = st.binary(max_size=2_000) | st.builds(
    lambda piece, times: piece * times,
    st.binary(min_size=1, max_size=4),
    st.integers(1, 100_000),
)


@given(
    body=BODIES,
    encoding=st.sampled_from(list(PACKERS)),
    size=st.integers(1, 5_000),
)
def test_any_body_comes_out_whole_whatever_its_pieces(
    body: bytes, encoding: str | None, size: int
) -> None:
    packed = PACKERS[encoding](body)
    unpacker = Unpacker(encoding, len(body))
    for start in range(0, len(packed), size):
        unpacker.feed(packed[start : start + size])
    assert body == unpacker.body()
    assert unpacker.is_whole()


@given(body=BODIES, encoding=st.sampled_from(list(PACKERS)), less=st.integers(1, 50))
def test_one_byte_too_many_is_too_large(
    body: bytes, encoding: str | None, less: int
) -> None:
    most = max(len(body) - less, 0)
    unpacker = Unpacker(encoding, most)
    if most < len(body):
        with pytest.raises(TooLargeError):
            unpacker.feed(PACKERS[encoding](body))


@given(
    packed=st.binary(min_size=1, max_size=200), encoding=st.sampled_from(list(PACKERS))
)
def test_no_bytes_make_it_fail_otherwise(packed: bytes, encoding: str | None) -> None:
    try:
        Unpacker(encoding, 1_000).feed(packed)
    except (EncodingError, TooLargeError):
        return


def test_a_packed_body_that_breaks_off_is_not_whole() -> None:
    unpacker = Unpacker("gzip", 1_000)
    assert unpacker.is_whole()
    unpacker.feed(gzip.compress(b"text")[:-1])
    assert not unpacker.is_whole()
    assert unpacker.body() == b"text"
