"""What a hub may tell us, what it may not, and when it is asked."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.feed import (
    Feed,
    FeedEntry,
    Health,
    Refusal,
    Reply,
    Source,
    SourceId,
    SourceKind,
    SourceState,
    Subscription,
    Validators,
)
from newsdesk.model.run import Failed
from newsdesk.model.site import Schedule
from newsdesk.stages import schedule, websub
from newsdesk.store import codec

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
URL = "https://daily.example/feed"
HUB = "https://hub.example/"
SEED = b"a secret of the site"
DAY = timedelta(days=1)
OFFER = Subscription(hub=HUB, topic=URL)


def a_state(subscription: Subscription | None = OFFER, **options: Any) -> SourceState:
    source = Source(id=SourceId("a"), url=URL, **options.pop("source", {}))
    return SourceState(source=source, subscription=subscription, **options)


def an_asked(now: datetime = NOW) -> SourceState:
    return websub.asked(a_state(), SEED, now)


def subscribed(lease_s: object = 864_000) -> Subscription:
    before = an_asked().subscription
    assert before is not None
    after = websub.verified(before, a_query(lease_seconds=str(lease_s)), NOW)
    assert after is not None
    return after


def a_query(**changes: str) -> dict[str, str]:
    given = {"mode": "subscribe", "topic": URL, "challenge": "abc", **changes}
    return {f"hub.{name}": value for name, value in given.items() if value}


def a_reply(status: int = 200, *links: str, **options: Any) -> Reply:
    headers = tuple(("link", link) for link in links)
    return Reply(
        key="a",
        url=URL,
        final_url=options.pop("final_url", URL),
        status=status,
        headers=options.pop("headers", headers),
        body=b"<rss/>",
        fetched_at=NOW,
        **options,
    )


def a_feed(*hubs: str, **options: Any) -> Feed:
    return Feed(format="atom 1.0", entries=(), hubs=hubs, **options)


# --- who announces a hub ---

SELF = "https://daily.example/self"


@pytest.mark.parametrize(
    ("links", "feed", "expected"),
    [
        ((), a_feed(), None),
        ((), a_feed(feed_url=SELF), None),
        ((), a_feed(HUB), (HUB, URL)),
        ((), a_feed(HUB, feed_url=SELF), (HUB, SELF)),
        ((), a_feed("ftp://x", HUB, "https://second.example/"), (HUB, URL)),
        ((f'<{HUB}>; rel="hub"',), a_feed(), (HUB, URL)),
        ((f'<{HUB}>; rel="hub"', f"<{SELF}>; rel=self"), a_feed(), (HUB, SELF)),
        ((f"<{HUB}>;rel=hub,<{SELF}>;title=x ; rel=self",), a_feed(), (HUB, SELF)),
        ((f'<{HUB}>; title="a, b; c"; rel="x HUB"',), a_feed(), (HUB, URL)),
        ((f"<{HUB}>; rel=hub",), a_feed("https://other.example/"), (HUB, URL)),
        (("</hub>; rel=hub",), a_feed(), ("https://daily.example/hub", URL)),
        ((f"<{HUB}>; rel=hubs", f"<{HUB}>", "rel=hub", "<>;;,<"), a_feed(), None),
        ((f"<{HUB}>; rel=hub",), None, (HUB, URL)),
        (("<javascript:x>; rel=hub",), a_feed(), None),
    ],
)
def test_a_hub_is_found_in_headers_first_and_then_in_the_document(
    links: tuple[str, ...], feed: Feed | None, expected: Any
) -> None:
    assert expected == websub.discovered(a_reply(200, *links), feed)


def test_the_topic_is_the_address_that_answered_where_nobody_names_it() -> None:
    reply = a_reply(final_url="https://moved.example/feed")
    assert websub.discovered(reply, a_feed(HUB)) == (HUB, "https://moved.example/feed")


@given(st.text(max_size=300))
def test_no_link_header_breaks_anything(value: str) -> None:
    websub.discovered(a_reply(200, value), None)
    websub.discovered(a_reply(200, f"<{HUB}>; rel=hub, {value}"), None)


def test_a_known_subscription_stays_while_its_hub_is_announced() -> None:
    known = subscribed()
    assert websub.noticed(known, a_reply(), a_feed(HUB)) is known
    assert websub.noticed(known, a_reply(304), None) is known
    assert websub.noticed(known, a_reply(), a_feed()) is None
    other = websub.noticed(known, a_reply(), a_feed("https://other.example/"))
    assert other == Subscription(hub="https://other.example/", topic=URL)


# --- asking ---


def test_what_is_asked_names_topic_callback_and_secret() -> None:
    state = an_asked()
    callback = websub.callback("https://me.example/news/", state)
    asked = websub.request(state, callback)
    form = dict(asked.form)
    assert asked.url == HUB
    assert not asked.obey_robots
    assert callback.startswith("https://me.example/news/_hub/a/")
    assert form["hub.callback"] == callback
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", URL)
    assert 32 <= len(form["hub.secret"]) < 200
    assert form["hub.secret"] not in callback


def test_secrets_differ_by_site_source_and_time_and_outlive_a_renewal() -> None:
    def secret(state: SourceState) -> str:
        assert state.subscription is not None
        return state.subscription.secret

    other = replace(a_state(), source=Source(id=SourceId("b"), url=URL))
    found = {
        secret(an_asked()),
        secret(an_asked(NOW + DAY)),
        secret(websub.asked(a_state(), b"another site", NOW)),
        secret(websub.asked(other, SEED, NOW)),
    }
    assert len(found) == 4
    again = websub.asked(an_asked(), SEED, NOW + DAY)
    assert secret(again) == secret(an_asked())
    assert websub.token(again) == websub.token(an_asked())


def test_a_hub_is_asked_at_once_then_ever_more_rarely_and_before_the_lease_ends() -> (
    None
):
    assert websub.due([a_state()], NOW)
    state, now, hours = a_state(), NOW, []
    for _ in range(5):
        state = websub.asked(state, SEED, now)
        assert state.subscription is not None
        assert state.subscription.next_ask_at is not None
        hours.append((state.subscription.next_ask_at - now) / timedelta(hours=1))
        assert not websub.due([state], now)
        now = state.subscription.next_ask_at
        assert websub.due([state], now)
    assert hours == [1, 6, 24, 168, 168]
    live = a_state(subscribed(10 * 86_400))
    assert not websub.due([live], NOW + 7.9 * DAY)
    assert websub.due([live], NOW + 8 * DAY)


def test_only_feeds_that_are_there_and_announce_a_hub_are_subscribed_to() -> None:
    pages = a_state(source={"kind": SourceKind.PAGES})
    gone = a_state(health=Health.GONE)
    assert websub.due([a_state(None), pages, gone], NOW) == ()


def test_what_a_hub_answers_is_noted() -> None:
    before = an_asked().subscription
    assert before is not None
    assert websub.after_answer(before, a_reply(202)) == before
    assert websub.after_answer(before, a_reply(404)).note == "the hub answered 404"
    failed = Failed(stage="f", key="a", subject=HUB, reason="no such host", kind="dns")
    noted = websub.after_answer(before, failed)
    assert noted.note == "no such host"
    assert websub.after_answer(noted, a_reply(204)).note is None


# --- verification ---


@pytest.mark.parametrize(
    ("lease", "expected"),
    [
        ("3600", timedelta(hours=1)),
        ("864000", 10 * DAY),
        ("", 10 * DAY),
        ("soon", 10 * DAY),
        ("-5", 10 * DAY),
        ("٣٦٠٠", 10 * DAY),
        ("1", timedelta(minutes=5)),
        ("999999999", 30 * DAY),
        ("9" * 5_000, 10 * DAY),
    ],
)
def test_a_confirmed_subscription_lives_for_its_lease(
    lease: str, expected: timedelta
) -> None:
    after = subscribed(lease)
    assert after.live_until == NOW + expected
    assert websub.is_live(after, NOW + expected - timedelta(seconds=1))
    assert not websub.is_live(after, NOW + expected)
    assert after.tries == 0


@pytest.mark.parametrize(
    "query",
    [
        a_query(topic="https://other.example/"),
        a_query(topic=""),
        a_query(mode="unsubscribe"),
        a_query(mode=""),
        a_query(challenge=""),
        a_query(challenge="x" * 5_000),
        {},
    ],
)
def test_what_we_did_not_ask_for_is_not_confirmed(query: dict[str, str]) -> None:
    before = an_asked().subscription
    assert before is not None
    assert websub.verified(before, query, NOW) is None


def test_a_verification_that_comes_unasked_or_too_late_is_refused() -> None:
    assert websub.verified(OFFER, a_query(), NOW) is None
    before = an_asked().subscription
    assert before is not None
    assert websub.verified(before, a_query(), NOW + DAY) is not None
    assert websub.verified(before, a_query(), NOW + 1.01 * DAY) is None


def test_a_hub_that_denies_is_left_alone_for_a_week() -> None:
    query = a_query(mode="denied", challenge="", reason="not\n today")
    after = websub.verified(subscribed(), query, NOW)
    assert after is not None
    assert not websub.is_live(after, NOW)
    assert after.note == "the hub denies it: not today"
    assert not websub.due([a_state(after)], NOW + 6.9 * DAY)
    assert websub.due([a_state(after)], NOW + 7 * DAY)
    assert websub.verified(OFFER, query, NOW) is None


# --- signatures ---


def signature(method: str, body: bytes, secret: str | None = None) -> str:
    key = secret or subscribed().secret
    return f"{method}={hmac.new(key.encode(), body, method).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_with_our_secret_is_accepted(method: str) -> None:
    good = signature(method, b"news")
    assert websub.is_signed(subscribed(), good, b"news")
    assert websub.is_signed(subscribed(), good.upper(), b"news")
    assert not websub.is_signed(subscribed(), good, b"other news")
    assert not websub.is_signed(subscribed(), good[:-1], b"news")


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "",
        "=",
        "sha256",
        "sha256=",
        "sha256=é",
        signature("md5", b"news"),
        signature("sha256", b"news", "another secret"),
        "sha512=" + signature("sha256", b"news").partition("=")[2],
        "sha256=" + hashlib.sha256(b"news").hexdigest(),
    ],
)
def test_any_other_signature_is_refused(bad: str | None) -> None:
    assert not websub.is_signed(subscribed(), bad, b"news")


def test_nothing_is_accepted_before_there_is_a_secret() -> None:
    forged = f"sha256={hmac.new(b'', b'news', 'sha256').hexdigest()}"
    assert not websub.is_signed(OFFER, forged, b"news")
    assert websub.token(a_state()) == ""


# --- what it does to polling ---

HOURLY = tuple(FeedEntry(published_at=NOW - timedelta(hours=n)) for n in range(20))


def polled(state: SourceState, now: datetime = NOW, **options: Any) -> SourceState:
    feed = Feed(format="rss 2.0", entries=HOURLY, hubs=(HUB,))
    headers = (("etag", '"1"'),)
    reply = a_reply(headers=headers, **options)
    return schedule.after_reply(state, reply, feed, 1, (), Schedule(), now)


def hours_to_poll(state: SourceState, now: datetime = NOW) -> float:
    assert state.next_poll_at is not None
    return (state.next_poll_at - now) / timedelta(hours=1)


def test_a_poll_notices_the_hub_but_changes_nothing_until_it_confirms() -> None:
    after = polled(a_state(None))
    assert after.subscription == OFFER
    assert hours_to_poll(after) < 2
    assert hours_to_poll(polled(an_asked())) < 2


def test_polls_are_daily_while_a_subscription_lives_and_as_ever_afterwards() -> None:
    live = a_state(subscribed(10 * 86_400))
    assert 24 <= hours_to_poll(polled(live)) <= 26.5
    last = NOW + 9.5 * DAY
    assert 12 <= hours_to_poll(polled(live, last), last) <= 13.2
    over = NOW + 10 * DAY
    lapsed = polled(live, over)
    assert hours_to_poll(lapsed, over) < 24
    assert lapsed.interval_s == polled(a_state(None), over).interval_s


def test_a_delivery_is_news_but_says_nothing_of_the_source_s_own_server() -> None:
    before = polled(a_state(subscribed()))
    before = replace(before, validators=Validators(url=URL, etag='"1"'), status=304)
    later = NOW + timedelta(hours=3)
    reply = websub.delivery(before, b"<rss/>", "text/xml", later)
    entries = (FeedEntry(published_at=later - timedelta(minutes=1)),)
    feed = Feed(format="rss 2.0", entries=entries)
    after = schedule.after_reply(before, reply, feed, 1, (), Schedule(), later)
    assert after.new_at == later
    assert after.entries_seen == before.entries_seen + 1
    assert len(after.recent) == len(before.recent) + 1
    same = replace(
        after,
        new_at=before.new_at,
        entries_seen=before.entries_seen,
        recent=before.recent,
    )
    assert same == before
    page = Refusal(reason="a web page", kind="html")
    assert before == schedule.after_reply(before, reply, page, 0, (), Schedule(), later)


def test_a_subscription_is_kept_with_its_source() -> None:
    state = polled(a_state(subscribed()))
    assert codec.loads(SourceState, codec.dumps(state)) == state
