"""The page at `/_live`: a snapshot as HTML, and a stream that keeps it fresh.

The page is whole without JavaScript (it then reloads itself); with it, the server sends
the changed part as events, at most a few a second.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from newsdesk.web.live import Live, Snapshot

_HERE = Path(__file__).parent
_BEAT_S = 0.25
"""Seconds between looks at the run; also how fast a stream ends when the server stops."""
_TICK = 4
"""Beats after which a running stage is shown again, for its seconds."""
_PULSE = 60
"""Beats without news after which a comment shows that the line is open."""
_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def routes(live: Live, closing: threading.Event) -> list[Route]:
    """The live view's addresses. `closing` ends the streams."""

    async def page(_: Request) -> Response:
        text = _templates().get_template("live.html").render(view=live.snapshot())
        return HTMLResponse(text, headers={"Content-Security-Policy": _CSP})

    async def events(_: Request) -> Response:
        stream = _stream(live, closing)
        return StreamingResponse(stream, media_type="text/event-stream")

    return [
        Route("/_live", page),
        Route("/_live/events", events),
        Route("/_live/live.css", _file("live.css", "text/css; charset=utf-8")),
        Route("/_live/live.js", _file("live.js", "text/javascript; charset=utf-8")),
    ]


async def _stream(live: Live, closing: threading.Event) -> AsyncIterator[str]:
    seen, quiet = -1, 0
    while not closing.is_set():
        view = live.snapshot()
        quiet += 1
        if view.version != seen or (view.is_running and quiet >= _TICK):
            seen, quiet = view.version, 0
            yield f"data: {json.dumps(_fragment(view))}\n\n"
        elif quiet % _PULSE == 0:
            yield ": still here\n\n"
        await asyncio.sleep(_BEAT_S)


def _fragment(view: Snapshot) -> str:
    return _templates().get_template("live_now.html").render(view=view)


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return Response((_HERE / "static" / name).read_bytes(), media_type=kind)

    return answer


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
