"""What hubs delivered outlives the process that took it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsdesk.model.feed import Reply
from newsdesk.web.deliveries import FOLDER, Deliveries

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)


def delivery(number: int, body: bytes = b"<rss/>\n\n<x/>\x00\xff") -> Reply:
    return Reply(
        key=f"{number}",
        url="https://a.example/ü",
        final_url="https://a.example/ü",
        status=200,
        headers=(("content-type", 'text/xml; charset="x"'),),
        body=body,
        fetched_at=NOW + timedelta(seconds=number),
        is_delivered=True,
    )


def test_deliveries_come_back_whole_and_in_order_until_they_are_forgotten(
    tmp_path: Path,
) -> None:
    box = Deliveries(tmp_path)
    given = [delivery(number) for number in range(12)]
    for one in given:
        box.put(one)
    assert box.waiting() == 12
    assert list(box.take()) == given
    assert (box.waiting(), box.take()) == (0, ())
    # The process is killed before they are read: the next one has them.
    again = Deliveries(tmp_path)
    assert list(again.take()) == given
    again.put(delivery(99))
    again.forget_taken()
    assert [one.key for one in Deliveries(tmp_path).take()] == ["99"]


def test_two_deliveries_of_one_instant_are_two(tmp_path: Path) -> None:
    box = Deliveries(tmp_path)
    box.put(delivery(1, b"a"))
    box.put(delivery(1, b"b"))
    assert [one.body for one in box.take()] == [b"a", b"b"]


@pytest.mark.parametrize(
    "bad", [b"", b"\n", b"[]\nx", b"null\nx", b'["k","u","then",[]]\nx', b"\xff\nx"]
)
def test_a_file_that_cannot_be_read_is_as_good_as_none_and_goes(
    tmp_path: Path, bad: bytes
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "0").write_bytes(bad)
    (tmp_path / FOLDER / "1.part").write_bytes(b"cut off")
    box = Deliveries(tmp_path)
    assert box.take() == ()
    box.forget_taken()
    assert not (tmp_path / FOLDER / "0").exists()


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    box = Deliveries(tmp_path)
    assert (box.waiting(), box.take()) == (0, ())
    box.forget_taken()
    assert not (tmp_path / FOLDER).exists()
