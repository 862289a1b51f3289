"""A server on loopback that answers as a test tells it to, down to the byte."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    at: float
    """Seconds of the server's monotonic clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to send back, byte by byte where it matters."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    length: int | None = None
    """Content-Length, where it should differ from the body's."""
    delay_s: float = 0.0
    drip_s: float = 0.0
    """Pause between single bytes of the body."""
    raw: bytes | None = None
    """All of it, in place of everything else."""


@dataclass(slots=True)
class Script:
    """Answers by path, and what was asked so far."""

    answers: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0


class ScriptedServer:
    """Serves a script on a free port, from a thread of its own."""

    def __init__(self, secured: ssl.SSLContext | None = None) -> None:
        self._secured = secured
        self.script = Script()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def __setitem__(
        self, path: str, answer: Answer | Callable[[Asked], Answer]
    ) -> None:
        self.script.answers[path] = answer

    @property
    def peer(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    @property
    def asked(self) -> list[Asked]:
        return self.script.asked

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, ssl=self._secured
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        first = await reader.readexactly(1)
        if first == TLS_HELLO:
            writer.write(b"HTTP/1.1 400 Not spoken here\r\n\r\n")
            return
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
        line, *rest = head.split("\r\n")
        method, path, _ = line.split(" ")
        headers = dict(item.split(": ", 1) for item in rest if item)
        asked = Asked(method=method, path=path, headers=headers, at=self._loop.time())
        script = self.script
        script.asked.append(asked)
        script.at_once += 1
        script.most_at_once = max(script.most_at_once, script.at_once)
        try:
            host = headers["Host"]
            answer = script.answers.get(host + path, script.answers.get(path, MISSING))
            await _send(writer, answer(asked) if callable(answer) else answer)
        finally:
            script.at_once -= 1


TLS_HELLO = b"\x16"
MISSING = Answer(status=404)


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> None:
    await asyncio.sleep(answer.delay_s)
    if answer.raw is not None:
        writer.write(answer.raw)
        await writer.drain()
        return
    length = len(answer.body) if answer.length is None else answer.length
    lines = [f"HTTP/1.1 {answer.status} X", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    names = {name.lower() for name, _ in answer.headers}
    if "transfer-encoding" not in names and answer.status != 304:
        lines.append(f"Content-Length: {length}")
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
    if answer.drip_s:
        for byte in answer.body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(answer.drip_s)
    else:
        writer.write(answer.body)
    await writer.drain()
