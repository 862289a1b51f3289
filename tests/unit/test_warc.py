"""Archives: what is kept comes back, and what is not there is a value, not a crash."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newsdesk.fetch.warc import WarcFetcher, WarcWriter, addresses
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Hop, Reply, Request, Validators
from newsdesk.model.run import Failed

NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)
HTML = (("content-type", "text/html; charset=utf-8"),)
NAMES = ["all.warc", "all.warc.gz"]


def a_reply(url: str = "http://a.example/", **options: Any) -> Reply:
    given: dict[str, Any] = {
        "key": "k",
        "url": url,
        "final_url": url,
        "status": 200,
        "headers": HTML,
        "body": b"<p>text</p>",
        "fetched_at": NOW,
    }
    return Reply(**{**given, **options})


def keep(path: Path, *replies: Reply) -> Path:
    writer = WarcWriter(path)
    for reply in replies:
        writer.write(reply)
    writer.close()
    return path


def ask(files: Sequence[Path], url: str, **options: Any) -> Reply | Failed:
    fetcher = WarcFetcher(files, options.pop("now", None))
    (answer,) = fetcher.fetch([Request(key="k", url=url, **options)])
    fetcher.close()
    return answer


REPLIES = [
    a_reply(),
    a_reply(body=b""),
    a_reply(status=404),
    a_reply(status=799, headers=()),
    a_reply(
        headers=(("x", "café"), ("y", ""), ("link", "<a>; rel=b"), ("link", "<c>"))
    ),
    a_reply(body=gzip.compress(b"not encoded, a gzip file", mtime=0)),
    a_reply(body=bytes(range(256)) * 1000),
    a_reply(body=b"WARC/1.1\r\n\r\n\r\n\r\nHTTP/1.1 500 No\r\n\r\n"),
    a_reply(truncated=True),
    a_reply(fetched_at=NOW + timedelta(microseconds=1)),
    a_reply(
        final_url="https://b.example/z?q=1",
        hops=(
            Hop(status=301, url="http://b.example/"),
            Hop(status=307, url="https://b.example/z?q=1"),
        ),
    ),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_that_was_kept_comes_back_the_same(
    tmp_path: Path, reply: Reply, name: str
) -> None:
    assert reply == ask([keep(tmp_path / name, reply)], reply.url)


@given(
    body=st.binary(max_size=300),
    status=st.sampled_from([200, 203, 404, 500]),
    text=st.text(st.characters(categories=["L", "N", "P"]), max_size=20),
)
def test_any_body_and_header_comes_back(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int, text: str
) -> None:
    path = tmp_path_factory.mktemp("warc") / "one.warc.gz"
    reply = a_reply(body=body, status=status, headers=(("x-title", text),))
    assert reply == ask([keep(path, reply)], reply.url)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_replies_make_the_same_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "b").mkdir()
    one, other = tmp_path / name, tmp_path / "b" / name
    assert keep(one, *REPLIES).read_bytes() == keep(other, *REPLIES).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_opened_again_is_appended_to(tmp_path: Path, name: str) -> None:
    (tmp_path / "b").mkdir()
    halves = keep(tmp_path / name, *REPLIES[:4])
    keep(halves, *REPLIES[4:])
    assert keep(tmp_path / "b" / name, *REPLIES).read_bytes() == halves.read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lost", [1, 3, 5, 60, 200])
def test_what_a_killed_writer_left_is_read_and_mended(
    tmp_path: Path, name: str, lost: int
) -> None:
    first, second = a_reply(), a_reply("http://b.example/", body=b"x" * 900)
    whole = keep(tmp_path / name, first).read_bytes()
    path = keep(tmp_path / name, second)
    full = path.read_bytes()
    path.write_bytes(full[:-lost])
    assert first == ask([path], first.url)
    if lost == 60:  # within the second body
        assert "breaks off" in WarcFetcher([path]).notes[0]
        assert isinstance(ask([path], second.url), Failed)
    assert whole == mended(path)
    assert full == keep(path, second).read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "held",
    [b"my notes\n", b"W\n", gzip.compress(b"my notes", mtime=0), b"\x1f\x8b but not"],
)
def test_a_file_that_is_no_archive_is_never_written_over(
    tmp_path: Path, name: str, held: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(held)
    with pytest.raises(ConfigError, match="choose another name"):
        WarcWriter(path)
    assert path.read_bytes() == held


def mended(path: Path) -> bytes:
    """The file after a writer has opened and closed it."""
    copy = path.with_name(f"copy-{path.name}")
    copy.write_bytes(path.read_bytes())
    WarcWriter(copy).close()
    return copy.read_bytes()


def test_each_record_is_on_disk_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "open.warc.gz"
    writer = WarcWriter(path)
    writer.write(a_reply())
    assert ask([path], "http://a.example/") == a_reply()
    writer.close()


@pytest.mark.parametrize("name", NAMES)
def test_others_can_read_what_we_keep(tmp_path: Path, name: str) -> None:
    path = keep(tmp_path / name, *REPLIES, a_reply(status=304, body=b""))
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            assert record.rec_type in ("response", "revisit")
            record.content_stream().read()


def test_what_is_not_there_is_a_value(tmp_path: Path) -> None:
    path = keep(tmp_path / "all.warc.gz", a_reply())
    failed = ask([path], "http://b.example/")
    assert isinstance(failed, Failed)
    assert failed.kind == "not in archive"
    assert failed.subject == "http://b.example/"
    for url in ("", "mailto:a@b", "http://["):
        assert isinstance(ask([path], url), Failed)


def test_a_redirect_that_leads_out_of_the_archive_is_told(tmp_path: Path) -> None:
    gone = a_reply(status=301, headers=(("location", "/away"),))
    failed = ask([keep(tmp_path / "all.warc.gz", gone)], gone.url)
    assert isinstance(failed, Failed)
    assert failed.kind == "not in archive"
    assert "http://a.example/away" in failed.reason


def test_a_circle_of_redirects_in_an_archive_is_told(tmp_path: Path) -> None:
    ring = a_reply(status=302, headers=(("location", "/"),))
    failed = ask([keep(tmp_path / "all.warc.gz", ring)], ring.url)
    assert isinstance(failed, Failed)
    assert failed.kind == "redirect loop"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.example/story?utm_source=x&id=1#top",
        "https://a.example/story?id=1",
        "http://www.a.example/story/?id=1",
    ],
)
def test_another_spelling_of_an_address_finds_it(tmp_path: Path, url: str) -> None:
    kept = a_reply("https://www.a.example/story?id=1")
    answer = ask([keep(tmp_path / "all.warc.gz", kept)], url)
    assert isinstance(answer, Reply)
    assert answer.body == kept.body
    assert answer.final_url == kept.url


def test_the_exact_address_comes_before_another_spelling(tmp_path: Path) -> None:
    plain = a_reply("http://a.example/?id=1", body=b"plain")
    tagged = a_reply("http://a.example/?id=1&utm_source=x", body=b"tagged")
    www = a_reply("http://www.a.example/?id=1", body=b"www")
    files = [keep(tmp_path / "all.warc.gz", www, plain, tagged)]
    for url, body in [
        (tagged.url, b"tagged"),
        (www.url, b"www"),
        ("http://www.a.example/?id=1&fbclid=2", b"www"),
    ]:
        answer = ask(files, url)
        assert isinstance(answer, Reply)
        assert body == answer.body


def test_the_newest_that_is_not_after_now_answers(tmp_path: Path) -> None:
    days = [
        a_reply(body=b"%d" % d, fetched_at=NOW + timedelta(days=d)) for d in (3, 1, 2)
    ]
    files = [keep(tmp_path / "all.warc.gz", *days)]
    for now, body in [(0, b"1"), (1, b"1"), (2, b"2"), (9, b"3")]:
        answer = ask(files, days[0].url, now=NOW + timedelta(days=now))
        assert isinstance(answer, Reply)
        assert body == answer.body
        assert answer.fetched_at == NOW + timedelta(days=now)


def test_who_has_it_already_is_told_not_modified(tmp_path: Path) -> None:
    kept = a_reply(headers=(("etag", '"a"'), ("last-modified", "Mon")))
    files = [keep(tmp_path / "all.warc.gz", kept)]
    for etag, modified, status in [
        ('"a"', "Mon", 304),
        ('"a"', "Tue", 304),
        ('"b"', "Mon", 200),
        (None, "Mon", 304),
        (None, None, 200),
    ]:
        known = Validators(url=kept.url, etag=etag, last_modified=modified)
        answer = ask(files, kept.url, validators=known)
        assert isinstance(answer, Reply)
        assert status == answer.status
        assert answer.body == (b"" if status == 304 else kept.body)
    elsewhere = Validators(url="http://b.example/", etag='"a"')
    answer = ask(files, kept.url, validators=elsewhere)
    assert isinstance(answer, Reply)
    assert answer.status == 200


def test_not_modified_comes_back_to_who_asks_the_same(tmp_path: Path) -> None:
    before = a_reply(headers=(("etag", '"a"'),))
    again = a_reply(
        status=304,
        headers=(("etag", '"a"'), ("cache-control", "max-age=60")),
        body=b"",
        fetched_at=NOW + timedelta(hours=1),
    )
    known = Validators(url=before.url, etag='"a"')
    both = [keep(tmp_path / "both.warc.gz", before, again)]
    assert again == ask(both, before.url, validators=known)
    assert before == ask(both, before.url)
    only = [keep(tmp_path / "only.warc.gz", again)]
    assert again == ask(only, before.url, validators=known)
    failed = ask(only, before.url)
    assert isinstance(failed, Failed)
    assert failed.kind == "not in archive"


def test_a_body_over_the_bound_is_refused(tmp_path: Path) -> None:
    files = [keep(tmp_path / "all.warc.gz", a_reply(body=b"x" * 100))]
    failed = ask(files, "http://a.example/", max_bytes=99)
    assert isinstance(failed, Failed)
    assert failed.kind == "too large"
    assert isinstance(ask(files, "http://a.example/", max_bytes=100), Reply)


def foreign(
    kind: str, head: bytes, block: bytes, url: str = "<http://a.example/>"
) -> bytes:
    fields = (
        b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Target-URI: %b\r\n"
        b"WARC-Date: 2026-02-19T06:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"%bContent-Length: %d\r\n\r\n%b\r\n\r\n"
    )
    return fields % (kind.encode(), url.encode(), head, len(block), block)


def test_archives_of_others_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(b"packed")
    chunked = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
        b"ETag: x\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    )
    kind = b"Content-Type: text/plain\r\n"
    path = tmp_path / "foreign.warc"
    path.write_bytes(
        foreign("warcinfo", b"", b"software: other\r\n")
        + foreign("request", b"", b"GET / HTTP/1.1\r\n\r\n")
        + foreign("response", b"Content-Type: application/http\r\n", chunked)
        + foreign("resource", kind, b"plain", "http://a.example/plain")
    )
    expected = a_reply(headers=(("etag", "x"),), body=b"packed")
    assert expected == ask([path], "http://a.example/")
    plain = ask([path], "http://a.example/plain")
    assert isinstance(plain, Reply)
    assert (plain.status, plain.headers) == (200, (("content-type", "text/plain"),))
    assert plain.body == b"plain"


@pytest.mark.parametrize(
    "content",
    [b"hello, world\n" * 9, b"\x1f\x8b broken", gzip.compress(b"hello" * 9, mtime=0)],
    ids=["text", "broken gzip", "gzip of text"],
)
def test_a_file_that_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is not a WARC"):
        WarcFetcher([path])
    with pytest.raises(ConfigError, match="is not a WARC"):
        list(addresses([path]))


def test_an_archive_packed_in_one_piece_is_named(tmp_path: Path) -> None:
    plain = keep(tmp_path / "all.warc", a_reply(), a_reply("http://b.example/"))
    path = tmp_path / "all.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    with pytest.raises(ConfigError, match="one gzip member a record"):
        WarcFetcher([path])


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be opened"):
        WarcFetcher([tmp_path / "missing.warc"])


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "empty.warc.gz"
    WarcWriter(path).close()
    assert list(addresses([path])) == []
    assert isinstance(ask([path], "http://a.example/"), Failed)


def test_addresses_lists_what_can_be_read(tmp_path: Path) -> None:
    long = b"<rss>" + b"x" * 5_000
    feed = a_reply(
        "http://a.example/feed", headers=(("content-type", "Text/XML"),), body=long
    )
    moved = a_reply(
        "http://a.example/old",
        final_url="http://a.example/new",
        hops=(Hop(status=301, url="http://a.example/new"),),
    )
    missing = a_reply("http://a.example/404", status=404)
    path = keep(
        tmp_path / "all.warc.gz", feed, moved, missing, replace(feed, body=b"2")
    )
    first, second = addresses([path, path])
    assert first == ("http://a.example/feed", "text/xml", long[:2_048])
    assert second == ("http://a.example/new", "text/html", b"<p>text</p>")
