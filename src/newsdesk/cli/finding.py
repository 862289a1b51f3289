"""Looking for feeds from the command line: drives searches, remembers what is no feed.

What to ask and what answers mean is `stages.discover`'s; here are the network, the file
of misses in the state folder, and the words for a person.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from newsdesk import wiring
from newsdesk.model.feed import Request, Source
from newsdesk.model.ports import Fetcher
from newsdesk.model.site import Site
from newsdesk.stages import discover, discover_page, discover_sites, poll, schedule
from newsdesk.stages.discover_ranking import Offered
from newsdesk.stages.discover_search import Ask, Search
from newsdesk.text import urls

TIMEOUT_S = 10.0
"""For one request while a person waits."""
MEMORY = "finding.json"
"""Below the state folder."""
REMEMBER = timedelta(days=3)
"""How long an address that held no feed is not asked again."""
MOST_REMEMBERED = 5_000
ALTERNATIVES_SHOWN = 8

_ADDRESS = re.compile(r"(?i)(?:https?://|feed:)")
_FEED_SCHEME = re.compile(r"(?i)^feed:(?://)?(?=https?:)|^feed://")
_BARE = re.compile(r"(?i)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/\S*)?")
# What a missing file is called, so that its name is not asked for on the network.
_FILE_NAME = re.compile(
    r"(?i)^[^/]*\.(?:txt|opml|xml|json|csv|gz|warc|zip|md|html?|toml|ya?ml|log)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of one given item."""

    given: str
    search: Search | None
    """None: it is not to be looked at, but taken as it is."""
    feeds: tuple[Offered, ...] = ()
    """Best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Given items as what can be added."""

    items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    looks: tuple[Offered, ...] = ()
    """The feeds among the items that were looked at."""


class Memory:
    """Addresses that held no feed when they were last asked; a file in the state folder.

    A file that cannot be read or written is as good as an empty one.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._now = now
        self._until = {
            url: until for url, until in _misses(path) if now < until <= now + REMEMBER
        }
        self._is_changed = False

    def knows(self, url: str) -> bool:
        """Whether the address held no feed lately."""
        return url in self._until

    def add(self, misses: Iterable[str]) -> None:
        """Remember addresses that hold no feed."""
        for url in misses:
            self._is_changed |= url not in self._until
            self._until.setdefault(url, self._now + REMEMBER)

    def save(self) -> None:
        """Write what is remembered, the latest first where it is too much."""
        if not self._is_changed:
            return
        latest = sorted(self._until.items(), key=lambda item: (item[1], item[0]))
        kept = {url: at.isoformat() for url, at in latest[-MOST_REMEMBERED:]}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps({"no_feed_until": kept}, indent=1)
            self._path.write_text(text + "\n", encoding="utf-8")
        except OSError:
            return


def look(
    site: Site,
    given: Sequence[str],
    now: datetime,
    *,
    known: frozenset[str] | None = None,
) -> list[Found]:
    """Look at every address among the given items; files stay as they are.

    `known`: canonical addresses that need no look; those of the site's sources, and of
    sources that it had.
    """
    fast = replace(site.fetching, timeout_s=min(site.fetching.timeout_s, TIMEOUT_S))
    memory = Memory(site.state_folder / MEMORY, now)
    if sys.stderr.isatty():
        click.echo("Looking; one request a second and host …", err=True)
    needless = known_addresses(site) | left_addresses(site) if known is None else known
    with wiring.http(replace(site, fetching=fast), clock=lambda: now) as fetcher:
        found = search(fetcher, given, needless, memory)
    memory.save()
    return found


def search(
    fetcher: Fetcher, given: Sequence[str], known: frozenset[str], memory: Memory
) -> list[Found]:
    """Search from all addresses side by side, each one step at a time.

    `known`: canonical addresses that need no look.
    """
    searches: dict[int, Search] = {}
    for place, item in enumerate(given):
        address = address_of(item)
        if address and (urls.canonical(address) or "") not in known:
            searches[place] = discover.begin(address)
    while waiting := _questions(searches, memory):
        requests = [_request(place, ask) for place, ask in waiting]
        for answer in fetcher.fetch(requests):
            place = int(answer.key)
            searches[place] = discover.weigh(searches[place], answer)
    for done in searches.values():
        memory.add(done.misses)
    return [
        Found(
            given=item,
            search=searches.get(place),
            feeds=discover.ranked(searches[place]) if place in searches else (),
        )
        for place, item in enumerate(given)
    ]


def address_of(item: str) -> str | None:
    """The address that an item means; None for a file, or what is no address."""
    if _ADDRESS.match(item):
        bare = _FEED_SCHEME.sub("", item.strip())
        return bare if "://" in bare else f"https://{bare}"
    if profile := discover_sites.handle(item):
        return profile
    is_name = _BARE.fullmatch(item) and not _FILE_NAME.match(item)
    return f"https://{item}" if is_name and not Path(item).exists() else None


def known_addresses(site: Site) -> frozenset[str]:
    """The canonical addresses of the site's sources."""
    found = (urls.canonical(source.url) for source in site.sources)
    return frozenset(url for url in found if url)


def left_addresses(site: Site) -> frozenset[str]:
    """The canonical addresses of sources that the site had, and that were feeds: what
    was learnt of them comes back with them."""
    if not site.state_folder.is_dir():
        return frozenset()
    with wiring.look_up(site) as opened:
        left = opened.store.left_sources()
    found = (urls.canonical(state.source.url) for state in left if state.ok_at)
    return frozenset(url for url in found if url)


def resolved(found: Sequence[Found], *, takes_all: bool = False) -> Resolved:
    """What to add, and what to say about it."""
    items: list[str] = []
    notes: list[str] = []
    refused: list[str] = []
    looks: list[Offered] = []
    for one in found:
        if one.search is None:
            items.append(one.given)
        elif one.feeds:
            chosen = _chosen(one.feeds, takes_all=takes_all)
            items += [feed.url for feed in chosen]
            looks += chosen
            notes += _found_notes(one, chosen)
        elif _is_added_unseen(one):
            items.append(address_of(one.given) or one.given)
            notes.append(_unseen_note(one))
        else:
            refused.append(_refusal(one))
    return Resolved(
        items=tuple(items),
        notes=tuple(notes),
        refused=tuple(refused),
        looks=tuple(looks),
    )


def keep(
    site: Site, added: Sequence[Source], looks: Sequence[Offered], now: datetime
) -> None:
    """Hand what was seen of added sources to the store as their first polls: a feed is
    fetched whole once in its life, and a look is that fetch."""
    seen = {urls.canonical(one.url): one for one in looks}
    answers = [
        poll.looked_at(source, one.reply, one.feed)
        for source in added
        if (one := seen.get(urls.canonical(source.url)))
    ]
    if answers:
        from newsdesk import intake  # looking alone does without it

        with wiring.look_up(site) as opened:
            intake.keep_looks(site, opened.store, answers, now)


def _questions(searches: dict[int, Search], memory: Memory) -> list[tuple[int, Ask]]:
    """What each search wants to know next, past what is known to be no feed."""
    waiting: list[tuple[int, Ask]] = []
    for place, current in searches.items():
        while (ask := discover.ask(current)) and memory.knows(ask.url):
            current = discover.skip(current)
        searches[place] = current
        if ask:
            waiting.append((place, ask))
    return waiting


def _request(place: int, ask: Ask) -> Request:
    # A page is welcome where a person gave an address that may be one.
    accept = "text/plain, */*;q=0.1" if ask.is_robots else schedule.ACCEPT
    return Request(
        key=str(place),
        url=ask.url,
        accept=accept,
        max_bytes=ask.max_bytes,
        obey_robots=ask.obey_robots,
        stays_on_host=ask.stays_on_host,
    )


def _misses(path: Path) -> Iterator[tuple[str, datetime]]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["no_feed_until"]
        yield from [(url, datetime.fromisoformat(at)) for url, at in held.items()]
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return


def _chosen(feeds: Sequence[Offered], *, takes_all: bool) -> list[Offered]:
    if takes_all:
        return [one for one in feeds if not one.is_minor and not one.same_as]
    return list(feeds[:1])


def _found_notes(one: Found, chosen: Sequence[Offered]) -> Iterator[str]:
    for feed in chosen:
        if urls.canonical(feed.url) != urls.canonical(address_of(one.given) or ""):
            yield f"{one.given}: found {described(feed)} ({feed.step})"
    others = [feed for feed in one.feeds if feed not in chosen]
    for other in others[:ALTERNATIVES_SHOWN]:
        yield f"  also there: {described(other)}{_remark(other)}"


def described(one: Offered) -> str:
    """A feed in a few words."""
    title = one.feed.title or one.link_title
    named = f" “{title}”" if title else ""
    return f"{one.url}{named}, {one.feed.format}, {len(one.feed.entries)} entries"


def _remark(one: Offered) -> str:
    if one.same_as:
        return "; the same in another format"
    return "; comments" if one.is_minor else ""


def _is_added_unseen(one: Found) -> bool:
    """Whether nothing could be learnt, through no fault of the address itself."""
    if one.search is None:
        return True
    if one.search.failed is None:
        return False
    return bool(_ADDRESS.match(one.given))


def _unseen_note(one: Found) -> str:
    failed = one.search.failed if one.search else None
    why = failed.reason if failed else "no answer"
    return f"{one.given}: added as given, without a look: {why}"


def _refusal(one: Found) -> str:
    done = one.search
    assert done is not None
    if done.failed:
        return f"{one.given}: {done.failed.reason}"
    why = done.reason or "nothing that could be one"
    if done.forbidden:
        named = done.forbidden[0]
        why = f"robots.txt asks crawlers not to read {named}, which may be its feed"
    looked = f"; looked at {len(done.asked)} addresses" if len(done.asked) > 1 else ""
    if done.skipped:
        looked += f", and at {done.skipped} within the last {REMEMBER.days} days"
    advice = "give the feed's own address, or --no-check to add it as it is"
    if discover_page.is_feed_like(one.given):
        advice = "--no-check adds it all the same"
    return f"{one.given}: no feed found: {why}{looked}; {advice}"
