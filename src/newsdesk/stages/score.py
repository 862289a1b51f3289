"""Articles and stories -> scores with receipts.

Quality (0–100) is an article's: how much it says and shows, and how openly. Heat (0–100)
is a story's: how many cover it independently of each other, how lately. Each is a sum of
named parts, so that a reader can add it up; raising what a rule gives means a new rule
name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from newsdesk.model.article import Article, ArticleType
from newsdesk.model.story import Origin, Part, Score
from newsdesk.text import names

QUALITY_RULE = "quality/1"
HEAT_RULE = "heat/2"

# What each part of quality can give at most; together 100. Set by hand.
SUBSTANCE = 35.0
FULL_LENGTH = 600
"""Words from which more length says nothing more."""
VIDEO_SUBSTANCE = 24.0
HEADLINE = 10.0
HEADLINE_LENGTH = range(25, 121)
EXCERPT = 5.0
DATE_TO_THE_MINUTE = 8.0
DATE_TO_THE_DAY = 5.0
AUTHOR = 8.0
KNOWN_PROVIDER = 12.0
QUOTE, QUOTES = 2.0, 6.0
FIGURE, FIGURES = 1.5, 6.0
PAGE_READ = 6.0
PICTURE = 4.0
SHOUTING = -15.0
TEASER = -8.0
PROMOTION = -30.0

FIRST_ORIGIN = 20.0
"""Heat that the newest independent origin brings when it publishes."""
NEXT_ORIGIN = 0.8
"""Each further one brings this share of the one before: the sum stays below 100."""

_QUOTE = re.compile(r"[“„«]([^“”„«»]{15,400})[”“»]|\"([^\"\n]{15,400})\"")
_FIGURE = re.compile(r"(?<![\w.])[$€£¥]?\d[\d.,]*(?:\s?(?:%|percent|million|billion))?")
_TEASER = re.compile(
    r"you won['’]t believe|what happened next|this one (?:weird )?trick|here['’]s why$"
    r"|everything you need to know|\d (?:things|reasons|ways|tips)\b",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"market (?:size|share|report|research|analysis|outlook|forecast)\b.{0,80}"
    r"(?:20[2-4]\d|CAGR|forecast)|\bCAGR\b|\b(?:promo|coupon|discount) codes?\b"
    r"|\bsponsored content\b",
    re.IGNORECASE,
)


def quality(article: Article) -> Score:
    """The quality of an article with its receipt, 0–100."""
    reading = article.reading
    words = len(reading.text.split())
    parts = [
        _substance(article, words),
        _headline(reading.title),
        _given(
            "excerpt", EXCERPT, reading.excerpt, "says in a sentence what it is about"
        ),
        _date(article),
        _given(
            "author",
            AUTHOR,
            ", ".join(_persons(article)[:3]),
            "named",
            none="not named",
        ),
        Part(
            name="provider",
            points=KNOWN_PROVIDER if article.provider.is_known else 0.0,
            why=f"{article.provider.domain} is "
            + ("among" if article.provider.is_known else "not among")
            + " the site's organisations",
        ),
        _counted("quotes", _QUOTE.findall(reading.text), QUOTE, QUOTES),
        _counted("figures", _FIGURE.findall(reading.text), FIGURE, FIGURES),
        Part(
            name="page",
            points=PAGE_READ if reading.page_read else 0.0,
            why="the page was read"
            if reading.page_read
            else "only the feed's own words were at hand",
        ),
        Part(
            name="picture",
            points=PICTURE if reading.pictures else 0.0,
            why="has a picture" if reading.pictures else "no picture",
        ),
        *_penalties(article),
    ]
    return summed(QUALITY_RULE, parts)


def heat(
    articles: Iterable[Article],
    as_of: datetime,
    *,
    half_life_h: float,
    origins: Sequence[Origin] = (),
) -> Score:
    """The heat of a story at `as_of` with its receipt, 0–100.

    One part an independent origin, at the instant of its first piece: an added origin
    never lowers the sum, a copy adds nothing, and since all parts fade alike, the order
    of two stories never changes by waiting. Without `origins` each provider is one.
    """
    firsts = _firsts(sorted(articles, key=lambda a: (a.instant, a.id)), origins)
    newest_first = sorted(firsts, key=lambda f: (-f[1].instant.timestamp(), f[1].id))
    parts = []
    for place, (name, article, copies) in enumerate(newest_first):
        hours = max(0.0, (as_of - article.instant).total_seconds() / 3600)
        fresh = 0.0 if article.is_timeless else 2.0 ** (-hours / half_life_h)
        full = FIRST_ORIGIN * NEXT_ORIGIN**place
        age = "of no known time" if article.is_timeless else f"{hours:.1f} hours old"
        behind = f"; copies add nothing: {copies}" if copies else ""
        parts.append(
            Part(
                name=name,
                points=round(full * fresh, 2),
                why=f"{age}, {fresh:.0%} of {full:.1f}{behind}",
            )
        )
    return summed(HEAT_RULE, parts)


def _firsts(
    in_time: Sequence[Article], origins: Sequence[Origin]
) -> list[tuple[str, Article, int]]:
    """Each origin with its first piece, its own where it has one, and how many copies
    of others it has."""
    if not origins:
        firsts: dict[str, Article] = {}
        for article in in_time:
            firsts.setdefault(article.provider.domain, article)
        return [(name, article, 0) for name, article in firsts.items()]
    by_id = {article.id: article for article in in_time}
    found = []
    for origin in origins:
        here = [by_id[of] for of in origin.articles if of in by_id]
        if not here:
            continue
        copies = sum(a.provider.domain != origin.source for a in here)
        first = here[0] if origin.own else min(here, key=lambda a: (a.instant, a.id))
        found.append((origin.source, first, copies if origin.own else copies - 1))
    return found


def _persons(article: Article) -> list[str]:
    """Authors who are not a desk, an agency or the outlet itself."""
    outlet = names.folded(article.provider.name)
    return [
        name
        for name in article.reading.authors
        if names.is_person(name) and names.folded(name) != outlet
    ]


def _substance(article: Article, words: int) -> Part:
    if article.reading.type is ArticleType.VIDEO:
        return Part(name="substance", points=VIDEO_SUBSTANCE, why="a video")
    share = min(1.0, math.log2(1 + words / 50) / math.log2(1 + FULL_LENGTH / 50))
    return Part(
        name="substance",
        points=round(SUBSTANCE * share, 2),
        why=f"{words} words; {FULL_LENGTH} count in full",
    )


def _headline(title: str) -> Part:
    fits = len(title) in HEADLINE_LENGTH
    return Part(
        name="headline",
        points=HEADLINE if fits else HEADLINE / 2 if title else 0.0,
        why=f"{len(title)} characters; "
        f"{HEADLINE_LENGTH.start} to {HEADLINE_LENGTH.stop - 1} say enough",
    )


def _date(article: Article) -> Part:
    reading = article.reading
    if reading.published_at is None:
        return Part(name="date", points=0.0, why="none given")
    if reading.published_at > article.first_seen_at:
        return Part(name="date", points=0.0, why="lies in the future")
    if reading.published_has_time:
        return Part(name="date", points=DATE_TO_THE_MINUTE, why="to the minute")
    return Part(name="date", points=DATE_TO_THE_DAY, why="only the day")


def _given(
    name: str, points: float, value: str, why: str, *, none: str = "none"
) -> Part:
    return Part(name=name, points=points if value else 0.0, why=why if value else none)


def _counted(name: str, found: list[object], each: float, most: float) -> Part:
    points = min(most, each * len(found))
    return Part(name=name, points=round(points, 2), why=f"{len(found)} in the text")


def _penalties(article: Article) -> Iterable[Part]:
    title = article.reading.title
    letters = [c for c in title if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if len(letters) > 20 and capitals > 0.7 * len(letters):
        yield Part(name="shouting", points=SHOUTING, why="headline in capitals")
    if _TEASER.search(title):
        yield Part(name="teaser", points=TEASER, why="headline withholds what happened")
    if found := _PROMOTION.search(f"{title}\n{article.reading.excerpt}"):
        yield Part(
            name="promotion", points=PROMOTION, why=f"reads like “{found.group()[:60]}”"
        )


def summed(rule: str, parts: Iterable[Part]) -> Score:
    """The score that the parts add up to, bounded to 0–100."""
    kept = tuple(parts)
    total = sum(round(part.points * 100) for part in kept)
    # Whole hundredths add up the same in any order; half a point counts up.
    return Score(value=max(0, min(100, (total + 50) // 100)), rule=rule, parts=kept)
