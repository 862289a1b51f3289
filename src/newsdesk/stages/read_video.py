"""The video of a page as platform and id: what it declares, and what it embeds.

Whether the video is what the page is about is for `read_type`; which addresses name a
video is for `text.videos`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from newsdesk.model.article import Video
from newsdesk.stages import read_clues, read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.text import videos

MAX_FRAMES = 20
"""Players of a page that are looked at."""

_META = ("og:video:url", "og:video:secure_url", "og:video", "twitter:player")
_PLAYERS = (
    "iframe, amp-iframe, amp-youtube, lite-youtube, youtube-video, amp-vimeo, "
    "lite-vimeo, amp-dailymotion, blockquote.tiktok-embed, [data-youtube-id]"
)
_HINTS = ("<iframe", "<amp-", "videoid", "youtube-id", "tiktok-embed")
"""Words without one of which no element is a player; cheaper than looking for them."""
_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "cite")
"""Where a player's address stands; scripts put it in place from `data-…`."""
_IDS = (
    ("youtube", ("videoid", "data-videoid", "data-youtube-id")),
    ("vimeo", ("videoid", "data-videoid")),
    ("dailymotion", ("data-videoid",)),
)


def video(document: Document, clues: Clues) -> Video | None:
    """The video of the page: the one it declares, else the first in its article."""
    return declared(clues) or embedded(document)


def declared(clues: Clues) -> Video | None:
    """The video that meta and structured data name."""
    told = (*(clues.first(name) for name in _META), *_from_data(clues))
    return next((found for one in told if (found := videos.named(one))), None)


def embedded(document: Document) -> Video | None:
    """The first video of a known platform that is played in the page, boxes aside."""
    if not any(word in document.html for word in _HINTS):
        return None
    for node in document.tree.css(_PLAYERS)[:MAX_FRAMES]:
        found = _played(node)
        if found and not read_clues.is_aside(node):
            return found
    return None


def _from_data(clues: Clues) -> Iterator[str | None]:
    own = [clues.article, *read_jsonld.items(clues.article.get("video"))]
    own += [node for node in clues.nodes if "videoobject" in read_jsonld.types(node)]
    for node in own[:8]:
        node = read_jsonld.resolve(node, clues.nodes)
        if isinstance(node, dict):
            for key in ("embedUrl", "contentUrl", "url"):
                yield read_jsonld.address_of(node.get(key))


def _played(node: LexborNode) -> Video | None:
    attributes = node.attributes
    addresses = (attributes.get(name) for name in _SOURCES)
    named = next((one for at in addresses if (one := videos.named(at))), None)
    if named:
        return named
    tag = node.tag or ""
    for platform, keys in _IDS:
        if platform in tag or (
            platform == "youtube" and "data-youtube-id" in attributes
        ):
            told = (attributes.get(key) for key in keys)
            found = next((one for one in told if one), None)
            video = Video(platform=platform, id=found) if found else None
            return video if video and videos.player_url(video) else None
    return None
