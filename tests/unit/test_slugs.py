"""Slugs and paths of records."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text.slugs import LONGEST, record_path, slug

DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harbour opens", "harbour-opens"),
        ("The U.S. and ‘sea’ law", "the-us-and-sea-law"),
        ("Café crème — 3 tips", "cafe-creme-3-tips"),
        ("Low-Code/No-Code", "low-codeno-code"),
        ("  - a -- b - ", "a-b"),
        ("½ price", "12-price"),
        ("Two\nlines\tand\xa0a gap", "two-lines-and-a-gap"),
        ("ﬁne ＡＢＣ", "fine-abc"),
        ("../../etc/passwd\0", "etcpasswd"),
        ("港口", "untitled"),
        ("", "untitled"),
    ],
)
def test_a_slug_keeps_ascii_letters_digits_and_single_hyphens(
    title: str, expected: str
) -> None:
    assert slug(title) == expected


def test_a_long_slug_is_cut_between_words() -> None:
    found = slug("harbour " * 40)
    assert found == "-".join(["harbour"] * 18)
    assert len(found) == 143


def test_a_slug_that_just_fits_is_not_cut() -> None:
    title = "a" * 70 + " " + "b" * 73
    assert len(title) == LONGEST
    assert slug(title) == title.replace(" ", "-")
    assert slug(title + " c") == title.replace(" ", "-")


def test_a_long_word_is_cut_within() -> None:
    assert slug("a" * 500) == "a" * LONGEST
    assert slug("short " + "a" * 500) == ("short-" + "a" * 500)[:LONGEST]


@given(st.text(max_size=700))
def test_any_title_gives_a_slug_that_is_its_own_slug(title: str) -> None:
    found = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", found)
    assert len(found) <= LONGEST
    assert slug(found) == found


def test_a_path_starts_with_the_day_in_utc() -> None:
    west = datetime(2024, 2, 29, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert record_path(west, "A b", ()) == "_news/2024-03-01-a-b.md"


def test_a_path_that_is_taken_gets_a_number() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(record_path(DAY, "A b", taken))
    assert taken == {
        "_news/2024-02-29-a-b.md",
        "_news/2024-02-29-a-b-2.md",
        "_news/2024-02-29-a-b-3.md",
    }
