"""Content folders of the older system taken in, on a real disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.model.errors import ConfigError
from site_folders import files, site, topic

RECORD = b"""---
category: news
title: "T"
excerpt: "E"
publishedDateTime: 2021-12-13T10:22:00Z
originalUrl: "https://a.example/1"
webUrl: "https://a.example/1"
type: article
quality: 37
heat: -1
published: false

provider:
  name: A
  domain: a.example
---

"""


def older(folder: Path) -> Path:
    """A content folder as the older system left it."""
    written = {
        "_news/2021-12-13-t.md": RECORD,
        "_news/2021-12-14-broken.md": b"---\ntitle: T\n",
        "_data/topics/00-a.yaml": b"taxonomy: topic\n_id: a\nname: A\nservices:\n  n: x",
        "_data/organizations/a.example.md": b"---\ntaxonomy: organization\n"
        b"_id: a.example\nname: A\ndomain: a.example\n---",
        "_newsletters/a-2021-12-13.html": b"<html>\r\n\xff",
        "api/news/index.json": b"{}",
        "assets/logo.png": b"\x89PNG\x00",
    }
    for path, body in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


def made(folder: Path) -> Path:
    folder.mkdir()
    return site(folder)


def test_adopting_copies_every_byte_and_hands_back_the_records(tmp_path: Path) -> None:
    old = older(tmp_path / "old")
    new = made(tmp_path / "new")
    done = config.adopt(new, old)
    assert files(new / "content") == files(old)
    assert [(path, r.title) for path, r in done.records] == [
        ("_news/2021-12-13-t.md", "T")
    ]
    assert (done.copied, done.unchanged, done.aside) == (7, 0, ())
    assert [(u.path, u.line) for u in done.unreadable] == [
        ("_news/2021-12-14-broken.md", 3)
    ]
    read = config.load(new)
    assert [t.id for t in read.topics] == ["a"]
    assert [(p.domain, p.is_known) for p in read.providers] == [("a.example", True)]


def test_adopting_again_changes_nothing(tmp_path: Path) -> None:
    old = older(tmp_path / "old")
    new = made(tmp_path / "new")
    first = config.adopt(new, old)
    before = files(new)
    again = config.adopt(new, old)
    assert (again.copied, again.unchanged) == (0, 7)
    assert (again.records, files(new)) == (first.records, before)


def test_a_different_file_is_not_overwritten_but_kept_aside(tmp_path: Path) -> None:
    old = older(tmp_path / "old")
    new = made(tmp_path / "new")
    mine = new / "content/_news/2021-12-13-t.md"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    for _ in range(2):
        done = config.adopt(new, old)
        assert mine.read_bytes() == b"mine"
        assert [a.kept_at for a in done.aside] == ["_aside/_news/2021-12-13-t.md"]
        assert done.records == ()
    assert (new / "content/_aside/_news/2021-12-13-t.md").read_bytes() == RECORD
    (old / "_news/2021-12-13-t.md").write_bytes(RECORD + b"x")
    later = config.adopt(new, old)
    assert [a.kept_at for a in later.aside] == ["_aside/_news/2021-12-13-t-2.md"]


def test_a_topic_whose_name_is_taken_does_not_stop_the_site(tmp_path: Path) -> None:
    old = older(tmp_path / "old")
    new = made(tmp_path / "new")
    topic(new, "07-other.yaml", "other", "A")
    (old / "_data/topics/01-bad.yaml").write_bytes(b"name: [")
    done = config.adopt(new, old)
    assert [(a.path, a.kept_at) for a in done.aside] == [
        ("_data/topics/00-a.yaml", "_aside/_data/topics/00-a.yaml"),
        ("_data/topics/01-bad.yaml", "_aside/_data/topics/01-bad.yaml"),
    ]
    assert [t.id for t in config.load(new).topics] == ["other"]
    assert any("01-bad.yaml" in problem for problem in done.problems)


def test_a_content_folder_is_found_further_down_and_lone_records_too(
    tmp_path: Path,
) -> None:
    older(tmp_path / "old/deep/site")
    (tmp_path / "old/2021-12-15-lone.md").write_bytes(RECORD)
    new = made(tmp_path / "new")
    done = config.adopt(new, tmp_path / "old")
    assert [path for path, _ in done.records] == [
        "_news/2021-12-13-t.md",
        "_news/2021-12-15-lone.md",
    ]
    assert (new / "content/api/news/index.json").exists()


def test_a_single_record_can_be_adopted(tmp_path: Path) -> None:
    path = tmp_path / "2021-12-15-lone.md"
    path.write_bytes(RECORD)
    new = made(tmp_path / "new")
    assert [p for p, _ in config.adopt(new, path).records] == [
        "_news/2021-12-15-lone.md"
    ]


def test_links_out_of_the_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    old = tmp_path / "old"
    (old / "_news").mkdir(parents=True)
    (old / "_news/2021-01-01-a.md").symlink_to(tmp_path / "secret")
    (old / "_data").symlink_to(tmp_path)
    new = made(tmp_path / "new")
    done = config.adopt(new, old)
    assert sorted(a.path for a in done.aside) == ["_data", "_news/2021-01-01-a.md"]
    assert not (new / "content").exists()


def test_a_folder_around_the_site_is_refused(tmp_path: Path) -> None:
    new = made(tmp_path / "new")
    with pytest.raises(ConfigError, match="holds the site itself"):
        config.adopt(new, tmp_path)
