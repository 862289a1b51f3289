"""How soon news is seen, and for how many requests: our schedule beside its peers'.

    python benchmarks/quality/polling.py [WARC…] [--json] [--seed N]

Replays when the items of feeds came out: of the real feeds in the archives given, and of
made-up ones (a newsroom with nights and bursts, a weekly blog, an hourly bot, a monthly
magazine, a dead feed). Ours are the functions of `stages.schedule` themselves. The peers
are a fixed interval, and Miniflux's entry_frequency (a week through the entries of the
last week, between 5 minutes and 24 hours); their one parameter is varied to draw a curve
of delay over requests a day, and ours is set against both curves at its own number of
requests. Every server gives validators, answers, and asks for nothing.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from newsdesk.model.feed import Feed, FeedEntry, Reply, Source, SourceId, SourceState
from newsdesk.model.site import Schedule
from newsdesk.press.dice import Dice
from newsdesk.stages import parse, schedule

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
REPLAYED_DAYS = 120  # of a real feed, as far as it lists them
MADE_UP_DAYS = 56
MADE_UP_OF_A_KIND = 12
FIXED_MINUTES = (15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1_440)
FACTORS = (0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 12, 20, 40)
MADE_UP_END = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The items of one feed: when they came out, and what date the feed gives them."""

    name: str
    kind: str
    out: list[float]
    """Ascending, seconds since 1970."""
    dated: list[float]
    size: int
    """How many items the feed lists."""
    start: float
    end: float


@dataclass(slots=True)
class Tally:
    """What a policy made of some feeds."""

    polls: int = 0
    days: float = 0.0
    delays: list[float] = field(default_factory=list)
    missed: int = 0
    """Items that left the feed before it was asked."""

    def add(self, other: Tally) -> None:
        self.polls += other.polls
        self.days += other.days
        self.delays += other.delays
        self.missed += other.missed

    def figures(self) -> dict[str, float]:
        ordered = sorted(self.delays) or [0.0]
        last = ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
        return {
            "requests_a_day": round(self.polls / (self.days or 1), 2),
            "median_min": round(median(ordered) / MINUTE, 1),
            "p95_min": round(last / MINUTE, 1),
            "mean_min": round(sum(ordered) / len(ordered) / MINUTE, 1),
            "items": len(self.delays),
            "missed": self.missed,
        }


Policy = Callable[[Stream], Callable[[float, int, int], float]]
"""Makes, for a feed, what says when to ask next: from the instant of a poll and the
places of the first item listed then and of the first not yet out."""


# --- policies ---


def ours(stream: Stream) -> Callable[[float, int, int], float]:
    source = Source(id=SourceId(stream.name), url=f"https://{stream.name}.example/")
    memory = [SourceState(source=source)]
    plan = Schedule()
    seen = [0]

    def ask(at: float, first: int, after: int) -> float:
        now = _instant(at)
        new = after - max(first, seen[0])
        is_same = new <= 0 and memory[0].ok_at is not None
        listed = stream.dated[first:after]
        entries = tuple(FeedEntry(published_at=_instant(t)) for t in listed)
        feed = None if is_same else Feed(format="rss 2.0", entries=entries)
        reply = Reply(
            key=stream.name,
            url=source.url,
            final_url=source.url,
            status=304 if is_same else 200,
            headers=() if is_same else (("etag", f'"{after}"'),),
            body=b"",
            fetched_at=now,
        )
        memory[0] = schedule.after_reply(memory[0], reply, feed, new, (), plan, now)
        seen[0] = after
        assert memory[0].next_poll_at is not None
        return memory[0].next_poll_at.timestamp()

    return ask


def fixed(minutes: float) -> Policy:
    def policy(_: Stream) -> Callable[[float, int, int], float]:
        return lambda at, first, after: at + minutes * MINUTE

    return policy


def entry_frequency(factor: float) -> Policy:
    def policy(stream: Stream) -> Callable[[float, int, int], float]:
        in_order = sorted(stream.dated)

        def ask(at: float, first: int, after: int) -> float:
            week = bisect_right(in_order, at) - bisect_left(in_order, at - 7 * DAY)
            wanted = 7 * DAY / (week * factor) if week else DAY
            return at + min(max(wanted, 5 * MINUTE), DAY)

        return ask

    return policy


def replay(stream: Stream, policy: Policy) -> Tally:
    """The polls of one feed, until its last item was seen."""
    ask = policy(stream)
    tally = Tally(days=(stream.end - stream.start) / DAY)
    # Where in the first hour it begins is the same for every policy.
    at = stream.start + Dice("start", stream.name).share() * HOUR
    seen = bisect_right(stream.out, at)
    while at < stream.end or seen < len(stream.out):
        after = bisect_right(stream.out, at)
        first = max(0, after - stream.size)
        tally.missed += max(0, first - seen)
        tally.delays += [at - out for out in stream.out[max(seen, first) : after]]
        tally.polls += at < stream.end
        seen = max(seen, after)
        at = ask(at, first, after)
    return tally


# --- feeds ---


def real(paths: Sequence[Path]) -> Iterator[Stream]:
    for path in paths:
        with path.open("rb") as handle:
            for record in ArchiveIterator(handle):
                if record.rec_type == "response" and (found := _stream(record)):
                    yield found


def _stream(record: Any) -> Stream | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    fetched = record.rec_headers.get_header("WARC-Date")
    end = datetime.fromisoformat(fetched).timestamp()
    headers = tuple((n.lower(), v) for n, v in record.http_headers.headers)
    feed = parse.feed(record.content_stream().read(), url=url, headers=headers)
    if not isinstance(feed, Feed):
        return None
    dates = [item.published_at or item.updated_at for item in feed.entries]
    dated = sorted(at.timestamp() for at in dates if at and 0 < at.timestamp() < end)
    if not dated:
        return None
    start = max(end - REPLAYED_DAYS * DAY, dated[0])
    pairs = sorted((_came_out(url, at, end), at) for at in dated)
    return Stream(
        name=url,
        kind=_kind(sum(at >= start for at in dated) / ((end - start) / DAY)),
        out=[out for out, _ in pairs],
        dated=[at for _, at in pairs],
        size=len(dated),
        start=start,
        end=end,
    )


def _came_out(url: str, at: float, end: float) -> float:
    """A date without a time is a day; when on that day it came out is anyone's guess."""
    if at % DAY:
        return at
    return min(at + Dice("day", url, at).between(6 * HOUR, 22 * HOUR), end)


def _kind(a_day: float) -> str:
    if a_day >= 1:
        return "real, daily or more"
    if a_day >= 1 / 7:
        return "real, weekly or more"
    return "real, rarer" if a_day else "real, silent"


def made_up(seed: int, of_a_kind: int = MADE_UP_OF_A_KIND) -> Iterator[Stream]:
    for kind, (write, size) in MADE_UP.items():
        for number in range(of_a_kind):
            dice = Dice("polling", seed, kind, number)
            out = sorted(at for at in write(dice) if at < MADE_UP_END)
            yield Stream(
                name=f"{kind.replace(' ', '-')}-{number}",
                kind=f"made up, {kind}",
                out=out,
                dated=out,
                size=size,
                start=MADE_UP_END - MADE_UP_DAYS * DAY,
                end=MADE_UP_END,
            )


def _days(back: int) -> Iterator[tuple[float, int]]:
    """The last days as their midnight and weekday."""
    for ago in range(back, 0, -1):
        midnight = MADE_UP_END - ago * DAY
        yield midnight, _instant(midnight).weekday()


def _newsroom(dice: Dice) -> Iterator[float]:
    """20 to 80 items on a weekday, less than half on others, none at night, in bursts."""
    zone = dice.below(24) * HOUR
    events = dice.between(10, 40)
    for midnight, weekday in _days(100):
        many = events * (0.4 if weekday > 4 else 1) * dice.between(0.7, 1.3)
        for _ in range(int(many)):
            at = midnight + zone + 6 * HOUR + (dice.share() + dice.share()) * 8.5 * HOUR
            for _ in range(1 + dice.below(3)):
                yield at
                at += dice.wait(4 * MINUTE)


def _weekly(dice: Dice) -> Iterator[float]:
    """On its weekday, mostly, around its hour, and sometimes not at all."""
    day, hour = dice.below(7), dice.between(6, 22)
    for midnight, weekday in _days(400):
        if weekday == day and dice.chance(0.85):
            slip = dice.pick((0, 0, 0, 1, 2)) * DAY
            yield midnight + slip + hour * HOUR + dice.between(-2, 2) * HOUR


def _bot(dice: Dice) -> Iterator[float]:
    """Every hour, at its minute or a little later."""
    minute = dice.between(0, 55)
    for midnight, _ in _days(80):
        for hour in range(24):
            yield midnight + hour * HOUR + (minute + dice.wait(1)) * MINUTE


def _monthly(dice: Dice) -> Iterator[float]:
    """About once a month a day with several items."""
    at = MADE_UP_END - 600 * DAY
    while at < MADE_UP_END:
        at += dice.between(24, 36) * DAY
        for _ in range(3 + dice.below(6)):
            yield at + dice.between(0, 8) * HOUR


def _dead(dice: Dice) -> Iterator[float]:
    """Once weekly, silent for years."""
    for week in range(40):
        yield MADE_UP_END - (700 + 7 * week + dice.below(3)) * DAY


MADE_UP: dict[str, tuple[Callable[[Dice], Iterator[float]], int]] = {
    "newsroom": (_newsroom, 30),
    "hourly bot": (_bot, 24),
    "weekly blog": (_weekly, 10),
    "monthly bursts": (_monthly, 20),
    "dead": (_dead, 20),
}


def _instant(at: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(at))


# --- figures ---


def tallies(streams: Sequence[Stream], policy: Policy) -> dict[str, Tally]:
    """By kind of feed, and overall."""
    found: dict[str, Tally] = {"all": Tally()}
    for stream in streams:
        one = replay(stream, policy)
        origin = stream.kind.partition(",")[0]
        for name in ("all", f"all {origin}", stream.kind):
            found.setdefault(name, Tally()).add(one)
    return found


def curve(
    streams: Sequence[Stream], policies: Sequence[Policy]
) -> dict[str, list[dict[str, float]]]:
    """Figures by group of feeds, one point a policy."""
    points: dict[str, list[dict[str, float]]] = {}
    for policy in policies:
        for group, tally in tallies(streams, policy).items():
            points.setdefault(group, []).append(tally.figures())
    return points


def at_equal_requests(
    points: Sequence[dict[str, float]], requests: float, name: str
) -> float | None:
    """A curve's delay at that many requests a day, between its two nearest points;
    None where the curve does not reach so far."""
    ordered = sorted(points, key=lambda point: point["requests_a_day"])
    for low, high in pairwise(ordered):
        a, b = low["requests_a_day"], high["requests_a_day"]
        if a <= requests <= b and a < b:
            share = (requests - a) / (b - a)
            return round(low[name] + share * (high[name] - low[name]), 1)
    return None


def compare(streams: Sequence[Stream]) -> dict[str, Any]:
    mine = {g: t.figures() for g, t in tallies(streams, ours).items()}
    curves = {
        "fixed": curve(streams, [fixed(minutes) for minutes in FIXED_MINUTES]),
        "entry_frequency": curve(streams, [entry_frequency(f) for f in FACTORS]),
    }
    rows = {}
    for group, figures in mine.items():
        row: dict[str, Any] = {"ours": figures}
        for peer, points in curves.items():
            row[peer] = {
                name: at_equal_requests(points[group], figures["requests_a_day"], name)
                for name in ("median_min", "p95_min", "mean_min")
            }
        row["fixed 60"] = curves["fixed"][group][FIXED_MINUTES.index(60)]
        row["entry_frequency 1"] = curves["entry_frequency"][group][FACTORS.index(1)]
        rows[group] = row
    return {"feeds": len(streams), "groups": rows, "curves": _overall(curves)}


def _overall(curves: dict[str, dict[str, list[dict[str, float]]]]) -> dict[str, Any]:
    return {peer: points["all"] for peer, points in curves.items()}


def show(result: dict[str, Any]) -> None:
    print(f"{result['feeds']} feeds; delay in minutes, median / 95th percentile")
    print(
        f"{'':24}{'requests/day':>13}{'ours':>16}{'fixed':>16}{'entry_freq.':>16}"
        f"{'fixed 60':>24}{'entry_frequency 1':>24}"
    )
    for group, row in result["groups"].items():
        mine = row["ours"]
        line = f"{group:24}{mine['requests_a_day']:13.2f}{_pair(mine):>16}"
        line += f"{_pair(row['fixed']):>16}{_pair(row['entry_frequency']):>16}"
        for name in ("fixed 60", "entry_frequency 1"):
            point = row[name]
            line += f"{_pair(point) + ' at ' + str(point['requests_a_day']):>24}"
        print(line)
    missed = result["groups"]["all"]["ours"]["missed"]
    print(f"items that ours never saw: {missed}")


def _pair(point: dict[str, Any]) -> str:
    if point["median_min"] is None:
        return "out of reach"
    return f"{point['median_min']:g} / {point['p95_min']:g}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("warcs", type=Path, nargs="*", metavar="WARC")
    options.add_argument("--json", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    streams = [*real(given.warcs), *made_up(given.seed)]
    result = compare(streams)
    if given.json:
        print(json.dumps(result))
    else:
        show(result)


if __name__ == "__main__":
    main()
