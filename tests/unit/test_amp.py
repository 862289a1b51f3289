"""Addresses of the AMP cache, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text.amp import cache_url, origin_url, subdomain


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://news.harbour.example/a/amp?x=1&y=%20",
            "https://news-harbour-example.cdn.ampproject.org"
            "/c/s/news.harbour.example/a/amp?x=1&y=%20",
        ),
        (
            "http://low-tide.example/b",
            "https://low--tide-example.cdn.ampproject.org/c/low-tide.example/b",
        ),
        (
            "https://harbour.example/quay.JPG",
            "https://harbour-example.cdn.ampproject.org/i/s/harbour.example/quay.JPG",
        ),
        (
            "https://harbour.example/f.woff2",
            "https://harbour-example.cdn.ampproject.org/r/s/harbour.example/f.woff2",
        ),
        (
            "https://harbour.example",
            "https://harbour-example.cdn.ampproject.org/c/s/harbour.example",
        ),
    ],
)
def test_a_cached_address_leads_back_to_its_origin(url: str, expected: str) -> None:
    assert cache_url(url) == expected
    assert origin_url(expected) == url


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("NEWS.Harbour.example", "news-harbour-example"),
        ("de-de.harbour.example", "0-de--de-harbour-example-0"),
        ("xn--hfen-loa.example", subdomain("häfen.example")),
    ],
)
def test_a_label_says_the_domain(host: str, label: str) -> None:
    assert subdomain(host) == label


@pytest.mark.parametrize(
    "host", ["harbour", ".".join(["long"] * 20), "hello.مرسى.example", "a." + "b" * 62]
)
def test_a_domain_that_cannot_be_said_is_hashed(host: str) -> None:
    label = subdomain(host)
    assert label is not None
    assert len(label) == 52
    assert label.isalnum()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://harbour.example/a",
        "https:///a",
        "https://[::1/a",
        "https://harbour.example:x/a",
        "mailto:a@harbour.example",
        "https://127.0.0.1/a",
        "https://a b.example/",
        "https://a..example/",
        "https://a%2e.example/",
        "https://xn--99999999999.example/",
    ],
)
def test_what_the_cache_does_not_serve_has_no_address(url: str) -> None:
    assert cache_url(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.google.com/amp/s/harbour.example/a?b=1",
            "https://harbour.example/a?b=1",
        ),
        ("https://google.co.uk/amp/harbour.example/a", "http://harbour.example/a"),
        (
            "https://x.cdn.ampproject.org/v/s/harbour.example/a#viewer",
            "https://harbour.example/a",
        ),
        (
            "https://x.cdn.ampproject.org/ii/w820/s/harbour.example/a.png",
            "https://harbour.example/a.png",
        ),
        ("https://www.google.com/search?q=amp", None),
        ("https://harbour.example/amp/s/a.b/c", None),
        ("https://x.cdn.ampproject.org/v0.js", None),
        ("https://[::1", None),
    ],
)
def test_the_address_behind_a_viewer_is_found(url: str, expected: str | None) -> None:
    assert origin_url(url) == expected


@given(st.text())
def test_any_text_has_an_address_or_none(text: str) -> None:
    found = cache_url(f"https://{text}")
    assert found is None or found.startswith("https://")
    assert origin_url(text) is None or ":" in text
