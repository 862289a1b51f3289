"""Spans and instants as HTTP headers write them, and as they should not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import http_time

NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *[
            ("0", 0),
            (" 15 ", 15),
            ("", None),
            (None, None),
            ("-1", None),
            ("1.5", None),
        ],
        *[("١", None), ("9" * 9_999, 999_999_999_999)],
    ],
)
def test_seconds(value: str | None, expected: int | None) -> None:
    assert expected == http_time.seconds(value)


@pytest.mark.parametrize(
    "value",
    [
        "Thu, 19 Feb 2026 06:00:00 GMT",
        "Thursday, 19-Feb-26 06:00:00 GMT",
        "Thu Feb 19 06:00:00 2026",
        "Thu, 19 Feb 2026 07:00:00 +0100",
        "19 Feb 2026 06:00:00",
    ],
)
def test_an_instant_in_any_of_its_forms(value: str) -> None:
    assert http_time.instant(value) == NOW


@pytest.mark.parametrize(
    "value", [None, "", "0", "-1", "soon", "Thu, 99 Feb 2026 06:00:00 GMT", "1" * 999]
)
def test_what_is_no_instant(value: str | None) -> None:
    assert http_time.instant(value) is None


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    http_time.instant(text)
    wait = http_time.until(text, NOW, 60)
    assert wait is None or 0 <= wait <= 60
