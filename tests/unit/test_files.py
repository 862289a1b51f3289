from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import FakeSink
from newsdesk.deliver.files import FILES_AT_ONCE, FolderSink
from newsdesk.deliver.names import TEMPORARY
from newsdesk.model.errors import DeliveryError
from newsdesk.model.ports import Sink
from newsdesk.model.run import Unmade, Written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def sink(folder: Path, tmp_path: Path) -> FolderSink:
    return FolderSink(folder, tmp_path / "state" / "public.json")


@pytest.fixture(params=["fake", "folder"])
def any_sink(request: pytest.FixtureRequest, sink: FolderSink) -> Sink:
    return FakeSink() if request.param == "fake" else sink


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- every sink ----------------------------------------------------------------------


def test_only_what_changed_is_written(any_sink: Sink) -> None:
    first = any_sink.write([("b/2.html", b"2"), ("a.html", b"1"), ("c", b"")])
    assert first == Written(added=("a.html", "b/2.html", "c"))
    second = any_sink.write([("a.html", b"1"), ("b/2.html", b"3"), ("d", b"4")])
    assert second == Written(added=("d",), changed=("b/2.html",), unchanged=1)
    assert any_sink.read("b/2.html") == b"3"
    assert any_sink.read("c") == b""
    assert any_sink.read("nowhere/x") is None


def test_what_is_not_kept_is_removed_and_nothing_else(any_sink: Sink) -> None:
    any_sink.write([("a", b"1"), ("b/c", b"2"), ("d", b"3")])
    assert any_sink.keep({"a", "d", "not/ours"}) == ("b/c",)
    assert [any_sink.holds(path) for path in ("a", "b/c", "d")] == [True, False, True]
    assert any_sink.keep({"a", "d"}) == ()
    assert any_sink.write([("a", b"1"), ("d", b"3")]) == Written(unchanged=2)


def test_files_of_others_are_never_removed(sink: FolderSink, folder: Path) -> None:
    sink.write([("pictures/a", b"1")])
    (folder / "pictures" / "theirs").write_bytes(b"2")
    assert sink.keep(()) == ("pictures/a",)
    assert files_below(folder) == {"pictures/theirs": b"2"}
    assert not sink.holds("pictures")


def test_pruning_removes_what_is_not_given_any_more(any_sink: Sink) -> None:
    any_sink.write([("a", b"1"), ("b/c/d", b"2")])
    assert any_sink.write([("e", b"3")]) == Written(added=("e",))
    pruned = any_sink.write([("a", b"1")], prune=True)
    assert pruned == Written(removed=("b/c/d", "e"), unchanged=1)
    assert any_sink.read("b/c/d") is None
    assert any_sink.write([("a", b"1")], prune=True) == Written(unchanged=1)


# --- files in a folder -----------------------------------------------------------------


def test_an_unchanged_file_is_not_touched(sink: FolderSink, folder: Path) -> None:
    sink.write([("a", b"1")])
    before = (folder / "a").stat()
    sink.write([("a", b"1")])
    after = (folder / "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_files_of_others_are_never_pruned(sink: FolderSink, folder: Path) -> None:
    (folder / "b").mkdir(parents=True)
    (folder / "CNAME").write_bytes(b"owner's")
    (folder / "same").write_bytes(b"same")
    (folder / "b" / "mine").write_bytes(b"owner's")
    sink.write([("a", b"1"), ("same", b"same"), ("b/x", b"2")])
    sink.write([], prune=True)
    assert set(files_below(folder)) == {"CNAME", "same", "b/mine"}


def test_folders_that_pruning_empties_go_too(sink: FolderSink, folder: Path) -> None:
    sink.write([("b/c/d", b"2"), ("a", b"1")])
    sink.write([("a", b"1")], prune=True)
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_a_file_that_its_owner_removed_is_forgotten(
    sink: FolderSink, folder: Path
) -> None:
    sink.write([("a", b"1"), ("b/c", b"2")])
    (folder / "a").unlink()
    assert sink.write([], prune=True).removed == ("b/c",)


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../x", "a/../../x", "a/./b", "a//b", "", "a/", "a\\..\\b"),
        *("a\0b", "a\nb", "x" * 300, "é" * 200, "\ud800", f"a/{TEMPORARY}0"),
    ],
)
def test_a_path_that_is_no_file_below_the_folder_is_refused(
    path: str, sink: FolderSink, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryError, match="cannot write"):
        sink.write([(path, b"1")])
    with pytest.raises(DeliveryError, match="cannot write"):
        sink.read(path)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/B.html", "a/b.html"), ("straße", "STRASSE"), ("é", "e\u0301"), ("a", "a")],
)
def test_paths_that_are_one_file_on_some_systems_are_refused(
    one: str, other: str, sink: FolderSink
) -> None:
    with pytest.raises(DeliveryError, match="the two are one file"):
        sink.write([(one, b"1"), (other, b"2")])


def test_a_path_must_not_collide_with_one_written_before(sink: FolderSink) -> None:
    sink.write([("a/B", b"1")])
    with pytest.raises(DeliveryError, match="the two are one file"):
        sink.write([("a/b", b"2")])


def test_a_page_may_change_case_when_the_old_one_goes(
    sink: FolderSink, folder: Path
) -> None:
    sink.write([("a/B", b"1")])
    sink.write([("a/b", b"2")], prune=True)
    assert files_below(folder) == {"a/b": b"2"}


def test_a_link_out_of_the_folder_is_not_followed(
    sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    with pytest.raises(DeliveryError, match="a link leads out of"):
        sink.write([("a/b/c", b"1")])
    assert list(outside.iterdir()) == []


def test_pruning_does_not_follow_a_link_put_in_later(
    sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    sink.write([("a/b", b"1")])
    (folder / "a").rename(tmp_path / "outside")
    (folder / "a").symlink_to(tmp_path / "outside")
    with pytest.raises(DeliveryError, match="a link leads out of"):
        sink.write([], prune=True)
    assert (tmp_path / "outside" / "b").exists()


def test_a_link_in_place_of_a_file_is_replaced_not_written_through(
    sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"owner's")
    folder.mkdir()
    (folder / "a").symlink_to(target)
    sink.write([("a", b"1")])
    assert target.read_bytes() == b"owner's"
    assert (folder / "a").read_bytes() == b"1"


def test_a_refusal_of_the_system_says_on_what(sink: FolderSink, folder: Path) -> None:
    (folder / "a").mkdir(parents=True)
    with pytest.raises(DeliveryError, match=r"cannot write .*a: Is a directory"):
        sink.write([("a", b"1")])


def test_a_batch_that_breaks_off_is_mended_by_the_next(
    sink: FolderSink, folder: Path
) -> None:
    def breaking() -> Iterator[tuple[str, bytes]]:
        for n in range(FILES_AT_ONCE + 1):
            yield f"{n}", b"1"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sink.write(breaking())
    written = sink.write([("0", b"1"), ("c", b"3")], prune=True)
    assert (written.added, written.unchanged) == (("c",), 1)
    assert len(written.removed) == FILES_AT_ONCE - 1
    assert files_below(folder) == {"0": b"1", "c": b"3"}


def test_a_damaged_manifest_and_journal_cost_no_file(
    sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    sink.write([("a", b"1"), ("b", b"2")])
    manifest = tmp_path / "state" / "public.json"
    manifest.write_bytes(b'["../x", 3, "a"')
    manifest.with_name("public.json.journal").write_bytes(b'["b"]\n["../y","0"]\n["a')
    assert sink.write([("c", b"3")], prune=True) == Written(added=("c",))
    assert set(files_below(folder)) == {"a", "b", "c"}


KILLED = """
import itertools, sys
from pathlib import Path
from newsdesk.deliver.files import FolderSink

def endless():
    for n in itertools.count():
        print(n, flush=True)
        yield f"{n % 7}/{n}.html", bytes([n % 250]) * 200_000

FolderSink(Path(sys.argv[1]), Path(sys.argv[2])).write(endless())
"""


def kill_after(lines: int, *arguments: str) -> None:
    """Runs the endless writer and kills it while it is at work."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("lines", [1, 90, 200])
def test_a_kill_leaves_whole_files_and_the_next_write_clears_up(
    lines: int, sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    kill_after(lines, str(folder), str(tmp_path / "state" / "public.json"))
    whole = {
        path: content
        for path, content in files_below(folder).items()
        if TEMPORARY not in path
    }
    for content in whole.values():
        assert content == content[:1] * 200_000
    written = sink.write([("0/0.html", b"new")], prune=True)
    assert set(written.removed) == set(whole) - {"0/0.html"}
    assert files_below(folder) == {"0/0.html": b"new"}


KILLED_IN_THE_MIDDLE = """
import resource, signal, sys
from pathlib import Path
from newsdesk.deliver.files import FolderSink

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
FolderSink(Path(sys.argv[1]), Path(sys.argv[2])).write([("x/a", b"1" * 200_000)])
"""


@pytest.mark.parametrize("again", [[], [("x/b", b"2")], [("x/a", b"1" * 200_000)]])
def test_a_file_half_written_is_never_seen_and_cleared_by_the_next_write(
    again: list[tuple[str, bytes]], sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "state" / "public.json"
    script = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(folder), str(manifest)]
    assert subprocess.run(script, check=False).returncode == -signal.SIGXFSZ
    (half,) = files_below(folder)
    assert half.startswith(f"x/{TEMPORARY}")
    sink.write(again)
    assert files_below(folder) == dict(again)


def test_a_file_that_was_never_finished_stays_its_owners(
    sink: FolderSink, folder: Path, tmp_path: Path
) -> None:
    (folder / "x").mkdir(parents=True)
    (folder / "x" / "a").write_bytes(b"owner's")
    manifest = tmp_path / "state" / "public.json"
    script = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(folder), str(manifest)]
    assert subprocess.run(script, check=False).returncode == -signal.SIGXFSZ
    assert sink.write([], prune=True) == Written()
    assert files_below(folder) == {"x/a": b"owner's"}


# --- what is made only where it is needed ---------------------------------------------


def unmade(mark: str, content: bytes, made: list[str]) -> Unmade:
    def make() -> bytes:
        made.append(mark)
        return content

    return Unmade(mark, make)


def test_a_file_of_the_same_mark_is_neither_made_nor_removed(sink: FolderSink) -> None:
    made: list[str] = []
    for mark in ("first", "first", "second"):
        told = sink.write([("a/b", unmade(mark, b"1", made)), ("c", b"2")], prune=True)
        assert told.removed == ()
    assert made == ["first", "second"]
    assert sink.write([("a/b", b"3"), ("c", b"2")], prune=True).changed == ("a/b",)
    sink.write([("a/b", unmade("second", b"1", made)), ("c", b"2")], prune=True)
    assert (made, sink.read("a/b")) == (["first", "second", "second"], b"1")


def test_a_list_of_marks_that_is_lost_or_spoilt_costs_no_more_than_making(
    sink: FolderSink, tmp_path: Path
) -> None:
    made: list[str] = []
    sink.write([("a", unmade("x", b"1", made))])
    (tmp_path / "state" / "public.json.prints").write_bytes(b"x\n\xff\tq\nx 1\ta\n")
    assert sink.write([("a", unmade("x", b"1", made))]).unchanged == 1
    (tmp_path / "state" / "public.json.prints").unlink()
    assert sink.write([("a", unmade("x", b"1", made))]).unchanged == 1
    assert made == ["x", "x", "x"]
