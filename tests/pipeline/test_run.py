"""The whole path with fakes at every port."""

from datetime import timedelta

import pytest

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from makers import NOW, site, source
from newsdesk import pipeline, steps
from newsdesk.deliver.files import FolderSink
from newsdesk.deliver.records import RecordFolder
from newsdesk.model.feed import Request, SourceKind
from newsdesk.model.run import Failed
from newsdesk.model.site import Output, Rules, Topic
from newsdesk.run.local import SerialRunner

TEXT = (
    "The court in Valdoria fined the chipmaker Orbane 40 million crowns on Monday. "
    "“We have never seen an export licence handled like this,” judge Ada Byron said. "
)
OTHER_TEXT = (
    "Judge Ada Byron has ruled that Orbane, a chipmaker, must pay a fine of 40 million "
    "crowns: its export licence was no good, the court in Valdoria said on Monday. "
)
WORLD = {
    "https://a.example/feed": (
        "a.example",
        "Court fines chipmaker Orbane over licences",
    ),
    "https://b.example/feed": ("b.example", "Orbane must pay 40 million, court rules"),
}


def rss(
    domain: str, title: str, *, day: str = "Thu, 19 Feb 2026 05:00:00 GMT"
) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>{domain}</title>"
        f"<link>https://{domain}/</link><item><title>{title}</title>"
        f"<link>https://{domain}/orbane</link><pubDate>{day}</pubDate>"
        f"<description>Fined.</description></item></channel></rss>"
    ).encode()


def page(title: str) -> bytes:
    text = OTHER_TEXT if title.startswith("Orbane") else TEXT  # no copies
    body = "".join(f"<p>On count {n}: {text}</p>" for n in range(20))
    return (
        f"<html lang='en'><head><title>{title}</title>"
        f"<meta name='author' content='Ada Byron'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def world() -> dict[str, object]:
    answers: dict[str, object] = {
        url: rss(domain, title) for url, (domain, title) in WORLD.items()
    }
    return answers | {
        f"https://{domain}/orbane": page(title) for domain, title in WORLD.values()
    }


class Desk:
    """A site with fakes around it."""

    def __init__(self, answers: dict, **options) -> None:
        sources = options.pop(
            "sources", tuple(source(url[8], url=url) for url in WORLD)
        )
        self.site = site(sources=sources, **options)
        self.fetcher = FakeFetcher(answers)
        self.progress = FakeProgress()
        self.store, self.ledger = FakeStore(), FakeLedger()
        self.content, self.public, self.folder = FakeSink(), FakeSink(), FakeSink()

    def run(self, now=NOW) -> pipeline.Report:
        ports = steps.Ports(
            store=self.store, ledger=self.ledger, fetcher=self.fetcher,
            runner=SerialRunner(), progress=self.progress, folder=self.folder,
            content=self.content, public=self.public, pictures=FakeSink(),
            clock=FakeClock(),
        )  # fmt: skip
        return pipeline.run(self.site, ports, now)


def test_two_outlets_on_one_event_become_one_published_record():
    desk = Desk(world())
    counts = dict(desk.run().counts)
    assert (counts["articles read"], counts["stories of two or more providers"]) == (
        2,
        1,
    )
    (record,) = (path for path in desk.content.files if path.startswith("_news/"))
    text = desk.content.files[record].decode()
    assert "published: true" in text
    assert "domain: b.example" in text or "domain: a.example" in text
    assert "related:" in text
    stem = record.removeprefix("_news/").removesuffix(".md")
    for path in ("index.html", f"news/{stem}/index.html", "api/news/index.json",
                 "feeds/all.atom", "news-sitemap.xml"):  # fmt: skip
        assert path in desk.public.files


def test_a_second_run_asks_nothing_anew_and_changes_no_byte():
    desk = Desk(world())
    desk.run()
    asked, public = len(desk.fetcher.asked), dict(desk.public.files)
    content = dict(desk.content.files)
    report = desk.run()
    assert len(desk.fetcher.asked) == asked
    assert (desk.public.files, desk.content.files) == (public, content)
    assert (report.written.added, report.written.changed) == ((), ())


def test_an_hour_without_news_changes_no_byte():
    desk = Desk(world())
    desk.run()
    public, content = dict(desk.public.files), dict(desk.content.files)
    desk.run(NOW + timedelta(hours=30))
    assert len(desk.fetcher.asked) > 4
    assert (desk.public.files, desk.content.files) == (public, content)


def test_coverage_that_comes_later_joins_the_record_at_its_path():
    answers = world()
    late = answers.pop("https://b.example/feed")
    desk = Desk(answers)
    desk.run()
    (before,) = desk.content.files
    desk.fetcher.answers["https://b.example/feed"] = late
    desk.run(NOW + timedelta(hours=30))
    (after,) = desk.content.files
    assert after == before
    assert b"related:" in desk.content.files[after]


def test_a_source_that_fails_is_recorded_and_stops_nothing():
    answers = world() | {"https://a.example/feed": b"<html><body>Log in</body></html>"}
    desk = Desk(answers)
    report = desk.run()
    assert dict(report.counts)["sources failed"] == 1
    assert [f.stage for f, _ in desk.ledger.failures()] == ["poll"]
    assert dict(report.counts)["articles read"] == 1
    assert desk.ledger.runs(1)[0].state == "done"


def test_a_page_that_is_not_to_be_had_leaves_the_words_of_its_feed():
    answers = world()
    gone = "https://a.example/orbane"
    answers[gone] = Failed(
        stage="fetch",
        key="",
        subject=gone,
        reason="gone",
        kind="http 410",
        is_final=True,
    )
    desk = Desk(answers)
    assert dict(desk.run().counts)["articles read"] == 2
    kinds = {(f.stage, f.kind) for f, _ in desk.ledger.failures()}
    assert kinds == {("fetch", "http 410")}


def test_a_page_that_fails_for_the_moment_is_tried_again_later_but_not_at_once():
    answers = world()
    page_url = "https://a.example/orbane"
    whole = answers[page_url]
    answers[page_url] = Failed(
        stage="fetch", key="", subject=page_url, reason="timed out", kind="timeout"
    )
    desk = Desk(answers)

    def tries() -> int:
        return sum(request.url == page_url for request in desk.fetcher.asked)

    desk.run()
    desk.run(NOW + timedelta(minutes=2))
    assert tries() == 1
    desk.fetcher.answers[page_url] = whole
    counts = dict(desk.run(NOW + timedelta(minutes=12)).counts)
    assert (tries(), counts["articles read"]) == (2, 1)
    assert desk.ledger.failures() == ()


def test_a_list_of_pages_is_read_and_an_address_added_later_is_found():
    pages = source("list", url="pages/mine.txt", kind=SourceKind.PAGES)
    desk = Desk(world(), sources=(pages,))
    desk.folder.files["pages/mine.txt"] = b"https://a.example/orbane\n"
    assert dict(desk.run().counts)["articles read"] == 1
    desk.folder.files["pages/mine.txt"] += b"https://b.example/orbane\n"
    assert dict(desk.run().counts)["articles read"] == 1
    assert desk.store.sources()[0].entries_seen == 2


def test_a_missing_list_is_a_failure_that_says_what_to_do():
    pages = source("list", url="pages/mine.txt", kind=SourceKind.PAGES)
    desk = Desk({}, sources=(pages,))
    desk.run()
    ((failed, _),) = desk.ledger.failures()
    assert "sources.toml" in failed.reason


def test_what_a_person_added_to_a_record_stays_and_a_broken_file_is_left_alone():
    answers = world()
    late = answers.pop("https://b.example/feed")
    desk = Desk(answers)
    desk.run()
    (path,) = desk.content.files
    lines = desk.content.files[path].replace(
        b"type: article\n", b"type: article\nmood: calm\n"
    )
    desk.content.files[path] = lines
    desk.fetcher.answers["https://b.example/feed"] = late
    desk.run(NOW + timedelta(hours=30))
    assert b"mood: calm\n" in desk.content.files[path]
    assert b"related:" in desk.content.files[path]
    desk.content.files[path] = b"---\nbroken"
    desk.run(NOW + timedelta(hours=31))
    assert desk.content.files[path] == b"---\nbroken"
    assert [f.stage for f, _ in desk.ledger.failures()] == ["record"]


def test_off_topic_stories_are_held_without_a_record():
    topic = Topic(id="bees", name="Bees", keywords=("honey",))
    desk = Desk(world(), topics=(topic,))
    counts = dict(desk.run().counts)
    assert (counts["published"], counts["held"]) == (0, 0)
    assert counts["stories in the window"] == 1
    assert desk.content.files == {}


def test_a_held_story_is_a_record_that_is_not_published_nor_shown():
    desk = Desk(world(), rules=Rules(threshold=100))
    desk.run()
    (path,) = desk.content.files
    assert b"published: false" in desk.content.files[path]
    assert not any(p.startswith("news/") for p in desk.public.files)
    assert b'"value": []' in desk.public.files["api/news/index.json"]


def test_a_stopped_run_says_so_and_the_next_one_goes_on():
    def stop(request: Request):
        raise KeyboardInterrupt

    desk = Desk(world() | {"https://b.example/orbane": stop})
    with pytest.raises(KeyboardInterrupt):
        desk.run()
    assert desk.ledger.runs(1)[0].state == "stopped"
    desk.fetcher.answers["https://b.example/orbane"] = page(
        WORLD["https://b.example/feed"][1]
    )
    desk.run()
    undisturbed = Desk(world())
    undisturbed.run()
    assert desk.public.files == undisturbed.public.files
    assert desk.content.files == undisturbed.content.files


def test_stages_are_told_in_the_order_of_the_path():
    desk = Desk(world())
    desk.run()
    assert desk.progress.stages() == ["sources", "articles", "stories", "publish"]


def test_a_blocked_domain_neither_leads_nor_is_listed():
    desk = Desk(world(), rules=Rules(blocked=("b.example",)))
    desk.run()
    (record,) = desk.content.files.values()
    assert b"a.example" in record
    assert b"b.example" not in record


def test_old_records_go_to_the_archive_and_nothing_else_changes(tmp_path):
    answers = world()
    ferry = "Boats leave Ostwick harbour again after the storm"
    told = (
        "Sailors painted cranes blue while gulls watched the ferry leave on Thursday. "
        "“My family waited eleven weeks for this morning,” captain Nils Ekdahl said. "
    )
    body = page("Ferry").replace(TEXT.encode(), told.encode())
    answers["https://b.example/orbane"] = body.replace(b"Ferry", ferry.encode())
    answers["https://b.example/feed"] = rss("b.example", ferry).replace(
        b"Fined.", b"Cranes are blue and gulls watch as boats leave again."
    )
    desk = Desk(answers, output=Output(records_kept=1))
    folder = tmp_path / "content"
    desk.content = RecordFolder(FolderSink(folder, tmp_path / "files"), folder)
    desk.run()
    before = {path.name: path.read_bytes() for path in folder.glob("_news/*.md")}
    assert len(before) == 2
    public = dict(desk.public.files)
    desk.run(NOW + timedelta(days=30))
    assert len(list(folder.glob("_news/*.md"))) == 1
    after = {path.name: path.read_bytes() for path in folder.rglob("_news/*.md")}
    assert after == before
    now = desk.public.files
    changed = {path for path in now if now[path] != public.get(path)}
    assert changed <= {"status/index.html"}  # its sources are silent by then
    again = desk.run(NOW + timedelta(days=30, minutes=1))
    assert (again.written.added, again.written.changed) == ((), ())
