"""A headless Chromium for tests, driven over its own protocol with aiohttp.

Without Chromium tests are skipped and say how to get it; in CI its absence fails them.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --remote-debugging-port=0"
).split()
DESKTOP = (1280, 800)
PHONE = (390, 844)
_START_S = 40
_CALL_S = 30


def executable() -> str:
    """The path of Chromium. Skips the test without one, or fails it where CI=true."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    advice = (
        "Chromium is not installed: apt-get install chromium (or any Chrome on PATH)"
    )
    if os.environ.get("CI") == "true":
        pytest.fail(advice)
    pytest.skip(advice)


@dataclass
class Tab:
    """One page, and everything it asked for or complained about."""

    socket: aiohttp.ClientWebSocketResponse
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _waiting: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    _loaded: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Take in replies and events until the socket closes."""
        async for message in self.socket:
            said = message.json()
            if "id" in said:
                self._waiting.pop(said["id"]).set_result(said)
            else:
                self._event(said["method"], said["params"])

    async def call(self, method: str, **params: Any) -> Any:
        """Ask the browser for something; returns its result."""
        number = next(self._numbers)
        future = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        await self.socket.send_json({"id": number, "method": method, "params": params})
        reply = await asyncio.wait_for(future, _CALL_S)
        assert "error" not in reply, reply
        return reply["result"]

    async def open(
        self,
        url: str,
        size: tuple[int, int] = DESKTOP,
        *,
        dark: bool = False,
        script: bool = True,
    ) -> None:
        """Load a page in a window of this size."""
        self.requests.clear()
        self.complaints.clear()
        self._loaded.clear()
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=size[0],
            height=size[1],
            deviceScaleFactor=1,
            mobile=size[0] < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])
        await self.call("Emulation.setScriptExecutionDisabled", value=not script)
        await self.call("Page.navigate", url=url)
        await asyncio.wait_for(self._loaded.wait(), _CALL_S)

    async def run(self, script: str) -> Any:
        """The value of an expression in the page, awaited."""
        reply = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    async def press(self, *keys: str, modifiers: int = 0) -> None:
        """Press keys one after the other, as a person would; `modifiers`: 1 Alt, 2 Ctrl,
        4 Meta."""
        for key in keys:
            told = {"key": key, "modifiers": modifiers}
            if len(key) == 1 and not modifiers:
                told["text"] = key
            await self.call("Input.dispatchKeyEvent", type="keyDown", **told)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    async def shoot(self, file: Path, *, whole: bool = False) -> None:
        """Keep a picture of the window, or of the whole page."""
        reply = await self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(reply["data"]))

    def _event(self, method: str, params: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))


@asynccontextmanager
async def tab() -> AsyncIterator[Tab]:
    """A tab of a fresh browser, which is gone afterwards."""
    program = executable()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(profile))
            async with (
                aiohttp.ClientSession() as session,
                _attach(session, port) as made,
            ):
                yield made
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _port(profile: Path) -> int:
    file = profile / "DevToolsActivePort"
    for _ in range(_START_S * 10):
        lines = file.read_text().split() if file.exists() else []
        if lines:
            return int(lines[0])
        await asyncio.sleep(0.1)
    pytest.fail(f"Chromium did not start within {_START_S} s")


@asynccontextmanager
async def _attach(session: aiohttp.ClientSession, port: int) -> AsyncIterator[Tab]:
    async with session.get(f"http://127.0.0.1:{port}/json/list") as reply:
        targets = await reply.json(content_type=None)
    page = next(one for one in targets if one["type"] == "page")
    address = page["webSocketDebuggerUrl"]
    async with session.ws_connect(address, max_msg_size=0) as socket:
        made = Tab(socket)
        listener = asyncio.create_task(made.listen())
        for domain in ("Page", "Network", "Log", "Runtime"):
            await made.call(f"{domain}.enable")
        try:
            yield made
        finally:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)
