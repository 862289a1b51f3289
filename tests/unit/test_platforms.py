"""Under whose name an address publishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import platforms


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://edition.cnn.com/a", "cnn.com"),
        ("https://www.gov.uk/a", "gov.uk"),
        ("https://ada.substack.com/p/x", "ada.substack.com"),
        ("https://open.substack.com/pub/ada/p/x", "ada.substack.com"),
        ("https://substack.com/@ada/note/1", "ada.substack.com"),
        ("https://substack.com/home", "substack.com"),
        ("https://on.substack.com/p/x", "substack.com"),
        ("https://medium.com/@Ada/x-1", "ada.medium.com"),
        ("https://ada.medium.com/x-1", "ada.medium.com"),
        ("https://medium.com/some-journal/x-1", "medium.com/some-journal"),
        ("https://medium.com/tag/boats/latest", "medium.com"),
        ("https://ada.wordpress.com/2026/x", "ada.wordpress.com"),
        ("https://ada.blogspot.de/2026/x.html", "ada.blogspot.com"),
        ("https://www.ada.blogspot.com/x", "ada.blogspot.com"),
        ("https://ada.github.io/x", "ada.github.io"),
        ("https://ada.ghost.io/x", "ada.ghost.io"),
        ("https://mail.ada.beehiiv.com/p/x", "ada.beehiiv.com"),
        ("https://www.tumblr.com/ada/123/x", "ada.tumblr.com"),
        ("https://www.youtube.com/@AdaTV/videos", "youtube.com/@adatv"),
        ("https://www.youtube.com/channel/UCaB", "youtube.com/channel/UCaB"),
        ("https://www.youtube.com/watch?v=x", "youtube.com"),
        ("https://www.reddit.com/r/Boats/comments/1", "reddit.com/r/boats"),
        ("https://github.com/Ada/engine/releases", "github.com/ada"),
        ("https://github.com/features/x", "github.com"),
        ("https://twitter.com/Ada/status/1", "x.com/ada"),
        ("https://x.com/i/status/1", "x.com"),
        ("https://bsky.app/profile/ada.example/post/1", "bsky.app/profile/ada.example"),
        ("https://t.me/s/ada_news/12", "t.me/ada_news"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
    ],
)
def test_a_lent_name_is_a_publisher_of_its_own(url: str, place: str) -> None:
    assert platforms.place(url) == place


@pytest.mark.parametrize("url", ["", "mailto:ada@example.org", "nothing"])
def test_what_is_no_web_address_is_nobodys(url: str) -> None:
    assert platforms.place(url) is None


@pytest.mark.parametrize(
    ("place", "lender"),
    [
        ("youtube.com/@ada", "youtube.com"),
        ("ada.substack.com", "substack.com"),
        ("ada.github.io", "github.io"),
        ("substack.com", None),
        ("bbc.co.uk", None),
    ],
)
def test_a_place_says_who_lent_it(place: str, lender: str | None) -> None:
    assert platforms.lender(place) == lender


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_makes_it_fail(name: str, path: str) -> None:
    for host in ("youtube.com", f"{name}.substack.com", name):
        where = platforms.place(f"https://{host}/{path}")
        assert where is None or where
