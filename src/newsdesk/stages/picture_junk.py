"""Whether an address is that of a picture at all, and which addresses are of one picture.

Logos, icons, placeholders, trackers and the picture that a whole site shares are told by
their names. A name is judged by all of its words: `logo` alone or with the site's own
name is its logo, with a word about the world it may be a photograph of one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from newsdesk.model.feed import Picture
from newsdesk.text import urls

MIN_SIDE = 120
"""Pixels of the shorter side below which a declared picture is an icon."""
FLATTEST = 5.0
"""Width to height, or the reverse, beyond which a declared picture is a banner."""
TELLING = 8
"""Characters from which a file's name is a picture's own wherever it lies."""

_FOLDER = re.compile(
    r"/(?:logos?|icons?|favicons?|avatars?|emojis?|smil(?:ey|ie)s|sprites?|badges?|ads?|"
    r"adserver|placeholders?|spinners?|pixels?|trackers?|beacon|flags?|"
    r"wp-content/(?:themes|plugins)|wp-includes|author(?:s|-images?)?|profile[_-]?"
    r"(?:images?|pictures?|photos?))/",
    re.I,
)
_TRACKER = re.compile(
    r"doubleclick\.|scorecardresearch\.|facebook\.com/tr\b|google-analytics\.|"
    r"googlesyndication|quantserve|chartbeat|amazon-adsystem|pixel\.wp\.com|stats\.wp\.com|"
    r"feeds\.feedburner\.com/~|gravatar\.com|/(?:pixel|beacon|track(?:er|ing)?)\.|"
    r"/(?:pixel|beacon|imp|impression)\?",
    re.I,
)
_NO_PHOTO = re.compile(
    r"\.(?:svgz?|ico|cur|mp4|webm|mp3|html?|php\d?|pdf|js|css)$", re.I
)
_NEVER = frozenset(
    "placeholder spacer pixel favicon sprite spritesheet avatar gravatar spinner loader "
    "preloader emoji smiley noimage nophoto nopic nothumb noimg noimagen dummy "
    "transparent".split()
)
_PAIRS = re.compile(
    r"(?:^|[-_. ])(?:no[-_ ]?(?:image|photo|picture|pic|thumb(?:nail)?|img|foto|bild)"
    r"(?:[-_ ](?:available|found))?|image[-_ ]not[-_ ](?:found|available)|"
    r"(?:image|photo|picture)[-_ ]?(?:placeholder|coming[-_ ]soon)|apple[-_ ]touch|"
    r"default[-_ ]?(?:image|img|share|og|thumb(?:nail)?|social|picture|photo|featured|"
    r"card|cover|meta)|(?:og|share|social|sharing)[-_ ]?default|blank[-_ ](?:image|img)|"
    r"(?:social|facebook|fb|twitter|og)[-_ ]?(?:share|sharing|card)|"
    r"share[-_ ]?(?:image|img|picture|card)|mystery[-_ ]?(?:man|person)|user[-_ ]?icon)"
    r"(?:[-_. ]|\d|$)",
    re.I,
)
_MARKS = frozenset(
    "logo logos logotype logotipo icon default share sharing social og opengraph fallback "
    "generic blank missing none banner button badge loading loader watermark favicon "
    "facebook fb twitter".split()
)
_PLAIN = frozenset(
    "image images img imgs imagen bild foto photo photos picture pic thumb thumbnail card "
    "meta cover featured feature post article news story site website web main home "
    "homepage header head top large big small medium full new old final black white dark "
    "light color colour blue red green grey gray square horizontal vertical wide long "
    "stacked retina png jpg jpeg webp gif preview linkedin whatsapp instagram telegram amp "
    "v1 v2 v3 bg background brand en us uk de fr es it the".split()
)
_SIZE = re.compile(
    r"(?:[-_.@]?(?:\d{1,4}x\d{1,4}|(?<![a-z\d])[wh]_?\d{2,4}|\d{3,4}[wh]|\dx|scaled|"
    r"rotated|e\d{10}))++(?=$|[-_.])",
    re.I,
)
_SIZES_IN_PATH = re.compile(
    r"/(?:\d{2,4}x\d{2,4}|[wh][_-]?\d{2,4}|\d{3,4}|(?:fit|crop|resize|scale|smart)[^/]*|"
    r"[a-z]{1,3}_[^/]*,[^/]*)(?=/)",
    re.I,
)
_WIDTH_AT_END = re.compile(
    r"[-_](?:320|360|400|480|560|600|640|720|750|768|800|828|900|960|10[08]0|1024|1200|"
    r"1280|1400|1440|1500|1600|1800|1920|2000|2048|2560)$"
)
_SIDE = re.compile(
    r"(?:w|h|width|height|q|quality|fit|crop|auto|format|fm|dpr|resize|size|s|ssl|v|t)$",
    re.I,
)
_INNER = re.compile(r"https?(?::|%3a)(?:/|%2f){1,2}[^&\s]+", re.I)


def is_junk(picture: Picture, address: str, page: str | None) -> bool:
    """Whether an absolute address, of what a page at `page` calls its picture, is that
    of something else: a logo, an icon, a placeholder, a tracker, a drawing."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if _NO_PHOTO.search(path) or _TRACKER.search(address) or _FOLDER.search(path):
        return True
    return is_odd(picture) or _is_of_the_site(path, page)


def is_odd(picture: Picture) -> bool:
    """Whether its declared sides are those of an icon or a banner."""
    sides = [side for side in (picture.width, picture.height) if side]
    if sides and min(sides) < MIN_SIDE:
        return True
    return len(sides) == 2 and max(sides) > FLATTEST * min(sides)


@lru_cache(maxsize=1024)
def key(address: str) -> str:
    """What all renditions of one picture share: its name where that is telling, else
    its path, without sizes, query and host."""
    address = inner(address)
    path = unquote(urlsplit(address).path).casefold()
    folder, _, name = path.rpartition("/")
    stem = _SIZE.sub("", re.sub(r"(?:\.(?:jpe?g|png|webp|avif|gif))+$", "", name))
    bare = _WIDTH_AT_END.sub("", stem)
    if len(bare) >= TELLING and not _is_plain(bare):
        return bare
    path = f"{_SIZES_IN_PATH.sub('', folder + '/')}{stem}"
    if stem != name and name:
        return path
    told = parse_qsl(urlsplit(address).query)[:8]  # a service: its question says which
    return "&".join((path, *(value for name, value in told if not _SIDE.match(name))))


def inner(address: str) -> str:
    """The picture's own address inside that of a service which resizes it, else the
    address itself."""
    parts = urlsplit(address)
    for _, value in parse_qsl(parts.query)[:12]:
        if re.match(r"https?://|/[^/]", value) and len(value) > 8:
            return (
                value
                if value.startswith("http")
                else urls.absolute(address, value) or address
            )
    found = _INNER.search(parts.path)
    return unquote(found[0]) if found else address


def width_hint(address: str) -> int | None:
    """Pixels of width that an address itself speaks of, or None."""
    found = re.search(r"(?<!\d)(\d{3,4})x(\d{3,4})(?!\d)", address)
    found = found or re.search(
        r"(?:[?&;](?:w|width|wid|imwidth)=|[/,_]w[_=]?)(\d{3,4})(?!\d)", address
    )
    return int(found[1]) if found else None


def _is_of_the_site(path: str, page: str | None) -> bool:
    name = path.rsplit("/", 1)[-1]
    stem = re.sub(r"\.\w{3,4}$", "", name).casefold()
    if _PAIRS.search(stem):
        return True
    words = [word for word in re.split(r"[^a-z]+", _SIZE.sub("", stem)) if word]
    if not words:
        return stem in ("1x1", "0x0")
    if any(word in _NEVER for word in words):
        return True
    if not any(word in _MARKS for word in words):
        return False
    own = _own_name(page)
    return all(word in _MARKS or word in _PLAIN or _is_own(word, own) for word in words)


@lru_cache(maxsize=64)
def _own_name(page: str | None) -> str:
    return (urls.registrable(page) or "").split(".", 1)[0] if page else ""


def _is_own(word: str, own: str) -> bool:
    """Whether a word is of the site's own name: `times` of `thetimes`."""
    return len(word) > 1 and (word in own or (len(own) > 3 and own in word))


def _is_plain(stem: str) -> bool:
    words = [word for word in re.split(r"[^a-z]+", stem) if word]
    has_number = re.search(r"\d{4}", stem) is not None
    return all(word in _PLAIN for word in words) and not has_number
