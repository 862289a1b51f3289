"""Files of the public folder over HTTP: safely, with validators and fit cache rules.

Only what lies inside the folder, nothing hidden, no listings. File names that carry a
hash may be kept for ever; everything else is asked for again and mostly answered 304.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

Change = Callable[[str, bytes], bytes]
"""Gets a file's path below the folder and its bytes; returns what is sent."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}
"""Our own table: what the machine's says differs between machines."""
_UNKNOWN = "application/octet-stream"
_FOREVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"
_ASK_AGAIN = "no-cache"


async def answer(folder: Path, request: Request, change: Change) -> Response:
    """The file that a request asks for, a redirect to a folder's page, or 404.html."""
    path: str = request.scope["path"]
    return await asyncio.to_thread(_answer, folder, path, request, change)


def find(folder: Path, path: str) -> Path | None:
    """The file or folder behind a decoded address, or None where there is none for us.

    Nothing outside `folder` (symbolic links followed), and nothing whose name begins
    with a dot.
    """
    parts = PurePosixPath(path.lstrip("/")).parts
    if "\0" in path or "\\" in path or any(part.startswith(".") for part in parts):
        return None
    try:
        root = folder.resolve()
        found = root.joinpath(*parts).resolve(strict=True)
    except OSError:
        return None
    return found if found.is_relative_to(root) else None


def _answer(folder: Path, path: str, request: Request, change: Change) -> Response:
    found = find(folder, path)
    if found is not None and found.is_dir():
        if not path.endswith("/"):
            name = quote(PurePosixPath(path).name)
            return RedirectResponse(f"./{name}/", status_code=308)
        found = find(folder, f"{path}index.html")
    elif path.endswith("/"):
        found = None
    if found is None or not found.is_file():
        return _missing(folder)
    return _file(folder, found, request, change)


def _file(folder: Path, found: Path, request: Request, change: Change) -> Response:
    name = found.relative_to(folder.resolve()).as_posix()
    body = change(name, found.read_bytes())
    headers = {
        # Weak, because the same bytes may go out compressed or not.
        "ETag": f'W/"{sha256(body).hexdigest()[:32]}"',
        "Cache-Control": _cache_rule(name),
    }
    if _is_known(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    kind = _TYPES.get(found.suffix.lower(), _UNKNOWN)
    return Response(body, media_type=kind, headers=headers)


def _missing(folder: Path) -> Response:
    page = find(folder, "404.html")
    body = page.read_bytes() if page else b"<!doctype html><title>404</title>Not found"
    headers = {"Cache-Control": _ASK_AGAIN}
    return Response(body, 404, headers=headers, media_type=_TYPES[".html"])


def _cache_rule(name: str) -> str:
    if name.startswith("static/"):
        return _FOREVER
    return _A_DAY if name.startswith("pictures/") else _ASK_AGAIN


def _is_known(header: str | None, etag: str) -> bool:
    """Whether If-None-Match holds the validator, by weak comparison (RFC 9110 13.1.2)."""
    known = [one.strip() for one in (header or "").split(",")]
    plain = etag.removeprefix("W/")
    return "*" in known or plain in {one.removeprefix("W/") for one in known}
