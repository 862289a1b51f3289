"""An article -> its quality, 0–100, with a receipt: what it says and who says so in it,
whether it reads like news, whose text it is, how openly it comes.

Each part says what it counted, so that a reader can add it up. What a piece that is no
news is made of is for `quality_kinds`, how news reads for `quality_reads`, headlines for
`quality_headline`; what can be asked of which form for `quality_form`, what a provider
has shown for `quality_provider`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from newsdesk.model.article import Article, ArticleType, ProviderKind, Reading
from newsdesk.model.story import Copy, Part, Score
from newsdesk.stages import (
    quality_form,
    quality_headline,
    quality_kinds,
    quality_provider,
    quality_reads,
    quality_sources,
    quality_text,
)
from newsdesk.stages.quality_form import Form
from newsdesk.stages.quality_kinds import Found
from newsdesk.stages.quality_reads import Reads
from newsdesk.stages.quality_sources import Voices
from newsdesk.stages.score import summed
from newsdesk.text import names, primary

RULE = "quality/2"

# What each part can give at most; together 100. Set by hand, so that plain reporting of
# an outlet that nobody knows passes the threshold of 70, and no length of other writing
# does; see benchmarks/quality/quality.py.
LENGTH = 12.0
SPEAKER, UNNAMED, SPEAKERS = 2.5, 1.0, 7.0
QUOTE, QUOTES = 2.0, 4.0
FIGURE, FIGURES = 1.0, 4.0
LINK, LINKS = 2.0, 4.0
NEWS, NO_NEWS = 26.0, -34.0
"""What a piece gives that reads like news through and through, and one not at all."""
SURE, SURE_NEWS = 0.8, 21.0
"""Likeness to news from which more says little more, for features read less like it; and
what that gives."""
SHORT, FEW_WORDS = 0.4, 60
"""Share of `NEWS` that a headline alone can give, and the words from which all of it."""
NEUTRAL = 20.0
"""What a piece gives of which that is not asked, or cannot be told."""
OWN_TEXT = 6.0
MATERIAL, UNHELD_COPY = 4.0, 3.0
AUTHOR = 6.0
DATE_TO_THE_MINUTE, DATE_TO_THE_DAY, DATE_CONTRADICTED = 6.0, 4.0, 2.0
KNOWN_PROVIDER, NEWSROOM, SENDER = 6.0, 4.0, 2.0
EXCERPT = 2.0
PICTURE = 2.0
OPEN = 3.0
PAGE_READ = 3.0
LISTING = -40.0

PICTURE_FROM = 85
"""Points that the rest must reach for a picture to count: above any threshold of sense, so
that a picture lifts nothing over one."""
UNDOUBTED, CLEAR = 0.9, 1.5
"""Likeness to news from which a kind of no news must be found so many times over."""
SHELL = 25
"""Words of a page below which there is next to nothing to read."""
KEPT = 2_048
"""Texts whose looks are kept in memory, for they are asked for with every run."""

_FIGURE = re.compile(
    r"(?<![\w.,])[$€£¥]?\d[\d.,]*(?:\s?(?:%|percent|million|billion))?"
)
_NEWSROOMS = frozenset(
    (
        ProviderKind.AGENCY, ProviderKind.NEWSPAPER, ProviderKind.MAGAZINE,
        ProviderKind.BROADCASTER, ProviderKind.TRADE_PRESS,
    )
)  # fmt: skip
_NO_SENDERS = frozenset((ProviderKind.AGGREGATOR, ProviderKind.WIRE))


def scored(
    article: Article,
    *,
    copy: Copy | None = None,
    voice: float | None = None,
) -> Score:
    """The quality of an article with its receipt, 0–100.

    `copy`: whose text it has, where it is not its own; `voice`: how much its
    provider's voice weighs by what it has shown, see `voices`. No site's rules go in: an
    article has one quality.
    """
    reading = article.reading
    form = quality_form.form(article)
    voices, read, kind = _looks(reading.title, reading.text, reading.language)
    parts = [
        *_substance(article, form, voices),
        *_manner(reading, form, read, kind),
        _originality(copy),
        *_provenance(article, voice),
        *quality_headline.parts(reading.title),
        _given("excerpt", EXCERPT, reading.excerpt, "says what it is about"),
        *_access(reading),
    ]
    return summed(RULE, [*parts, _picture(reading, parts)])


@lru_cache(maxsize=KEPT)
def _looks(
    title: str, text: str, language: str | None
) -> tuple[Voices, Reads | None, Found | None]:
    """What can be seen of the words alone."""
    piece = quality_text.prose(title, text, language)
    read = quality_reads.reads(piece, title)
    kind = quality_kinds.kind(piece)
    if kind and read and read.share >= UNDOUBTED and kind.clearness < CLEAR:
        kind = None  # news of a market, a horoscope, a coupon
    return quality_sources.voices(text, piece.language), read, kind


def _substance(article: Article, form: Form, voices: Voices) -> Iterator[Part]:
    reading = article.reading
    words = len(reading.text.split())
    share = math.log2(1 + words / 50) / math.log2(1 + form.full_length / 50)
    yield Part(
        name="length",
        points=round(LENGTH * min(1.0, share), 2),
        why=f"{words} words; {form.full_length} count in full for {form.name}",
    )
    if form.has_voices:
        yield _speakers(voices)
        yield _counted("quotes", voices.quotes, QUOTE, QUOTES)
    else:
        why = f"not asked of {form.name}"
        yield Part(name="speakers", points=SPEAKERS / 2, why=why)
        yield Part(name="quotes", points=QUOTES / 2, why=why)
    figures = len({found.group() for found in _FIGURE.finditer(reading.text)})
    yield _counted("figures", figures, FIGURE, FIGURES)
    links = primary.sources(reading.html, article.provider.domain.split("/")[0])
    told = ", ".join(f"{host} ({what})" for host, what in links[:3])
    yield Part(
        name="sources",
        points=min(LINKS, LINK * len(links)),
        why=f"links to {told}" if links else "links to no source at first hand",
    )


def _speakers(voices: Voices) -> Part:
    named = len(voices.named)
    points = min(SPEAKERS, SPEAKER * named + UNNAMED * voices.unnamed)
    told = f": {', '.join(voices.named[:3])}" if named else ""
    why = (
        f"{named} named{told}; {voices.unnamed} statements of officials without a name"
    )
    return Part(name="speakers", points=round(points, 2), why=why)


def _counted(name: str, count: int, each: float, most: float) -> Part:
    points = min(most, each * count)
    return Part(name=name, points=round(points, 2), why=f"{count} in the text")


def _manner(
    reading: Reading, form: Form, read: Reads | None, kind: Found | None
) -> Iterator[Part]:
    """Whether it is news by how it is written."""
    if read is None:
        why = "nobody has told how news reads in its language"
        yield Part(name="reads like news", points=NEUTRAL, why=why)
    else:
        yield _told(form, read, len(reading.text.split()))
    if reading.type is ArticleType.LISTING:
        yield Part(name="listing", points=LISTING, why="a list of others, no article")
    if kind is None and reading.type is ArticleType.PRESS_RELEASE:
        yield _kind("press release", "the page says that it is one")
    elif kind is not None:
        told = ", ".join(f"“{one}”" for one in kind.evidence)
        yield _kind(kind.name, f"is full of {told}")
    elif reading.page_read and form.is_told and len(reading.text.split()) < SHELL:
        yield _kind("empty shell", "a page with hardly a word")


def _kind(name: str, why: str) -> Part:
    return Part(name=name, points=quality_kinds.shipped()[name].points, why=why)


def _told(form: Form, read: Reads, words: int) -> Part:
    points = NO_NEWS + (SURE_NEWS - NO_NEWS) * min(1.0, read.share / SURE)
    points += (NEWS - SURE_NEWS) * max(0.0, read.share - SURE) / (1 - SURE)
    most = NEWS * (SHORT + (1 - SHORT) * min(1.0, words / FEW_WORDS))
    points = round(min(most, points), 2)
    why = f"{read.share:.0%}"
    if read.speaks_for:
        why += f"; for it: {', '.join(read.speaks_for)}"
    if read.speaks_against:
        why += f"; against it: {', '.join(read.speaks_against)}"
    if not form.is_told and points < NEUTRAL:
        return Part(
            name="reads like news", points=NEUTRAL, why=f"not asked of {form.name}"
        )
    return Part(name="reads like news", points=points, why=why)


def _originality(copy: Copy | None) -> Part:
    if copy is None:
        why = "no other text is known that it repeats"
        return Part(name="own text", points=OWN_TEXT, why=why)
    if not copy.is_dependent:
        why = f"its own, with what {copy.source} delivered"
        return Part(name="own text", points=MATERIAL, why=why)
    why = f"{copy.kind} of {copy.source}"
    if copy.original is None:
        return Part(name="own text", points=UNHELD_COPY, why=f"{why}, not at hand")
    return Part(name="own text", points=0.0, why=why)


def _provenance(article: Article, voice: float | None) -> Iterator[Part]:
    persons = ", ".join(_persons(article)[:3])
    yield _given("author", AUTHOR, persons, "named", none="not named")
    yield _date(article)
    yield _provider(article)
    yield quality_provider.part(voice)


def _persons(article: Article) -> list[str]:
    """Authors who are not a desk, an agency or the outlet itself."""
    outlet = names.folded(article.provider.name)
    return [
        name
        for name in article.reading.authors
        if names.is_person(name) and names.folded(name) != outlet
    ]


def _date(article: Article) -> Part:
    reading = article.reading
    if reading.published_at is None:
        return Part(name="date", points=0.0, why="none given")
    if reading.published_at > article.first_seen_at:
        return Part(name="date", points=0.0, why="lies in the future")
    changed = reading.updated_at
    if changed and changed.date() < reading.published_at.date():
        why = "changed before it was published, as it says"
        return Part(name="date", points=DATE_CONTRADICTED, why=why)
    if reading.published_has_time:
        return Part(name="date", points=DATE_TO_THE_MINUTE, why="to the minute")
    return Part(name="date", points=DATE_TO_THE_DAY, why="only the day")


def _provider(article: Article) -> Part:
    provider = article.provider
    if provider.is_known:
        points, why = KNOWN_PROVIDER, "among the site's organisations"
    elif provider.kind in _NEWSROOMS:
        points, why = NEWSROOM, f"known as {provider.kind}"
    elif provider.kind is not None and provider.kind not in _NO_SENDERS:
        points, why = SENDER, f"known as {provider.kind}"
    elif provider.kind is not None:
        points, why = 0.0, f"known as {provider.kind}: others' words"
    else:
        points, why = 0.0, "nobody has said what it is"
    return Part(name="provider", points=points, why=f"{provider.domain}: {why}")


def _access(reading: Reading) -> Iterator[Part]:
    if reading.paywall:
        yield Part(name="open", points=0.0, why=reading.paywall[0])
    else:
        yield Part(name="open", points=OPEN, why="no paywall seen")
    yield Part(
        name="page",
        points=PAGE_READ if reading.page_read else 0.0,
        why="the page was read"
        if reading.page_read
        else "only the feed's own words were at hand",
    )


def _picture(reading: Reading, parts: list[Part]) -> Part:
    if not reading.pictures:
        return Part(name="picture", points=0.0, why="none")
    if summed(RULE, parts).value < PICTURE_FROM:
        why = f"has one; counts from {PICTURE_FROM} points without it"
        return Part(name="picture", points=0.0, why=why)
    return Part(name="picture", points=PICTURE, why="has one")


def _given(
    name: str, points: float, value: str, why: str, *, none: str = "none"
) -> Part:
    return Part(name=name, points=points if value else 0.0, why=why if value else none)
