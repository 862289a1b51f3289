"""Videos: which addresses name one, the players made of ids, and what pages embed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.article import ArticleType, Video
from newsdesk.text import videos
from written_pages import LONG, SHORT, STORY, data, document, reading

YOUTUBE = ("youtube", "abcdefghijk")
HEX = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", YOUTUBE),
        ("https://m.youtube.com/watch?list=x&v=abcdefghijk&t=3", YOUTUBE),
        ("https://youtu.be/abcdefghijk?si=x", YOUTUBE),
        ("//www.youtube-nocookie.com/embed/abcdefghijk?rel=0", YOUTUBE),
        ("www.youtube.com/embed/abcdefghijk", YOUTUBE),
        ("https://www.youtube.com/shorts/abcdefghijk", YOUTUBE),
        ("https://www.youtube.com/live/abcdefghijk?feature=share", YOUTUBE),
        ("http://www.youtube.com/v/abcdefghijk&hl=en", YOUTUBE),
        ("https://vimeo.com/123456789", ("vimeo", "123456789")),
        ("https://vimeo.com/123456789/abcdef1234", ("vimeo", "123456789/abcdef1234")),
        (
            "https://player.vimeo.com/video/123456789?h=abcdef1234&t=1",
            ("vimeo", "123456789/abcdef1234"),
        ),
        ("https://vimeo.com/channels/staffpicks/123456789", ("vimeo", "123456789")),
        (
            "https://www.dailymotion.com/video/x8abcd_old-bridge",
            ("dailymotion", "x8abcd"),
        ),
        ("https://dai.ly/x8abcd1", ("dailymotion", "x8abcd1")),
        (
            "https://geo.dailymotion.com/player/xa1b2.html?video=x8abcd1",
            ("dailymotion", "x8abcd1"),
        ),
        (
            "https://www.tiktok.com/@a.b/video/7123456789012345678",
            ("tiktok", "7123456789012345678"),
        ),
        ("https://rumble.com/embed/u4.v1abcd/", ("rumble", "v1abcd")),
        ("https://streamable.com/e/abc12", ("streamable", "abc12")),
        (
            "https://cdn.jwplayer.com/players/AbCd1234-EfGh5678.html",
            ("jwplayer", "AbCd1234-EfGh5678"),
        ),
        (f"https://rutube.ru/play/embed/{HEX}", ("rutube", HEX)),
        ("https://www.bilibili.com/video/BV1xx411c7mD/", ("bilibili", "BV1xx411c7mD")),
    ],
)
def test_an_address_names_a_video(url: str, expected: tuple[str, str]) -> None:
    found = videos.named(url)
    assert found is not None
    assert expected == (found.platform, found.id)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://www.youtube.com/embed/videoseries?list=PLabcdefghijk",
        "https://www.youtube.com/embed/live_stream?channel=UCabc",
        "https://www.youtube.com/@harbour",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/watch?v=abcdefghijkl",
        "https://www.youtube.com/embed/abcdefghij%22",
        "https://evil.example/?u=youtube.com/watch?v=abcdefghijk",
        "https://youtube.com@evil.example/embed/abcdefghijk",
        "https://youtube.com.evil.example/embed/abcdefghijk",
        "https://notyoutube.com/embed/abcdefghijk",
        "javascript:youtube.com/embed/abcdefghijk",
        "https://vimeo.com/harbour",
        "https://vimeo.com/event/123456789",
        "https://rumble.com/v1abcd-old-bridge.html",
        "https://streamable.com/login",
        "http://[::1",
        "https://www.youtube.com/watch?v=abcdefghijk" + "&a" * 2000,
    ],
)
def test_other_addresses_name_none(url: str | None) -> None:
    assert videos.named(url) is None


@pytest.mark.parametrize(
    ("platform", "video", "player"),
    [
        ("youtube", "abcdefghijk", "https://www.youtube.com/embed/abcdefghijk"),
        ("vimeo", "123456789", "https://player.vimeo.com/video/123456789"),
        (
            "vimeo",
            "12345678/abcdef12",
            "https://player.vimeo.com/video/12345678?h=abcdef12",
        ),
        ("dailymotion", "x8abcd", "https://www.dailymotion.com/embed/video/x8abcd"),
        ("youtube", 'abcdefghij"', None),
        ("youtube", "abcdefghijk\n", None),
        ("youtube", "äbcdefghijk", None),
        ("vimeo", "12345678?x=1", None),
        ("myspace", "12345678", None),
    ],
)
def test_a_player_is_made_of_platform_and_id_alone(
    platform: str, video: str, player: str | None
) -> None:
    assert player == videos.player_url(Video(platform=platform, id=video))


@given(st.sampled_from(videos.PLATFORMS), st.text(max_size=24))
def test_no_id_breaks_out_of_a_player(platform: str, video: str) -> None:
    address = videos.player_url(Video(platform=platform, id=video)) or ""
    assert not set(address) & set("\"'<> \n\\")


@given(st.text(max_size=200))
def test_every_video_that_is_named_has_a_player(url: str) -> None:
    found = videos.named(url)
    assert found is None or videos.player_url(found)


@pytest.mark.parametrize(
    "embed",
    [
        '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        '<iframe data-src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        '<iframe src="about:blank" data-lazy-src="//youtu.be/abcdefghijk"></iframe>',
        '<iframe title="' + "t" * 400 + '" src="//youtu.be/abcdefghijk"></iframe>',
        '<iframe srcdoc="<a href=/x><img src=/t.jpg></a>" src="//youtu.be/abcdefghijk">'
        "</iframe>",
        '<amp-youtube data-videoid="abcdefghijk"></amp-youtube>',
        '<lite-youtube videoid="abcdefghijk"></lite-youtube>',
        '<div data-youtube-id="abcdefghijk"></div>',
    ],
)
def test_an_embedded_video_is_read_and_the_page_stays_an_article(embed: str) -> None:
    got = reading(document(data(STORY), LONG + embed + LONG))
    assert got.video == Video(platform="youtube", id="abcdefghijk")
    assert got.type is ArticleType.ARTICLE
    assert got.text.count("Engineers had replaced") > 10


@pytest.mark.parametrize(
    "embed",
    [
        '<lite-youtube videoid="&quot;onload=x"></lite-youtube>',
        '<iframe src="https://maps.example/embed/abcdefghijk"></iframe>',
        '<div class="related-videos"><iframe src="//youtu.be/abcdefghijk"></iframe></div>',
    ],
)
def test_what_is_no_video_of_the_article_is_left_out(embed: str) -> None:
    assert reading(document(data(STORY), LONG + embed)).video is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:video" content="https://www.youtube.com/embed/abcdefghijk">',
        '<meta name="twitter:player" content="https://www.youtube.com/embed/abcdefghijk">',
        data({**STORY, "video": {"embedUrl": "https://youtu.be/abcdefghijk"}}),
        data(STORY, {"@type": "VideoObject", "contentUrl": "//youtu.be/abcdefghijk"}),
    ],
)
def test_a_declared_video_is_read(head: str) -> None:
    got = reading(document(head, SHORT * 3))
    assert got.video == Video(platform="youtube", id="abcdefghijk")
