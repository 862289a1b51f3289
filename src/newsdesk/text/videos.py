"""Addresses of videos: from any address of a platform to its id, and to its player.

Only platforms whose player can be made of the id alone are here. Twitch wants to know
the domain that embeds it and Facebook the whole address of a post, so they are not. Ids
are held to each platform's own pattern: what is no id never gets into a player.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from newsdesk.model.article import Video

MAX_LENGTH = 2_000
"""Characters of an address; longer ones name no video."""

_SUBDOMAIN = re.compile(r"^(?:www|m)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Platform:
    name: str
    id: re.Pattern[str]
    """The whole id, and nothing else than an id."""
    paths: tuple[re.Pattern[str], ...]
    """Host without `www` or `m`, and path, with the id in the first group."""
    queries: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Host and path, and the parameter that holds the id."""
    player: Callable[[str], str]
    """The address of the player of an id."""


def _vimeo_player(video: str) -> str:
    number, _, key = video.partition("/")
    return f"https://player.vimeo.com/video/{number}" + (f"?h={key}" if key else "")


_YOUTUBE = r"(?:music\.)?youtube(?:-nocookie)?\.com"
_PLATFORMS = (
    _Platform(
        name="youtube",
        # Both words have eleven letters, and are players of lists and channels.
        id=re.compile(r"(?!videoseries$|live_stream$)[A-Za-z0-9_-]{11}"),
        paths=(
            re.compile(_YOUTUBE + r"/(?:embed|v|e|shorts|live)/([^/&?]+)"),
            re.compile(r"youtu\.be/([^/&?]+)"),
        ),
        queries=((re.compile(_YOUTUBE + r"/watch(?:_popup)?/?$"), "v"),),
        player=lambda video: f"https://www.youtube.com/embed/{video}",
    ),
    _Platform(
        name="vimeo",
        # The second part is the key of a video that is not listed.
        id=re.compile(r"[0-9]{5,12}(?:/[0-9a-f]{6,20})?"),
        paths=(
            re.compile(
                r"(?:player\.)?vimeo\.com/(?:video/)?([0-9]+(?:/[0-9a-f]{6,20})?)/?$"
            ),
            re.compile(
                r"vimeo\.com/(?:channels|groups|album|showcase|ondemand)/[\w-]+/"
                r"(?:videos?/)?([0-9]+)/?$"
            ),
        ),
        queries=((re.compile(r"vimeo\.com/moogaloop\.swf$"), "clip_id"),),
        player=_vimeo_player,
    ),
    _Platform(
        name="dailymotion",
        id=re.compile(r"[kx][A-Za-z0-9]{5,19}"),
        paths=(
            re.compile(
                r"dailymotion\.com/(?:embed/)?(?:video|swf)/([A-Za-z0-9]+)(?:_[^/]*)?/?$"
            ),
            re.compile(r"dai\.ly/([A-Za-z0-9]+)$"),
        ),
        queries=(
            (re.compile(r"geo\.dailymotion\.com/player(?:/\w+)?\.html$"), "video"),
        ),
        player=lambda video: f"https://www.dailymotion.com/embed/video/{video}",
    ),
    _Platform(
        name="tiktok",
        id=re.compile(r"[0-9]{17,20}"),
        paths=(
            re.compile(r"tiktok\.com/@[\w.-]+/video/([0-9]+)/?$"),
            re.compile(r"tiktok\.com/(?:embed(?:/v[23])?|player/v1)/([0-9]+)/?$"),
        ),
        player=lambda video: f"https://www.tiktok.com/player/v1/{video}",
    ),
    _Platform(
        name="rumble",
        id=re.compile(r"v[a-z0-9]{4,10}"),
        # The address of a page has another id than its player.
        paths=(re.compile(r"rumble\.com/embed/(?:[a-z0-9]+\.)?(v[a-z0-9]+)/?$"),),
        player=lambda video: f"https://rumble.com/embed/{video}/",
    ),
    _Platform(
        name="streamable",
        id=re.compile(r"[a-z0-9]{4,8}"),
        paths=(re.compile(r"streamable\.com/[eos]/([a-z0-9]+)/?$"),),
        player=lambda video: f"https://streamable.com/e/{video}",
    ),
    _Platform(
        name="jwplayer",
        id=re.compile(r"[A-Za-z0-9]{8}-[A-Za-z0-9]{8}"),
        paths=(
            re.compile(
                r"(?:cdn\.jwplayer|content\.jwplatform)\.com/players/"
                r"([A-Za-z0-9-]+)\.(?:html|js)$"
            ),
        ),
        player=lambda video: f"https://cdn.jwplayer.com/players/{video}.html",
    ),
    _Platform(
        name="rutube",
        id=re.compile(r"[0-9a-f]{32}"),
        paths=(re.compile(r"rutube\.ru/(?:video|play/embed)/([0-9a-f]+)/?$"),),
        player=lambda video: f"https://rutube.ru/play/embed/{video}",
    ),
    _Platform(
        name="bilibili",
        id=re.compile(r"BV[0-9A-Za-z]{10}"),
        paths=(re.compile(r"bilibili\.com/video/(BV[0-9A-Za-z]+)/?$"),),
        queries=((re.compile(r"player\.bilibili\.com/player\.html$"), "bvid"),),
        player=lambda video: f"https://player.bilibili.com/player.html?bvid={video}",
    ),
)
_BY_NAME: Mapping[str, _Platform] = {one.name: one for one in _PLATFORMS}
PLATFORMS = tuple(_BY_NAME)
"""The names of the platforms, as in `Video.platform`."""


def named(url: str | None) -> Video | None:
    """The video that an address names, on whichever platform; None: it names none."""
    parts = _parts(url) if url and len(url) <= MAX_LENGTH else None
    if parts is None:
        return None
    place = _SUBDOMAIN.sub("", parts.hostname or "") + parts.path
    for platform in _PLATFORMS:
        for found in _ids(platform, place, parts.query):
            if platform.id.fullmatch(found):
                video = _with_key(platform, found, parts.query)
                return Video(platform=platform.name, id=video)
    return None


def player_url(video: Video) -> str | None:
    """The address of a video's player; None for a platform or an id we do not know."""
    platform = _BY_NAME.get(video.platform)
    if platform is None or not platform.id.fullmatch(video.id):
        return None
    return platform.player(video.id)


def _parts(url: str) -> SplitResult | None:
    """The parts of a web address, also where it comes without a scheme."""
    url = url.strip()
    try:
        parts = urlsplit(url if "//" in url[:8] else f"//{url}")
        host = parts.hostname
    except ValueError:
        return None
    return parts if host and parts.scheme in ("", "http", "https") else None


def _ids(platform: _Platform, place: str, query: str) -> Iterator[str]:
    for where, parameter in platform.queries:
        if where.match(place):
            yield from _values(query, parameter)
    for where in platform.paths:
        if found := where.match(place):
            yield found[1]


def _values(query: str, parameter: str) -> tuple[str, ...]:
    try:
        return tuple(parse_qs(query, max_num_fields=50).get(parameter, ()))
    except ValueError:
        return ()


def _with_key(platform: _Platform, video: str, query: str) -> str:
    """The id of a Vimeo video with the key that its player's address has apart."""
    if platform.name != "vimeo" or "/" in video:
        return video
    keyed = (f"{video}/{key}" for key in _values(query, "h"))
    return next((one for one in keyed if platform.id.fullmatch(one)), video)
