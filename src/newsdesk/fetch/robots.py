"""robots.txt (RFC 9309): whether a crawler may read a page, kept for a day.

Reading rules is protego's; what the absence of rules means is here. How the file is
fetched is the client's, under the same bounds as everything else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ada_url import URL
from protego import Protego

from newsdesk.fetch.notes import HostNotes, Note
from newsdesk.model.feed import Reply, Request
from newsdesk.model.run import Failed

MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes have to be read
KEEP = timedelta(hours=24)  # 2.4: no longer than that
KEEP_FAILURE = timedelta(hours=1)
MOST_HOSTS = 5_000
# A crawl delay is kept, up to here: some files ask for hours.
MOST_DELAY_S = 30.0

KIND = "robots"
PATH = "/robots.txt"

Fetch = Callable[[Request], Awaitable[Reply | Failed]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an address may be read, and how."""

    is_allowed: bool
    reason: str = ""
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    rules: Protego | None
    """None: `verdict` holds for the whole host."""
    verdict: Verdict
    note: Note
    """The same, to be kept."""
    answer: Reply | Failed | None = None
    """What the host said, where that is more than the note has; without its body."""


class Robots:
    """Asks robots.txt once a day and host; belongs to one event loop."""

    def __init__(
        self,
        agent: str,
        fetch: Fetch,
        clock: Callable[[], datetime],
        notes: HostNotes,
    ) -> None:
        self._agent = agent
        self._fetch = fetch
        self._clock = clock
        self._notes = notes
        self._known: dict[str, asyncio.Task[_Rules]] = {}

    async def verdict(self, url: str) -> Verdict:
        """Whether `url` may be read."""
        known = await self._rules(URL(url).origin)
        if known.rules is None:
            return known.verdict
        if not known.rules.can_fetch(url, self._agent):
            return Verdict(is_allowed=False, reason="robots.txt asks us not to read it")
        delay = known.rules.crawl_delay(self._agent) or 0.0
        return Verdict(is_allowed=True, delay_s=min(float(delay), MOST_DELAY_S))

    async def answer(self, request: Request) -> Reply | Failed:
        """The answer for a robots.txt that somebody wants to read: what its host said
        within the day, asked where it has not been yet."""
        known = await self._rules(URL(request.url).origin)
        said = known.answer or _as_answer(known.note, request, self._clock())
        if isinstance(said, Failed):
            return replace(said, stage="fetch", key=request.key)
        return replace(said, key=request.key)

    async def _rules(self, origin: str) -> _Rules:
        task = self._known.get(origin)
        if task is None or _is_stale(task, self._clock()):
            if len(self._known) >= MOST_HOSTS:
                self._known.clear()
            task = asyncio.create_task(self._ask(origin))
            self._known[origin] = task
        # Several pages wait for one answer; one of them giving up must not undo it.
        return await asyncio.shield(task)

    async def _ask(self, origin: str) -> _Rules:
        if note := self._notes.get(KIND, origin):
            return _noted(note)
        request = Request(
            key=origin,
            url=origin + PATH,
            accept="text/plain, */*;q=0.1",
            max_bytes=MAX_BYTES,
            obey_robots=False,
        )
        answer = await self._fetch(request)
        rules = read(answer, self._clock())
        self._notes.put(KIND, origin, rules.note)
        if isinstance(answer, Reply):
            is_told = answer.status < 300  # then the note has the text
            return replace(rules, answer=None if is_told else replace(answer, body=b""))
        return replace(rules, answer=answer)


def is_robots_txt(url: str) -> bool:
    """Whether an address is that of its host's robots.txt."""
    parsed = URL(url)
    return parsed.pathname == PATH and not parsed.search


def read(answer: Reply | Failed, now: datetime) -> _Rules:
    """What an answer for robots.txt means (RFC 9309, 2.3.1)."""
    if isinstance(answer, Failed) and answer.kind == "too large":
        return _whole_host(False, "its robots.txt is too large to read", now)
    if isinstance(answer, Failed) and answer.kind in (
        "too many redirects",
        "redirect loop",
    ):
        return _whole_host(True, "", now)
    if isinstance(answer, Failed):
        return _whole_host(False, f"robots.txt cannot be had: {answer.reason}", now)
    # A host that is overloaded is one to leave alone, though 429 is a 4xx.
    if answer.status >= 500 or answer.status == 429:
        return _whole_host(False, f"robots.txt fails (status {answer.status})", now)
    if answer.status >= 300:
        return _whole_host(True, "", now)
    text = answer.body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return _noted(Note(until=now + KEEP, text="\n".join(text.splitlines())))


def _whole_host(is_allowed: bool, reason: str, now: datetime) -> _Rules:
    keep = KEEP if is_allowed else KEEP_FAILURE
    return _noted(Note(until=now + keep, reason=reason))


def _noted(note: Note) -> _Rules:
    """The rules of a note: those of its text, else a reason against the whole host."""
    rules = None if note.text is None else Protego.parse(note.text)
    verdict = Verdict(is_allowed=not note.reason, reason=note.reason)
    return _Rules(rules=rules, verdict=verdict, note=note)


def _as_answer(note: Note, request: Request, now: datetime) -> Reply | Failed:
    """What a note says, as the host said it: its rules, that there are none, or why
    they cannot be had."""
    if note.reason:
        return Failed(
            stage="fetch",
            key=request.key,
            subject=request.url,
            reason=note.reason,
            kind=KIND,
        )
    return Reply(
        key=request.key,
        url=request.url,
        final_url=request.url,
        status=404 if note.text is None else 200,
        headers=(),
        body=(note.text or "").encode("utf-8", "replace"),
        fetched_at=now,
    )


def _is_stale(task: asyncio.Task[_Rules], now: datetime) -> bool:
    if not task.done():
        return False
    if task.cancelled() or task.exception():
        return True
    return task.result().note.until <= now
