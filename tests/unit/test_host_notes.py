"""What hosts told us, in a file that may be cut short, spoilt or not be there at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fakes import FakeClock
from newsdesk.fetch import notes
from newsdesk.fetch.notes import HostNotes, Note

HOST = "http://a.example"


def a_note(clock: FakeClock, text: str | None = "Disallow: /", hours: int = 2) -> Note:
    return Note(until=clock.now + timedelta(hours=hours), text=text)


def test_a_note_outlives_its_process_and_ends_at_its_time(tmp_path: Path) -> None:
    clock, path = FakeClock(), tmp_path / "state" / "hosts.jsonl"
    note = a_note(clock, "Disallow: /ä\nAllow: /")
    HostNotes(path, clock).put("robots", HOST, note)
    again = HostNotes(path, clock)
    assert again.get("robots", HOST) == note
    assert again.get("hold", HOST) is None
    clock.pass_by(hours=2, seconds=-1)
    assert again.get("robots", HOST) == note
    clock.pass_by(seconds=1)
    assert again.get("robots", HOST) is None
    assert HostNotes(path, clock).get("robots", HOST) is None


def test_the_last_note_counts(tmp_path: Path) -> None:
    clock, path = FakeClock(), tmp_path / "hosts.jsonl"
    kept = HostNotes(path, clock)
    for text in ("first", "second"):
        kept.put("robots", HOST, a_note(clock, text))
        assert kept.get("robots", HOST) == a_note(clock, text)
    assert HostNotes(path, clock).get("robots", HOST) == a_note(clock, "second")


@pytest.mark.parametrize(
    "spoilt",
    [
        b'["robots", "http://b.example", "2026-02-19T0',
        b"\xff\xfe\x00",
        b'{"a": 1}',
        b'["robots", "http://b.example", "2027-01-01", "no zone", ""]',
        b'["robots", "http://b.example", "2027-01-01T00:00:00+00:00", 5, ""]',
        b"[" * 100_000,
    ],
)
def test_a_spoilt_line_spoils_no_other(tmp_path: Path, spoilt: bytes) -> None:
    clock, path = FakeClock(), tmp_path / "hosts.jsonl"
    HostNotes(path, clock).put("robots", HOST, a_note(clock))
    with path.open("ab") as file:
        file.write(b"\n" + spoilt)
    HostNotes(path, clock).put("hold", "c.example", a_note(clock, None))
    again = HostNotes(path, clock)
    assert again.get("robots", HOST) and again.get("hold", "c.example")
    assert again.get("robots", "http://b.example") is None


def test_what_no_longer_counts_is_cleared_away(tmp_path: Path) -> None:
    clock, path = FakeClock(), tmp_path / "hosts.jsonl"
    kept = HostNotes(path, clock)
    for number in range(20):
        kept.put("robots", f"http://{number}.example", a_note(clock))
    clock.pass_by(hours=1)
    kept.put("robots", HOST, a_note(clock))
    clock.pass_by(hours=1)
    assert HostNotes(path, clock).get("robots", HOST)
    assert len(path.read_text().split()) < 20
    assert HostNotes(path, clock).get("robots", HOST)


def test_a_place_that_cannot_be_written_is_borne(tmp_path: Path) -> None:
    clock = FakeClock()
    (tmp_path / "file").write_text("in the way")
    kept = HostNotes(tmp_path / "file" / "hosts.jsonl", clock)
    kept.put("robots", HOST, a_note(clock))
    assert kept.get("robots", HOST)


def test_very_long_rules_are_not_kept(tmp_path: Path) -> None:
    clock, path = FakeClock(), tmp_path / "hosts.jsonl"
    long = "x" * (notes.MOST_TEXT + 1)
    HostNotes(path, clock).put("robots", HOST, a_note(clock, long))
    assert not path.exists()
