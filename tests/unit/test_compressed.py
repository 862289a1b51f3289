"""Compressed copies beside text files."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from newsdesk.deliver import compressed
from newsdesk.deliver.compressed import CompressedSink
from newsdesk.deliver.files import FolderSink
from newsdesk.model.run import Unmade, Written

LONG = b"<p>The harbour opened again.</p>\n" * 60
OTHER = b"<p>The harbour closed again.</p>\n" * 60
WAYS = ((".gz", compressed.gzipped), (".br", lambda content: b"br" + content))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def plain(folder: Path, tmp_path: Path) -> FolderSink:
    return FolderSink(folder, tmp_path / "state" / "public.files")


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.*"))


def test_text_files_that_are_long_enough_get_copies(folder, plain):
    sink = CompressedSink(plain, WAYS)
    files = [("a.html", LONG), ("b.webp", LONG), ("c/d.json", b"{}")]
    assert sink.write(files) == Written(added=("a.html", "b.webp", "c/d.json"))
    assert names(folder) == ["a.html", "a.html.br", "a.html.gz", "b.webp", "c/d.json"]
    assert gzip.decompress((folder / "a.html.gz").read_bytes()) == LONG
    assert sink.read("a.html") == LONG
    assert sink.holds("c/d.json")


def test_a_copy_names_neither_file_nor_instant():
    packed = compressed.gzipped(LONG)
    assert packed[:4] == b"\x1f\x8b\x08\x00"
    assert packed[4:8] == bytes(4)
    assert zlib.decompress(packed, wbits=31) == LONG
    assert packed == compressed.gzipped(LONG)


def test_copies_are_made_when_their_file_changed_and_at_no_other_time(folder, plain):
    packed: list[bytes] = []

    def way(content: bytes) -> bytes:
        packed.append(content)
        return content[:9]

    def run(content: bytes, mark: str) -> tuple[Written, list[bytes]]:
        packed.clear()
        given = [("a.html", content), ("b.html", Unmade(mark, lambda: content))]
        return CompressedSink(plain, ((".gz", way),)).write(given), list(packed)

    run(LONG, "one")
    assert run(LONG, "one") == (Written(unchanged=2), [])
    again = run(OTHER, "two")
    assert again == (Written(changed=("a.html", "b.html")), [OTHER, OTHER])
    (folder / "a.html.gz").unlink()
    assert run(OTHER, "two") == (Written(unchanged=2), [OTHER])


def test_what_is_not_made_yet_is_made_once_for_the_file_and_its_copies(plain):
    made: list[bytes] = []

    def make() -> bytes:
        made.append(LONG)
        return LONG

    CompressedSink(plain, WAYS).write([("a.html", Unmade("one", make))])
    assert len(made) == 1


def test_copies_go_with_their_file(folder, plain):
    sink = CompressedSink(plain, WAYS)
    sink.write([("a.html", LONG), ("b.html", LONG), ("c.html", LONG)], prune=True)
    shorter = [("a.html", LONG), ("b.html", b"short")]
    written = sink.write(shorter, prune=True)
    assert written == Written(changed=("b.html",), removed=("c.html",), unchanged=1)
    assert names(folder) == ["a.html", "a.html.br", "a.html.gz", "b.html"]


def test_switched_on_they_come_and_switched_off_they_go(folder, plain):
    given = [("a.html", Unmade("one", lambda: LONG)), ("b.css", LONG)]
    plain.write(given, prune=True)
    CompressedSink(plain, WAYS).write(given, prune=True)
    assert len(names(folder)) == 6
    plain.write(given, prune=True)
    assert names(folder) == ["a.html", "b.css"]


def test_what_is_kept_keeps_its_copies(folder, plain):
    sink = CompressedSink(plain, WAYS)
    sink.write([("a.html", LONG), ("b.html", LONG)])
    sink.keep({"a.html"})
    assert names(folder) == ["a.html", "a.html.br", "a.html.gz"]


def test_brotli_is_used_where_it_is_there():
    ways = dict(compressed.methods())
    assert ways[".gz"](LONG) == compressed.gzipped(LONG)
    if ".br" in ways:
        assert compressed.brotli.decompress(ways[".br"](LONG)) == LONG
        assert len(ways[".br"](LONG)) < len(ways[".gz"](LONG))
