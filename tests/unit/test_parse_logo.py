"""The logo that a feed gives of itself."""

from __future__ import annotations

import pytest

from makers import site, source
from newsdesk.model.article import Logo
from newsdesk.model.feed import Feed, Picture, SourceState
from newsdesk.stages import cover, parse


def feed(body: str) -> Feed:
    read = parse.feed(body.encode(), url="https://a.example/feed")
    assert isinstance(read, Feed)
    return read


def rss(inside: str) -> str:
    return (
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
        f"<channel><title>T</title>{inside}<item><title>I</title>"
        "<image><url>https://a.example/item.png</url></image></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("inside", "logo"),
    [
        ("<image><url>https://a.example/l.png</url><width>88</width>"
         "<height>31</height></image>",
         Picture(url="https://a.example/l.png", width=88, height=31)),
        ("<image><url>/l.png</url><width>wide</width></image>",
         Picture(url="https://a.example/l.png")),
        ('<itunes:image href="https://a.example/pod.jpg"/>',
         Picture(url="https://a.example/pod.jpg")),
        ("<image><url>data:image/png;base64,AA</url></image>", None),
        ("", None),
    ],
)  # fmt: skip
def test_an_rss_feed_names_its_logo(inside: str, logo: Picture | None) -> None:
    assert feed(rss(inside)).logo == logo


def test_an_atom_feed_prefers_its_logo_to_its_icon() -> None:
    read = feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>'
        "<icon>/i.png</icon><logo>/l.png</logo>"
        "<entry><title>E</title><id>1</id></entry></feed>"
    )
    assert read.logo == Picture(url="https://a.example/l.png")


def test_a_json_feed_names_its_icon() -> None:
    read = feed(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T",'
        '"icon": "/i.png", "favicon": "/f.ico", "items": [{"id": "1"}]}'
    )
    assert read.logo == Picture(url="https://a.example/i.png")


def test_workers_are_told_the_logos_of_feeds() -> None:
    state = SourceState(
        source=source(),
        title="T",
        logo=Picture(url="https://a.example/l.png", width=88),
    )
    told = cover.newsroom(site(), [state]).source_logos
    assert told == (
        (state.source.id, Logo(url="https://a.example/l.png", width=88, height=0)),
    )
