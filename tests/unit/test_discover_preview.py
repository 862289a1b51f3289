"""What a feed would bring, told before it is added."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from makers import site, source
from newsdesk.model.feed import Feed, FeedEntry, Reply, SourceState
from newsdesk.model.site import Topic
from newsdesk.stages import discover_preview
from newsdesk.stages.discover_preview import Preview
from newsdesk.stages.discover_ranking import Offered

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://a.example/feed"
ETAG = (("etag", '"1"'),)
WORDS = "The agency said that the rocket is ready and that it will fly in the spring."
SPACE = Topic(id="space", name="Space", keywords=("rocket",))


def entry(name: str, **more: object) -> FeedEntry:
    given: dict[str, object] = {
        "url": f"https://a.example/{name}", "title": f"The {name} of the day",
        "summary_html": WORDS,
    }  # fmt: skip
    return FeedEntry(**(given | more))  # type: ignore[arg-type]


def daily(count: int = 10) -> tuple[FeedEntry, ...]:
    return tuple(
        entry(f"{n}", published_at=NOW - DAY * (n + 0.5)) for n in range(count)
    )


def offered(
    *entries: FeedEntry,
    headers: tuple[tuple[str, str], ...] = ETAG,
    body: bytes = b"x" * 5000,
    **more: object,
) -> Offered:
    reply = Reply(
        key="0", url=URL, final_url=URL, status=200, headers=headers, body=body,
        fetched_at=NOW,
    )  # fmt: skip
    told: dict[str, object] = {"title": "A", "home_url": "https://a.example/"}
    feed = Feed(format="rss 2.0", entries=entries, **(told | more))  # type: ignore[arg-type]
    return Offered(url=URL, step="usual path", feed=feed, reply=reply)


def seen(one: Offered, *known: SourceState) -> Preview:
    return discover_preview.preview(one, site(topics=(SPACE,)), NOW, known=known)


def test_a_feed_tells_its_rhythm() -> None:
    told = seen(offered(*daily()))
    assert (told.entry_count, told.gap_h, told.per_week) == (10, 24.0, 7.0)
    assert told.age_h == 12.0
    assert told.newest_at == NOW - DAY / 2
    assert told.faults == ()


def test_what_is_too_old_to_be_published_is_counted() -> None:
    told = seen(offered(*daily()))
    assert told.archived_count == 3
    assert [one.is_archived for one in told.newest] == [False] * 7 + [True]


def test_the_newest_come_first_and_undated_ones_last() -> None:
    told = seen(offered(entry("undated"), *daily(2)[::-1]))
    assert [one.url for one in told.newest] == [
        "https://a.example/0", "https://a.example/1", "https://a.example/undated",
    ]  # fmt: skip


def test_topics_are_counted_by_the_feeds_own_words() -> None:
    told = seen(
        offered(*daily(2), entry("rocket", title="A rocket", summary_html="It flew."))
    )
    assert told.topics == (("space", 1),)
    assert told.off_topic_count == 2


def test_topics_that_are_given_hold_for_everything() -> None:
    one = discover_preview.preview(
        offered(*daily(3)), site(topics=(SPACE,)), NOW, topics=["space"]
    )
    assert (one.topics, one.off_topic_count) == ((("space", 3),), 0)


def test_whole_texts_are_told_from_summaries_and_headlines() -> None:
    whole = entry("1", content_html=f"<p>{WORDS * 30}</p>")
    bare = entry("1", summary_html=None)
    texts = [seen(offered(one)).text for one in (whole, entry("1"), bare)]
    assert texts == ["full text", "summaries", "headlines"]


def test_the_language_is_what_the_words_are_in() -> None:
    assert seen(offered(*daily())).language == "en"
    assert seen(offered(language="de-AT")).language == "de"


def test_a_language_that_is_not_that_of_the_words_is_a_fault() -> None:
    told = seen(offered(*daily(20), language="de"))
    assert told.language == "en"
    assert any("reads like `en`" in fault for fault in told.faults)


def test_what_is_wrong_with_a_feed_is_named() -> None:
    told = seen(
        offered(
            entry("future", published_at=NOW + DAY),
            entry("undated", date_note="no such day"),
            entry("nowhere", url=None, title=None),
            entry("future", title="Again", published_at=NOW - 100 * DAY),
            headers=(),
            body=b"x" * 2_000_000,
            repairs=("an unclosed element",),
        )
    )
    assert told.faults == (
        "2 of 4 entries have no date (no such day)",
        "1 of 4 entries are dated in the future",
        "nothing new for 100 days",
        "1 of 4 entries have no address, so they lead nowhere",
        "1 of 4 entries lead to the same pages as others",
        "1 of 4 entries have no headline",
        "it is 2.0 MB large",
        "no ETag or Last-Modified: each poll fetches all of it",
        "had to be mended: an unclosed element",
    )


def test_an_empty_feed_says_so() -> None:
    told = seen(offered())
    assert told.faults == ("it lists nothing at present",)
    assert (told.per_week, told.gap_h, told.newest_at) == (None, None, None)


def test_a_feed_that_the_site_has_under_another_address_is_named() -> None:
    one = offered(*daily(), feed_url="https://a.example/own")
    by_self = SourceState(source=source("x", url="http://www.a.example/own/"))
    by_name = SourceState(
        source=source("y", url="https://b.example/f"), title="A",
        home_url="https://a.example/",
    )  # fmt: skip
    other = SourceState(source=source("z"), title="Z", home_url="https://z.example/")
    for twin in (by_self, by_name):
        faults = seen(one, other, twin).faults
        assert faults[0] == f"the site has it already: {twin.source.url}"
    assert seen(one, other).faults == ()
