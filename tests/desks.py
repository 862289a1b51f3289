"""A site of two outlets with one event each on a real store, for what editors say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser

from fakes import FakeClock, FakeFetcher, FakeProgress, FakeSink
from makers import NOW, site, source
from newsdesk import pipeline, steps
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.site import Rules
from newsdesk.model.story import StoryId
from newsdesk.run.local import SerialRunner
from newsdesk.store import OpenStore

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
            at=NOW - timedelta(minutes=30 - len(self.site.decisions)),
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
