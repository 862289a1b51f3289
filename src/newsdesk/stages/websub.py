"""WebSub: who announces a hub, whether it delivers to us, and what it may tell us.

Pure: subscriptions go in and come out, requests are made but not sent. The W3C
recommendation of 2018 is followed; polling stays as the fallback for all of it. Taking
deliveries from the web is for `web.hub`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsdesk.model.feed import (
    Feed,
    Health,
    Reply,
    Request,
    SourceId,
    SourceKind,
    SourceState,
    Subscription,
)
from newsdesk.model.run import Failed
from newsdesk.text import urls

LEASE = timedelta(days=10)
"""What we ask for, and what we take it for where a hub does not say."""
LEASES = (timedelta(minutes=5), timedelta(days=30))
"""The shortest and longest lease that we believe."""
RENEW_AT = 0.8
"""The share of a lease after which it is renewed."""
RETRY = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
"""After the first, second, … request that led to nothing; the last holds from then on."""
ANSWER_WITHIN = timedelta(days=1)
"""How long after a request a hub may verify it."""
METHODS = {"sha1": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}
MOST_CHALLENGE = 2_048
MOST_ANSWER_BYTES = 100_000
ACCEPTED = range(200, 300)

_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))', re.IGNORECASE)


def discovered(reply: Reply, feed: Feed | None) -> tuple[str, str] | None:
    """The hub and the topic that an answer announces; None: no hub.

    Link headers come first, then the document; a topic that neither names is the
    address that answered. Only http(s) addresses count (section 4).
    """
    linked = list(_links(reply))
    hubs = [url for rel, url in linked if rel == "hub"]
    topics = [url for rel, url in linked if rel == "self"]
    if not hubs and feed:
        hubs = list(feed.hubs)
    if not topics and feed and feed.feed_url:
        topics = [feed.feed_url]
    hub = next((found for url in hubs if (found := urls.absolute(None, url))), None)
    if hub is None:
        return None
    return hub, urls.absolute(None, topics[0] if topics else "") or reply.final_url


def noticed(
    known: Subscription | None, reply: Reply, feed: Feed | None
) -> Subscription | None:
    """What we know of the source's hub after an answer. A source that announces another
    hub or topic starts anew; 'not modified' without Link headers changes nothing."""
    found = discovered(reply, feed)
    if found is None:
        return None if feed else known
    hub, topic = found
    if known and (known.hub, known.topic) == (hub, topic):
        return known
    return Subscription(hub=hub, topic=topic)


def is_live(subscription: Subscription | None, now: datetime) -> bool:
    """Whether a hub has promised to deliver, at this time."""
    until = subscription.live_until if subscription else None
    return until is not None and until > now


def due(states: Iterable[SourceState], now: datetime) -> tuple[SourceState, ...]:
    """The sources to subscribe to, or whose subscription is to be renewed, now."""
    return tuple(state for state in states if _is_due(state, now))


def asked(state: SourceState, seed: bytes, now: datetime) -> SourceState:
    """The state in which a hub is being asked; to be kept before it is, since a hub may
    verify at once. `seed`: a secret of the site, from which the subscription's is made;
    a renewal keeps its secret, so that nothing delivered meanwhile is lost."""
    before = state.subscription
    if before is None:
        return state
    words = f"{state.source.id}\n{before.topic}\n{now.isoformat()}".encode()
    secret = before.secret or hmac.new(seed, words, hashlib.sha256).hexdigest()
    wait = RETRY[min(before.tries, len(RETRY) - 1)]
    after = replace(
        before,
        secret=secret,
        asked_at=now,
        tries=before.tries + 1,
        next_ask_at=now + wait,
    )
    return replace(state, subscription=after)


def request(state: SourceState, callback: str) -> Request:
    """What to send to the hub of a source that was `asked` (section 5.1)."""
    subscription = state.subscription
    assert subscription is not None
    return Request(
        key=state.source.id,
        url=subscription.hub,
        form=(
            ("hub.mode", "subscribe"),
            ("hub.topic", subscription.topic),
            ("hub.callback", callback),
            ("hub.secret", subscription.secret),
            ("hub.lease_seconds", str(int(LEASE.total_seconds()))),
        ),
        max_bytes=MOST_ANSWER_BYTES,
        obey_robots=False,
    )


def after_answer(subscription: Subscription, answer: Reply | Failed) -> Subscription:
    """The subscription after a hub answered the request, or could not be had. A hub that
    takes it says so later, at the callback."""
    if isinstance(answer, Failed):
        return replace(subscription, note=answer.reason)
    if answer.status not in ACCEPTED:
        return replace(subscription, note=f"the hub answered {answer.status}")
    return replace(subscription, note=None)


def verified(
    subscription: Subscription, query: Mapping[str, str], now: datetime
) -> Subscription | None:
    """The subscription after a hub asked whether we meant it; None: we did not, or
    there is nothing to it (sections 5.2 and 5.3)."""
    if query.get("hub.topic") != subscription.topic:
        return None
    mode = query.get("hub.mode")
    if mode == "denied" and subscription.asked_at is not None:
        reason = " ".join(query.get("hub.reason", "").split())[:200]
        return replace(
            subscription,
            live_until=None,
            next_ask_at=now + RETRY[-1],
            note="the hub denies it" + (f": {reason}" if reason else ""),
        )
    at = subscription.asked_at
    if mode != "subscribe" or at is None or now - at > ANSWER_WITHIN:
        return None
    if not 0 < len(query.get("hub.challenge", "")) <= MOST_CHALLENGE:
        return None
    lease = _lease(query.get("hub.lease_seconds", ""))
    return replace(
        subscription,
        live_until=now + lease,
        next_ask_at=now + lease * RENEW_AT,
        tries=0,
        note=None,
    )


def is_signed(subscription: Subscription, signature: str | None, body: bytes) -> bool:
    """Whether `X-Hub-Signature` proves that a body comes from our hub (section 7.1)."""
    method, _, given = (signature or "").strip().partition("=")
    name = METHODS.get(method.strip().lower())
    if name is None or not subscription.secret:
        return False
    true = hmac.new(subscription.secret.encode(), body, name).hexdigest()
    return hmac.compare_digest(true.encode(), given.strip().lower().encode())


def delivery(
    state: SourceState, body: bytes, content_type: str, now: datetime
) -> Reply:
    """What a hub delivered, as the answer to a question nobody had to ask."""
    topic = state.subscription.topic if state.subscription else state.source.url
    return Reply(
        key=state.source.id,
        url=topic,
        final_url=topic,
        status=200,
        headers=(("content-type", content_type),) if content_type else (),
        body=body,
        fetched_at=now,
        is_delivered=True,
    )


def callback(public_url: str, state: SourceState) -> str:
    """The address at which a hub reaches us for one source. It cannot be guessed, so
    that nobody else can confirm or probe."""
    assert state.subscription is not None
    return callback_of(public_url, state.source.id, state.subscription)


def callback_of(public_url: str, source: SourceId, subscription: Subscription) -> str:
    """The address at which a hub reaches us for one of a source's subscriptions."""
    return f"{public_url.rstrip('/')}/_hub/{source}/{token_of(subscription)}"


def token(state: SourceState) -> str:
    """The part of a callback that only its hub knows; empty: there is none yet."""
    return token_of(state.subscription) if state.subscription else ""


def token_of(subscription: Subscription) -> str:
    """The same for one of a source's subscriptions."""
    if not subscription.secret:
        return ""
    key = subscription.secret.encode()
    return hmac.new(key, b"callback", hashlib.sha256).hexdigest()[:32]


def standing(subscription: Subscription, now: datetime) -> str:
    """How a subscription stands, in a word: `announced` (never asked for), `asked`,
    `live`, `lapsed` or `refused`."""
    if is_live(subscription, now):
        return "live"
    if subscription.note:
        return "refused"
    if subscription.live_until is not None:
        return "lapsed"
    return "announced" if subscription.asked_at is None else "asked"


def by_id(states: Sequence[SourceState]) -> dict[str, SourceState]:
    """The sources that a hub may have something to tell about."""
    return {s.source.id: s for s in states if s.subscription and s.subscription.secret}


def _is_due(state: SourceState, now: datetime) -> bool:
    if state.subscription is None or state.source.kind is not SourceKind.FEED:
        return False
    if state.health is Health.GONE:
        return False
    at = state.subscription.next_ask_at
    return at is None or at <= now


def _lease(text: str) -> timedelta:
    """The lease that a hub grants, within what we believe."""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    lease = timedelta(seconds=int(text)) if is_number else LEASE
    return min(max(lease, LEASES[0]), LEASES[1])


def _links(reply: Reply) -> Iterator[tuple[str, str]]:
    """Relations and absolute targets of the Link headers (RFC 8288)."""
    for name, value in reply.headers:
        if name != "link":
            continue
        for target, parameters in _LINK.findall(value[:8_192]):
            url = urls.absolute(reply.final_url, target.strip())
            relation = _REL.search(parameters)
            if url and relation:
                for rel in (relation[1] or relation[2]).lower().split():
                    yield rel, url
