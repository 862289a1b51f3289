"""Judged stories -> records, and records -> the edition.

A record's path is fixed when it is first written. Its heat is that of the story's newest
news, not of the clock, so that a record changes only when a reader could see why; what
is hot *now* is worked out for the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsdesk.model.article import Article, ArticleType, Provider, Video
from newsdesk.model.feed import Picture
from newsdesk.model.record import Record, RecordImage, RecordProvider, Related
from newsdesk.model.site import Site
from newsdesk.model.story import Edition, JudgedStory, Published, Score
from newsdesk.stages import score
from newsdesk.text import amp, slugs

MISSES = 3
"""Held stories that an edition names."""

CachedPicture = Mapping[str, tuple[int, int]]
"""Addresses of pictures of which we hold a copy, with their true width and height."""


def published(
    stories: Sequence[JudgedStory],
    known: Sequence[Published],
    site: Site,
    cached: CachedPicture,
) -> tuple[Published, ...]:
    """Records for judged stories, by path; a story that has a record keeps its path.

    Held stories get a record where they belong to a topic of the site or had one before.
    """
    names = {topic.id: topic.name for topic in site.topics}
    paths = {p.story.story.id: p for p in known if p.story is not None}
    taken = {p.path for p in known}
    made = []
    for judged in sorted(stories, key=lambda j: (j.story.first_at, j.story.id)):
        before = paths.get(judged.story.id)
        if before is None and not _deserves_record(judged, site):
            continue
        record = _record(judged, names, cached)
        if before is None:
            path = slugs.record_path(record.published_at, record.title, taken)
            taken.add(path)
        else:
            path = before.path
            record = replace(
                record, secured=before.record.secured, unknown=before.record.unknown
            )
        made.append(Published(path=path, record=record, story=judged))
    return tuple(sorted(made, key=lambda p: p.path))


def edition(records: Sequence[Published], site: Site) -> Edition:
    """Everything published, as of its newest news: the same records, the same edition."""
    known = sorted(records, key=_newest_first)
    as_of = max((_as_of(p) for p in known), default=None)
    if as_of is None:
        return Edition(as_of=None, records=(), front=(), misses=())
    warm = [_with_heat(p, as_of, site.rules.half_life_h) for p in known]
    since = as_of - timedelta(days=site.window.front_days)
    recent = [p for p in warm if _as_of(p) >= since]
    front = sorted(
        (p for p in recent if p.record.published and p.record.heat > 0),
        key=lambda p: (-_exact_heat(p, as_of, site), -p.record.quality, p.path),
    )
    held = sorted(
        (p for p in recent if not p.record.published and p.story is not None),
        key=lambda p: (-p.record.quality, -_as_of(p).timestamp(), p.path),
    )
    return Edition(
        as_of=as_of,
        records=tuple(warm),
        front=tuple(front[: site.output.front_stories]),
        misses=tuple(held[:MISSES]),
    )


def lead_picture(article: Article) -> Picture | None:
    """The picture that stands for an article, or None."""
    return next(iter(article.reading.pictures), None)


def _deserves_record(judged: JudgedStory, site: Site) -> bool:
    on_topic = bool(judged.lead.topics) or not site.topics
    return judged.decision.is_published or on_topic


def _record(
    judged: JudgedStory, names: Mapping[str, str], cached: CachedPicture
) -> Record:
    lead, reading = judged.lead, judged.lead.reading
    qualities = dict(judged.qualities)
    is_video = reading.type is ArticleType.VIDEO
    return Record(
        title=reading.title,
        excerpt=reading.excerpt,
        published_at=_seconds(lead.instant),
        updated_at=_updated(lead),
        original_url=lead.url,
        web_url=reading.web_url,
        amp_web_url=reading.amp_url,
        cdn_amp_web_url=amp.cache_url(reading.amp_url) if reading.amp_url else None,
        type=reading.type.as_record,
        quality=judged.quality.value,
        heat=judged.heat.value,
        published=judged.decision.is_published,
        featured_content=_player(reading.video) if is_video else None,
        provider=_provider(lead.provider, with_logo=True),
        topics=tuple(names[h.topic] for h in lead.topics if h.topic in names),
        images=_images(lead, cached),
        related=tuple(
            _related(article, qualities[article.id].value, cached)
            for article in judged.related
        ),
    )


def _related(article: Article, quality: int, cached: CachedPicture) -> Related:
    reading = article.reading
    return Related(
        title=reading.title,
        excerpt=reading.excerpt or None,
        published_at=_seconds(article.instant),
        web_url=reading.web_url,
        amp_web_url=reading.amp_url,
        cdn_amp_web_url=amp.cache_url(reading.amp_url) if reading.amp_url else None,
        type=reading.type.as_record,
        provider=_provider(article.provider, with_logo=False),
        quality=quality,
        images=_images(article, cached),
    )


def _provider(provider: Provider, *, with_logo: bool) -> RecordProvider:
    logos = provider.logos[:1] if with_logo else ()
    return RecordProvider(
        name=provider.name,
        domain=provider.domain,
        images=tuple(
            RecordImage(url=logo.url, width=logo.width, height=logo.height)
            for logo in logos
        ),
    )


def _images(article: Article, cached: CachedPicture) -> tuple[RecordImage, ...]:
    picture = lead_picture(article)
    if picture is None:
        return ()
    size = cached.get(picture.url)
    width, height = size or (picture.width, picture.height)
    return (
        RecordImage(
            url=picture.url, width=width, height=height, is_cached=size is not None
        ),
    )


_PLAYERS: Mapping[str, Callable[[str], str]] = {
    "youtube": lambda video: f"https://www.youtube.com/embed/{video}",
    "vimeo": lambda video: f"https://player.vimeo.com/video/{video}",
}


def _player(video: Video | None) -> str | None:
    """The embed as the older system wrote it, built from platform and id alone."""
    if video is None or video.platform not in _PLAYERS or not video.id.isascii():
        return None
    if not all(c.isalnum() or c in "-_" for c in video.id):
        return None
    return (
        '<iframe width="800" height="500" frameborder="0" '
        f'src="{_PLAYERS[video.platform](video.id)}" allow="accelerometer; autoplay; '
        'encrypted-media; gyroscope; picture-in-picture" allowfullscreen></iframe>'
    )


def _updated(lead: Article) -> datetime | None:
    updated = lead.reading.updated_at
    if updated is None or _seconds(updated) <= _seconds(lead.instant):
        return None
    return _seconds(updated)


def _seconds(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _newest_first(p: Published) -> tuple[float, str]:
    return (-p.record.published_at.timestamp(), p.path)


def _as_of(p: Published) -> datetime:
    return p.story.story.changed_at if p.story else p.record.published_at


def _with_heat(p: Published, as_of: datetime, half_life_h: float) -> Published:
    if p.story is None:
        return p
    return replace(p, heat_now=_heat(p.story, as_of, half_life_h).value)


def _exact_heat(p: Published, as_of: datetime, site: Site) -> float:
    if p.story is None:
        return 0.0
    parts = _heat(p.story, as_of, site.rules.half_life_h).parts
    return sum(part.points for part in parts)


def _heat(judged: JudgedStory, as_of: datetime, half_life_h: float) -> Score:
    members = (judged.lead, *judged.related, *judged.more)
    return score.heat(members, as_of, half_life_h=half_life_h)


def wanted_pictures(
    stories: Iterable[JudgedStory], known: Iterable[Published]
) -> tuple[str, ...]:
    """Addresses of the pictures that the site shows: those of published leads and of
    records that say we hold a copy. Sorted."""
    shown = {
        picture.url
        for judged in stories
        if judged.decision.is_published and (picture := lead_picture(judged.lead))
    }
    promised = {
        image.url
        for p in known
        if p.story is not None and p.record.published
        for image in p.record.images
        if image.is_cached
    }
    return tuple(sorted(shown | promised))
