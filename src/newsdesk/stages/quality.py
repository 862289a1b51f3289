"""An article -> its quality, 0–100, with a receipt: how much it says and shows, and how
openly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from newsdesk.model.article import Article, ArticleType
from newsdesk.model.story import Part, Score
from newsdesk.stages.score import summed
from newsdesk.text import names

RULE = "quality/1"

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


def scored(article: Article) -> Score:
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
    return summed(RULE, parts)


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
