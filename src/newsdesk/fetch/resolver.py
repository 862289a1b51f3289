"""Names to addresses, past the guard: routed hosts to their peer, all others by DNS."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from newsdesk.fetch.guard import Guard


class Resolver(AbstractResolver):
    """Names to addresses: routed hosts to their peer, others by DNS and past the guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises OSError: no such host, or a refused one."""
        peer = self._guard.route(host)
        if peer is not None:
            return [_resolved(host, *peer, socket.AF_INET)]
        found = await _look_up(host, port, family)
        self._guard.check_names(host, port, [address for _, address in found])
        return [_resolved(host, address, port, kin) for kin, address in found]

    async def close(self) -> None:
        """Nothing to let go of."""


def _resolved(
    host: str, address: str, port: int, family: socket.AddressFamily
) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=family,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )


async def _look_up(
    host: str, port: int, family: socket.AddressFamily
) -> list[tuple[socket.AddressFamily, str]]:
    """DNS on a daemon thread: a lookup that hangs must not hold up the end of a run."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(
                host, port, family=family, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            problem = (
                error if isinstance(error, OSError) else socket.gaierror(str(error))
            )
            _tell(loop, answer, None, problem)
        else:
            _tell(loop, answer, found, None)

    threading.Thread(target=ask, name="newsdesk-dns", daemon=True).start()
    return [(kin, str(address[0])) for kin, _, _, _, address in await answer]


def _tell(
    loop: asyncio.AbstractEventLoop,
    answer: asyncio.Future[list[Any]],
    found: list[Any] | None,
    problem: OSError | None,
) -> None:
    def settle() -> None:
        if answer.done():
            return
        if problem is not None:
            answer.set_exception(problem)
        else:
            answer.set_result(found or [])

    with contextlib.suppress(RuntimeError):  # the run is over, nobody waits
        loop.call_soon_threadsafe(settle)
