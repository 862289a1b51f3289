"""Stories that an editor merges or splits, through the whole path and the real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from fakes import FakeClock, FakeFetcher, FakeProgress, FakeSink
from makers import NOW, site, source
from newsdesk import pipeline, steps
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.site import Rules
from newsdesk.model.story import StoryId
from newsdesk.run.local import SerialRunner
from newsdesk.store import OpenStore, open_store

EVENTS = {
    "court": (
        "Court fines chipmaker Orbane over export licences",
        "The court in Valdoria fined the chipmaker Orbane 40 million crowns on Monday. "
        "“We have never seen a licence handled like this,” judge Ada Byron said. ",
    ),
    "flood": (
        "Flood on the river Ester drives hundreds from their homes",
        "The river Ester left its banks near Marlo after three days of heavy rain. "
        "“Nobody here remembers such water,” said Petra Lindqvist, the mayor, on Monday. ",
    ),
}


def feed(name: str, title: str, hour: int) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>{name}</title>"
        f"<link>https://{name}.example/</link><item><title>{title}</title>"
        f"<link>https://{name}.example/news</link>"
        f"<pubDate>Thu, 19 Feb 2026 0{hour}:00:00 GMT</pubDate>"
        f"<description>{title}.</description></item></channel></rss>"
    ).encode()


def page(title: str, text: str) -> bytes:
    body = "".join(f"<p>In part {n}: {text}</p>" for n in range(20))
    return (
        f"<html lang='en'><head><title>{title}</title>"
        f"<meta name='author' content='Ada Byron'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


class Desk:
    """A site of two outlets, each with one event, on a real store."""

    def __init__(self, opened: OpenStore) -> None:
        self.opened = opened
        answers: dict[str, object] = {}
        for hour, (name, (title, text)) in enumerate(EVENTS.items(), 3):
            answers[f"https://{name}.example/feed"] = feed(name, title, hour)
            answers[f"https://{name}.example/news"] = page(title, text)
        self.fetcher = FakeFetcher(answers)
        self.site = site(
            rules=Rules(threshold=20),
            sources=tuple(
                source(n, url=f"https://{n}.example/feed") for n in sorted(EVENTS)
            ),
        )
        self.content, self.public = FakeSink(), FakeSink()

    def run(self, hours: int = 0) -> pipeline.Report:
        ports = steps.Ports(
            store=self.opened.store, ledger=self.opened.ledger, fetcher=self.fetcher,
            runner=SerialRunner(), progress=FakeProgress(), folder=FakeSink(),
            content=self.content, public=self.public, pictures=FakeSink(),
            clock=FakeClock(),
        )  # fmt: skip
        return pipeline.run(self.site, ports, NOW + timedelta(hours=hours))

    def say(self, kind: str, story: str, **more: object) -> None:
        said = Decision(
            id=f"{kind}-{len(self.site.decisions)}",
            kind=DecisionKind(kind),
            story=StoryId(story),
            by="Ada",
            at=NOW + timedelta(minutes=len(self.site.decisions)),
            why="It is so.",
            **more,  # type: ignore[arg-type]
        )
        self.site = replace(self.site, decisions=(*self.site.decisions, said))

    def story(self, name: str) -> str:
        found = self.opened.archive.find_story(f"https://{name}.example/news")
        assert found is not None
        return found.story.id

    def record(self, name: str) -> str:
        (path,) = (path for path in self.content.files if name in path)
        return path

    def page(self, path: str) -> LexborHTMLParser:
        stem = path.removeprefix("_news/").removesuffix(".md")
        return LexborHTMLParser(self.public.files[f"news/{stem}/index.html"])

    def shown(self) -> list[str]:
        api = json.loads(self.public.files["api/news/index.json"])
        return [item["path"] for item in api["value"]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path) as opened:
        made = Desk(opened)
        made.run()
        yield made


def test_a_merged_storys_record_stays_and_its_page_leads_to_what_lives(desk: Desk):
    court, flood = desk.record("court"), desk.record("flood")
    assert desk.shown() == [flood, court]
    gone, lives = desk.story("flood"), desk.story("court")
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    assert sorted(desk.content.files) == [court, flood]
    text = desk.content.files[flood].decode()
    assert "\npublished: false\n" in text
    assert "\nheat: -1\n" in text
    assert b"\npublished: true\n" in desk.content.files[court]
    assert desk.shown() == [court]
    moved = desk.page(flood)
    stem = court.removeprefix("_news/").removesuffix(".md")
    refresh = moved.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url=../../news/{stem}/"
    canonical = moved.css_first("link[rel=canonical]").attributes["href"]
    assert canonical == f"https://news.example/news/{stem}/"
    assert moved.css_first("script") is None
    assert "is now part of Court fines chipmaker Orbane" in moved.css_first("p").text()
    for output in ("feeds/all.atom", "news-sitemap.xml", "index.html"):
        assert flood.removeprefix("_news/").removesuffix(".md") not in str(
            desk.public.files[output]
        )


def test_a_run_after_a_merge_changes_nothing_more(desk: Desk):
    desk.say("merge", desk.story("court"), stories=(StoryId(desk.story("flood")),))
    desk.run()
    public, content = dict(desk.public.files), dict(desk.content.files)
    rows = desk.opened.store.dump()
    report = desk.run()
    assert (report.written.added, report.written.changed) == ((), ())
    assert (desk.public.files, desk.content.files) == (public, content)
    assert desk.opened.store.dump() == rows


def test_a_merged_story_is_found_as_what_it_became_with_what_happened(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    archive = desk.opened.archive
    for text in (gone, desk.record("flood"), "https://flood.example/news"):
        found = archive.find_story(text)
        assert found is not None
        assert found.story.id == lives
        assert len(found.story.members) == 2
    merged = [one for one in archive.find_events(gone) if one.kind == "merged"]
    assert [(one.story, one.why) for one in merged] == [
        (gone, f"it is one with {lives}")
    ]


def test_a_merge_taken_back_gives_the_story_its_page_again(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    flood = desk.record("flood")
    before = desk.content.files[flood]
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    desk.say("split", lives, articles=("https://flood.example/news",))
    desk.run()
    assert desk.story("flood") == gone
    assert desk.content.files[flood] == before
    assert desk.page(flood).css_first("meta[http-equiv=refresh]") is None
    assert len(desk.shown()) == 2


def test_an_old_story_outside_the_window_still_heeds_an_editor(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    desk.run(hours=24 * 30)
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run(hours=24 * 30)
    assert desk.story("flood") == lives
    assert desk.shown() == [desk.record("court")]


def test_a_decision_about_nothing_is_told_of_until_it_is_mended(desk: Desk):
    desk.say("move", "sgone", articles=("https://flood.example/news",))
    report = desk.run()
    assert ("decide", "cannot move", 1) in report.failures
    (failed,) = [one for one, _ in desk.opened.ledger.failures()]
    assert failed.reason.startswith("there is no story sgone")
    desk.site = replace(desk.site, decisions=())
    desk.run()
    assert desk.opened.ledger.failures() == ()
    assert len(desk.shown()) == 2


def test_a_lead_that_an_editor_chose_leads(desk: Desk):
    lives = desk.story("court")
    desk.say("merge", lives, stories=(StoryId(desk.story("flood")),))
    desk.say("lead", lives, articles=("https://flood.example/news",))
    desk.run()
    text = desk.content.files[desk.record("court")].decode()
    assert 'title: "Flood on the river Ester' in text
