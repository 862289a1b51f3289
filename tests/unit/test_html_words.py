"""Days, spans, counts and links as readers see them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.render import html_words


def test_days_are_named_in_full():
    at = datetime(2026, 2, 19, 6, 12, tzinfo=UTC)
    assert html_words.day(at) == "19 February 2026"
    assert html_words.weekday(at) == "Thursday, 19 February 2026"
    assert html_words.moment(at) == "19 Feb, 06:12"
    assert html_words.month(date(2026, 12, 1)) == "December 2026"


def test_instants_count_by_their_day_in_utc():
    at = datetime(2026, 2, 19, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert html_words.day(at) == "18 February 2026"
    assert html_words.clock(at) == "22:30"
    assert html_words.machine(at) == "2026-02-18T22:30:00Z"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (-5, "0 min"),
        (59, "59 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (1440, "1 d"),
        (1501, "1 d 1 h"),
    ],
)
def test_spans_name_their_two_largest_units(minutes: int, words: str):
    assert html_words.span(timedelta(minutes=minutes)) == words


def test_counts_agree_with_their_noun():
    assert html_words.count(1, "outlet") == "1 outlet"
    assert html_words.count(0, "outlet") == "0 outlets"
    assert html_words.count(1204, "story", "stories") == "1,204 stories"


@pytest.mark.parametrize(
    ("value", "text"),
    [(24.0, "+24"), (12.5, "+12.5"), (-3.25, "−3.25"), (0.0, "0"), (-0.001, "0")],
)
def test_points_show_their_sign_and_no_idle_digits(value: float, text: str):
    assert html_words.points(value) == text


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " https://a.example/",
        "data:text/html,x",
        "//a.example/",
        "/path",
        "https://",
        "https://[broken",
        "mailto:a@b.example",
    ],
)
def test_addresses_that_are_no_web_pages_are_not_links(url: str | None):
    assert html_words.link(url) is None


@pytest.mark.parametrize("url", ["http://a.example", "HTTPS://a.example/b?c=d&e#f"])
def test_web_addresses_are_links(url: str):
    assert html_words.link(url) == url


def test_a_shortened_text_ends_between_words():
    assert html_words.shorten("one  two\nthree four", 12) == "one two…"
    assert html_words.shorten("short", 12) == "short"
    assert html_words.shorten(None, 12) == ""


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("quality 77 reaches 70", "Quality 77 reaches 70."),
        ("Held already.", "Held already."),
        (" ", ""),
    ],
)
def test_a_reason_reads_as_a_sentence(text: str, whole: str):
    assert html_words.sentence(text) == whole


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_a_shortened_text_is_never_longer_than_asked(text: str, limit: int):
    assert len(html_words.shorten(text, limit)) <= limit
