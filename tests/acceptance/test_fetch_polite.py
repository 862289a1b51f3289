"""Manners: turns at a domain, gaps, and a host in trouble that keeps nobody waiting."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from fakes import FakeClock
from newsdesk.fetch.client import HttpFetcher
from newsdesk.fetch.politeness import Turns
from newsdesk.model.feed import Reply, Request
from newsdesk.model.site import Fetching
from scripted_server import Answer, ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def a_fetcher(server: ScriptedServer, fetching: Fetching) -> HttpFetcher:
    return HttpFetcher(
        fetching,
        user_agent="newsdesk/0.1",
        clock=FakeClock(),
        routes={"*.example": server.peer},
    )


def requests(*urls: str) -> list[Request]:
    return [
        Request(key=str(number), url=url, obey_robots=False)
        for number, url in enumerate(urls)
    ]


def test_a_domain_is_asked_on_two_connections_at_most(server: ScriptedServer) -> None:
    server["/"] = Answer(delay_s=0.05)
    fetcher = a_fetcher(server, Fetching(gap_s=0, per_domain=2))
    hosts = [f"http://sub{number}.daily.example/" for number in range(8)]
    assert len(list(fetcher.fetch(requests(*hosts)))) == 8
    assert server.script.most_at_once == 2
    fetcher.close()


def test_all_domains_together_are_asked_on_so_many_connections(
    server: ScriptedServer,
) -> None:
    server["/"] = Answer(delay_s=0.05)
    fetcher = a_fetcher(server, Fetching(gap_s=0, at_once=3))
    hosts = [f"http://daily{number}.example/" for number in range(12)]
    assert len(list(fetcher.fetch(requests(*hosts)))) == 12
    assert server.script.most_at_once == 3
    fetcher.close()


def test_requests_to_a_domain_keep_a_gap_redirects_and_robots_included(
    server: ScriptedServer,
) -> None:
    server["/old"] = Answer(status=301, headers=(("Location", "/new"),))
    server["/new"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0.2))
    list(fetcher.fetch([Request(key="a", url="http://daily.example/old")]))
    assert server.paths() == ["/robots.txt", "/old", "/new"]
    gaps = [later.at - earlier.at for earlier, later in pairwise(server.asked)]
    # The gap is kept where requests leave; on arrival they may have drawn a bit nearer.
    assert all(gap > 0.15 for gap in gaps)
    fetcher.close()


def test_a_crawl_delay_is_kept(server: ScriptedServer) -> None:
    server["/robots.txt"] = Answer(body=b"User-agent: newsdesk\nCrawl-delay: 0.3\n")
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0))
    url = "http://daily.example/"
    answers = fetcher.fetch(Request(key=str(number), url=url) for number in range(3))
    assert all(isinstance(answer, Reply) for answer in answers)
    pages = [asked.at for asked in server.asked if asked.path == "/"]
    assert all(later - earlier > 0.25 for earlier, later in pairwise(pages))
    fetcher.close()


def test_a_host_in_trouble_keeps_nobody_waiting(server: ScriptedServer) -> None:
    server["slow.example/"] = Answer(delay_s=30)
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0, at_once=4, timeout_s=30))
    urls = ["http://slow.example/"] * 50 + [
        f"http://quick{number}.example/" for number in range(20)
    ]
    begun = time.monotonic()
    answers = fetcher.fetch(requests(*urls))
    quick = [next(answers) for _ in range(20)]
    assert all(isinstance(answer, Reply) for answer in quick)
    assert time.monotonic() - begun < 10
    answers.close()
    fetcher.close()


@pytest.mark.parametrize(
    ("status", "headers", "wait_s"),
    [
        (429, (("Retry-After", "600"),), 600),
        (429, (("Retry-After", "Thu, 19 Feb 2026 06:10:00 GMT"),), 600),
        (429, (), 3_600),
        (503, (("Retry-After", "600"),), 600),
        (503, (), 0),
        (404, (("Retry-After", "600"),), 0),
    ],
)
def test_a_domain_that_tells_us_to_wait_is_left_alone_till_then(
    server: ScriptedServer,
    status: int,
    headers: tuple[tuple[str, str], ...],
    wait_s: int,
) -> None:
    clock = FakeClock()
    server["a.daily.example/"] = Answer(status=status, headers=headers)
    server["/"] = Answer()
    fetcher = HttpFetcher(
        Fetching(gap_s=0, per_domain=1),
        user_agent="newsdesk/0.1",
        clock=clock,
        routes={"*.example": server.peer},
    )

    def is_answered(url: str) -> bool:
        (answer,) = fetcher.fetch(requests(url))
        assert isinstance(answer, Reply) or answer.kind == "told to wait"
        return isinstance(answer, Reply)

    assert is_answered("http://a.daily.example/")
    assert is_answered("http://other.example/")
    if wait_s:
        clock.pass_by(seconds=wait_s - 1)
        assert not is_answered("http://b.daily.example/")
        assert server.asked[-1].headers["Host"] == "other.example"
        clock.pass_by(seconds=1)
    assert is_answered("http://b.daily.example/")
    fetcher.close()


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_a_domain_asked_for_outlives_a_restart(
    server: ScriptedServer, tmp_path: Path, status: int
) -> None:
    clock = FakeClock()
    server["a.daily.example/"] = Answer(
        status=status, headers=(("Retry-After", "7200"),)
    )
    server["/"] = Answer()

    def is_answered(url: str) -> bool:
        fetcher = HttpFetcher(  # a process of its own
            Fetching(gap_s=0),
            user_agent="newsdesk/0.1",
            clock=clock,
            routes={"*.example": server.peer},
            notes=tmp_path / "hosts.jsonl",
        )
        (answer,) = fetcher.fetch(requests(url))
        fetcher.close()
        return isinstance(answer, Reply)

    assert is_answered("http://a.daily.example/")
    clock.pass_by(hours=2, seconds=-1)
    assert not is_answered("http://b.daily.example/")
    assert is_answered("http://other.example/")
    clock.pass_by(seconds=1)
    assert is_answered("http://b.daily.example/")


def test_requests_in_line_at_a_domain_heed_the_first_that_is_told_to_wait(
    server: ScriptedServer,
) -> None:
    server["/"] = Answer(status=429)
    fetcher = a_fetcher(server, Fetching(gap_s=0.01, per_domain=1))
    answers = list(fetcher.fetch(requests(*["http://daily.example/"] * 20)))
    assert sum(isinstance(answer, Reply) for answer in answers) == 1
    assert len(server.asked) == 1
    fetcher.close()


def test_a_private_host_is_not_held(server: ScriptedServer) -> None:
    server["/"] = Answer(status=429)
    fetcher = a_fetcher(server, Fetching(gap_s=0, allow_private=("127.0.0.1",)))
    url = f"http://127.0.0.1:{server.port}/"
    answers = list(fetcher.fetch(requests(url, url)))
    assert all(isinstance(answer, Reply) for answer in answers)
    fetcher.close()


def test_a_reader_who_falls_behind_slows_the_asking(server: ScriptedServer) -> None:
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0, at_once=2))
    hosts = [f"http://daily{number}.example/" for number in range(100)]
    answers = fetcher.fetch(requests(*hosts))
    next(answers)
    time.sleep(0.5)
    assert len(server.asked) < 15
    assert len(list(answers)) == 99
    fetcher.close()


def test_a_reader_may_ask_for_more_while_reading(server: ScriptedServer) -> None:
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0, at_once=2))
    hosts = [f"http://daily{number}.example/" for number in range(20)]
    count = 0
    for _ in fetcher.fetch(requests(*hosts)):
        count += len(list(fetcher.fetch(requests(*hosts[:5]))))
    assert count == 100
    fetcher.close()


def test_requests_are_read_as_room_becomes_free(server: ScriptedServer) -> None:
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0))
    read: list[int] = []

    def endless() -> Iterator[Request]:
        number = 0
        while True:
            read.append(number)
            yield requests(f"http://daily{number}.example/")[0]
            number += 1

    answers = fetcher.fetch(endless())
    for _ in range(10):
        next(answers)
    assert len(read) < 2_100
    answers.close()
    fetcher.close()


def test_closing_is_prompt_and_ends_whoever_waits(server: ScriptedServer) -> None:
    server["/"] = Answer(delay_s=60)
    fetcher = a_fetcher(server, Fetching(gap_s=0, timeout_s=60))
    taken: list[object] = []
    waiting = threading.Thread(
        target=lambda: taken.extend(fetcher.fetch(requests("http://a.example/")))
    )
    waiting.start()
    while not server.asked:
        time.sleep(0.01)
    begun = time.monotonic()
    fetcher.close()
    waiting.join(5)
    assert not waiting.is_alive()
    assert time.monotonic() - begun < 2
    assert not taken


def test_a_closed_fetcher_opens_again_when_asked(server: ScriptedServer) -> None:
    server["/"] = Answer()
    fetcher = a_fetcher(server, Fetching(gap_s=0))
    for _ in range(2):
        (answer,) = fetcher.fetch(requests("http://a.example/"))
        assert isinstance(answer, Reply)
        fetcher.close()


def test_closing_what_was_never_used_does_nothing(server: ScriptedServer) -> None:
    a_fetcher(server, Fetching()).close()
    assert not server.asked


def test_an_error_in_the_requests_reaches_their_author(server: ScriptedServer) -> None:
    fetcher = a_fetcher(server, Fetching(gap_s=0))

    def broken() -> Iterator[Request]:
        yield from requests("http://a.example/")
        raise LookupError

    with pytest.raises(LookupError):
        list(fetcher.fetch(broken()))
    fetcher.close()


class Hours:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


async def test_turns_at_one_domain_are_a_gap_apart_to_the_second() -> None:
    hours = Hours()
    turns = Turns(at_once=9, per_domain=2, gap_s=60, time=hours.time, sleep=hours.sleep)
    starts = []
    for _ in range(4):
        async with turns.turn("daily.example"):
            starts.append(hours.now)
    assert starts == [100, 160, 220, 280]


async def test_a_wider_gap_holds_from_the_next_turn_on() -> None:
    hours = Hours()
    turns = Turns(at_once=9, per_domain=2, gap_s=1, time=hours.time, sleep=hours.sleep)
    starts = []
    for gap_s in (0, 10, 5):
        turns.widen("daily.example", gap_s)
        async with turns.turn("daily.example"):
            starts.append(hours.now)
    assert starts == [100, 101, 111]


async def test_a_turn_given_up_while_waiting_is_free_again() -> None:
    hours = Hours()
    turns = Turns(at_once=1, per_domain=1, gap_s=0, time=hours.time, sleep=hours.sleep)

    async def hold() -> None:
        async with turns.turn("daily.example"):
            await asyncio.sleep(60)

    holder, waiter = asyncio.create_task(hold()), asyncio.create_task(hold())
    await asyncio.sleep(0)
    waiter.cancel()
    holder.cancel()
    await asyncio.gather(holder, waiter, return_exceptions=True)
    async with asyncio.timeout(1), turns.turn("daily.example"):
        pass
