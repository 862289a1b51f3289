"""What a run looks at: what is new, and nothing where nothing is."""

from __future__ import annotations

from datetime import timedelta

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from makers import NOW, article, site
from newsdesk import pipeline, steps
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.site import Site
from newsdesk.run.local import SerialRunner

WORDS = {
    "orbane": "The court in Valdoria fined the chipmaker Orbane over its licences. ",
    "flood": "The river Mirel broke its banks at Castell and flooded the old town. ",
    "match": "Harbour United beat Northgate by three goals in the cup semi-final. ",
}


class Desk:
    """A store and the runs over it; no source is ever asked."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.kept = steps.Kept()
        self.now = NOW

    def run(
        self, given: Site | None = None, *, forgets: bool = False
    ) -> dict[str, int]:
        self.now += timedelta(minutes=1)
        if forgets:
            self.kept = steps.Kept()
        ports = steps.Ports(
            store=self.store, ledger=FakeLedger(), fetcher=FakeFetcher({}),
            runner=SerialRunner(), progress=FakeProgress(), folder=FakeSink(),
            content=FakeSink(), public=FakeSink(), pictures=FakeSink(),
            clock=FakeClock(), kept=self.kept,
        )  # fmt: skip
        report = pipeline.run(given or site(), ports, self.now, may_rest=True)
        return dict(report.counts)

    def reads(self, *subjects: str) -> None:
        """Articles on these subjects come in, each of an outlet of its own."""
        for subject in subjects:
            name = f"{subject}-{len(self.store.articles(NOW))}"
            text = f"{WORDS[subject]} {name} says so. " * 8
            self.store.save_articles(
                [article(name, f"{name}.example", title=WORDS[subject], text=text)]
            )

    @property
    def stories(self) -> set[frozenset[str]]:
        found = self.store.stories(NOW - timedelta(days=9))
        return {frozenset(story.members) for story in found if story.is_alive}


def test_only_stories_that_changed_are_judged():
    desk = Desk()
    desk.reads("orbane", "orbane", "flood", "match")
    assert desk.run()["stories judged"] == 3
    desk.reads("flood")
    counts = desk.run()
    assert (counts["stories judged"], counts["stories in the window"]) == (1, 3)


def test_a_run_without_news_judges_and_publishes_nothing():
    desk = Desk()
    desk.reads("orbane", "flood")
    first = desk.run()
    counts = desk.run(forgets=True)
    assert counts["stories judged"] == 0
    assert counts["stories in the window"] == first["stories in the window"] == 2
    assert "published" in first
    assert "published" not in counts


def test_a_process_that_remembers_nothing_makes_the_same_stories():
    kept, forgetful = Desk(), Desk()
    for subjects in (("orbane", "flood"), ("match",), ("flood", "orbane")):
        for desk in (kept, forgetful):
            desk.reads(*subjects)
            desk.run(forgets=desk is forgetful)
    assert kept.stories == forgetful.stories
    assert len(kept.stories) == 3


def test_other_rules_have_every_story_judged():
    desk = Desk()
    desk.reads("orbane", "flood", "match")
    desk.run()
    stricter = site()
    rules = type(stricter.rules)(threshold=99)
    assert desk.run(site(rules=rules))["stories judged"] == 3


def test_a_decision_that_is_taken_back_is_undone_without_news():
    desk = Desk()
    desk.reads("orbane", "flood")
    desk.run()
    apart = desk.stories
    one, other = sorted(story.id for story in desk.store.stories(NOW))
    merge = Decision(
        id="merge", kind=DecisionKind.MERGE, story=one, stories=(other,),
        by="Ada", at=NOW, why="one event",
    )  # fmt: skip
    desk.run(site(decisions=(merge,)))
    assert len(desk.stories) == 1
    desk.run()
    assert desk.stories == apart
