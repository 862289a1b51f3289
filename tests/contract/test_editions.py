"""The journal of editions gives back each file as it was written, in little room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, hours
from newsdesk.model.edition import KeptEdition
from newsdesk.model.errors import StoreError
from newsdesk.store import OpenStore, deltas, editions, open_store
from newsdesk.store.opening import writing

Files = dict[str, bytes]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStore]:
    with open_store(tmp_path) as found:
        yield found


def keep(
    opened: OpenStore, files: Files, after_h: float, **more: datetime
) -> int | None:
    edition = KeptEdition(run=1, now=NOW + hours(after_h), as_of=NOW, version="1")
    return opened.store.save_edition(edition, list(files.items()), **more)


def seen(opened: OpenStore, after_h: float) -> Files | None:
    edition = opened.editions.at(NOW + hours(after_h))
    return dict(opened.editions.files(edition)) if edition else None


def page(*stories: int) -> Files:
    lines = "".join(
        f"<li>Story {n} of the day, with {n} outlets</li>\n" for n in stories
    )
    frame = "".join(f"<p>line {n} of what never changes</p>\n" for n in range(60))
    return {"index.html": f"{frame}<ol>\n{lines}</ol>\n".encode()}


def test_an_instant_leads_to_the_edition_that_stood_then(opened: OpenStore) -> None:
    for hour in range(4):
        assert keep(opened, page(*range(hour, hour + 30)), hour) == hour + 1
    assert seen(opened, 2.5) == page(*range(2, 32))
    assert seen(opened, 2) == page(*range(2, 32))
    assert seen(opened, 99) == page(*range(3, 33))


def test_nothing_stood_before_the_first_edition(opened: OpenStore) -> None:
    assert opened.editions.at(NOW) is None
    keep(opened, page(1), 0)
    assert opened.editions.at(NOW - timedelta(seconds=1)) is None


def test_an_edition_like_the_one_before_is_not_kept_again(opened: OpenStore) -> None:
    assert keep(opened, page(1), 0) == 1
    assert keep(opened, page(1), 1) is None
    assert keep(opened, page(2), 2) == 2
    assert keep(opened, page(1), 3) == 3
    assert seen(opened, 3) == page(1)
    assert opened.editions.shelf().texts == 2


def test_a_file_that_goes_is_not_in_later_editions(opened: OpenStore) -> None:
    keep(opened, page(1) | {"old.css": b"a {}"}, 0)
    keep(opened, page(1) | {"new.css": b"b {}"}, 1)
    assert seen(opened, 0) == page(1) | {"old.css": b"a {}"}
    assert seen(opened, 1) == page(1) | {"new.css": b"b {}"}


def test_an_edition_that_differs_a_little_takes_little_room(opened: OpenStore) -> None:
    keep(opened, page(*range(30)), 0)
    first = opened.editions.shelf().kept_bytes
    keep(opened, page(30, *range(29)), 1)
    assert opened.editions.shelf().kept_bytes - first < first / 3


def test_long_rows_of_differences_end_in_a_whole_file(opened: OpenStore) -> None:
    for hour in range(editions.MOST_STEPS + 5):
        keep(opened, page(*range(hour, hour + 30)), hour)
    for hour in range(editions.MOST_STEPS + 5):
        assert seen(opened, hour) == page(*range(hour, hour + 30))


def test_old_editions_are_forgotten_and_the_rest_can_be_rebuilt(
    opened: OpenStore,
) -> None:
    for hour in range(6):
        style = {"site.css": b"a {}"} if hour else {}
        keep(opened, page(*range(hour, hour + 30)) | style, hour)
    kept = opened.editions.shelf().texts
    other = {"index.html": b"a page like none before"}
    keep(opened, other, 6, forget_before=NOW + hours(3.5))
    assert [e.number for e in opened.editions.since()] == [4, 5, 6, 7]
    assert seen(opened, 2) is None
    for hour in (3, 4, 5):
        assert seen(opened, hour) == page(*range(hour, hour + 30)) | {
            "site.css": b"a {}"
        }
    # What kept files are built on stays; it goes once nothing needs it.
    assert opened.editions.shelf().texts == kept + 1
    keep(opened, other | {"site.css": b"b {}"}, 7, forget_before=NOW + hours(7))
    assert [e.number for e in opened.editions.since()] == [8]
    assert seen(opened, 7) == other | {"site.css": b"b {}"}
    assert opened.editions.shelf().texts == 2


def test_a_damaged_file_is_told_and_not_given(opened: OpenStore) -> None:
    keep(opened, page(1), 0)
    with writing(opened.engine) as connection, connection.begin():
        damaged = deltas.packed(b"something else")
        connection.exec_driver_sql("UPDATE edition_texts SET packed = ?", (damaged,))
    with pytest.raises(StoreError, match="damaged"):
        seen(opened, 0)


PIECES = st.sampled_from([b"a\n", b"b\n", b"{}", b"c}", b"long line of text\n", b"x"])


@given(st.lists(PIECES), st.lists(PIECES))
def test_a_difference_gives_the_new_text_back(
    old: list[bytes], new: list[bytes]
) -> None:
    base, text = b"".join(old), b"".join(new)
    assert deltas.restored(base, deltas.delta(base, text)) == text
