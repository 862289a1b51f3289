"""Judged stories -> the same with what else their numbers came of, and back.

A story is judged with its articles as the whole window has them: providers settled, shared
pictures left out, topics as editors say. Their rows know less. What differs is kept with
the story, so that it can be judged again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.basis import Other
from newsdesk.model.story import JudgedStory


def signed(
    judged: Iterable[JudgedStory], stored: Iterable[Article]
) -> tuple[JudgedStory, ...]:
    """Judged stories with a basis that tells where their articles were judged as
    something else than they are `stored` as."""
    rows = {article.id: article for article in stored}
    return tuple(
        replace(one, basis=replace(one.basis, others=others))
        if one.basis and (others := tuple(_others(one, rows)))
        else one
        for one in judged
    )


def as_judged(judged: JudgedStory) -> JudgedStory:
    """A story from the store, its articles as they were when it was judged."""
    others = {o.article: o for o in judged.basis.others} if judged.basis else {}
    if not others:
        return judged
    return replace(
        judged,
        lead=_told(judged.lead, others),
        related=tuple(_told(a, others) for a in judged.related),
        more=tuple(_told(a, others) for a in judged.more),
    )


def members(judged: JudgedStory) -> tuple[Article, ...]:
    """The articles of a story, the lead first."""
    return (judged.lead, *judged.related, *judged.more)


def _others(judged: JudgedStory, rows: Mapping[ArticleId, Article]) -> Iterator[Other]:
    for article in sorted(members(judged), key=lambda a: a.id):
        row = rows.get(article.id, article)
        pictures = tuple(picture.url for picture in article.reading.pictures)
        other = Other(
            article=article.id,
            provider=article.provider if article.provider != row.provider else None,
            topics=article.topics if article.topics != row.topics else None,
            pictures=pictures
            if article.reading.pictures != row.reading.pictures
            else None,
        )
        if other != Other(article=article.id):
            yield other


def _told(article: Article, others: Mapping[ArticleId, Other]) -> Article:
    other = others.get(article.id)
    if other is None:
        return article
    reading = article.reading
    if other.pictures is not None:
        kept = tuple(p for p in reading.pictures if p.url in other.pictures)
        reading = replace(reading, pictures=kept)
    return replace(
        article,
        reading=reading,
        provider=other.provider or article.provider,
        topics=article.topics if other.topics is None else other.topics,
    )
