"""The record format: read, written, refused, updated."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdesk.model.errors import RecordError
from newsdesk.model.record import (
    Record,
    RecordImage,
    RecordProvider,
    Related,
    Spelling,
    UnknownKey,
)
from newsdesk.render import record
from newsdesk.render.record_scalars import plain, quoted, read_text
from record_strategies import HOSTILE, records

GOLDEN = Path(__file__).parent.parent / "golden" / "records"
STORY = (GOLDEN / "story.md").read_bytes()
TOUCHED = (GOLDEN / "touched.md").read_bytes()

SMALL = Record(
    title="T",
    excerpt=None,
    published_at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    original_url="https://a.example.org/",
    quality=1,
    heat=2,
    published=False,
    provider=RecordProvider(name="A", domain="a.example.org"),
)


def refusal(data: bytes) -> tuple[int, str]:
    with pytest.raises(RecordError) as caught:
        record.read(data)
    return caught.value.line, caught.value.reason


def test_a_record_in_the_format_survives_byte_for_byte() -> None:
    assert record.write(record.read(STORY)) == STORY


def test_a_record_in_the_format_keeps_nothing_beside_its_values() -> None:
    found = record.read(STORY)
    assert (found.unknown, found.spellings) == ((), ())
    assert found.title == 'Harbour "Lantern" sails: 40 crews, one café – and a 🚀'
    assert found.excerpt == "First line.\r\nSecond line, with a \\ in it.\n"
    assert found.related[0].provider.name == "Coast: Today"
    assert found.related[0].provider.images[0].is_cached is None
    assert found.related[1].excerpt is None
    assert found.images[1] == RecordImage(
        url="https://harbour.example.org/b.jpg", is_cached=False
    )


def test_a_record_touched_by_a_person_survives_byte_for_byte() -> None:
    assert record.write(record.read(TOUCHED)) == TOUCHED


def test_values_spelled_otherwise_are_understood() -> None:
    found = record.read(TOUCHED)
    assert found.title == "It's a plain affair"
    assert found.excerpt == "Unquoted, but fine"
    assert found.published_at == datetime(2024, 2, 29, tzinfo=UTC)
    assert found.original_url == "https://e.example.org/a?b=é"
    assert (found.quality, found.published) == (70, True)
    assert found.topics == ("Sailing", "Ports")
    first = datetime(2024, 2, 29, 19, 0, 0, 500_000, tzinfo=UTC)
    assert found.related[0].published_at == first


def test_unknown_keys_are_kept_with_their_place() -> None:
    places = {
        (kept.path, kept.after): kept.text for kept in record.read(TOUCHED).unknown
    }
    assert places["", ""].startswith("# A person was here.\npinned: yes")
    assert places["", "published"].count("\n") == 3
    assert places["", "type"].endswith("  - no item either\n")
    assert places["provider", "name"].endswith("since: 1900}\n")
    assert places["images/0", ""] == "  - credit: A. Nonymous\n"
    assert places["images/0", "url"].endswith("      top: 2\n")
    assert places["related/0/provider", "domain"] == "      city: Oslo\n"


def test_a_changed_value_loses_its_spelling_and_nothing_else() -> None:
    changed = replace(record.read(TOUCHED), title="New", quality=71)
    expected = TOUCHED.replace(b"'It''s a plain affair'", b'"New"')
    assert record.write(changed) == expected.replace(b"070", b"71")


def test_an_empty_value_counts_as_absent_and_stays_written() -> None:
    data = STORY.replace(b"type: video", b"type: video\nsource:").replace(
        b'webUrl: "https://harbour.example.org/lantern"', b"webUrl:", 1
    )
    found = record.read(data)
    assert found.web_url is None
    assert record.write(found) == data


def test_a_plain_value_that_breaks_yaml_is_taken_as_it_stands() -> None:
    data = STORY.replace(b"Marc D Anderson's Blog", b"Gazette: the daily")
    assert record.read(data).provider.name == "Gazette: the daily"
    assert record.write(record.read(data)) == data


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        (b"---\ncategory", b"category", 1, "does not start with a line ---"),
        (b"c2VhbGVk", b"\xff", 69, "is not UTF-8"),
        (b"---\ncat", b"\xef\xbb\xbf---\ncat", 1, "byte-order mark"),
        (b"category: news\n", b"category: news\r\n", 2, "carriage return"),
        (b"First line", b"First\0line", 4, "control character U+0000"),
        (b"First line", b"First\xc2\x9fline", 4, "control character U+009F"),
        (b"quality: 81", b"quality: high", 12, "'high' is no whole number"),
        (b"quality: 81", b"quality: " + b"9" * 5000, 12, "is no whole number"),
        (b"2024-02-29T23", b"2023-02-29T23", 5, "no instant of the calendar"),
        (b"2024-02-29T23:59:59Z", b"yesterday", 5, "no instant like"),
        (b"heat: -1", b"heat: -1\nheat: 2", 14, "has heat twice"),
        (b"published: true", b"published: maybe", 14, "neither true nor false"),
        (b"  name: Marc", b"    name: Marc", 19, "indented by 4 spaces where 2"),
        (b"  name: Marc", b"\tname: Marc", 19, "indented with a tab"),
        (b"domain: example.org", b"just words", 20, "neither a key with"),
        (b"  - Sailing", b"- Sailing", 26, "nothing below topics"),
        (b"topics:", b"topics: [a]", 26, "value behind topics"),
        (b"First line.", b'First" line.', 4, "must end on its own line"),
        (b"First line.", b"First\\q line.", 4, "no escape of YAML"),
        (b"First line.", b"First\\uD800 line.", 4, "surrogate"),
        (b"First line.", b"First\\UFFFFFFFF line.", 4, "is no character"),
        (b"type: video", b"type: !!str video", 11, "must be quoted"),
        (b"  - Sailing", b"  -", 27, "list item without a value"),
        (b'  - url: "https://harbour', b'  -   url: "https://harb', 31, "one space"),
        (b"quality: 77\n", b"rank: 77\n", 60, "has no quality"),
    ],
)
def test_what_is_no_record_is_refused_with_line_and_reason(
    old: bytes, new: bytes, line: int, reason: str
) -> None:
    assert old in STORY
    found = refusal(STORY.replace(old, new, 1))
    assert reason in found[1]
    assert found[0] == line


def test_a_list_item_where_a_key_should_be_is_refused() -> None:
    data = STORY.replace(b'bm9uY2U="\n', b'bm9uY2U="\n- item\n')
    assert refusal(data) == (70, "is no key of the record")


def test_an_instant_outside_the_calendar_is_refused() -> None:
    data = STORY.replace(b"2024-02-29T23:59:59Z", b"0001-01-01T00:00:00+02:00")
    assert refusal(data) == (
        5,
        "'0001-01-01T00:00:00+02:00' is no instant of the calendar",
    )
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    with pytest.raises(RecordError, match="outside the years 1 to 9999"):
        record.write(replace(SMALL, published_at=early))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"updatedDateTime: 2024-03-01T06:00:00Z", b"updatedDateTime:"),
        (b"      width: 50", b"      width: ~"),
        (b"    isCached: false", b"    isCached: null # not yet"),
        (b"quality: 81", b"quality: +81"),
        (b"type: video", b"type:   video "),
        (b"images:\n  - url", b"images: # two\n  - url"),
    ],
)
def test_another_spelling_is_kept(old: bytes, new: bytes) -> None:
    assert old in STORY
    data = STORY.replace(old, new, 1)
    assert record.write(record.read(data)) == data


@pytest.mark.parametrize(
    "spelling",
    [
        Spelling(path="", key="quality", text="quality: high"),
        Spelling(path="", key="quality", text="quality: 1\npublished: true"),
        Spelling(path="", key="quality", text="heat: 1"),
        Spelling(path="", key="provider", text="provider: # x\n  name: B"),
        Spelling(path="images/9", key="url", text="x"),
    ],
)
def test_a_spelling_that_means_something_else_is_not_used(spelling: Spelling) -> None:
    built = replace(SMALL, spellings=(spelling,))
    assert record.write(built) == record.write(SMALL)


def test_front_matter_without_an_end_is_refused() -> None:
    assert refusal(b"---\ntitle: x\n") == (
        3,
        "has no line --- that ends the front matter",
    )


@pytest.mark.parametrize(
    "bad",
    [
        replace(SMALL, title="half \ud83d"),
        replace(SMALL, published_at=datetime(2024, 1, 1)),  # noqa: DTZ001
        replace(SMALL, quality=10**18),
        replace(SMALL, unknown=(UnknownKey(path="images/0", after="", text="a: 1\n"),)),
        replace(SMALL, unknown=(UnknownKey(path="", after="title", text="a: 1"),)),
        replace(SMALL, unknown=(UnknownKey(path="", after="title", text="---\n"),)),
        replace(SMALL, spellings=(Spelling(path="", key="title", lead="a: 1\n"),)),
        replace(SMALL, spellings=(Spelling(path="", key="---", text="--"),)),
        replace(SMALL, unknown=(UnknownKey(path="", after="", text="\ud800: 1\n"),)),
    ],
)
def test_what_a_file_cannot_hold_is_refused(bad: Record) -> None:
    with pytest.raises(RecordError) as caught:
        record.write(bad)
    assert caught.value.line >= 1


def test_a_refusal_to_write_names_the_key_and_its_line() -> None:
    with pytest.raises(RecordError) as caught:
        record.write(replace(SMALL, title="half \ud83d"))
    assert caught.value.line == 3
    assert caught.value.reason.startswith("title holds half of a surrogate pair")


def test_instants_are_written_in_utc_and_whole_seconds() -> None:
    east = timezone(timedelta(hours=2))
    moment = datetime(2024, 1, 1, 1, 30, 0, 999_999, tzinfo=east)
    data = record.write(replace(SMALL, published_at=moment))
    assert b"publishedDateTime: 2023-12-31T23:30:00Z\n" in data


@given(records)
@settings(max_examples=150, deadline=None)
def test_any_record_survives_writing_and_reading(built: Record) -> None:
    data = record.write(built)
    assert record.read(data) == built
    assert record.write(record.read(data)) == data


@given(records)
@settings(max_examples=60, deadline=None)
def test_any_yaml_library_reads_the_same_values(built: Record) -> None:
    front = record.write(built).decode().split("\n---\n")[0]
    seen = yaml.safe_load(front)
    assert seen["title"] == built.title
    assert seen["type"] == built.type
    assert seen["category"] == built.category
    assert seen["provider"]["name"] == built.provider.name
    assert tuple(seen.get("topics", ())) == built.topics
    assert [one["webUrl"] for one in seen.get("related", ())] == [
        one.web_url for one in built.related
    ]
    assert seen["publishedDateTime"] == built.published_at


@given(st.text(st.characters(exclude_categories=("Cs",))))
@settings(max_examples=200)
@example("half of\u2028a line")
def test_any_text_survives_both_ways_of_writing_it(text: str) -> None:
    assert read_text(quoted(text)) == text
    assert read_text(plain(text)) == text
    assert "\n" not in quoted(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_as_a_name(text: str) -> None:
    built = replace(
        SMALL, topics=(text,), provider=RecordProvider(name=text, domain=text)
    )
    assert record.read(record.write(built)) == built


@pytest.mark.parametrize("text", ["Business Today", "9to5Mac", "163.com", "C++", "R&D"])
def test_an_ordinary_name_stays_plain(text: str) -> None:
    assert plain(text) == text


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        record.read(data)
    except RecordError as error:
        assert 1 <= error.line <= data.count(b"\n") + 1


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_record_is_read_or_refused_and_never_changed(
    data: st.DataObject,
) -> None:
    source = data.draw(st.sampled_from([STORY, TOUCHED]))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 30)))
    put = data.draw(
        st.sampled_from([b"", b"\n", b" ", b"- ", b": ", b"#", b'"', b"'", b"\n---\n"])
    )
    damaged = source[:start] + put + source[end:]
    try:
        found = record.read(damaged)
    except RecordError as error:
        assert 1 <= error.line <= damaged.count(b"\n") + 1
    else:
        written = record.write(found)
        assert record.read(written) == replace(
            found,
            unknown=record.read(written).unknown,
            spellings=record.read(written).spellings,
        )
        assert record.write(record.read(written)) == written


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_unknown_keys_survive_in_place_at_every_level(data: st.DataObject) -> None:
    lines = STORY.decode().split("\n")
    # Behind any line of the front matter but a header, whose value comes below it.
    places = [at for at in range(1, lines.index("---", 1)) if lines[at].strip(" -")]
    at = data.draw(st.sampled_from([p for p in places if not lines[p].endswith(":")]))
    depth = len(lines[at]) - len(lines[at].lstrip(" -"))
    name = data.draw(st.from_regex(r"x[a-zA-Z0-9_-]{0,8}", fullmatch=True))
    value = data.draw(
        st.sampled_from(
            ["1", '"a: b"', "", "[a, b]", "\n  deep:\n    - er", "|\n  text\n\n  more"]
        )
    )
    if lines[at].startswith("  - ") and ":" not in lines[at]:
        depth = 0  # below the names of topics only the top level goes on
        if at + 1 < len(lines) and lines[at + 1].startswith("  - "):
            return
    added = [" " * depth + line for line in f"{name}: {value}".split("\n")]
    text = "\n".join([*lines[: at + 1], *added, *lines[at + 1 :]]).encode()
    found = record.read(text)
    assert len(found.unknown) == 1
    assert record.write(found) == text


def test_reading_takes_time_in_proportion_to_size() -> None:
    def spent(size: int) -> float:
        filler = (
            b"\n" * size + b"x:\n" + b"  # c\n" * size + b"y: " + b": " * size + b"\n"
        )
        data = STORY.replace(b"type: video\n", b"type: video\n" + filler)
        data = data.replace(b"First line.", b"\\n" * size)
        start = time.perf_counter()
        assert record.write(record.read(data)) == data
        return time.perf_counter() - start

    spent(1000)
    small = min(spent(4_000) for _ in range(3))
    large = min(spent(40_000) for _ in range(3))
    # Quadratic work would take a hundred times as long.
    assert large < 40 * small


def test_a_title_of_a_megabyte_survives() -> None:
    built = replace(SMALL, title='"\\\n: #é🚀' * 100_000)
    assert record.read(record.write(built)) == built


def entry(url: str, **values: object) -> Related:
    return Related(
        title=f"T {url}",
        excerpt=None,
        published_at=SMALL.published_at,
        web_url=url,
        provider=SMALL.provider,
        quality=1,
        **values,  # type: ignore[arg-type]
    )


def test_an_update_takes_fresh_values_and_keeps_what_only_the_file_knows() -> None:
    old = replace(record.read(TOUCHED), category="essay")
    fresh = replace(SMALL, title="Fresh", images=old.images)
    found = record.update(old, fresh)
    data = record.write(found)
    assert (found.category, found.secured, found.title) == ("essay", "x;y", "Fresh")
    for kept in (
        b"pinned: yes",
        b"  founded: 1887\n",
        b"      top: 2\n",
        b"footer: last",
    ):
        assert kept in data
    assert b"    score: 0.5" not in data
    assert record.write(record.read(data)) == data


def test_unknown_keys_of_related_coverage_follow_its_address() -> None:
    image = RecordImage(url="https://i.example.org/1.png")
    keeps = (
        UnknownKey(path="related/0", after="title", text="    note: here\n"),
        UnknownKey(path="related/0/images/0", after="url", text="        by: me\n"),
        UnknownKey(path="related/1", after="title", text="    note: gone\n"),
    )
    old = replace(
        SMALL,
        related=(
            entry("https://one.example.org", images=(image,)),
            entry("https://two"),
        ),
        unknown=keeps,
    )
    fresh = replace(
        SMALL,
        related=(
            entry("https://three.example.org"),
            entry("https://one.example.org", images=(image,)),
        ),
    )
    found = record.update(old, fresh)
    assert [(kept.path, kept.text.strip()) for kept in found.unknown] == [
        ("related/1", "note: here"),
        ("related/1/images/0", "by: me"),
    ]
    assert b"note: here" in record.write(found)


@given(records, records)
@settings(max_examples=40, deadline=None)
def test_updating_a_record_without_unknown_keys_gives_the_fresh_one(
    old: Record, fresh: Record
) -> None:
    expected = replace(
        fresh, category=old.category, secured=fresh.secured or old.secured
    )
    assert record.update(old, fresh) == expected


@pytest.mark.skipif(
    "NEWSDESK_EXAMPLES" not in os.environ, reason="NEWSDESK_EXAMPLES names no folder"
)
def test_records_of_the_older_system_survive_byte_for_byte() -> None:
    files = sorted(Path(os.environ["NEWSDESK_EXAMPLES"]).rglob("20*.md"))
    assert files
    for file in files:
        assert record.write(record.read(file.read_bytes())) == file.read_bytes(), file
