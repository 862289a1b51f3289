"""Ending WebSub subscriptions: a source left the site, or announces another hub.

Until its lease ends, a hub delivers what nobody reads; so it is told to stop, and asks
back whether we mean it (section 5.3). Pure, as `stages.websub` is, which has the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from newsdesk.model.feed import Request, SourceId, SourceState, Subscription
from newsdesk.stages import websub

MOST_TRIES = 3
"""Requests after which a hub is left to its lease."""
MOST_LEFT = 5
"""Subscriptions of one source to end; a source that changes hubs faster plays games."""


def after_change(
    state: SourceState, then: Subscription | None
) -> tuple[Subscription, ...]:
    """What is to be ended once `then` takes the place of the source's subscription."""
    before = state.subscription
    if before is None or before.live_until is None or not before.secret:
        return state.leaving
    if then and (then.hub, then.topic) == (before.hub, before.topic):
        return state.leaving
    ending = replace(before, asked_at=None, next_ask_at=None, tries=0, note=None)
    return (*state.leaving, ending)[-MOST_LEFT:]


def taken_out(state: SourceState) -> SourceState:
    """The state of a source that left the site. Its hub stays known, so that it is
    asked anew should the source come back."""
    known = state.subscription
    if known is None or not known.secret:
        return state
    return replace(
        state,
        subscription=Subscription(hub=known.hub, topic=known.topic),
        leaving=after_change(state, None),
    )


def without_ended(
    state: SourceState, ended: Iterable[str], now: datetime
) -> SourceState:
    """The state without subscriptions that are over: by their tokens, or by the end of
    their lease, or because the hub does not listen."""
    over = frozenset(ended)
    leaving = tuple(
        one
        for one in state.leaving
        if websub.token_of(one) not in over and _is_worth_asking(one, now)
    )
    return state if leaving == state.leaving else replace(state, leaving=leaving)


def asked(state: SourceState, now: datetime) -> SourceState:
    """The state in which hubs are being told to stop, as far as that is due; to be kept
    before they are, since they may ask back at once."""
    leaving = tuple(
        _asked(one, now) if _is_due(one, now) else one for one in state.leaving
    )
    return state if leaving == state.leaving else replace(state, leaving=leaving)


def requests(state: SourceState, public_url: str, now: datetime) -> tuple[Request, ...]:
    """What to send to hubs that were `asked` at this instant (section 5.1)."""
    return tuple(
        _request(state.source.id, one, public_url)
        for one in state.leaving
        if one.asked_at == now
    )


def is_meant(subscription: Subscription, query: Mapping[str, str]) -> bool:
    """Whether a hub that asks back is right that the subscription shall end."""
    return (
        query.get("hub.mode") == "unsubscribe"
        and query.get("hub.topic") == subscription.topic
        and subscription.asked_at is not None
        and 0 < len(query.get("hub.challenge", "")) <= websub.MOST_CHALLENGE
    )


def _is_worth_asking(one: Subscription, now: datetime) -> bool:
    if not websub.is_live(one, now):
        return False
    return one.tries < MOST_TRIES or not _is_due(one, now)


def _is_due(one: Subscription, now: datetime) -> bool:
    return one.next_ask_at is None or one.next_ask_at <= now


def _asked(one: Subscription, now: datetime) -> Subscription:
    wait = websub.RETRY[min(one.tries, len(websub.RETRY) - 1)]
    return replace(one, asked_at=now, tries=one.tries + 1, next_ask_at=now + wait)


def _request(source: SourceId, one: Subscription, public_url: str) -> Request:
    return Request(
        key=f"{source} {websub.token_of(one)}",
        url=one.hub,
        form=(
            ("hub.mode", "unsubscribe"),
            ("hub.topic", one.topic),
            ("hub.callback", websub.callback_of(public_url, source, one)),
        ),
        max_bytes=websub.MOST_ANSWER_BYTES,
        obey_robots=False,
    )
