"""Addresses: one spelling each, one key an article, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdesk.text import urls

PIECES = st.sampled_from(
    (
        *(
            "a",
            "B",
            "%7e",
            "%e2",
            "%zz",
            "%",
            "%2e",
            "..",
            "/",
            "//",
            "?",
            "&",
            "=",
            "#",
        ),
        *("utm_source=x", "&amp;", "ü", " ", "~", ":", "@", ".", "source=rss", "%%7e"),
    )
)
TAILS = st.lists(PIECES, max_size=12).map("".join)
HOSTS = st.sampled_from(
    ["ex.com", "WWW.Ex.com", "ex.com:80", "ex.com:8080", "bücher.de", "1.1.1.1", "a."]
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://WWW.Ex.COM:80/a/../b", "http://www.ex.com/b"),
        ("https://ex.com:443/", "https://ex.com/"),
        ("https://ex.com:8443/", "https://ex.com:8443/"),
        ("http://ex.com", "http://ex.com/"),
        ("http://ex.com/a#top", "http://ex.com/a"),
        ("http://ex.com/%7ejoe/%e2", "http://ex.com/~joe/%E2"),
        ("http://ex.com/?q=%7e%c3", "http://ex.com/?q=~%C3"),
        ("http://ex.com/?b=2&a=1", "http://ex.com/?b=2&a=1"),
        ("http://ex.com/?", "http://ex.com/"),
        ("http://ex.com/?utm_source=x", "http://ex.com/"),
        ("http://ex.com/?id=3&UTM_Medium=x&fbclid=1", "http://ex.com/?id=3"),
        ("http://ex.com/?a=1&amp;utm_source=b", "http://ex.com/?a=1"),
        ("http://ex.com/?utm%5Fsource=b", "http://ex.com/"),
        ("http://ex.com/?source=rss----ab1", "http://ex.com/"),
        ("http://ex.com/?source=archive", "http://ex.com/?source=archive"),
        ("http://ex.com/?rss=rss20", "http://ex.com/?rss=rss20"),
        ("http://ex.com/a?traffic_source=rss&id=1", "http://ex.com/a?id=1"),
        ("http://ex.com/?ref=main", "http://ex.com/?ref=main"),
        ("http://ex.com./a", "http://ex.com/a"),
        ("http://bücher.de/ü", "http://xn--bcher-kva.de/%C3%BC"),
        ("  http://ex.com/a b\n", "http://ex.com/a%20b"),
        ("http://127.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_spelling(given: str, expected: str) -> None:
    assert expected == urls.canonical(given)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ex.com/a", "/a", "mailto:a@b.de", "javascript:1", "http://", "http://["),
        *(
            "data:,",
            "http://a b/",
            "http://\ud800.com/",
            "http://.../",
            "ftp://ex.com/",
        ),
        "http://ex.com/" + "a" * urls.MAX_LENGTH,
    ],
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert urls.canonical(text) is None
    assert urls.key(text) is None
    assert urls.absolute("http://", text) is None


@given(host=HOSTS, tail=TAILS)
@example(host="ex.com", tail="???")
@example(host="ex.com", tail="?utm_source=x&??b")
def test_the_one_spelling_is_its_own(host: str, tail: str) -> None:
    once = urls.canonical(f"http://{host}/{tail}")
    assert once is not None
    assert once == urls.canonical(once)
    assert urls.key(f"http://{host}/{tail}") == urls.key(once)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    urls.key(text)
    urls.registrable(text)
    urls.absolute(text, text)
    assert len(urls.identity(text)) == 16


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://ex.com/a", "https://www.ex.com/a/"),
        ("https://ex.com", "http://www.ex.com/?utm_campaign=x#y"),
        ("http://me:secret@ex.com/a", "http://ex.com/a"),
    ],
)
def test_addresses_of_the_same_article_share_a_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://ex.com/a", "http://ex.com/A"),
        ("http://ex.com/?id=1", "http://ex.com/?id=2"),
        ("http://ex.com/a", "http://news.ex.com/a"),
        ("http://ex.com/", "http://ex.com:8080/"),
        ("http://www.com/", "http://com/"),
    ],
)
def test_addresses_of_different_articles_do_not(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("https://news.bbc.co.uk/a", "bbc.co.uk"),
        ("NEWS.Bbc.co.uk", "bbc.co.uk"),
        ("bbc.co.uk:8080", "bbc.co.uk"),
        ("co.uk", "co.uk"),
        ("www.daily.example", "daily.example"),
        ("http://daily.example:81/", "daily.example"),
        ("localhost", "localhost"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("ex.com.", "ex.com"),
        ("www.bücher.de", "xn--bcher-kva.de"),
        ("", None),
        ("mailto:a@b", "b"),
        ("not a host", None),
    ],
)
def test_the_registrable_domain(of: str, expected: str | None) -> None:
    assert expected == urls.registrable(of)


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("http://ex.com/a/b", "c", "http://ex.com/a/c"),
        ("http://ex.com/a/b", "//other.com/c", "http://other.com/c"),
        ("http://ex.com/a", "?q#f", "http://ex.com/a?q#f"),
        (None, "http://ex.com/a", "http://ex.com/a"),
        (None, "a", None),
        ("nonsense", "http://ex.com/a", "http://ex.com/a"),
        ("nonsense", "a", None),
        ("http://ex.com/", "mailto:a@b", None),
        ("http://ex.com/", None, None),
    ],
)
def test_an_address_in_a_document_is_made_absolute(
    base: str | None, href: str | None, expected: str | None
) -> None:
    assert expected == urls.absolute(base, href)


def test_an_identity_is_the_start_of_a_sha_256() -> None:
    assert urls.identity("abc") == "ba7816bf8f01cfea"


def test_the_host_of_an_address_is_in_ascii() -> None:
    assert urls.host("http://Bücher.de:81/") == "xn--bcher-kva.de"
    assert urls.host("bücher.de") is None


@pytest.mark.parametrize(
    ("domain", "expected"),
    [("ex.com", True), ("127.0.0.1", False), ("[::1]", False), ("localhost", False)],
)
def test_limits_of_a_public_domain_span_its_hosts(domain: str, expected: bool) -> None:
    assert expected is urls.is_public(domain)


def test_names_lent_by_one_host_are_publishers_of_their_own():
    assert urls.publishing("https://www.ada.blogspot.com/1") == "ada.blogspot.com"
    assert urls.registrable("https://www.ada.blogspot.com/1") == "blogspot.com"
    assert urls.publishing("https://news.bbc.co.uk/1") == "bbc.co.uk"
    assert urls.publishing("http://www.harbour-courier.example/") == (
        "harbour-courier.example"
    )
