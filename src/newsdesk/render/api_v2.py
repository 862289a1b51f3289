"""The static JSON API, version 2: stories with timeline, voices and reasons.

Beside the older API, whose shape cannot grow. Lists are cut by day, so that a file of a
past day stays as it is while news comes in; what is published is decided by the records
alone, as everywhere. Text of articles is never in it: it is its publishers'.
`api_v2_schema` describes every document.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from newsdesk.model.site import Site
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, receipts, visibility
from newsdesk.render.api_v2_story import (
    Document,
    changed,
    first,
    outlets,
    slug,
    story,
    summary,
    url,
    when,
)
from newsdesk.render.sheet import Sheet

NEWEST = 100
"""Stories in a list that is not cut by day."""


def files(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every document: what depends on the whole edition first, then
    what depends on a day, then on one story."""
    for sheet in sheets(edition, site):
        yield sheet.path, sheet.make()


def sheets(edition: Edition, site: Site) -> Iterator[Sheet]:
    """The same, not made yet."""
    shown = list(visibility.shown(edition.records))
    shown.sort(key=lambda p: p.path)
    shown.sort(key=lambda p: changed(p), reverse=True)
    by_day = _by_day(shown, lambda p: p.record.published_at.date())
    changes = _by_day(shown, lambda p: changed(p).date())
    yield _sheet("index", None, partial(_root, edition, site))
    yield _sheet("editions/latest", None, partial(_latest, edition, site))
    yield _sheet("stories/index", None, partial(_days, shown, by_day, "stories", site))
    yield _sheet("changes/index", None, partial(_cursor, shown, changes, site))
    yield from _topics(shown, site)
    yield from _providers(shown, site)
    for day, those in by_day.items():
        make = partial(_list, those, site, day=str(day))
        yield _sheet(f"stories/{day}", those, make)
    for day, those in changes.items():
        yield _sheet(f"changes/{day}", those, partial(_changes, those, site, day))
    for p in shown:
        name = f"stories/{slug(p.path)}/index"
        yield _sheet(name, (p,), partial(story, p, site))
    yield from receipts.sheets(edition)


def _sheet(
    name: str,
    of: Iterable[Published] | None,
    make: Callable[[], Document],
    beside: Hashable = (),
) -> Sheet:
    return Sheet(
        path=addresses.api_v2(name),
        of=None if of is None else tuple(p.path for p in of),
        make=lambda: _bytes(make()),
        beside=beside,
    )


def _bytes(document: Document) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair becomes its JSON escape.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _by_day(
    shown: Sequence[Published], day: Callable[[Published], date]
) -> dict[date, list[Published]]:
    """The newest day first, stories in the order given."""
    days: dict[date, list[Published]] = defaultdict(list)
    for p in shown:
        days[day(p)].append(p)
    return dict(sorted(days.items(), reverse=True))


def _root(edition: Edition, site: Site) -> Document:
    return {
        "version": 2,
        "site": {
            "title": site.title,
            "url": site.url,
            "description": site.description,
            "language": site.language,
        },
        "asOf": when(edition.as_of),
        "openapi": url(site, "openapi"),
        "links": {name: url(site, f"{name}/index") for name in ("stories", "changes")}
        | {
            "latestEdition": url(site, "editions/latest"),
            "topics": url(site, "topics/index"),
            "providers": url(site, "providers/index"),
        },
    }


def _latest(edition: Edition, site: Site) -> Document:
    """The front page: what is on it, and what just missed it."""
    return {
        "asOf": when(edition.as_of),
        "front": [summary(p, site) for p in edition.front],
        "misses": [
            {
                "title": p.record.title,
                "quality": p.record.quality,
                "reason": p.story.verdict.lacks if p.story else None,
            }
            for p in edition.misses
        ],
    }


def _days(
    shown: Sequence[Published],
    by_day: dict[date, list[Published]],
    folder: str,
    site: Site,
) -> Document:
    newest = sorted(shown, key=lambda p: p.record.published_at, reverse=True)
    return {
        "newest": [summary(p, site) for p in newest[:NEWEST]],
        "days": _pages(by_day, folder, site),
    }


def _pages(
    by_day: dict[date, list[Published]], folder: str, site: Site
) -> list[Document]:
    return [
        {"day": str(day), "count": len(those), "url": url(site, f"{folder}/{day}")}
        for day, those in by_day.items()
    ]


def _list(those: Iterable[Published], site: Site, **about: object) -> Document:
    return {**about, "stories": [summary(p, site) for p in those]}


def _cursor(
    shown: Sequence[Published], changes: dict[date, list[Published]], site: Site
) -> Document:
    """Where changes stand, and where to read what changed since a cursor."""
    return {
        "cursor": when(changed(shown[0])) if shown else None,
        "newest": [_change(p, site) for p in shown[:NEWEST]],
        "days": _pages(changes, "changes", site),
    }


def _changes(those: Iterable[Published], site: Site, day: date) -> Document:
    return {"day": str(day), "changes": [_change(p, site) for p in those]}


def _change(p: Published, site: Site) -> Document:
    """A story and since when it is as it is."""
    return {
        "changedAt": when(changed(p)),
        "path": p.path,
        "title": p.record.title,
        "story": url(site, f"stories/{slug(p.path)}/index"),
    }


def _topics(shown: Sequence[Published], site: Site) -> Iterator[Sheet]:
    ids = {topic.name: topic.id for topic in site.topics}
    found: dict[str, list[Published]] = defaultdict(list)
    for p in shown:
        for name in p.record.topics:
            if name in ids:
                found[ids[name]].append(p)
    listed = []
    for topic in site.topics:
        about = {
            "id": topic.id,
            "name": topic.name,
            "parent": ids.get(topic.parent or ""),
            "description": topic.description,
        }
        those = found[topic.id]
        here = url(site, f"topics/{topic.id}/index")
        listed.append({**about, "count": len(those), "url": here})
        make = partial(_list, those[:NEWEST], site, topic=about)
        yield _sheet(f"topics/{topic.id}/index", those[:NEWEST], make)
    yield _sheet("topics/index", None, lambda: {"topics": listed})


def _providers(shown: Sequence[Published], site: Site) -> Iterator[Sheet]:
    """Who is in the site's stories, with what, and how often first."""
    names: dict[str, tuple[str, str]] = {}
    stories: dict[str, dict[str, Published]] = defaultdict(dict)
    firsts: Counter[str] = Counter()
    for p in shown:
        for domain, name in outlets(p):
            names.setdefault(_folder(domain), (domain, name))
            stories[_folder(domain)][p.path] = p
        if (earliest := first(p)) is not None:
            firsts[_folder(earliest)] += 1
    listed = []
    for folder in sorted(stories):
        domain, called = names[folder]
        about = {
            "domain": domain,
            "name": called,
            "stories": len(stories[folder]),
            "first": firsts[folder],
        }
        name = f"providers/{folder}/index"
        listed.append({**about, "url": url(site, name)})
        those = list(stories[folder].values())[:NEWEST]
        make = partial(_provider, about, those, site)
        yield _sheet(name, those, make, beside=tuple(about.items()))
    yield _sheet("providers/index", None, lambda: {"providers": listed})


def _folder(domain: str) -> str:
    """How an outlet is called in addresses: `youtube.com/@Ada` as `youtube.com/@ada`."""
    return addresses.outlet_page(domain).split("/")[1]


def _provider(about: Document, those: Iterable[Published], site: Site) -> Document:
    return {"provider": about, "stories": [summary(p, site) for p in those]}
