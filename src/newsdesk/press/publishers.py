"""The simulated press: who publishes, in what dialect and with what habits."""

from __future__ import annotations

from functools import cache
from importlib import resources

from newsdesk.press import words
from newsdesk.press.dice import Dice
from newsdesk.press.records import Dialect, Markup, Publisher, PublisherKind

_DIALECTS = {
    "r": Dialect.RSS,
    "a": Dialect.ATOM,
    "d": Dialect.RDF,
    "j": Dialect.JSON,
}
_MARKUPS = {
    "j": Markup.JSON_LD,
    "o": Markup.OPEN_GRAPH,
    "m": Markup.META,
    "p": Markup.PLAIN,
}
_WEIGHTS = {
    PublisherKind.AGENCY: 2.2,
    PublisherKind.NEWSPAPER: 1.1,
    PublisherKind.BROADCASTER: 1.0,
    PublisherKind.TRADE: 1.2,
    PublisherKind.BLOG: 0.5,
    PublisherKind.LAB: 0.4,
    PublisherKind.COMPANY: 0.3,
    PublisherKind.RELEASES: 0.9,
    PublisherKind.SPAM: 0.9,
}
_SIZES = ((1200, 675), (1280, 720), (1200, 630), (1024, 576), (1600, 900), (960, 640))

# dark, main, light, accent
_PALETTES = (
    ("#12263a", "#1f5673", "#dbe9ee", "#f2a65a"),
    ("#2b1d3a", "#6c4a8c", "#ece4f4", "#f5b700"),
    ("#10302a", "#2a7f62", "#dcefe6", "#f06543"),
    ("#3a1420", "#a63446", "#f7e1e3", "#0c6291"),
    ("#1b1b1e", "#495867", "#e7ecef", "#fe5f55"),
    ("#0b3142", "#0f7173", "#d8ece7", "#e2c044"),
    ("#2d2a32", "#7d5a50", "#f3e9e1", "#4d9078"),
    ("#14213d", "#3d5a98", "#e3e9f5", "#fca311"),
    ("#22333b", "#5e6f64", "#eae7dc", "#c6533c"),
    ("#1d2f2f", "#3f7cac", "#e2f0f0", "#d36135"),
)


def press(seed: int, count: int) -> tuple[Publisher, ...]:
    """The first `count` publishers of the world; there are `len(_rows())` of them."""
    return tuple(
        _publisher(number, row, Dice("publisher", seed, row[1]))
        for number, row in enumerate(_rows()[:count])
    )


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = (resources.files("newsdesk.press") / "publishers.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(tuple(line.split(" | ")) for line in lines)


def _publisher(number: int, row: tuple[str, ...], dice: Dice) -> Publisher:
    name, domain, kind_name, tagline, dialect, markup, layout, paths, flags, offset = (
        row
    )
    kind = PublisherKind(kind_name)
    return Publisher(
        id=domain,
        name=name,
        domain=f"{domain}.example",
        kind=kind,
        tagline=tagline,
        dialect=_DIALECTS[dialect],
        markup=tuple(_MARKUPS[letter] for letter in markup),
        layout=layout,
        path_style=paths,
        palette=_PALETTES[number * 7 % len(_PALETTES)],
        full_text="f" in flags,
        has_amp="a" in flags,
        tracking=_tracking(flags),
        shows_author="n" not in flags,
        news_sitemap="s" in flags,
        has_hub="h" in flags,
        offset_minutes=int(offset),
        weight=_WEIGHTS[kind],
        picture_size=_SIZES[dice.below(len(_SIZES))],
        picture_format="png" if "t" in flags else "jpg",
        feed_size=dice.pick((15, 20, 25, 30)),
        writers=_writers(dice),
    )


def _tracking(flags: str) -> str:
    if "r" in flags:
        return "redirect"
    return "utm_source=rss&utm_medium=feed&utm_campaign=news" if "u" in flags else ""


def _writers(dice: Dice) -> tuple[str, ...]:
    first = dice.sample(words.FIRST_NAMES, 5)
    last = dice.sample(words.LAST_NAMES, 5)
    return tuple(f"{a} {b}" for a, b in zip(first, last, strict=True))
