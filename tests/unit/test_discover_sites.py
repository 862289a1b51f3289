"""Feeds that an address tells by itself."""

from __future__ import annotations

import pytest

from newsdesk.stages import discover_sites

CHANNEL = "UCabcdefghijklmnopqrstuv"
YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        (f"https://youtube.com/channel/{CHANNEL}", f"{YOUTUBE}?channel_id={CHANNEL}"),
        ("https://www.youtube.com/user/ada", f"{YOUTUBE}?user=ada"),
        ("https://www.youtube.com/playlist?list=PL1", f"{YOUTUBE}?playlist_id=PL1"),
        ("https://www.reddit.com/r/Space", "https://www.reddit.com/r/Space/.rss"),
        ("http://old.reddit.com/r/Space/new/", "https://www.reddit.com/r/Space/new/.rss"),
        ("https://reddit.com/u/ada", "https://www.reddit.com/user/ada/.rss"),
        ("https://reddit.com/user/ada/", "https://www.reddit.com/user/ada/.rss"),
        ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b.git", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/tags", "https://github.com/a/b/tags.atom"),
        ("https://github.com/a/b/commits/main", "https://github.com/a/b/commits/main.atom"),
        ("https://github.com/a", "https://github.com/a.atom"),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c/-/releases.atom"),
        ("https://bsky.app/profile/a.example", "https://bsky.app/profile/a.example/rss"),
        ("https://ada.substack.com/p/x", "https://ada.substack.com/feed"),
        ("https://substack.com/@ada", "https://ada.substack.com/feed"),
        ("https://medium.com/@ada/a-post", "https://medium.com/feed/@ada"),
        ("https://medium.com/better", "https://medium.com/feed/better"),
        ("https://medium.com/tag/space", "https://medium.com/feed/tag/space"),
        ("https://ada.medium.com/", "https://ada.medium.com/feed"),
        ("https://ada.tumblr.com/tagged/x", "https://ada.tumblr.com/tagged/x/rss"),
        ("https://www.tumblr.com/ada", "https://ada.tumblr.com/rss"),
        ("https://ada.wordpress.com/2026/01/x/", "https://ada.wordpress.com/feed/"),
        ("https://ada.blogspot.com/", "https://ada.blogspot.com/feeds/posts/default"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
        ("https://news.google.com/search?q=a+b", "https://news.google.com/rss/search?q=a+b"),
    ],
)  # fmt: skip
def test_a_known_site_tells_its_feed_by_the_address(address: str, feed: str) -> None:
    assert discover_sites.feeds(address)[0] == feed


@pytest.mark.parametrize(
    "address",
    [
        f"{YOUTUBE}?channel_id={CHANNEL}",
        "https://www.youtube.com/@ada",
        "https://www.youtube.com/watch?v=1",
        "https://www.reddit.com/r/Space/.rss",
        "https://github.com/a/b/releases.atom",
        "https://github.com/a/b/commits/main.atom",
        "https://github.com/topics/news",
        "https://github.com/a.atom",
        "https://bsky.app/profile/a.example/rss",
        "https://ada.substack.com/feed",
        "https://medium.com/feed/@ada",
        "https://ada.tumblr.com/rss",
        "https://ada.wordpress.com/feed/",
        "https://notgithub.com/a/b",
        "https://github.com.evil.example/a/b",
        "no address",
    ],
)
def test_a_feed_or_an_address_that_tells_nothing_is_asked_itself(address: str) -> None:
    assert discover_sites.feeds(address) == ()


def test_a_repository_offers_releases_tags_and_commits() -> None:
    found = discover_sites.feeds("https://github.com/a/b")
    names = [url.rsplit("/", 1)[1] for url in found]
    assert names == ["releases.atom", "tags.atom", "commits.atom"]


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("https://social.example/@ada", "https://social.example/@ada.rss"),
        ("https://social.example/@ada/", "https://social.example/@ada.rss"),
        ("https://social.example/@ada/1234", "https://social.example/@ada.rss"),
        ("https://one.example/@ada@two.example", "https://two.example/@ada.rss"),
        ("https://social.example/tags/news", "https://social.example/tags/news.rss"),
        ("https://forum.example/c/news", "https://forum.example/feeds/c/news.xml"),
    ],
)
def test_profiles_of_any_host_are_guessed(address: str, feed: str) -> None:
    assert feed in discover_sites.guesses(address)


def test_a_handle_is_a_profile() -> None:
    assert discover_sites.handle("@ada@Social.example") == "https://social.example/@ada"
    assert discover_sites.handle("ada@mail.example") is None


def test_the_maker_of_a_page_tells_where_its_feed_is() -> None:
    made = discover_sites.of_generator("WordPress 6.7", "https://a.example/blog/x")
    assert made[0] == "https://a.example/feed/"
    assert discover_sites.of_generator("A notepad", "https://a.example/") == ()
