"""The reader of picture headers, held against Pillow and against hostile bytes."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from newsdesk.text import image_size

WRITTEN = {
    "png": ("PNG", {}),
    "jpeg": ("JPEG", {}),
    "progressive jpeg": ("JPEG", {"progressive": True}),
    "gif": ("GIF", {}),
    "bmp": ("BMP", {}),
    "lossy webp": ("WEBP", {}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "avif": ("AVIF", {"speed": 10}),
}
SIDES = st.integers(1, 300)


def written(name: str, width: int, height: int, turn: int = 1) -> bytes:
    form, options = WRITTEN[name]
    more = {}
    if turn != 1:
        exif = Image.Exif()
        exif[0x0112] = turn
        more["exif"] = exif
    out = io.BytesIO()
    Image.new("RGB", (width, height), (9, 99, 199)).save(out, form, **options, **more)
    return out.getvalue()


def by_pillow(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as picture:
        return ImageOps.exif_transpose(picture).size


def ours(data: bytes) -> tuple[int, int] | None:
    found = image_size.size(data)
    return (found.width, found.height) if found else None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WRITTEN)), SIDES, SIDES)
def test_a_size_is_the_one_that_pillow_finds(name: str, width: int, height: int):
    data = written(name, width, height)
    found = image_size.size(data)
    assert found is not None
    assert (found.width, found.height) == by_pillow(data) == (width, height)
    assert found.form == name.split()[-1]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["png", "jpeg", "lossy webp", "avif"]), SIDES, st.integers(1, 8))
def test_a_picture_that_lies_on_its_side_is_measured_upright(
    name: str, width: int, turn: int
):
    data = written(name, width, 40, turn)
    assert ours(data) == by_pillow(data)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_pictures_never_raise_and_have_bounded_sizes(data: st.DataObject):
    whole = bytearray(
        written(
            data.draw(st.sampled_from(sorted(WRITTEN))), 33, 21, data.draw(st.just(6))
        )
    )
    for _ in range(data.draw(st.integers(0, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(
            st.integers(0, 255)
        )
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    found = image_size.size(cut)
    if found is not None:
        assert 0 < found.width <= image_size.MAX_SIDE
        assert 0 < found.height <= image_size.MAX_SIDE


STARTS = (
    b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"GIF89a", b"BM\0\0\0\0\0\0\0\0",
    b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPVP8L", b"\0\0\0\x18ftypavif\0\0\0\0mif1",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1\0\0\0\0\0\0\xff\xffmeta", b"<svg ", b"\0\0\1\0",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_noise_behind_a_true_start_never_raises(start: bytes, noise: bytes):
    found = image_size.size(start + noise)
    assert found is None or min(found.width, found.height) > 0


def test_the_first_bytes_are_enough_for_a_large_picture():
    out = io.BytesIO()
    noise = zlib.compress(bytes(range(256)))
    rows = (noise * (900 * 700 * 3 // len(noise) + 1))[: 900 * 700 * 3]
    Image.frombytes("RGB", (900, 700), rows).save(out, "JPEG", quality=95)
    data = out.getvalue()
    assert len(data) > 2 * image_size.FIRST_BYTES
    assert ours(data[: image_size.FIRST_BYTES]) == (900, 700)


def test_icons_and_drawings_are_named_but_have_no_size():
    icon = io.BytesIO()
    Image.new("RGB", (64, 64)).save(icon, "ICO")
    drawing = b'<?xml version="1.0"?>\n<!-- by hand --><svg viewBox="0 0 900 600"/>'
    for data, form in ((icon.getvalue(), "ico"), (drawing, "svg")):
        assert image_size.form(data) == form
        assert image_size.size(data) is None


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_the_size_of_a_heif_is_that_of_its_primary_item_turned_as_it_says():
    def extents(width: int, height: int) -> bytes:
        return box(b"ispe", struct.pack(">III", 0, width, height))

    thumb, whole = extents(160, 120), extents(4000, 3000)
    properties = box(b"ipco", thumb + whole + box(b"irot", b"\x01"))
    ties = struct.pack(">IIHBBHBBB", 0, 2, 1, 1, 1, 2, 2, 2, 3)
    pitm = box(b"pitm", struct.pack(">IH", 0, 2))
    meta = box(
        b"meta", b"\0" * 4 + pitm + box(b"iprp", properties + box(b"ipma", ties))
    )
    data = box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta
    found = image_size.size(data)
    assert found == image_size.ImageSize(form="heif", width=3000, height=4000)


@pytest.mark.parametrize("data", [b"<html><img src=a>", b"\x00\x00\x00\x18ftypmp42"])
def test_pages_and_films_are_no_pictures(data: bytes):
    assert image_size.form(data) is None
    assert image_size.size(data) is None


def test_a_picture_of_no_height_has_no_size():
    data = bytearray(written("gif", 30, 30))
    data[8:10] = b"\0\0"
    assert image_size.size(bytes(data)) is None
