"""Judged stories -> records, and records -> the edition.

A record's path is fixed when it is first written. Its heat is that of the story's newest
news, not of the clock, and it is never written anew for its heat alone, so that a record
changes only when a reader could see why; what is hot *now*, readers' visits included, is
worked out for the edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsdesk.model.article import Article, ArticleType, Provider, Video
from newsdesk.model.feed import Picture
from newsdesk.model.picture import PictureCopy, Pictures
from newsdesk.model.record import Record, RecordImage, RecordProvider, Related
from newsdesk.model.ruling import Ruling
from newsdesk.model.site import Site
from newsdesk.model.story import (
    Edition,
    JudgedStory,
    Past,
    Published,
    StoryId,
    VerdictState,
)
from newsdesk.stages import front, ranking, sponsors, timeline, verdict
from newsdesk.stages.heat import Visits
from newsdesk.text import amp, slugs, videos

NO_RULING = Ruling()

TITLE_WORDS = 2
"""Words from which an alternative text says what a picture shows."""
MAX_TITLE = 200
"""Characters of a picture's title in a record."""


def published(
    stories: Sequence[JudgedStory],
    known: Sequence[Published],
    site: Site,
    pictures: Pictures,
) -> tuple[Published, ...]:
    """Records for judged stories, by path; a story that has a record keeps its path.

    Held stories get a record where they belong to a topic of the site or had one before.
    Records of older stories are among them where a picture's copy came or went, and those
    of stories that were merged into another: they are taken out of the ranking.
    """
    names = {topic.id: topic.name for topic in site.topics}
    paths = {p.story.story.id: p for p in known if p.story is not None}
    taken = {p.path for p in known}
    made = []
    for judged in sorted(stories, key=lambda j: (j.story.first_at, j.story.id)):
        before = paths.get(judged.story.id)
        if before is None and not _deserves_record(judged, site):
            continue
        record = _record(judged, names, pictures)
        if before is None:
            path = slugs.record_path(record.published_at, record.title, taken)
            taken.add(path)
        else:
            path = before.path
            record = replace(
                record, secured=before.record.secured, unknown=before.record.unknown
            )
            record = _unless_heat_alone(before.record, record)
        made.append(Published(path=path, record=record, story=judged))
    fresh = {p.path for p in made}
    made += (
        corrected
        for p in known
        if p.path not in fresh
        and (corrected := _corrected(_retired(p, site), pictures)) != p
    )
    return tuple(sorted(made, key=lambda p: p.path))


def edition(
    records: Sequence[Published],
    site: Site,
    copies: Mapping[str, PictureCopy] | None = None,
    pasts: Mapping[StoryId, Past] | None = None,
    visits: Mapping[StoryId, Visits] | None = None,
) -> Edition:
    """Everything published, as of its newest news: the same records, pasts of stories,
    visits of readers and copies of pictures, the same edition."""
    known = sorted(records, key=_newest_first)
    as_of = max((_as_of(p) for p in known), default=None)
    if as_of is None:
        return Edition(as_of=None, records=(), front=(), misses=())
    known = [_with_timeline(p, pasts or {}) for p in known]
    ranked = [ranking.with_heat(p, as_of, site, visits or {}) for p in known]
    exact = {p.path: points for p, points in ranked}
    since = as_of - timedelta(days=site.window.front_days)
    recent = [p for p, _ in ranked if _as_of(p) >= since]
    pinned = [p for p, _ in ranked if front.is_pinned(p)]
    page = front.front(recent, pinned, exact, site)
    return Edition(
        as_of=as_of,
        records=tuple(p for p, _ in ranked),
        front=page.shown,
        crowded_out=page.crowded_out,
        misses=front.misses(recent),
        copies=copies or {},
        slots=sponsors.slots(site, as_of),
    )


def lead_picture(
    article: Article, refused: Collection[str] = frozenset()
) -> Picture | None:
    """The picture that stands for an article: its best one that was not refused."""
    fit = (one for one in article.reading.pictures if one.url not in refused)
    return next(fit, None)


def _deserves_record(judged: JudgedStory, site: Site) -> bool:
    on_topic = bool(judged.lead.topics) or not site.topics
    is_rejected = judged.verdict.state is VerdictState.REJECTED
    return judged.verdict.is_published or (on_topic and not is_rejected)


def _record(
    judged: JudgedStory, names: Mapping[str, str], pictures: Pictures
) -> Record:
    lead, reading = judged.lead, judged.lead.reading
    said = judged.ruling or NO_RULING
    qualities = dict(judged.qualities)
    is_video = reading.type is ArticleType.VIDEO
    return Record(
        title=" ".join(said.title.split()) if said.title else reading.title,
        excerpt=reading.excerpt if said.excerpt is None else said.excerpt,
        published_at=_seconds(lead.instant),
        updated_at=_updated(lead),
        original_url=lead.url,
        web_url=reading.web_url,
        amp_web_url=reading.amp_url,
        cdn_amp_web_url=amp.cache_url(reading.amp_url) if reading.amp_url else None,
        type=reading.type.as_record,
        quality=judged.quality.value,
        heat=ranking.OUT if ranking.is_out(judged) else judged.heat.value,
        published=judged.verdict.is_published,
        featured_content=_player(reading.video) if is_video else None,
        provider=_provider(lead.provider, with_logo=True),
        topics=tuple(names[h.topic] for h in lead.topics if h.topic in names),
        images=_images(lead, pictures),
        related=tuple(
            _related(article, qualities[article.id].value, pictures)
            for article in judged.related
        ),
    )


def _unless_heat_alone(before: Record, now: Record) -> Record:
    """What a record says now; as it was where nothing but its heat moved."""
    if ranking.OUT in (before.heat, now.heat):
        return now
    same = replace(now, heat=before.heat)
    return same if same == replace(before, spellings=now.spellings) else now


def _related(article: Article, quality: int, pictures: Pictures) -> Related:
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
        images=_images(article, pictures),
    )


def _provider(provider: Provider, *, with_logo: bool) -> RecordProvider:
    logos = provider.logos[:1] if with_logo else ()
    return RecordProvider(
        name=provider.name,
        domain=provider.domain,
        images=tuple(
            RecordImage(
                url=logo.url, width=logo.width or None, height=logo.height or None
            )
            for logo in logos
        ),
    )


def _images(article: Article, pictures: Pictures) -> tuple[RecordImage, ...]:
    picture = lead_picture(article, pictures.refused)
    if picture is None:
        return ()
    copy = pictures.copies.get(picture.url)
    width, height = picture.width, picture.height
    if copy is not None:
        width, height = copy.width, copy.height
    elif known := pictures.sizes.get(picture.url):
        width, height = known
    return (
        RecordImage(
            url=picture.url,
            width=width,
            height=height,
            is_cached=copy is not None,
            title=_title(picture, article.reading.title),
        ),
    )


def _title(picture: Picture, headline: str) -> str | None:
    """What a picture shows, where somebody said it and not just the headline again."""
    said = " ".join((picture.alt or "").split())
    is_headline = said.casefold() == headline.casefold()
    if is_headline or len(said.split()) < TITLE_WORDS or len(said) > MAX_TITLE:
        return None
    return said


def _retired(p: Published, site: Site) -> Published:
    """A record of a story that turned out to be part of another one, or whose outlet is
    blocked by now, stays at its path, but is no longer published; any other as it is."""
    if p.story is None:
        return p
    if p.story.story.is_alive and not verdict.is_blocked(p.story.lead, site.rules):
        return p
    return replace(p, record=replace(p.record, published=False, heat=ranking.OUT))


def _corrected(p: Published, pictures: Pictures) -> Published:
    """A record of ours that says of its own pictures what is so: that we hold a copy."""
    images = tuple(
        replace(image, is_cached=image.url in pictures.copies)
        if image.is_cached is not None
        else image
        for image in p.record.images
    )
    if p.story is None or images == p.record.images:
        return p
    return replace(p, record=replace(p.record, images=images))


def _player(video: Video | None) -> str | None:
    """The embed as the older system wrote it, built from platform and id alone."""
    address = videos.player_url(video) if video else None
    if address is None:
        return None
    return (
        '<iframe width="800" height="500" frameborder="0" '
        f'src="{address}" allow="accelerometer; autoplay; '
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


def _with_timeline(p: Published, pasts: Mapping[StoryId, Past]) -> Published:
    """Only readers of a story's page look at its timeline, so held ones need none."""
    if p.story is None or not p.record.published:
        return p
    past = pasts.get(p.story.story.id, timeline.NO_PAST)
    return replace(p, timeline=timeline.timeline(p.story, past))


def wanted_pictures(
    stories: Iterable[JudgedStory],
    known: Iterable[Published],
    refused: Collection[str] = frozenset(),
) -> tuple[str, ...]:
    """Addresses of the pictures that the site shows: those of published leads and of
    records that say we hold a copy. Sorted."""
    judged = tuple(stories)
    shown = {
        picture.url
        for one in judged
        if one.verdict.is_published and (picture := lead_picture(one.lead, refused))
    }
    current = {one.story.id for one in judged}
    promised = {
        image.url
        for p in known
        if p.story is not None and p.story.story.is_alive and p.record.published
        if p.story.story.id not in current
        for image in p.record.images
        if image.is_cached
    }
    return tuple(sorted(shown | promised))


def unmeasured_pictures(
    stories: Iterable[JudgedStory],
    known: Iterable[Published],
    site: Site,
    pictures: Pictures,
) -> tuple[str, ...]:
    """Addresses of the pictures that records will name without knowing their size:
    those of published stories first, then the newest."""
    kept = {p.story.story.id for p in known if p.story is not None}
    named = [
        one for one in stories if one.story.id in kept or _deserves_record(one, site)
    ]
    named.sort(
        key=lambda one: (
            not one.verdict.is_published,
            -one.story.changed_at.timestamp(),
            one.story.id,
        )
    )
    leads = (
        lead_picture(article, pictures.refused)
        for one in named
        for article in (one.lead, *one.related)
    )
    known_sizes = {*pictures.copies, *pictures.sizes}
    return tuple(
        dict.fromkeys(
            picture.url
            for picture in leads
            if picture and not (picture.width and picture.height)
            if picture.url not in known_sizes
        )
    )


def known_sizes(known: Iterable[Published]) -> dict[str, tuple[int, int]]:
    """The sizes of pictures that records tell: what was measured once is not again."""
    images = (
        image
        for p in known
        for held in (p.record.images, *(one.images for one in p.record.related))
        for image in held
    )
    return {
        image.url: (image.width, image.height)
        for image in images
        if image.width and image.height
    }
