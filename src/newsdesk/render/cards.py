"""A picture for each story, for where its address is shared: headline, outlet, site.

Drawn with a face of letters that comes with us, without the shaping engines that differ
between machines, so that the same story gives the same bytes everywhere. The name of a
card is a digest of what stands on it: one that is there need never be drawn again. Words
in writing that the face lacks are left out; what is shared beside the card tells them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from newsdesk.model.site import Site
from newsdesk.model.story import Published
from newsdesk.render import addresses
from newsdesk.render.html_theme import DARK_PAGE, Colour, readable
from newsdesk.render.html_words import shorten

SIZE = (1200, 630)
"""What pages ask for that show previews (Open Graph)."""
EDITION = "1"
"""Goes into every name: raise it when cards shall be drawn anew."""

_FACE = Path(__file__).parent / "fonts" / "cards.ttf"
_INK = (236, 233, 226)
_SOFT = (168, 163, 153)
_MARGIN = 80
_SIZES = (76, 68, 60, 54, 48)
"""Pixels of the headline, the largest that fits being taken."""
_LEADING = 1.16
_MOST_LINES = 5
_TOP = 196
_FOOT = 524
_STEPS = 5
"""Shades of each ink."""
_BY_RUNS = 3
"""Z_RLE of zlib."""
_BANDS = ((0, 96, 0), (96, 190, 1), (190, _FOOT - 10, 2), (_FOOT - 10, SIZE[1], 0))
"""Top, bottom and ink of each band of the card: accent, soft, ink, accent."""
_TITLE = 160
"""Characters of a headline on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on a card."""

    site: str
    title: str
    foot: str
    accent: str

    @property
    def path(self) -> str:
        """The file below the public folder that holds it."""
        said = "\n".join((EDITION, self.site, self.title, self.foot, self.accent))
        return addresses.card(sha256(said.encode()).hexdigest()[:20])


def of_site(site: Site) -> Card:
    """The card of the site itself."""
    return Card(
        site="",
        title=shorten(site.title, _TITLE),
        foot=shorten(site.description, 90),
        accent=site.output.accent,
    )


def of_story(published: Published, site: Site) -> Card:
    """The card of a story: its headline, and whose it is."""
    record = published.record
    return Card(
        site=shorten(site.title, 40),
        title=shorten(record.title, _TITLE),
        foot=shorten(record.provider.name or record.provider.domain, 60),
        accent=site.output.accent,
    )


def drawn(card: Card) -> bytes:
    """The card as PNG. The same card, the same bytes.

    Letters are drawn once, as light; each band of the card then gets an ink of its own.
    The ground and five shades of three inks are sixteen colours, four bits each: quick
    to make, and small.
    """
    light = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(light)
    draw.rectangle((_MARGIN, 76, _MARGIN + 64, 84), fill=255)
    if _is_writable(card.site):
        draw.text((_MARGIN, 104), card.site, font=_face(34), fill=255)
    if _is_writable(card.title):
        _headline(draw, card.title)
    if _is_writable(card.foot):
        draw.text((_MARGIN, _FOOT), card.foot, font=_face(34), fill=255)
    picture = Image.new("P", SIZE)
    inks = (_colour(readable(card.accent, DARK_PAGE)), _SOFT, _INK)
    shades = [channel for ink in inks for channel in _shades(ink)]
    picture.putpalette([*DARK_PAGE, *shades])
    for top, bottom, ink in _BANDS:
        box = (0, top, SIZE[0], bottom)
        steps = [round(value * _STEPS / 255) for value in range(256)]
        table = [step and step + ink * _STEPS for step in steps]
        picture.paste(light.crop(box).point(table), box)
    out = io.BytesIO()
    # Runs of one colour are most of it: looking for longer likenesses gains nothing.
    picture.save(out, "PNG", bits=4, compress_level=3, compress_type=_BY_RUNS)
    return out.getvalue()


def _shades(ink: Colour) -> list[int]:
    """Colours from next to the ground up to an ink, channel after channel."""
    return [
        round(ground + (full - ground) * step / _STEPS)
        for step in range(1, _STEPS + 1)
        for ground, full in zip(DARK_PAGE, ink, strict=True)
    ]


def _headline(draw: ImageDraw.ImageDraw, title: str) -> None:
    lines: list[str] = []
    size = _SIZES[-1]
    for size in _SIZES:
        lines = _lines(title, _face(size))
        if len(lines) * size * _LEADING <= _FOOT - _TOP - 24:
            break
    for place, line in enumerate(lines[:_MOST_LINES]):
        at = (_MARGIN, _TOP + round(place * size * _LEADING))
        draw.text(at, line, font=_face(size), fill=255)


def _lines(text: str, face: ImageFont.FreeTypeFont) -> list[str]:
    """The text in lines that fit; a word that does not is cut."""
    width = SIZE[0] - 2 * _MARGIN
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            lines[-1] = longer
            continue
        while face.getlength(word) > width:
            word = word[:-1]
        lines.append(word) if lines[-1] else lines.__setitem__(-1, word)
    return lines


def _is_writable(text: str) -> bool:
    """Whether the face has all of its letters."""
    return bool(text) and all(
        ord(letter) < 0x0530 or 0x1E00 <= ord(letter) <= 0x2265 for letter in text
    )


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FACE, size, layout_engine=ImageFont.Layout.BASIC)


def _colour(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def cards(records: Sequence[Published], site: Site) -> tuple[Card, ...]:
    """The cards that pages name: the site's, and one of each story, as given."""
    return (of_site(site), *(of_story(one, site) for one in records))
