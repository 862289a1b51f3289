"""Where things stand below a site's address."""

from __future__ import annotations

import pytest

from newsdesk.render import addresses


def test_a_story_stands_under_the_name_of_its_record() -> None:
    page = addresses.story_page("_news/2024-02-29-u-s-v2.0.md")
    assert page == "news/2024-02-29-u-s-v2.0/"
    assert addresses.page_file(page) == "news/2024-02-29-u-s-v2.0/index.html"


def test_a_topic_has_a_page_a_feed_and_an_api() -> None:
    assert addresses.topic_page("sailing") == "topics/sailing/"
    assert addresses.topic_feed("sailing") == "feeds/sailing.atom"
    assert addresses.api_index("sailing") == "api/news/sailing/index.json"
    assert addresses.api_index() == "api/news/index.json"


@pytest.mark.parametrize("site", ["https://a.example/x/", "https://a.example/x"])
def test_an_address_is_made_absolute_with_one_slash(site: str) -> None:
    assert (
        addresses.absolute(site, "feeds/all.atom")
        == "https://a.example/x/feeds/all.atom"
    )
    assert addresses.absolute(site, "") == "https://a.example/x/"
