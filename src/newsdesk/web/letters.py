"""The doors of newsletters while the site is served: to ask for one, say yes, and leave.

A link in a mail shows a page with one button: programs that look at mails follow links,
so a GET changes nothing. Leaving takes a POST from anywhere, at once and without a
question, as RFC 8058 has it. No answer tells whether an address is on a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from threading import Lock
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsdesk import lettering
from newsdesk.model.newsletter import Standing, Subscriber
from newsdesk.model.ports import Letters
from newsdesk.render import addresses

MOST_BYTES = 4_000
ASKS_AN_HOUR = 60
"""Addresses that are asked by mail in an hour, whoever types them."""
_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_STYLE = (
    ":root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;"
    "max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font:700 1.5rem/1.25 "
    "Georgia,serif}button{font:inherit;padding:.6rem 1.2rem;min-height:44px;"
    "cursor:pointer}"
)
_THANKS = (
    "Look into your mail: we have asked the address whether it wants this, unless it "
    "gets it already or was asked today."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What the doors need of the site."""

    title: str
    newsletters: tuple[tuple[str, str], ...]
    """Id and title of each."""
    with_letters: Callable[[Callable[[Letters], object]], object]
    """Opens the store for one piece of work."""
    ask: Callable[[str, str], None]
    """Puts an address on the list of a newsletter, by its id, and asks it by mail."""
    clock: Callable[[], datetime]


def routes(counter: Counter) -> tuple[Route, ...]:
    """The three doors."""
    limit = _Limit(counter.clock)

    async def confirm(request: Request) -> Response:
        if request.method != "POST":
            text = f"Do you want this newsletter of {counter.title}?"
            return _page(200, "One more step", text, button="Yes, send it")
        known = await run_in_threadpool(_change, counter, _token(request), _join)
        if known is None:
            return _unknown()
        if known.standing is not Standing.ACTIVE:
            text = "This link brings nobody back; ask for the newsletter once more."
            return _page(410, "Used before", text)
        return _page(200, "You are on the list", "The next issue comes to you.")

    async def leave(request: Request) -> Response:
        if request.method != "POST":
            text = f"Shall this newsletter of {counter.title} no longer come to you?"
            return _page(200, "Leave", text, button="Stop it")
        known = await run_in_threadpool(_change, counter, _token(request), _leave)
        if known is None:
            return _unknown()
        return _page(200, "You are off the list", "No further issue comes to you.")

    async def subscribe(request: Request) -> Response:
        form = await _form(request)
        ids = {one for one, _ in counter.newsletters}
        wanted, address = form.get("newsletter", ""), form.get("address", "")
        if wanted not in ids or not address:
            return _page(400, "Nothing asked for", "Name a newsletter and an address.")
        if not limit.allows():
            text = "Many ask just now; try again in an hour."
            return _page(429, "Later, please", text)
        await run_in_threadpool(counter.ask, wanted, address)
        return _page(200, "Thank you", _THANKS)

    return (
        Route(f"/{addresses.CONFIRM}", confirm, methods=["GET", "POST"]),
        Route(f"/{addresses.LEAVE}", leave, methods=["GET", "POST"]),
        Route(f"/{addresses.SUBSCRIBE}", subscribe, methods=["POST"]),
    )


class _Limit:
    """How many addresses are asked in an hour."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._asked: list[datetime] = []
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether one more may be, which counts it."""
        with self._lock:
            now = self._clock()
            hour = now - timedelta(hours=1)
            self._asked = [at for at in self._asked if at > hour]
            if len(self._asked) >= ASKS_AN_HOUR:
                return False
            self._asked.append(now)
            return True


def _token(request: Request) -> str:
    return request.query_params.get("t", "")[:200]


def _change(
    counter: Counter, token: str, change: Callable[[Subscriber, datetime], Subscriber]
) -> Subscriber | None:
    """The subscriber of a token, as they stand now; None: it is nobody's."""
    found: list[Subscriber] = []

    def work(letters: Letters) -> None:
        known = letters.of_token(token) if token else None
        if known is not None:
            after = change(known, counter.clock())
            if after != known:
                letters.save_subscribers([after])
            found.append(after)

    counter.with_letters(work)
    return found[0] if found else None


def _join(known: Subscriber, now: datetime) -> Subscriber:
    """Only who was asked can say yes: an old link brings nobody back."""
    return lettering.joined(known, now) if known.standing is Standing.ASKED else known


def _leave(known: Subscriber, now: datetime) -> Subscriber:
    return known if known.standing is Standing.LEFT else lettering.left(known, now)


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError:  # more fields than anybody's form has
        return {}


def _unknown() -> Response:
    text = "This link is not known here; it may have been cut in your mail program."
    return _page(404, "Nothing here", text)


def _page(status: int, head: str, text: str, *, button: str = "") -> Response:
    form = (
        f'<form method="post"><button type="submit">{escape(button)}</button></form>'
        if button
        else ""
    )
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(head)}</title><style>{_STYLE}</style>"
        f"<main><h1>{escape(head)}</h1><p>{escape(text)}</p>{form}</main></html>"
    )
    return HTMLResponse(body, status, headers=_HEADERS)
