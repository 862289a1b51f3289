"""The reader's server: the static website as it stands on disk, and the live view.

Made for a laptop, a demo or a small site behind a reverse proxy; the public folder can
as well be served by anything else. It only reads, but for what is pushed with a key.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsdesk.model.errors import NewsdeskError
from newsdesk.web import live_view, static_files
from newsdesk.web.live import Live
from newsdesk.web.visits import Counting, Visits

_CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SECURITY = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_LIVE_LINK = b'<a class="live" href="/_live">Live view</a>\n</body>'
_START_S = 15.0
_STOP_S = 5.0


def app(
    public_folder: Path,
    live: Live | None = None,
    *,
    push: Route | None = None,
    hub: Sequence[Route] = (),
    visits: Visits | None = None,
) -> Starlette:
    """The site below `public_folder`, read anew at each request, and with `live` its
    live view at `/_live`, linked from the front page. `push` is the endpoint that takes
    entries, `hub` those that WebSub hubs call, where there are any; `visits` counts how
    often story pages are read."""
    closing = threading.Event()

    def change(name: str, body: bytes) -> bytes:
        if live is None or name != "index.html":
            return body
        return body.replace(b"</body>", _LIVE_LINK, 1)

    async def site(request: Request) -> Response:
        return await static_files.answer(public_folder, request, change)

    routes = live_view.routes(live, closing) if live else []
    routes = [*routes, *([push] if push else []), *hub]
    middleware = [Middleware(_Guarded), Middleware(GZipMiddleware, minimum_size=1000)]
    if visits is not None:
        middleware.insert(0, Middleware(Counting, visits=visits))
    made = Starlette(
        routes=[*routes, Route("/{path:path}", site)], middleware=middleware
    )
    made.state.closing = closing
    return made


class _Guarded:
    """Adds security headers to every answer that does not set its own."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._inner(scope, receive, guarded)


class Server:
    """A running server. Stops cleanly on `stop()` or at the end of its `with`."""

    def __init__(self, served: Starlette, listener: socket.socket) -> None:
        self._app = served
        self._listener = listener
        self.host: str = listener.getsockname()[0]
        self.port: int = listener.getsockname()[1]
        """The port it is bound to, also where any was asked for."""
        config = uvicorn.Config(
            served,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(_STOP_S),
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._run, name="newsdesk-web", daemon=True
        )

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it, with a trailing slash."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return (
            f"http://[{host}]:{self.port}/"
            if ":" in host
            else f"http://{host}:{self.port}/"
        )

    def start(self) -> None:
        """Begin to answer. Returns when it does."""
        self._thread.start()
        deadline = time.monotonic() + _START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise NewsdeskError(f"The web server on port {self.port} did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """End open streams, finish what is being answered, and let go of the port."""
        self._app.state.closing.set()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(2 * _STOP_S)
        self._listener.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._listener]))


def serve(served: Starlette, host: str = "127.0.0.1", port: int = 8000) -> Server:
    """Serve `app(…)` from a thread of its own; port 0 takes any free one.

    Raises NewsdeskError where the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise NewsdeskError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Choose another port, or 0 for any free one"
        ) from error
    server = Server(served, listener)
    server.start()
    return server
