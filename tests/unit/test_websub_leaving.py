"""When a hub is told to stop, what it is sent, and what it may ask back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.model.feed import (
    Feed,
    Reply,
    Source,
    SourceId,
    SourceState,
    Subscription,
)
from newsdesk.model.site import Schedule
from newsdesk.stages import schedule, websub, websub_leaving
from newsdesk.store import codec

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
URL = "https://daily.example/feed"
HUB, OTHER = "https://hub.example/", "https://other.example/"
LIVE = Subscription(
    hub=HUB,
    topic=URL,
    secret="s3cret",
    asked_at=NOW - timedelta(days=1),
    next_ask_at=NOW + timedelta(days=7),
    live_until=NOW + timedelta(days=9),
)
STATE = SourceState(source=Source(id=SourceId("a"), url=URL), subscription=LIVE)


def polled(state: SourceState, *hubs: str) -> SourceState:
    reply = Reply(
        key="a",
        url=URL,
        final_url=URL,
        status=200,
        headers=(),
        body=b"",
        fetched_at=NOW,
    )
    feed = Feed(format="rss 2.0", entries=(), hubs=hubs, feed_url=URL)
    return schedule.after_reply(state, reply, feed, 0, (), Schedule(), NOW)


def test_a_source_that_announces_another_hub_or_none_leaves_its_old_one() -> None:
    assert polled(STATE, HUB).leaving == ()
    for hubs in ((OTHER,), ()):
        (left,) = polled(STATE, *hubs).leaving
        assert (left.hub, left.secret, left.asked_at) == (HUB, "s3cret", None)


def test_a_subscription_that_never_came_about_is_not_ended() -> None:
    never = replace(STATE, subscription=replace(LIVE, live_until=None))
    assert polled(never, OTHER).leaving == ()
    assert websub_leaving.taken_out(never).leaving == ()


def test_a_source_taken_out_keeps_its_hub_in_mind_without_the_subscription() -> None:
    after = websub_leaving.taken_out(STATE)
    assert after.subscription == Subscription(hub=HUB, topic=URL)
    assert [one.secret for one in after.leaving] == ["s3cret"]
    assert websub_leaving.taken_out(after) == after


def test_a_hub_is_told_to_stop_with_the_callback_it_delivers_to() -> None:
    after = websub_leaving.asked(websub_leaving.taken_out(STATE), NOW)
    (request,) = websub_leaving.requests(after, "https://desk.example", NOW)
    assert request.url == HUB
    assert dict(request.form) == {
        "hub.mode": "unsubscribe",
        "hub.topic": URL,
        "hub.callback": websub.callback("https://desk.example", STATE),
    }
    assert websub_leaving.asked(after, NOW) == after
    assert websub_leaving.requests(after, "", NOW + timedelta(minutes=1)) == ()


def test_it_is_told_three_times_and_not_beyond_the_lease() -> None:
    state, now, asked = websub_leaving.taken_out(STATE), NOW, 0
    for _ in range(400):
        after = websub_leaving.asked(state, now)
        asked += after != state
        now += timedelta(hours=1)
        state = websub_leaving.without_ended(after, (), now)
    assert (asked, state.leaving) == (3, ())
    late = NOW + timedelta(days=9)
    left = websub_leaving.taken_out(STATE)
    assert websub_leaving.without_ended(left, (), late).leaving == ()
    assert websub_leaving.without_ended(left, (), NOW) == left


def test_what_a_hub_ended_is_forgotten() -> None:
    left = websub_leaving.taken_out(STATE)
    token = websub.token(STATE)
    assert websub_leaving.without_ended(left, (token,), NOW).leaving == ()
    assert websub_leaving.without_ended(left, ("another",), NOW) == left


QUERY = {"hub.mode": "unsubscribe", "hub.topic": URL, "hub.challenge": "x"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.mode": "subscribe"},
        {"hub.topic": OTHER},
        {"hub.challenge": ""},
        {"hub.challenge": "x" * 5_000},
    ],
)
def test_a_hub_that_asks_back_is_confirmed_only_what_we_asked(
    wrong: dict[str, str],
) -> None:
    left = websub_leaving.taken_out(STATE)
    assert not websub_leaving.is_meant(left.leaving[0], QUERY)  # never asked for
    (asked,) = websub_leaving.asked(left, NOW).leaving
    assert websub_leaving.is_meant(asked, QUERY)
    assert not websub_leaving.is_meant(asked, {**QUERY, **wrong})


def test_what_is_to_be_ended_is_kept_with_its_source() -> None:
    after = websub_leaving.asked(websub_leaving.taken_out(STATE), NOW)
    assert codec.loads(SourceState, codec.dumps(after)) == after


def test_a_standing_is_one_word() -> None:
    offer = Subscription(hub=HUB, topic=URL)
    asked = replace(offer, secret="s", asked_at=NOW)
    found = [
        websub.standing(one, NOW)
        for one in (
            offer,
            asked,
            LIVE,
            replace(LIVE, live_until=NOW),
            replace(asked, note="the hub denies it"),
        )
    ]
    assert found == ["announced", "asked", "live", "lapsed", "refused"]
