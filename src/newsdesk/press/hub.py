"""The simulated press's WebSub hub: takes subscriptions, verifies them, delivers feeds.

It lives on a host of its own of the same server. What a hub does by itself in the world,
`distribute` does here when told, so that tests and demos decide when. It can be told to
sign wrongly.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

import aiohttp
from aiohttp import web

HOST = "hub.example"
URL = f"http://{HOST}/"
LEASE_S = 864_000
MOST_FORM_BYTES = 16_384
_TIMEOUT = aiohttp.ClientTimeout(total=10)

Topic = Callable[[str], tuple[bytes, str] | None]
"""The feed at an address as it stands now, and its media type; None: no such feed."""


@dataclass(slots=True, kw_only=True)
class Subscriber:
    """Who wants to hear of a topic."""

    topic: str
    callback: str
    secret: str
    lease_s: int
    delivered: bytes = b""
    """What was delivered last, so that only news is sent."""


class Hub:
    """Lives on one event loop; all but the attributes is for that loop."""

    def __init__(self, topic: Topic) -> None:
        self.method = "sha256"
        """Of signatures: sha1, sha256, sha384 or sha512."""
        self.is_forged = False
        """Sign with a wrong secret."""
        self.denies = False
        """Refuse every subscription."""
        self.longest_s = LEASE_S
        """The longest lease that is granted."""
        self.subscribers: dict[tuple[str, str], Subscriber] = {}
        """By topic and callback."""
        self.asked = 0
        """How many requests to subscribe or unsubscribe there were."""
        self.ended = 0
        """How many subscriptions were ended by those who had them."""
        self._topic = topic
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """What the hub says to a request: 202, and the rest follows."""
        form = {
            key: values[0]
            for key, values in parse_qs((await _form(request)).decode()).items()
        }
        topic, callback = form.get("hub.topic", ""), form.get("hub.callback", "")
        is_known = await asyncio.to_thread(self._topic, topic) is not None
        mode = form.get("hub.mode", "")
        is_ending = mode == "unsubscribe" and (topic, callback) in self.subscribers
        if not is_ending and (mode != "subscribe" or not is_known or not callback):
            return web.Response(status=400, text="no such topic here")
        self.asked += 1
        wanted = form.get("hub.lease_seconds", "")
        lease = min(int(wanted) if wanted.isdigit() else LEASE_S, self.longest_s)
        subscriber = Subscriber(
            topic=topic,
            callback=callback,
            secret=form.get("hub.secret", ""),
            lease_s=lease,
        )
        task = asyncio.create_task(self._verify(subscriber, mode))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return web.Response(status=202)

    async def distribute(self) -> list[int]:
        """Deliver every topic that changed to its subscribers; their answers' status.
        A subscriber that answers 410 is struck off."""
        found = []
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            for key, subscriber in list(self.subscribers.items()):
                status = await self._deliver(session, subscriber)
                if status is not None:
                    found.append(status)
                if status == 410:
                    del self.subscribers[key]
        return found

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _verify(self, subscriber: Subscriber, mode: str) -> None:
        challenge = hashlib.sha256(subscriber.callback.encode()).hexdigest()[:20]
        query = {
            "hub.mode": "denied" if self.denies else mode,
            "hub.topic": subscriber.topic,
            "hub.challenge": challenge,
            "hub.lease_seconds": str(subscriber.lease_s),
        }
        url = f"{subscriber.callback}?{urlencode(query)}"
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.get(url) as response,
            ):
                text = await response.text()
            if response.status == 200 and text == challenge and not self.denies:
                key = (subscriber.topic, subscriber.callback)
                if mode == "subscribe":
                    self.subscribers[key] = subscriber
                elif self.subscribers.pop(key, None):
                    self.ended += 1

    async def _deliver(
        self, session: aiohttp.ClientSession, subscriber: Subscriber
    ) -> int | None:
        """The status of the answer; None where there was nothing to deliver."""
        found = await asyncio.to_thread(self._topic, subscriber.topic)
        if found is None or found[0] == subscriber.delivered:
            return None
        body, content_type = found
        secret = "forged" if self.is_forged else subscriber.secret
        proof = hmac.new(secret.encode(), body, self.method).hexdigest()
        headers = {
            "Content-Type": content_type,
            "Link": f'<{URL}>; rel="hub", <{subscriber.topic}>; rel="self"',
            "X-Hub-Signature": f"{self.method}={proof}",
        }
        sending = session.post(subscriber.callback, data=body, headers=headers)
        async with sending as response:
            if response.status < 300:
                subscriber.delivered = body
            return response.status


async def _form(request: web.BaseRequest) -> bytes:
    """The body of a request; empty where it is larger than any form of ours."""
    body = await request.content.read(MOST_FORM_BYTES)
    return body if request.content.at_eof() else b""
