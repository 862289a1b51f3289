"""How a story unfolded and why its lead leads: that part of `explain`."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.ports import Store
from newsdesk.model.story import JudgedStory, Past
from newsdesk.model.timeline import Certainty, Timeline
from newsdesk.stages import timeline


def past(store: Store, story: JudgedStory | None) -> Past:
    """What the store knows of a story's past."""
    of = [story.story.id] if story else []
    return next(iter(store.pasts(of).values()), Past())


def tell(console: Console, story: JudgedStory, past: Past) -> None:
    """Prints how well each member stands for the story, and the timeline."""
    articles = _articles(story)
    _tell_standings(console, story, articles)
    told = timeline.timeline(story, past)
    if told.first:
        name = articles[told.first.article].provider.name
        sure = "was first" if told.first.is_sure else "was probably first"
        console.print(escape(f"{name} {sure}: {told.first.why}."), highlight=False)
    _tell_pieces(console, told, articles)
    _tell_changes(console, told, articles)


def _tell_standings(
    console: Console, story: JudgedStory, articles: dict[ArticleId, Article]
) -> None:
    if len(story.standings) < 2:
        return
    table = Table(
        *("points", "provider", "sum"), title="For the lead", title_justify="left"
    )
    for of, standing in story.standings:
        parts = ", ".join(
            f"{part.name} {part.points:+g} ({part.why})" for part in standing.parts
        )
        name = articles[of].provider.name
        table.add_row(str(standing.value), escape(name), escape(parts))
    console.print(table)
    if story.story.challenger in articles and story.story.challenged_at:
        name = articles[story.story.challenger].provider.name
        since = _when(story.story.challenged_at)
        console.print(escape(f"{name} stands better since the news of {since}."))


def _tell_pieces(
    console: Console, told: Timeline, articles: dict[ArticleId, Article]
) -> None:
    table = Table(
        *("at", "time", "seen", "provider", "adds"),
        title="Timeline",
        title_justify="left",
    )
    for piece in told.pieces:
        is_day = piece.certainty is Certainty.DAY
        table.add_row(
            _when(piece.at)[:10] if is_day else _when(piece.at),
            piece.certainty.value,
            _when(piece.seen_at),
            escape(articles[piece.article].provider.name),
            escape(", ".join((*piece.names, *piece.figures))),
        )
    console.print(table)


def _tell_changes(
    console: Console, told: Timeline, articles: dict[ArticleId, Article]
) -> None:
    changes = [one for one in told.changes if one.article]  # events are told apart
    if not changes:
        return
    table = Table(
        *("at", "what", "provider", "how"), title="What changed", title_justify="left"
    )
    for change in changes:
        article = articles.get(change.article) if change.article else None
        how = f"{change.before} → {change.now}" if change.before else change.now
        table.add_row(
            _when(change.at),
            change.kind.value,
            escape(article.provider.name if article else "–"),
            escape(how or change.why),
        )
    console.print(table)


def row(story: JudgedStory, past: Past) -> dict[str, object]:
    """The same for machines."""
    told = timeline.timeline(story, past)
    first = told.first
    return {
        "challenger": story.story.challenger,
        "standings": {of: score.value for of, score in story.standings},
        "also_in": {of: list(others) for of, others in story.also_in},
        "first": first
        and {"article": first.article, "sure": first.is_sure, "why": first.why},
        "timeline": [
            {
                "article": one.article,
                "at": one.at.isoformat(),
                "time": one.certainty.value,
                "claimed": one.claimed_at.isoformat() if one.claimed_at else None,
                "seen": one.seen_at.isoformat(),
                "after_s": int(one.after.total_seconds()) if one.after else None,
                "copy_of": one.copy_of,
                "names": list(one.names),
                "figures": list(one.figures),
            }
            for one in told.pieces
        ],
        "changes": [
            {
                "kind": one.kind.value,
                "at": one.at.isoformat(),
                "article": one.article,
                "before": one.before or None,
                "now": one.now or None,
                "why": one.why or None,
            }
            for one in told.changes
        ],
    }


def _articles(story: JudgedStory) -> dict[ArticleId, Article]:
    return {a.id: a for a in (story.lead, *story.related, *story.more)}


def _when(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M")
