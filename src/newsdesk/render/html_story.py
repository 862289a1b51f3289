"""What the page of one story shows: coverage, timeline, changes, topics, receipt.

All of it stays the same until the story itself changes, whatever the hour: heat is shown
as of the story's newest news. A record adopted from an older content folder has no story
behind it; its page is made from the record alone and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk.model.article import Article, TopicHit
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Copy, JudgedStory, Published, Score
from newsdesk.model.timeline import Certainty
from newsdesk.render import addresses, cards, html_linked_data, receipts
from newsdesk.render.html_changes import Change, of_story
from newsdesk.render.html_rows import Outlet, Row, Rows, labels, topics_by_name
from newsdesk.render.html_timeline import Firsts, Step, firsts, timeline
from newsdesk.render.html_words import link


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One outlet's coverage: a row of the matrix."""

    title: str
    language: str | None
    outlet: Outlet
    at: datetime
    has_time: bool = True
    """Whether the hour is known."""
    after: timedelta | None = None
    """Since the first piece, where that is known."""
    is_first: bool = False
    copy: str = ""
    """Of what sort of copy its words are; empty: its own, as far as anyone looked."""
    copy_of: str = ""
    """Whose words they are."""
    adds: int = 0
    """Names and figures that no earlier piece has."""
    pieces: int = 1
    """Pieces of this outlet in the story."""
    changes: int = 0
    """Changes to them that we saw."""
    labels: tuple[str, ...]
    quality: int
    is_lead: bool = False
    outlet_is: str = ""
    """What sort of outlet it is and of which country, as far as known."""
    also: tuple[Outlet, ...] = ()
    """Other outlets that carry its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A topic of the story and what in the text says so."""

    name: str
    topic: Topic | None
    percent: int | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A score as a table that adds up."""

    name: str
    score: Score
    total: float
    """The sum of the parts, before it is bounded to 0–100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Everything on a story's page."""

    row: Row
    authors: tuple[str, ...]
    excerpt: str
    updated_at: datetime | None
    coverage: tuple[Covered, ...]
    timeline: tuple[Step, ...]
    changes: tuple[Change, ...]
    """What was changed since by outlets and by the desk, newest first."""
    has_origins: bool
    """Whether anyone looked for whose words each piece is."""
    firsts: Firsts | None
    """None: there is one piece, or nobody can tell."""
    topics: tuple[About, ...]
    sums: tuple[Sum, ...]
    """Quality, then heat; empty for an adopted record."""
    judged: JudgedStory | None
    feed: str
    """Path of the Atom feed that carries it."""
    api: str
    """Path of the JSON that carries it."""
    receipt: str
    """Path of its receipt as JSON; empty for an adopted record."""
    card: str
    """Path of the picture that stands for it where its address is shared."""
    json_ld: str
    """schema.org metadata, safe inside a script element."""


def view(published: Published, site: Site, rows: Rows) -> StoryView:
    """What the page of a published record shows."""
    record, judged = published.record, published.story
    row = rows.row(published)
    topic = row.topic.id if row.topic else None
    card = cards.of_story(published, site).path
    return StoryView(
        row=row,
        authors=judged.lead.reading.authors if judged else (),
        excerpt=" ".join((record.excerpt or "").split()),
        updated_at=record.updated_at,
        coverage=_coverage(published, row),
        timeline=timeline(published),
        changes=of_story(published),
        has_origins=bool(judged and judged.origins),
        firsts=firsts(published),
        topics=_topics(published, site),
        sums=_sums(judged),
        judged=judged,
        feed=addresses.topic_feed(topic) if topic else addresses.ALL_FEED,
        api=addresses.api_index(topic),
        receipt=receipts.receipt_file(published.path) if judged else "",
        card=card,
        json_ld=html_linked_data.of_story(published, row, site, card),
    )


def _coverage(published: Published, row: Row) -> tuple[Covered, ...]:
    record = published.record
    judged = published.story
    known = {one.reading.web_url: one for one in judged.related} if judged else {}
    matrix = _Matrix(published)
    lead = Covered(
        title=record.title,
        language=row.language,
        outlet=row.outlet,
        at=record.published_at,
        labels=row.labels,
        quality=record.quality,
        is_lead=True,
        outlet_is=_outlet_is(judged.lead if judged else None),
        also=_also(judged, judged.lead if judged else None),
    )
    others = (
        Covered(
            title=item.title,
            language=_language(known.get(item.web_url)),
            outlet=Outlet(
                name=item.provider.name or item.provider.domain,
                url=link(item.web_url),
                page=addresses.outlet_page(item.provider.domain),
            ),
            at=item.published_at,
            labels=labels(known.get(item.web_url), item.type),
            quality=item.quality,
            outlet_is=_outlet_is(known.get(item.web_url)),
            also=_also(judged, known.get(item.web_url)),
        )
        for item in record.related
    )
    return (
        matrix.filled(lead, judged.lead if judged else None),
        *(
            matrix.filled(one, known.get(item.web_url))
            for one, item in zip(others, record.related, strict=True)
        ),
    )


class _Matrix:
    """What is known of each piece of a story beyond the record's words."""

    def __init__(self, published: Published) -> None:
        judged, told = published.story, published.timeline
        self._first = told.first.article if told and told.first else None
        self._pieces = {one.article: one for one in told.pieces} if told else {}
        self._changes = told.changes if told else ()
        self._copies = {
            copy.article: copy
            for copy in (judged.copies if judged else ())
            if copy.is_dependent
        }
        self._members = {
            article.id: article
            for article in (
                (judged.lead, *judged.related, *judged.more) if judged else ()
            )
        }

    def filled(self, one: Covered, article: Article | None) -> Covered:
        """The row with what is known of its article and its outlet's further ones."""
        piece = self._pieces.get(article.id) if article else None
        if article is None or piece is None:
            return one
        domain = article.provider.domain
        own = {a.id for a in self._members.values() if a.provider.domain == domain}
        copy = self._copies.get(article.id)
        return replace(
            one,
            at=piece.at,
            has_time=piece.certainty is not Certainty.DAY
            or piece.at != piece.claimed_at,
            after=piece.after,
            is_first=article.id == self._first,
            copy=copy.kind.value if copy else "",
            copy_of=self._source(copy) if copy else "",
            adds=len(piece.names) + len(piece.figures),
            pieces=len(own),
            changes=sum(change.article in own for change in self._changes),
        )

    def _source(self, copy: Copy) -> str:
        original = self._members.get(copy.original) if copy.original else None
        return original.provider.name if original else copy.source


def _language(article: Article | None) -> str | None:
    return article.reading.language if article else None


def _also(judged: JudgedStory | None, article: Article | None) -> tuple[Outlet, ...]:
    """Who else carries an article's text, each outlet once."""
    if judged is None or article is None:
        return ()
    members = {a.id: a for a in (judged.lead, *judged.related, *judged.more)}
    others = [
        members[of]
        for of in dict(judged.also_in).get(article.id, ())
        if of in members and members[of].provider.domain != article.provider.domain
    ]
    found = {
        one.provider.domain: Outlet(
            name=one.provider.name or one.provider.domain,
            url=link(one.reading.web_url),
        )
        for one in reversed(others)
    }
    return tuple(reversed(found.values()))


def _outlet_is(article: Article | None) -> str:
    """`newspaper, GB`; empty where nothing is known."""
    if article is None:
        return ""
    provider = article.provider
    return ", ".join(filter(None, (provider.kind, provider.country)))


def _topics(published: Published, site: Site) -> tuple[About, ...]:
    by_name = topics_by_name(site)
    hits = published.story.lead.topics if published.story else ()
    by_id: dict[str, TopicHit] = {hit.topic: hit for hit in hits}
    found = []
    for name in published.record.topics:
        topic = by_name.get(name)
        hit = by_id.get(topic.id) if topic else None
        about = About(
            name=name,
            topic=topic,
            percent=round(hit.strength * 100) if hit else None,
            evidence=tuple(_in_words(one, site) for one in hit.evidence) if hit else (),
        )
        found.append(about)
    return tuple(found)


def _in_words(evidence: str, site: Site) -> str:
    if evidence == "source":
        return "everything from this source"
    kind, _, child = evidence.partition("child: ")
    if kind or not child:
        return evidence
    names = (topic.name for topic in site.topics if topic.id == child)
    return f"because of {next(names, child)}"


def _sums(judged: JudgedStory | None) -> tuple[Sum, ...]:
    if judged is None:
        return ()
    named = (("Quality", judged.quality), ("Heat", judged.heat))
    return tuple(
        Sum(
            name=name,
            score=score,
            total=round(sum(part.points for part in score.parts), 2),
        )
        for name, score in named
    )
