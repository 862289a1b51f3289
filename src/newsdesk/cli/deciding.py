"""`newsdesk decide`: writes down what an editor says about stories, for the next run.

A decision is a file in the content folder; the command only spares the typing of ids and
says what will come of it. Taking one back is removing its file.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from newsdesk import config, wiring
from newsdesk.cli import deciding_shown, options
from newsdesk.config import decisions
from newsdesk.model.article import Article
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.ports import Archive
from newsdesk.model.story import JudgedStory, StoryId


@click.command()
@click.argument("kind", type=click.Choice([str(kind) for kind in DecisionKind]))
@click.argument("story")
@click.argument("what", nargs=-1, metavar="[STORY|ARTICLE…]")
@options.site
@click.option("--why", required=True, help="The reason, for whoever reads it.")
@click.option("--by", help="Who says so; you, unless given.")
@click.option(
    *("--until", "--expires", "expires"),
    type=options.Instant(),
    help="From when it is over.",
)
@click.option(
    "--place", type=click.IntRange(1), help="pin: 1, the first, unless given."
)
@click.option("--title", help="edit: the headline that readers see.")
@click.option("--excerpt", help="edit: the excerpt that readers see.")
@click.option("--add", multiple=True, metavar="TOPIC", help="topic: it is about this.")
@click.option("--remove", multiple=True, metavar="TOPIC", help="topic: it is not.")
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
def decide(
    kind: str,
    story: str,
    what: tuple[str, ...],
    site_folder: Path,
    why: str,
    by: str | None,
    expires: datetime | None,
    now: datetime | None,
    **given: Any,
) -> None:
    """Say what belongs to STORY, who leads it, or what readers see of it, for all runs
    to come.

    merge: other stories become part of it. split: articles leave it and are a story of
    their own. move: articles join it. lead: one article stands for it.

    approve, hold, reject: readers see it, or do not, or never. withdraw: it is taken back.
    expire: it leaves the front page. pin: it stands there. edit: it has another headline
    or excerpt. topic: it, or some of its articles, are about topics, or are not.

    A story is given by its id, the path of its record or the address of an article; an
    article by its id or address.
    """
    site, of_kind = config.load(site_folder), DecisionKind(kind)
    deciding_shown.check(of_kind, given, site)
    if not what and of_kind in _NEEDS:
        raise click.UsageError(f"after the story, give {_NEEDS[of_kind]}")
    if what and of_kind not in (*_NEEDS, DecisionKind.TOPIC):
        raise click.UsageError(f"{kind} takes a story and nothing else")
    with wiring.look_up(site) as opened:
        plan = _PLANS.get(of_kind, _shown_plan)(opened.archive, story, what)
    at = now or wiring.utc_now()
    title = plan.story.lead.reading.title
    decision = Decision(
        id=decisions.name(of_kind, at, title),
        kind=of_kind,
        story=plan.story.story.id,
        stories=plan.stories,
        articles=tuple(article.id for article in plan.articles),
        place=given["place"] or 0,
        title=given["title"],
        excerpt=given["excerpt"],
        add=given["add"],
        remove=given["remove"],
        by=by or getpass.getuser(),
        at=at,
        why=why,
        expires_at=expires,
    )
    named = (f"{a.reading.title} ({a.provider.name})" for a in plan.articles)
    path = decisions.add(site.content_folder, decision, [title, *named])
    click.echo(f"Wrote {_where(path, site.folder)}.")
    click.echo(plan.says or deciding_shown.says(decision, _called(plan.story)))
    for line in deciding_shown.overruled(site.decisions, decision, plan.story, at):
        click.echo(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What a decision is about, and what will come of it."""

    story: JudgedStory
    stories: tuple[StoryId, ...] = ()
    articles: tuple[Article, ...] = ()
    says: str = ""
    """Empty: what every decision of its kind comes to."""


def _shown_plan(archive: Archive, story: str, what: Sequence[str]) -> _Plan:
    """What readers see of a story; `what` are those of its articles that are meant."""
    whole = _story(archive, story)
    return _Plan(story=whole, articles=_articles(archive, what, whole))


def _merge(archive: Archive, story: str, what: Sequence[str]) -> _Plan:
    stays = _story(archive, story)
    others = dict.fromkeys(_story(archive, text).story.id for text in what)
    if stays.story.id in others:
        raise click.ClickException(f"{stays.story.id} cannot become part of itself")
    return _Plan(
        story=stays,
        stories=tuple(others),
        says=f"The next run makes {', '.join(others)} part of {_called(stays)}; "
        "their pages will lead there.",
    )


def _split(archive: Archive, story: str, what: Sequence[str]) -> _Plan:
    whole = _story(archive, story)
    parts = _articles(archive, what, whole)
    if len(parts) == len(whole.story.members):
        raise click.ClickException(f"nothing would be left of {whole.story.id}")
    return _Plan(
        story=whole,
        articles=parts,
        says=f"The next run makes {_count(parts)} of {_called(whole)} a story apart.",
    )


def _move(archive: Archive, story: str, what: Sequence[str]) -> _Plan:
    to = _story(archive, story)
    moved = _articles(archive, what)
    return _Plan(
        story=to,
        articles=moved,
        says=f"The next run puts {_count(moved)} into {_called(to)}.",
    )


def _lead(archive: Archive, story: str, what: Sequence[str]) -> _Plan:
    whole = _story(archive, story)
    chosen = _articles(archive, what, whole)
    if len(chosen) > 1:
        raise click.ClickException("one article leads a story, not several")
    lead = f"“{chosen[0].reading.title}” ({chosen[0].provider.name})"
    return _Plan(
        story=whole,
        articles=chosen,
        says=f"From the next run on, {lead} leads {_called(whole)}.",
    )


_PLANS: Mapping[DecisionKind, Callable[[Archive, str, Sequence[str]], _Plan]] = {
    DecisionKind.MERGE: _merge,
    DecisionKind.SPLIT: _split,
    DecisionKind.MOVE: _move,
    DecisionKind.LEAD: _lead,
}


_NEEDS = {
    DecisionKind.MERGE: "the stories that become part of it",
    DecisionKind.SPLIT: "the articles that leave it",
    DecisionKind.MOVE: "the articles that join it",
    DecisionKind.LEAD: "the article that leads it",
}
"""What must follow the story."""


def _story(archive: Archive, text: str) -> JudgedStory:
    found = archive.find_story(text)
    if found is None:
        raise click.ClickException(
            f"no story is known by {text!r}; give its id, the path of its record or the "
            "address of one of its articles"
        )
    return found


def _articles(
    archive: Archive, texts: Sequence[str], of: JudgedStory | None = None
) -> tuple[Article, ...]:
    """The articles that texts mean; each must be `of` a story where that is given."""
    found = {}
    for text in texts:
        there = archive.find_article(text)
        if there is None or there.article is None:
            raise click.ClickException(
                f"no article is known by {text!r}; give its id or address"
            )
        if of is not None and there.story_id != of.story.id:
            raise click.ClickException(f"{text} is no article of {of.story.id}")
        found[there.id] = there.article
    return tuple(found.values())


def _called(story: JudgedStory) -> str:
    return f"{story.story.id} (“{story.lead.reading.title}”)"


def _count(articles: Sequence[Article]) -> str:
    return "1 article" if len(articles) == 1 else f"{len(articles)} articles"


def _where(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder) if folder in path.parents else path)
