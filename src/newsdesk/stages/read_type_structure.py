"""What a page is built like: pictures, players, entries with times, links to others.

Each function says in words what it found, or nothing. What follows for the type of the
page is for `read_type`, which asks only where something else speaks for a type already:
any page may have pictures, players and lists.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from newsdesk.stages import read_clues
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.text import names

FEW_WORDS = 150
"""Words up to which a player, pictures or links may be the page."""
MANY_WORDS = 400
"""Words from which there is an article to read whatever else is on the page."""
MIN_FIGURES = 6
WORDS_A_FIGURE = 60
MIN_TIMES = 6
"""Times in the page's main part from which it looks like a run of entries."""
MIN_HEADLINES = 8
"""Headlines with links from which a page looks like a list."""
MIN_OWN_HEADLINES = 5
"""Headlines with links that make up a text of teasers."""
MAX_NODES = 400

_PICTURES = "article figure, main figure, [class*=gallery i] img, [class*=slide i] img"
_HEADLINES = "h2 a, h3 a, h4 a, a h2, a h3, a h4"
_LIVE = "[class*=live i], [class*=ticker i]"
_PLAYER = (
    "video, amp-video, [class*=video-player i], [class*=videoplayer i], "
    "[class*=jwplayer i], [class*=brightcove i], [class*=video-js i]"
)
_SOUND = "audio, amp-audio, [class*=audio-player i], [class*=podcast-player i]"
_PODCAST_HOSTS = re.compile(
    r"//(?:[\w-]+\.)*(?:open\.spotify\.com/embed(?:-podcast)?/(?:episode|show)|"
    r"embed\.podcasts\.apple\.com|megaphone\.fm|art19\.com|simplecast\.com|"
    r"buzzsprout\.com|libsyn\.com|acast\.com|podbean\.com|omny\.fm|podigee\.(?:io|com)|"
    r"transistor\.fm|captivate\.fm|spreaker\.com|ausha\.co|ivoox\.com|soundcloud\.com)"
)
_ENTRY = re.compile(
    r"live-?(?:blog|ticker|update|post|entry|event)|ticker-?(?:item|entry)"
)


def gallery(document: Document, words: int) -> str:
    """Pictures that outweigh the words."""
    if words > 3 * MIN_FIGURES * WORDS_A_FIGURE:
        return ""
    found = document.tree.css(_PICTURES)[:MAX_NODES]
    shown = {_picture(node) for node in found if not read_clues.is_aside(node)} - {""}
    is_gallery = len(shown) >= MIN_FIGURES and words <= len(shown) * WORDS_A_FIGURE
    return f"{len(shown)} pictures and {words} words" if is_gallery else ""


def entries(document: Document, clues: Clues) -> str:
    """Several entries, each with its time or named as one."""
    times = {mark.value for mark in clues.times if not mark.is_aside}
    if len(times) >= MIN_TIMES:
        return f"{len(times)} entries with times"
    found = document.tree.css(_LIVE)[:MAX_NODES]
    named = sum(
        bool(_ENTRY.search((node.attributes.get("class") or "").lower()))
        for node in found
    )
    return f"{named} parts named as entries" if named >= MIN_TIMES else ""


def sound(document: Document, words: int) -> str:
    """A player for a podcast; with few words, one for any sound."""
    for node in document.tree.css("iframe")[:20]:
        address = node.attributes.get("src") or node.attributes.get("data-src") or ""
        if _PODCAST_HOSTS.search(address) and not read_clues.is_aside(node):
            return "a podcast's player"
    # Many an article can be listened to, but then it has words of its own.
    has_player = words < FEW_WORDS and document.tree.css_first(_SOUND) is not None
    return "a player for sound" if has_player else ""


def film(document: Document, words: int, *, has_video: bool) -> str:
    """A player for a film and few words; `has_video`: one is known."""
    if words >= FEW_WORDS:
        return ""
    if has_video or document.tree.css_first(_PLAYER) is not None:
        return f"a player and {words} words"
    return ""


def links(document: Document) -> tuple[str, ...]:
    """The headlines, folded, by which the page leads to others; boxes aside."""
    found = document.tree.css(_HEADLINES)[:200]
    if len(found) < MIN_HEADLINES:
        return ()
    heads = tuple(
        names.folded(node.text()[:200])
        for node in found
        if not read_clues.is_aside(node)
    )
    return heads if len(heads) >= MIN_HEADLINES else ()


def is_of_teasers(text: str, heads: tuple[str, ...]) -> bool:
    """Whether a third of a text's lines are headlines that lead elsewhere."""
    lines = [one.removeprefix("- ") for one in text.splitlines() if one.strip()]
    own = {names.folded(one) for one in lines if len(one) < 200} & set(heads)
    return len(own) >= MIN_OWN_HEADLINES and 3 * len(own) >= len(lines)


def _picture(node: LexborNode) -> str:
    image = node if node.tag == "img" else node.css_first("img")
    if image is None:
        return ""
    attributes = image.attributes
    return attributes.get("data-src") or attributes.get("src") or str(image.mem_id)
