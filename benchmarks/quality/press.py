"""How well a week of news is made of a simulated press, against its truth.

    python benchmarks/quality/press.py [--days 7] [--seed N …] [--step HOURS] [--json]

Runs the whole path over HTTP on loopback, as `newsdesk demo` does, its clock in steps.
Several seeds are several weeks, counted together. Of stories: BCubed and pairwise over
all articles but round-ups and live blogs, pieces without an event standing alone. Of
look-alikes: pairs of articles of two events made alike that stand in one story, and pairs
of events of which any do. Of wire families: pairs of articles of one text. null: nothing
of the kind was looked for or there. Changes of leads are those that readers see.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from press_watch import Watch, Watched

from newsdesk import pipeline, press, steps, wiring
from newsdesk.cli.showing import START, demo_site
from newsdesk.model.article import Article, ArticleId
from newsdesk.model.site import Site
from newsdesk.model.story import Story
from newsdesk.press import World
from newsdesk.press.records import Article as Printed
from newsdesk.press.records import ArticleKind
from newsdesk.run.progress import Lines

SEED = 7
STEP_HOURS = 6
DIGESTS = (ArticleKind.ROUND_UP, ArticleKind.LIVE_BLOG)
Places = Mapping[ArticleId, str]


def measure(seed: int, days: int, step: float) -> tuple[Counter[str], list[float]]:
    """Raw counts of one week, and the delays of its events in minutes."""
    world = press.build_world(seed, start=START, days=days)
    clock = [START]
    watch = Watch()
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-week-") as folder,
        ready(world, Path(folder), clock) as (site, ports),
    ):
        for number in range(round(days * 24 / step)):
            clock[0] = START + timedelta(hours=step * (number + 1))
            pipeline.run(site, ports, clock[0])
            watch.look(ports.store.judged, site, ports)
        return tallied(world, ports, watch)


@contextmanager
def ready(
    world: World, folder: Path, clock: list[datetime]
) -> Iterator[tuple[Site, steps.Ports]]:
    site = demo_site(world, folder / "site")
    with (
        (folder / "log").open("w") as log,
        press.PressServer(world, lambda: clock[0]) as served,
        wiring.http(
            site,
            clock=lambda: clock[0],
            routes={"*.example": ("127.0.0.1", served.port)},
        ) as fetcher,
        wiring.ports(site, fetcher, Lines(log), clock=lambda: clock[0]) as ports,
    ):
        yield site, replace(ports, store=Watched(ports.store))


def tallied(
    world: World, ports: steps.Ports, watch: Watch
) -> tuple[Counter[str], list[float]]:
    since = START - timedelta(days=1000)
    printed = {(world.publisher_of(a).domain, a.path): a for a in world.articles}
    held = {a.id: a for a in ports.store.articles(since)}
    told = {of: printed[key] for of, a in held.items() if (key := _key(a)) in printed}
    stories = {s.id: s for s in ports.store.stories(since) if s.members}
    story_of = _story_of(stories.values(), held)
    tally: Counter[str] = Counter(
        weeks=1, articles=len(told), unmatched=len(held) - len(told)
    )
    tally.update(_of_stories(told, story_of))
    tally.update(_of_look_alikes(world, told, story_of))
    tally.update(_of_follow_ups(world, told, story_of, stories))
    tally.update(_of_families(world, told, held, watch))
    records, delays = _of_records(world, ports, told, watch)
    tally.update(records)
    many = [of for of, size in watch.sizes.items() if size > 1]
    tally.update(
        stories=len(watch.sizes),
        stories_of_two=len(many),
        lead_changes=sum(watch.lead_changes.values()),
    )
    return tally, delays


def _key(article: Article) -> tuple[str, str]:
    """Host and path, by which the truth knows an article."""
    url = article.reading.web_url.split("?")[0].split("//", 1)[-1]
    host, _, path = url.partition("/")
    return host, f"/{path}".removeprefix("/amp")


def _story_of(
    stories: Iterable[Story], held: Mapping[ArticleId, Article]
) -> dict[ArticleId, str]:
    """The story of each article; a duplicate is where its original is."""
    found: dict[ArticleId, str] = {m: s.id for s in stories for m in s.members}
    for of, article in held.items():
        if of not in found:
            first = article.duplicate_of
            found[of] = found.get(first, of) if first else of
    return found


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _of_stories(told: Mapping[ArticleId, Printed], story_of: Places) -> Counter[str]:
    truth = {of: a.event or a.id for of, a in told.items() if a.kind not in DIGESTS}
    both = Counter((truth[of], story_of[of]) for of in truth)
    by_truth, by_found = Counter(truth.values()), Counter(story_of[of] for of in truth)
    joined = Counter(story_of.values())
    result: Counter[str] = Counter(
        pairs_both=_pairs(both.values()),
        pairs_found=_pairs(by_found.values()),
        pairs_true=_pairs(by_truth.values()),
        grouped=len(truth),
        digests=sum(a.kind in DIGESTS for a in told.values()),
        digests_joined=sum(
            a.kind in DIGESTS and joined[story_of[of]] > 1 for of, a in told.items()
        ),
    )
    result["bcubed_p"] = sum(c * c / by_found[f] for (_, f), c in both.items())  # type: ignore[assignment]
    result["bcubed_r"] = sum(c * c / by_truth[t] for (t, _), c in both.items())  # type: ignore[assignment]
    return result


def _by_event(told: Mapping[ArticleId, Printed]) -> dict[str, list[ArticleId]]:
    found: dict[str, list[ArticleId]] = {}
    for of, article in told.items():
        if article.event:
            found.setdefault(article.event, []).append(of)
    return found


def _of_look_alikes(
    world: World, told: Mapping[ArticleId, Printed], story_of: Places
) -> Counter[str]:
    by_event = _by_event(told)
    sets: dict[str, list[str]] = {}
    for event in world.events:
        if event.alike and event.id in by_event:
            sets.setdefault(event.alike, []).append(event.id)
    result: Counter[str] = Counter()
    for events in sets.values():
        for one, other in combinations(events, 2):
            merged = sum(
                story_of[a] == story_of[b]
                for a in by_event[one]
                for b in by_event[other]
            )
            result["alike_pairs"] += len(by_event[one]) * len(by_event[other])
            result["alike_pairs_merged"] += merged
            result["alike_events"] += 1
            result["alike_events_merged"] += merged > 0
    return result


def _of_follow_ups(
    world: World,
    told: Mapping[ArticleId, Printed],
    story_of: Places,
    stories: Mapping[str, Story],
) -> Counter[str]:
    by_event = _by_event(told)
    main = {
        event: Counter(story_of[a] for a in articles).most_common(1)[0][0]
        for event, articles in by_event.items()
    }
    result: Counter[str] = Counter()
    for event in world.events:
        if event.follows in main and event.id in main:
            later, earlier = main[event.id], main[event.follows]
            own = {story_of[a] for a in by_event[event.id]}
            before = {story_of[a] for a in by_event[event.follows]}
            result["follow_ups"] += 1
            result["follow_ups_merged"] += bool(own & before)
            held = stories.get(later)
            result["follow_ups_linked"] += bool(held and held.follows == earlier)
    true = {
        main[e.id]: main[e.follows]
        for e in world.events
        if e.id in main and e.follows in main
    }
    links = {s.id: s.follows for s in stories.values() if s.follows}
    result["links"] = len(links)
    result["links_right"] = sum(true.get(of) == to for of, to in links.items())
    return result


def _of_families(
    world: World,
    told: Mapping[ArticleId, Printed],
    held: Mapping[ArticleId, Article],
    watch: Watch,
) -> Counter[str]:
    """Pairs of articles of one text, as they are and as found."""
    by_id = {a.id: a for a in world.articles}

    def root(article: Printed) -> str:
        while article.copied_from:
            article = by_id[article.copied_from]
        return article.id

    true = {of: root(a) for of, a in told.items()}
    found = _families_found(held, watch)
    both = Counter((true[of], found[of]) for of in true)
    return Counter(
        family_both=_pairs(both.values()),
        family_true=_pairs(Counter(true.values()).values()),
        family_found=_pairs(Counter(found[of] for of in true).values()),
        copies_looked_for=any(one.origins for one in watch.judged.values()),
    )


def _families_found(
    held: Mapping[ArticleId, Article], watch: Watch
) -> dict[ArticleId, str]:
    parent: dict[str, str] = {}

    def top(of: str) -> str:
        while parent.get(of, of) != of:
            of = parent[of]
        return of

    for of, article in held.items():
        if article.duplicate_of:
            parent[top(of)] = top(article.duplicate_of)
    for one in watch.judged.values():
        for copy in one.copies:
            if copy.is_dependent:
                # Of a text that we do not hold, all copies in a story are one family.
                original = copy.original or f"{one.story.id} {copy.source}"
                parent[top(copy.article)] = top(original)
    return {of: top(of) for of in held}


def _of_records(
    world: World, ports: steps.Ports, told: Mapping[ArticleId, Printed], watch: Watch
) -> tuple[Counter[str], list[float]]:
    by_url = {_key_of(world, a): a for a in told.values()}
    out = [p for p in ports.store.records() if p.record.published]
    leads = {
        p.path: by_url.get(_split(p.record.web_url or p.record.original_url))
        for p in out
    }
    kinds = Counter(a.kind for a in leads.values() if a)
    topical = {e.id for e in world.events if e.topics and e.id in _by_event(told)}
    first = {}
    for path, article in leads.items():
        if article and article.event:
            at = watch.published_at[path]
            first[article.event] = min(at, first.get(article.event, at))
    listed: dict[str, datetime] = {}
    for article in told.values():
        if article.event:
            at = article.listed_at
            listed[article.event] = min(at, listed.get(article.event, at))
    shown = Counter(a.event for a in leads.values() if a and a.event in topical)
    delays = [
        (first[e] - listed[e]).total_seconds() / 60 for e in topical if e in first
    ]
    return Counter(
        published=len(out),
        events=len(topical),
        events_told=len(shown),
        events_told_twice=sum(n > 1 for n in shown.values()),
        spam_published=kinds[ArticleKind.SPAM],
        digests_published=sum(kinds[kind] for kind in DIGESTS),
        off_topic_published=sum(not a.topics for a in leads.values() if a),
        rewrites=sum(watch.rewrites.values()),
        withdrawn=watch.withdrawn,
    ), delays


def _split(url: str) -> tuple[str, str]:
    host, _, path = url.split("?")[0].split("//", 1)[-1].partition("/")
    return host, f"/{path}".removeprefix("/amp")


def _key_of(world: World, article: Printed) -> tuple[str, str]:
    return world.publisher_of(article).domain, article.path


def figures(tally: Counter[str], delays: list[float]) -> dict[str, Any]:
    """What the counts amount to."""
    t = tally
    delays = sorted(delays)
    bcubed = _three(
        _share(t["bcubed_p"], t["grouped"]), _share(t["bcubed_r"], t["grouped"])
    )
    pairwise = _three(
        _share(t["pairs_both"], t["pairs_found"]),
        _share(t["pairs_both"], t["pairs_true"]),
    )
    family = _three(
        _share(t["family_both"], t["family_found"]),
        _share(t["family_both"], t["family_true"]),
    )
    return {
        "weeks": t["weeks"],
        "articles": t["articles"],
        "articles_unmatched": t["unmatched"],
        "bcubed": bcubed,
        "pairwise": pairwise,
        "look_alikes": {
            "event_pairs": t["alike_events"],
            "event_pairs_merged": t["alike_events_merged"],
            "merged": _share(t["alike_pairs_merged"], t["alike_pairs"], empty=0.0),
            "kept_apart": 1
            - _share(t["alike_pairs_merged"], t["alike_pairs"], empty=0.0),
        },
        "follow_ups": {
            "true": t["follow_ups"],
            "linked": t["follow_ups_linked"],
            "merged": t["follow_ups_merged"],
            "links": t["links"],
            "links_right": t["links_right"],
        },
        "wire_families": family if t["copies_looked_for"] else None,
        "digests": t["digests"],
        "digests_joined": t["digests_joined"],
        "stories": t["stories"],
        "lead_changes": t["lead_changes"],
        "lead_changes_a_story": _share(t["lead_changes"], t["stories"]),
        "lead_changes_a_story_of_two": _share(t["lead_changes"], t["stories_of_two"]),
        "events": t["events"],
        "events_told": t["events_told"],
        "events_told_share": _share(t["events_told"], t["events"]),
        "events_told_twice": t["events_told_twice"],
        "published": t["published"],
        "spam_published": t["spam_published"],
        "digests_published": t["digests_published"],
        "off_topic_published": t["off_topic_published"],
        "rewrites_a_record": _share(t["rewrites"], t["published"]),
        "records_withdrawn": t["withdrawn"],
        "delay_minutes": {
            "median": round(median(delays)) if delays else None,
            "p90": round(delays[len(delays) * 9 // 10]) if delays else None,
        },
    }


def _share(part: float, whole: float, *, empty: float = 1.0) -> float:
    return round(part / whole, 4) if whole else empty


def _three(precision: float, recall: float) -> dict[str, float]:
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {"precision": precision, "recall": recall, "f1": round(f1, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, nargs="+", default=[SEED])
    parser.add_argument("--step", type=float, default=STEP_HOURS, metavar="HOURS")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    began = time.monotonic()
    tally: Counter[str] = Counter()
    delays: list[float] = []
    for seed in given.seed:
        counts, waits = measure(seed, given.days, given.step)
        tally.update(counts)
        delays += waits
    result = figures(tally, delays) | {"seconds": round(time.monotonic() - began, 1)}
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:28} {value}")


if __name__ == "__main__":
    main()
