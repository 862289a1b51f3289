"""Draws the pictures of the simulated press: abstract, in the publisher's colours.

A soft gradient with one motif on it (circles, waves, a grid, hills, arcs, a network).
The same article gives the same bytes; sizes are exactly those its page declares.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from newsdesk.press.dice import Dice
from newsdesk.press.records import Article, Publisher

Rgb = tuple[int, int, int]
Palette = tuple[str, str, str, str]

_DRAWN = 2
"""Pictures are made at half their size, motifs drawn that much larger and reduced, and
the whole blown up at the end: smooth edges at a third of the cost of full size."""
_JPEG_QUALITY = 84


def picture_bytes(article: Article, publisher: Publisher) -> bytes:
    """The article's picture as JPEG or PNG. ValueError where it has none."""
    if article.picture is None:
        raise ValueError(f"article {article.id} has no picture")
    size = (article.picture.width, article.picture.height)
    return _drawn(article.id, size, publisher.palette, publisher.picture_format)


def logo_bytes(publisher: Publisher, side: int) -> bytes:
    """The publisher's square logo as PNG."""
    return _logo(publisher.name, publisher.palette, side)


@lru_cache(maxsize=256)
def _drawn(seed: str, size: tuple[int, int], palette: Palette, form: str) -> bytes:
    dice = Dice("picture", seed)
    blended = dice.shuffled([_rgb(colour) for colour in palette[:3]])
    colours = [*blended, _rgb(palette[3])]
    half = ((size[0] + 1) // _DRAWN, (size[1] + 1) // _DRAWN)
    image = _gradient(half, colours, dice)
    dice.pick(_MOTIFS)(image, colours, dice)
    return _encoded(image.resize(size, Image.Resampling.BILINEAR), form)


def _encoded(image: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    if form == "png":
        image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", compress_level=3)
    else:
        image.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _rgb(colour: str) -> Rgb:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def _mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(first, second, strict=True)
    )
    return red, green, blue


def _gradient(size: tuple[int, int], colours: list[Rgb], dice: Dice) -> Image.Image:
    """A mesh of few colours, blown up smoothly."""
    tiny = Image.new("RGB", (4, 3))
    for x in range(4):
        for y in range(3):
            share = min(1.0, max(0.0, (x + y) / 5 + dice.between(-0.25, 0.25)))
            tiny.putpixel((x, y), _mixed(colours[0], colours[1], share))
    return tiny.resize(size, Image.Resampling.BICUBIC)


def _laid(
    image: Image.Image,
    colour: Rgb,
    opacity: float,
    draw: Callable[[ImageDraw.ImageDraw, int, int], None],
) -> None:
    """Lays one flat colour over the image where `draw` paints white."""
    width, height = image.size
    mask = Image.new("L", (width * _DRAWN, height * _DRAWN), 0)
    draw(ImageDraw.Draw(mask), width * _DRAWN, height * _DRAWN)
    soft = mask.reduce(_DRAWN).point([round(level * opacity) for level in range(256)])
    image.paste(colour, (0, 0, width, height), soft)


def _circles(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    for number in range(3):
        x, y, r = (
            dice.between(0.1, 0.9),
            dice.between(0.1, 0.9),
            dice.between(0.12, 0.4),
        )

        def draw(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
            box = (x * w - r * h, y * h - r * h, x * w + r * h, y * h + r * h)  # noqa: B023
            pen.ellipse(box, fill=255)

        _laid(image, colours[(number + 2) % 4], dice.between(0.4, 0.85), draw)


def _waves(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    for number in range(3):
        base, turn = 0.4 + 0.18 * number, dice.between(0, 6.3)
        swing, rate = dice.between(0.04, 0.12), dice.between(4, 9)

        def draw(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
            line = [
                (x, h * (base + swing * math.sin(turn + rate * x / w)))  # noqa: B023
                for x in range(0, w + 12, 12)
            ]
            pen.polygon([*line, (w, h), (0, h)], fill=255)

        _laid(image, _mixed(colours[2], colours[3], number / 2), 0.55, draw)


def _grid(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    cells = dice.pick((8, 10, 12))
    lit = [dice.share() for _ in range(cells * cells)]
    for low, high, colour in ((0.0, 0.35, colours[2]), (0.35, 0.45, colours[3])):

        def draw(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
            side = w / cells
            for index, share in enumerate(lit):
                if low <= share < high:  # noqa: B023
                    x, y = index % cells * side, index // cells * side
                    box = (x + 5, y + 5, x + side - 5, y + side - 5)
                    pen.rounded_rectangle(box, radius=side / 6, fill=255)

        _laid(image, colour, 0.7, draw)


def _hills(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    x, r = dice.between(0.2, 0.8), dice.between(0.1, 0.18)

    def sun(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
        pen.ellipse(
            (x * w - r * h, 0.3 * h - r * h, x * w + r * h, 0.3 * h + r * h), fill=255
        )

    _laid(image, colours[3], 0.9, sun)
    for number in range(2):
        tops = [dice.between(0.45, 0.7) + 0.14 * number for _ in range(7)]

        def draw(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
            line = [(w * at / 6, h * top) for at, top in enumerate(tops)]  # noqa: B023
            pen.polygon([*line, (w, h), (0, h)], fill=255)

        _laid(image, _mixed(colours[0], colours[2], number * 0.8), 0.9, draw)


def _arcs(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    x, y = dice.pick((0.0, 1.0, 0.5)), dice.pick((0.0, 1.0))
    gap = dice.between(0.14, 0.2)
    for number in range(2):

        def draw(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
            for ring in range(number, 8, 2):  # noqa: B023
                r = (ring + 1) * gap * h
                box = (x * w - r, y * h - r, x * w + r, y * h + r)
                pen.ellipse(box, outline=255, width=round(gap * h * 0.42))

        _laid(image, colours[2 + number], 0.65, draw)


def _network(image: Image.Image, colours: list[Rgb], dice: Dice) -> None:
    dots = [(dice.between(0.05, 0.95), dice.between(0.08, 0.92)) for _ in range(16)]
    reach = 0.28

    def lines(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
        for index, (x, y) in enumerate(dots):
            for x2, y2 in dots[index + 1 :]:
                if math.dist((x, y), (x2, y2)) < reach:
                    pen.line((x * w, y * h, x2 * w, y2 * h), fill=255, width=3)

    def nodes(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
        for index, (x, y) in enumerate(dots):
            r = (0.012 + 0.006 * (index % 5)) * w
            pen.ellipse((x * w - r, y * h - r, x * w + r, y * h + r), fill=255)

    _laid(image, colours[2], 0.6, lines)
    _laid(image, colours[3], 0.95, nodes)


_MOTIFS = (_circles, _waves, _grid, _hills, _arcs, _network)


@lru_cache(maxsize=256)
def _logo(name: str, palette: Palette, side: int) -> bytes:
    image = Image.new("RGB", (side * 2, side * 2), _rgb(palette[1]))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, side * 1.72, side * 2, side * 2), fill=_rgb(palette[3]))
    word = name.removeprefix("The ")[0]
    font = ImageFont.load_default(size=side * 1.25)
    pen.text((side, side * 0.86), word, fill=_rgb(palette[2]), font=font, anchor="mm")
    return _encoded(image.reduce(2), "png")
