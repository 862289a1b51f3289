"""Old records in the archive of the content folder, and everything that finds them."""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import editions
import site_folders
from newsdesk import config
from newsdesk.cli.publishing import publish, unseal
from newsdesk.cli.records import records as records_command
from newsdesk.deliver.files import FolderSink
from newsdesk.deliver.records import RecordFolder
from newsdesk.model.errors import DeliveryError
from newsdesk.model.record import Record
from newsdesk.model.story import Published
from newsdesk.render import record, sealing
from newsdesk.stages import shelving
from newsdesk.text import shelves

STORY = editions.published(1)
NOW = STORY.record.published_at + timedelta(days=30)
OLD = "_news/2020-01-01-old.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def folder(content: Path, tmp_path: Path) -> RecordFolder:
    sink = FolderSink(content, tmp_path / "state" / "content.files")
    return RecordFolder(sink, content)


def below(content: Path) -> dict[str, bytes]:
    return {
        file.relative_to(content).as_posix(): file.read_bytes()
        for file in content.rglob("*.md")
    }


# --- which ----------------------------------------------------------------------------


def kept(number: int) -> Published:
    at = STORY.record.published_at + timedelta(days=number)
    return Published(
        path=f"_news/{number}.md",
        record=replace(STORY.record, published_at=at),
        story=None,
    )


def test_the_oldest_records_of_settled_stories_go_many_at_a_time():
    records = [kept(n) for n in range(21)]
    there = {one.path for one in records}
    assert shelving.leaving(there, records, 21) == ()
    assert shelving.leaving(there, records, 20) == (
        "_news/0.md",
        "_news/1.md",
        "_news/2.md",
    )
    open_ = {"_news/0.md", "_news/2.md"}
    settled = [one for one in records if one.path not in open_]
    assert shelving.leaving(there, settled, 20) == (
        "_news/1.md",
        "_news/3.md",
        "_news/4.md",
    )


def test_nothing_goes_while_no_more_are_there_than_may_be():
    records = [kept(n) for n in range(9)]
    there = {one.path for one in records[4:]}
    assert shelving.leaving(there, records, 5) == ()


# --- where ----------------------------------------------------------------------------


def test_a_record_is_known_by_one_path_wherever_it_lies():
    assert shelves.archived("_news/a.md") == "_archive/_news/a.md"
    assert shelves.identity("_archive/_news/a.md") == "_news/a.md"
    assert shelves.identity("_archive/_events/a.md") == "_archive/_events/a.md"
    assert shelves.is_record("_archive/_news/a.md")
    assert not shelves.is_record("_archive/_events/a.md")


def test_an_archived_record_is_read_and_written_in_its_place(content, folder):
    folder.write([(OLD, b"one"), ("_news/b.md", b"two"), ("_newsletters/c", b"3")])
    assert folder.records() == {OLD, "_news/b.md"}
    assert folder.archive([OLD]) == (OLD,)
    assert folder.records() == {"_news/b.md"}
    assert folder.read(OLD) == b"one"
    assert folder.holds(OLD)
    same = folder.write([(OLD, b"one"), ("_news/b.md", b"two")])
    assert (same.unchanged, same.added, same.changed) == (2, (), ())
    assert folder.write([(OLD, b"other")]).changed == (f"_archive/{OLD}",)
    assert below(content) == {f"_archive/{OLD}": b"other", "_news/b.md": b"two"}


def test_a_record_whose_place_in_the_archive_is_taken_stays(content, folder):
    folder.write([(OLD, b"one")])
    site_folders_put(content, f"_archive/{OLD}", b"another")
    assert folder.archive([OLD]) == ()
    folder.write([(OLD, b"two")])
    assert below(content) == {OLD: b"two", f"_archive/{OLD}": b"another"}


def test_a_move_that_the_system_refuses_is_told(content, folder):
    folder.write([(OLD, b"one")])
    (content / "_archive").write_bytes(b"a file, not a folder")
    with pytest.raises(DeliveryError, match="to the archive"):
        folder.archive([OLD])
    assert folder.read(OLD) == b"one"


def site_folders_put(content: Path, path: str, data: bytes) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_bytes(data)


# --- whoever finds them ---------------------------------------------------------------


def test_archived_records_are_adopted_by_the_path_that_they_are_known_by(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    data = record.write(STORY.record)
    site_folders_put(old, f"_archive/{OLD}", data)
    new.mkdir()
    site_folders.site(new)
    done = config.adopt(new, old)
    assert [path for path, _ in done.records] == [OLD]
    assert below(new / "content") == {f"_archive/{OLD}": data}
    assert config.adopt(new, old).copied == 0


def test_a_record_adopted_again_after_it_was_archived_is_no_second_one(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    data = record.write(STORY.record)
    site_folders_put(old, OLD, data)
    new.mkdir()
    site_folders.site(new)
    site_folders_put(new / "content", f"_archive/{OLD}", data)
    done = config.adopt(new, old)
    assert (done.copied, done.unchanged) == (0, 1)
    assert [path for path, _ in done.records] == [OLD]
    assert below(new / "content") == {f"_archive/{OLD}": data}


def test_archived_records_are_checked(content):
    site_folders_put(content, f"_archive/{OLD}", record.write(STORY.record))
    done = CliRunner().invoke(records_command, ["check", str(content), "--json"])
    assert json.loads(done.output)["records"]["identical"] == 1


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = tmp_path / "site"
    made.mkdir()
    site_folders.site(made)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=made, check=True)
    put(made, STORY.path, STORY.record)
    put(made, OLD, replace(STORY.record, title="An old story"))
    published(made)
    return made


def put(site: Path, path: str, one: Record) -> None:
    site_folders_put(site / "content", path, record.write(one))


def move(site: Path, path: str) -> None:
    target = site / "content" / shelves.archived(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    (site / "content" / path).rename(target)


def published(site: Path, *words: str) -> dict[str, list[str]]:
    given = ["--site", str(site), "--now", NOW.isoformat(), "--json", *words]
    done = CliRunner().invoke(publish, given)
    assert done.exit_code == 0, done.output
    told: dict[str, list[str]] = json.loads(done.output)
    return told


def git(site: Path, *words: str) -> list[str]:
    out = subprocess.run(["git", *words], cwd=site, capture_output=True, check=True)
    return out.stdout.decode().splitlines()


def test_a_move_is_one_commit_and_no_rewrite(site):
    before = git(site, "log", "--format=%s")
    move(site, STORY.path)
    move(site, OLD)
    told = published(site)
    assert len(told["kept"]) == 4
    log = git(site, "log", "--format=%s")
    assert log == ["Move 2 records to the archive", *before]
    shown = git(site, "show", "-M100%", "--name-status", "--format=")
    assert sorted(line.split("\t")[0] for line in shown) == ["R100", "R100"]
    assert published(site)["commit"] is None
    assert git(site, "status", "--porcelain", "content") == []


def test_moves_and_news_are_two_commits(site):
    move(site, OLD)
    put(site, STORY.path, replace(STORY.record, title="Quite another headline"))
    published(site)
    first, second, *_ = git(site, "log", "--format=%s")
    assert "Quite another headline" in first
    assert second == "Move 1 record to the archive"
    assert git(site, "status", "--porcelain", "content") == []


def test_a_record_that_changed_as_it_moved_is_told_as_a_change(site):
    move(site, OLD)
    put(site, shelves.archived(OLD), replace(STORY.record, title="Put right"))
    published(site)
    body = git(site, "log", "-1", "--format=%B")
    assert body[0].startswith("Put right")
    assert any(OLD in line and "An old story" in line for line in body)
    assert git(site, "status", "--porcelain", "content") == []


def test_a_change_in_the_archive_is_a_change_of_the_story(site):
    move(site, OLD)
    published(site)
    put(site, shelves.archived(OLD), replace(STORY.record, title="Put right"))
    assert published(site)["kept"] == [shelves.archived(OLD)]
    assert git(site, "log", "-1", "--format=%s")[0].startswith("Put right")


def test_what_a_move_would_be_is_shown(site):
    move(site, OLD)
    assert published(site, "--dry-run")["message"] == "Move 1 record to the archive\n"
    assert len(git(site, "log", "--format=%s")) == 1


def test_a_seal_holds_in_the_archive(site, monkeypatch):
    secret = base64.b64encode(b"k" * 32).decode()
    monkeypatch.setenv(sealing.VARIABLE, secret)
    keys = sealing.keys_in({sealing.VARIABLE: secret})
    one = replace(STORY.record, secured=sealing.sealed(b'{"a": 1}', OLD, keys[0]))
    put(site, shelves.archived(OLD), one)
    file = site / "content" / shelves.archived(OLD)
    done = CliRunner().invoke(unseal, [str(file)])
    assert json.loads(done.output) == {"path": OLD, "secured": {"a": 1}}
