"""POST /_push: the site's own crawlers hand over entries while the site is served.

Only whoever has the key is listened to; nothing of a request is read before that is
clear. What is taken waits in the store for the next run. Every answer is JSON that says
what was wrong and what to do. There is no endpoint without a key in the environment.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsdesk.model.errors import NewsdeskError
from newsdesk.stages.push import MAX_BYTES

VARIABLE = "NEWSDESK_PUSH_KEY"
"""The environment variable with the key."""
PATH = "/_push"
MIN_KEY = 16
"""Characters of a key that cannot be guessed in a lifetime."""
PATIENCE = 4
"""Times the most allowed that is read and thrown away: who is cut off while sending
does not get to see the answer."""
TYPES = (
    "application/x-ndjson",
    "application/jsonl",
    "application/json-lines",
    "application/x-jsonlines",
    "application/json",
)

Receive = Callable[[str | None, bytes], Mapping[str, object]]
"""Takes the name of a source (None: the only one) and JSON lines; returns the receipt,
with the lines refused under `refused`. Raises LookupError where there is no such source,
with advice, and NewsdeskError where the site or its store is not to be had."""


def key_in(environment: Mapping[str, str]) -> str | None:
    """The key in an environment; None: none is set, so nothing is taken.

    NewsdeskError: it is too short to keep anybody out.
    """
    key = environment.get(VARIABLE, "").strip()
    if not key:
        return None
    if len(key) < MIN_KEY:
        raise NewsdeskError(
            f"{VARIABLE} is too short: {MIN_KEY} characters at least; "
            "`openssl rand -hex 24` makes a good one"
        )
    return key


def route(receive: Receive, key: str) -> Route:
    """The endpoint, open to whoever sends `Authorization: Bearer KEY`."""

    async def push(request: Request) -> Response:
        if not _has_key(request, key):
            advice = f"send `Authorization: Bearer` and the key in {VARIABLE}"
            return _refusal(401, advice, {"WWW-Authenticate": "Bearer"})
        if problem := _wrong_type(request):
            return _refusal(415, problem)
        try:
            data = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if data is None:
            # What may be left of the body is not read, so the connection cannot go on.
            return _refusal(
                413,
                f"more than {MAX_BYTES:,} bytes at once; push in parts",
                {"Connection": "close"},
            )
        return await run_in_threadpool(_received, receive, request, data)

    return Route(PATH, push, methods=["POST"])


def _received(receive: Receive, request: Request, data: bytes) -> Response:
    try:
        receipt = receive(request.query_params.get("source"), data)
    except LookupError as error:
        return _refusal(404, str(error.args[0]))
    except NewsdeskError as error:
        return _refusal(503, str(error), {"Retry-After": "60"})
    is_useless = not receipt["taken"]
    answer = dict(receipt)
    if is_useless:
        answer = {"error": "no line holds an entry that can be used", **answer}
    return JSONResponse(answer, status_code=422 if is_useless else 200, headers=_FRESH)


def _has_key(request: Request, key: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return False
    # Hashed, so that the time it takes does not even tell the key's length.
    return hmac.compare_digest(_hash(given.strip()), _hash(key))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _wrong_type(request: Request) -> str | None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        return f"send JSON lines as `Content-Type: {TYPES[0]}`, not {kind or 'without'}"
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        return "send the lines as they are, without Content-Encoding"
    return None


async def _body(request: Request) -> bytes | None:
    """The body; None: it is larger than allowed."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > MAX_BYTES:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= MAX_BYTES:
            parts.append(part)
        elif size > PATIENCE * MAX_BYTES:
            break
    return b"".join(parts) if size <= MAX_BYTES else None


def _refusal(
    status: int, reason: str, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse(
        {"error": reason}, status_code=status, headers={**_FRESH, **(headers or {})}
    )


_FRESH = {"Cache-Control": "no-store"}
