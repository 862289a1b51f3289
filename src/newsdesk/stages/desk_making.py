"""Articles and stories of the store -> a desk: from scratch, or as it was left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from newsdesk.model.article import Article
from newsdesk.model.site import Site
from newsdesk.model.story import Story
from newsdesk.stages import duplicates, stories, window_building
from newsdesk.stages.desk import Desk, Taken
from newsdesk.stages.window import Window


def reach_of(site: Site) -> timedelta:
    """How far apart two articles of one story may be."""
    return timedelta(hours=site.window.story_hours)


def anew(
    site: Site, articles: Sequence[Article], known: Sequence[Story]
) -> tuple[Desk, Taken]:
    """A desk with these articles and stories, all of it yet to be grouped."""
    hours = float(site.window.story_hours)
    settings = stories.asking(site.rules.same_story)
    desk = Desk(site, window_building.built((), settings, reach=hours))
    for article in articles:
        desk.remember(article)
    desk.settle()
    desk.know(known)
    everything = {article.id for article in articles}
    found = duplicates.duplicates(tuple(desk.lights.values()))
    taken = Taken(duplicates=list(found), dirty=everything, touched=set(everything))
    for of, original in found:
        desk.mark(of, original)
    eligible = [desk.clean(a) for a in articles if desk.is_eligible(desk.lights[a.id])]
    frozen = desk.frozen(reach_of(site), ())
    desk.window = window_building.built(
        eligible,
        settings,
        reach=hours,
        frozen={of: home for of, home in desk.home.items() if home in frozen},
        is_lone=stories.stands_alone,
    )
    desk.window.settle(desk.home)
    desk.bind(eligible)
    return desk, taken


def again(
    site: Site,
    window: Window,
    lights: Sequence[Article],
    known: Sequence[Story],
    since: Sequence[Article],
) -> Desk:
    """A desk as it was when it was left: with a window of before, and what was taken in
    `since` then."""
    desk = Desk(site, window)
    for light in lights:
        desk.remember(light)
    desk.settle()
    desk.know(known)
    window.freeze(desk.frozen(reach_of(site), ()))
    for article in since:
        window.forget([article.id])
    desk.rejoin(since)
    window.forget([of for of in window.ids() if not desk.is_there(of)])
    return desk
