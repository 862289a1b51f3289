"""Sources given to a site: addresses, and files that hold some."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk import config
from newsdesk.fetch.warc_writing import WarcWriter
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Reply, SourceKind
from site_folders import files, site, topic


def test_adding_keeps_every_byte_above(tmp_path: Path) -> None:
    before = "# mine\r\n[[source]]\r\nurl = 'https://a.example/'  # first\r\n# end"
    folder = site(tmp_path)
    (folder / "sources.toml").write_bytes(before.encode())
    done = config.add(folder, ["https://b.example/feed"], title='A "B" \\ C')
    after = (folder / "sources.toml").read_bytes().decode()
    assert after.startswith(before)
    assert [s.title for s in config.load(folder).sources] == [None, 'A "B" \\ C']
    assert [s.url for s in done.added] == ["https://b.example/feed"]


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    folder = site(tmp_path)
    config.add(folder, ["https://a.example/feed"])
    before = files(folder)
    done = config.add(folder, ["https://a.example/feed#x", "feed://a.example/feed"])
    assert (done.added, len(done.known), files(folder)) == ((), 2, before)


def test_a_text_file_gives_one_source_a_line(tmp_path: Path) -> None:
    folder = site(tmp_path)
    list_file = tmp_path / "list.txt"
    list_file.write_text(
        "# mine\n\nhttps://a.example/  # good\nhttps://b.example/#part\nnot one\n"
        "https://a.example/\n",
        encoding="utf-8",
    )
    done = config.add(folder, [str(list_file)])
    assert [s.url for s in done.added] == [
        "https://a.example/",
        "https://b.example/#part",
    ]
    assert done.known == ("https://a.example/",)
    assert [str(r) for r in done.refused] == [
        f"{list_file}:5: not one: `not one` is no address; write `https://…`"
    ]


def test_folders_of_an_opml_file_become_topics_where_there_are_such(
    tmp_path: Path,
) -> None:
    topic(tmp_path, "00-space.yaml", "space", "Space flight")
    folder = site(tmp_path)
    list_file = tmp_path / "mine.opml"
    list_file.write_text(
        "<opml><body><outline text='space FLIGHT'>"
        "<outline text='A' xmlUrl='https://a.example/' language='en-US'/></outline>\n"
        "<outline text='Pets'><outline text='B' xmlUrl='https://b.example/'/>"
        "<outline text='C' xmlUrl='gopher://c.example/'/></outline></body></opml>",
        encoding="utf-8",
    )
    done = config.add(folder, [str(list_file)])
    assert [(s.title, s.topics, s.language) for s in done.added] == [
        ("A", ("space",), "en"),
        ("B", (), None),
    ]
    assert done.notes == (
        f"{list_file}: no topic is called “Pets”, a folder of 2; its feeds were added "
        "without it",
    )
    assert [(r.line, r.subject) for r in done.refused] == [(2, "gopher://c.example/")]
    assert config.load(folder).sources == done.added


def test_pages_go_to_a_list_of_their_own(tmp_path: Path) -> None:
    folder = site(tmp_path)
    list_file = tmp_path / "big list.txt"
    list_file.write_text("https://a.example/1\nhttps://a.example/2\n", encoding="utf-8")
    done = config.add(folder, [str(list_file)], kind="pages")
    assert [(s.kind, s.url) for s in done.added] == [
        (SourceKind.PAGES, "pages/big-list.txt")
    ]
    list_file.write_text("https://a.example/2\nhttps://a.example/3\n", encoding="utf-8")
    again = config.add(folder, [str(list_file)], kind="pages")
    assert (again.added, again.pages_added, again.pages_known) == ((), 1, 1)
    assert (folder / "pages/big-list.txt").read_text(encoding="utf-8") == (
        "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\n"
    )


def test_topics_given_with_it_must_exist_and_nothing_is_added(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A")
    folder = site(tmp_path)
    before = files(folder)
    with pytest.raises(ConfigError, match="there is no topic `b`; the site's are `a`"):
        config.add(folder, ["https://x.example/"], topics=["b"])
    assert files(folder) == before


def test_a_sources_file_with_faults_is_not_added_to(tmp_path: Path) -> None:
    folder = site(tmp_path, sources="[[source]]\nulr = 'x'\n")
    before = files(folder)
    with pytest.raises(ConfigError, match="did you mean `url`"):
        config.add(folder, ["https://x.example/"])
    assert files(folder) == before


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (only,) = config.add(site(tmp_path), ["https://me:word@x.example/"]).refused
    assert "word" not in str(only)


def test_what_is_neither_address_nor_file_is_refused(tmp_path: Path) -> None:
    (only, _) = config.add(site(tmp_path), ["nothing.example", "x" * 9999]).refused
    assert str(only) == "nothing.example: neither an address (`https://…`) nor a file"


def reply(url: str, kind: str, body: bytes, status: int = 200) -> Reply:
    return Reply(
        key=url,
        url=url,
        final_url=url,
        status=status,
        headers=(("content-type", kind),),
        body=body,
        fetched_at=datetime(2026, 2, 19, tzinfo=UTC),
    )


REPLIES = (
    reply("https://a.example/1", "text/html; charset=utf-8", b"<!doctype html><p>1"),
    reply("https://a.example/rss", "text/html", b"<?xml version='1.0'?><!-- --><rss/>"),
    reply("https://a.example/atom", "text/plain", b"\xef\xbb\xbf<feed xmlns='x'/>"),
    reply(
        "https://a.example/json",
        "application/json",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
    ),
    reply("https://a.example/gone", "text/html", b"<html>", status=404),
    reply("https://a.example/logo", "image/png", b"\x89PNG"),
    reply("https://a.example/1", "text/html", b"<html>again"),
)


@pytest.mark.parametrize("name", ["kept.warc", "kept.warc.gz"])
def test_an_archive_gives_its_feeds_and_its_pages(tmp_path: Path, name: str) -> None:
    folder = site(tmp_path)
    writer = WarcWriter(tmp_path / name)
    for each in REPLIES:
        writer.write(each)
    writer.close()
    done = config.add(folder, [str(tmp_path / name)])
    assert [s.url for s in done.added] == [
        "https://a.example/rss",
        "https://a.example/atom",
        "https://a.example/json",
        "pages/kept.txt",
    ]
    assert (folder / "pages/kept.txt").read_text("utf-8") == "https://a.example/1\n"


LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(LINES, max_size=6), LINES)
@settings(max_examples=60, deadline=None)
def test_any_lines_are_added_or_refused_and_the_site_still_loads(
    lines: list[str], title: str
) -> None:
    with TemporaryDirectory() as name:
        folder = site(Path(name))
        given_file = Path(name) / "list.txt"
        text = "\n".join(["https://a.example/x", *lines])
        given_file.write_text(text, encoding="utf-8", newline="")
        done = config.add(folder, [str(given_file)], title=title)
        assert config.load(folder).sources == done.added


def test_adding_keeps_the_rights_of_the_file_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    folder = site(tmp_path, sources="")
    (folder / "sources.toml").chmod(0o640)
    config.add(folder, ["https://a.example/"])
    assert (folder / "sources.toml").stat().st_mode & 0o777 == 0o640
    assert sorted(files(folder)) == ["site.toml", "sources.toml"]


def test_a_disk_that_refuses_is_said_with_the_path(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / "pages").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cannot write .*/pages/added\.txt"):
        config.add(folder, ["https://a.example/"], kind="pages")
    assert not (folder / "sources.toml").exists()
