from dataclasses import replace

from makers import NOW
from newsdesk.model.feed import Reply
from newsdesk.model.run import Failed
from newsdesk.stages import websub_telling

HUB = "https://hub.example/"
FEED = "https://news.example/feeds/all.atom"
REPLY = Reply(
    key=FEED, url=HUB, final_url=HUB, status=204, headers=(), body=b"", fetched_at=NOW
)


def test_a_hub_is_told_of_each_feed_that_changed():
    asks = websub_telling.requests(HUB, ["https://n.example/b", "https://n.example/a"])
    assert [dict(ask.form)["hub.url"] for ask in asks] == [
        "https://n.example/a",
        "https://n.example/b",
    ]
    assert {ask.url for ask in asks} == {HUB}
    assert {dict(ask.form)["hub.mode"] for ask in asks} == {"publish"}


def test_what_a_hub_takes_is_no_failure():
    assert websub_telling.failure(REPLY, HUB) is None


def test_a_hub_that_refuses_or_is_away_is_told_with_what_follows():
    refused = websub_telling.failure(replace(REPLY, status=403), HUB)
    away = Failed(stage="fetch", key=FEED, subject=HUB, reason="no answer", kind="t")
    lost = websub_telling.failure(away, HUB)
    assert (refused.kind, lost.kind) == ("http 403", "t")
    for one in (refused, lost):
        assert (one.stage, one.key, one.is_final) == ("hub", FEED, False)
        assert "told again when the feed changes" in one.reason
