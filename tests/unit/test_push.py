"""Pushed JSON lines, read one by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, source
from newsdesk.model.feed import FeedEntry, Health, Picture, SourceState
from newsdesk.stages import push

WHOLE = {
    "url": "https://a.example/1?utm_source=x",
    "title": " One\n thing happened ",
    "published": "Thu, 19 Feb 2026 05:00:00 GMT",
    "updated": "2026-02-19T07:30:00+01:00",
    "summary": "<p>It did.</p>",
    "content": "<p>It did so on Monday.</p>",
    "authors": ["Ada Byron", " "],
    "tags": ["law"],
    "images": [{"url": "https://a.example/1.jpg", "width": 800, "height": 450.0}],
    "language": "en-GB",
    "guid": "g1",
    "provider": "The A",
}


def lines(*objects: object) -> bytes:
    return b"\n".join(json.dumps(one).encode() for one in objects)


def refusals(data: bytes) -> list[tuple[int, str]]:
    return [(p.line, p.reason) for p in push.parsed(data).problems]


def refusal(**more: object) -> str:
    ((_, reason),) = refusals(lines({"url": "https://a.example/1"} | more))
    return reason


def test_a_line_says_all_that_an_entry_can_say() -> None:
    parsed = push.parsed(lines(WHOLE))
    assert parsed.problems == ()
    assert parsed.items == (
        FeedEntry(
            guid="g1",
            url="https://a.example/1?utm_source=x",
            title="One thing happened",
            summary_html="<p>It did.</p>",
            content_html="<p>It did so on Monday.</p>",
            published_at=datetime(2026, 2, 19, 5, tzinfo=UTC),
            updated_at=datetime(2026, 2, 19, 6, 30, tzinfo=UTC),
            authors=("Ada Byron",),
            tags=("law",),
            pictures=(Picture(url="https://a.example/1.jpg", width=800, height=450),),
            language="en",
            provider_name="The A",
        ),
    )


def test_an_address_alone_is_an_entry_and_null_means_absent() -> None:
    data = lines({"url": "https://a.example/1", "title": None, "images": None})
    assert push.parsed(data).items == (FeedEntry(url="https://a.example/1"),)


def test_bad_lines_are_told_by_number_and_stop_no_good_one() -> None:
    good = json.dumps({"url": "https://a.example/1"}).encode()
    data = b"\xef\xbb\xbf" + b"\r\n".join(
        [good, b"", b"{not json", b"[1]", b"\xff", good, b'"x"', b"  ", b"{}"]
    )
    assert [line for line, _ in refusals(data)] == [3, 4, 5, 7, 9]
    assert len(push.parsed(data).items) == 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"titel": "x"}, "unknown key `titel`; did you mean `title`?"),
        ({"Published": "x"}, "unknown key `Published`; did you mean `published`?"),
        ({"zzz": 1}, "unknown key `zzz`; known are `url`, `title`"),
        ({"url": None}, "`url` is missing"),
        ({"url": "ftp://a.example/"}, "`url` is no http or https address"),
        ({"url": 7}, "`url` must be a text in quotes, not 7"),
        ({"title": ["a"]}, "`title` must be a text in quotes, not a list"),
        ({"published": "02/03/2026"}, "`published` cannot be read as a date"),
        ({"published": "soon"}, "write 2026-02-19T06:00:00Z"),
        ({"updated": 1771480800}, "`updated` must be a text in quotes"),
        ({"authors": "Ada"}, "`authors` must be a list of texts, not Ada"),
        ({"tags": [1]}, "`tags` must be a text in quotes, not 1"),
        ({"images": ["x"]}, "`images` must hold objects"),
        ({"images": [{"width": 1}]}, "`images.url` is missing"),
        (
            {"images": [{"url": "https://a.example/", "hight": 1}]},
            "unknown key of `images` `hight`; did you mean `height`?",
        ),
        (
            {"images": [{"url": "https://a.example/", "width": True}]},
            "`images.width` must be a number of pixels, not true",
        ),
        (
            {"images": [{"url": "https://a.example/", "width": float("inf")}]},
            "must be a number of pixels, not Infinity",
        ),
        ({"language": "x y z"}, "`language` names no language"),
        ({"content": "<p>All.</p>"}, "`title` is missing; with `content`"),
        ({"title": "x" * 1001}, "`title` is longer than 1,000 characters"),
        ({"tags": ["x"] * 101}, "`tags` holds more than 100 texts"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(
    given: dict[str, object], reason: str
) -> None:
    assert reason in refusal(**given)


def test_a_line_nested_beyond_reason_is_refused() -> None:
    data = b'{"url": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert "not JSON" in refusals(data)[0][1]
    assert "not JSON" in refusals(b'{"url": ' + b"9" * 10_000 + b"}")[0][1]


def test_a_push_is_bounded_in_bytes_and_lines() -> None:
    line = b'{"url": "https://a.example/1"}\n'
    parsed = push.parsed(line * (push.MAX_LINES + 2))
    assert len(parsed.items) == push.MAX_LINES
    assert [p.line for p in parsed.problems] == [push.MAX_LINES + 1]
    assert "push it in parts" in refusals(b" " * (push.MAX_BYTES + 1))[0][1]
    long = b'{"url": "' + b"x" * push.MAX_LINE_BYTES + b'"}'
    assert "longer than" in refusals(long)[0][1]


def test_what_no_file_can_hold_is_taken_out() -> None:
    data = b'{"url": "https://a.example/1", "title": "a\\u0000b\\ud83dc"}'
    assert push.parsed(data).items[0].title == "a b c"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    parsed = push.parsed(data)
    told = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    filled = sum(bool(line.strip()) for line in told)
    assert len(parsed.items) + len(parsed.problems) == filled


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["url", "width", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*WHOLE, "other"]), values, max_size=6))
def test_any_object_is_an_entry_or_a_problem(given: dict[str, object]) -> None:
    parsed = push.parsed(json.dumps(given).encode())
    assert len(parsed.items) + len(parsed.problems) == 1


def test_the_same_line_twice_is_one_entry_and_the_last_line_holds() -> None:
    one = {"url": "https://a.example/1", "title": "first"}
    other = {"url": "https://b.example/1", "title": "other"}
    again = {"url": "https://www.a.example/1?utm_source=mail", "title": "second"}
    parsed = push.parsed(lines(one, other, again))
    entries = push.entries(parsed, source("own"), NOW)
    told = [(entry.item.title, entry.position) for entry in entries]
    assert told == [("other", 1), ("second", 2)]


def test_an_entry_with_content_is_whole() -> None:
    parsed = push.parsed(lines(WHOLE, {"url": "https://a.example/2", "summary": "x"}))
    entries = push.entries(parsed, source("own"), NOW)
    assert [entry.is_whole for entry in entries] == [True, False]


def test_a_push_makes_its_source_fresh_and_counts_what_is_new() -> None:
    state = SourceState(source=source("own"))
    once = push.state_after(state, 3, NOW)
    later = NOW + timedelta(hours=1)
    twice = push.state_after(once, 0, later)
    assert (once.health, once.entries_seen, once.new_at) == (Health.FRESH, 3, NOW)
    assert (twice.entries_seen, twice.new_at, twice.since_at) == (3, NOW, NOW)
    assert (twice.ok_at, twice.next_poll_at) == (later, None)
