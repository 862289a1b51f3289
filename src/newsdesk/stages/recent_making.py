"""Articles and stories of the store -> a recent: from scratch, or as it was left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from newsdesk.model.article import Article
from newsdesk.model.site import Site
from newsdesk.model.story import Story
from newsdesk.stages import duplicates, stories, window_building
from newsdesk.stages.recent import Recent, Taken
from newsdesk.stages.window import Window


def reach_of(site: Site) -> timedelta:
    """How far apart two articles of one story may be."""
    return timedelta(hours=site.window.story_hours)


def anew(
    site: Site, articles: Sequence[Article], known: Sequence[Story]
) -> tuple[Recent, Taken]:
    """What is recent, of these articles and stories, all of it yet to be grouped."""
    hours = float(site.window.story_hours)
    settings = stories.asking(site.rules.same_story)
    recent = Recent(site, window_building.built((), settings, reach=hours))
    for article in articles:
        recent.remember(article)
    recent.settle()
    recent.know(known)
    everything = {article.id for article in articles}
    found = duplicates.duplicates(tuple(recent.lights.values()))
    taken = Taken(duplicates=list(found), dirty=everything, touched=set(everything))
    for of, original in found:
        recent.mark(of, original)
    eligible = [
        recent.clean(a) for a in articles if recent.is_eligible(recent.lights[a.id])
    ]
    frozen = recent.frozen(reach_of(site), ())
    recent.window = window_building.built(
        eligible,
        settings,
        reach=hours,
        frozen={of: home for of, home in recent.home.items() if home in frozen},
        is_lone=stories.stands_alone,
    )
    recent.window.settle(recent.home)
    recent.bind(eligible)
    return recent, taken


def again(
    site: Site,
    window: Window,
    lights: Sequence[Article],
    known: Sequence[Story],
    since: Sequence[Article],
) -> Recent:
    """What is recent, as it was when it was left: with a window of before, and what was
    taken `since` then."""
    recent = Recent(site, window)
    for light in lights:
        recent.remember(light)
    recent.settle()
    recent.know(known)
    window.freeze(recent.frozen(reach_of(site), ()))
    for article in since:
        window.forget([article.id])
    recent.rejoin(since)
    window.forget([of for of in window.ids() if not recent.is_there(of)])
    return recent
