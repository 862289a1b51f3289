"""Adding by any address, previews, export and health, with real servers on loopback."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import site_folders
from commands import newsdesk
from newsdesk import config, press, wiring
from newsdesk.cli import finding
from newsdesk.cli.finding import Memory
from newsdesk.model.site import Fetching
from scripted_server import Answer, Asked, ScriptedServer

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def rss(count: int = 3, title: str = "The Gazette") -> bytes:
    items = "".join(
        f"<item><title>Item {n} of the news</title><link>http://n.example/{n}</link>"
        f"<pubDate>{NOW - timedelta(days=4 * n, hours=1):%a, %d %b %Y %H:%M:%S GMT}"
        "</pubDate><description>It is what the council said to us.</description></item>"
        for n in range(count)
    )
    channel = f"<channel><title>{title}</title>{items}</channel>"
    return f'<rss version="2.0">{channel}</rss>'.encode()


def page(*feeds: str) -> Answer:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{feed}">'
        for feed in feeds
    )
    return Answer(headers=HTML, body=f"<!doctype html><head>{links}</head>".encode())


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, server: ScriptedServer) -> Path:
    """A site that may ask the server, and waits for nothing."""
    return site_folders.asking(tmp_path / "site", server.port)


def at(server: ScriptedServer, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def sources(folder: Path) -> list[str]:
    return [source.url for source in config.load(folder).sources]


def asked(server: ScriptedServer) -> list[str]:
    """What was asked but robots.txt, which is asked for rules and for sitemaps."""
    return [path for path in server.paths() if path != "/robots.txt"]


def test_a_page_leads_to_its_feed(folder: Path, server: ScriptedServer) -> None:
    server["/"] = page("/news.xml")
    server["/news.xml"] = Answer(body=rss())
    done = newsdesk("add", at(server, "/"), "--site", folder)
    assert done.returncode == 0, done.stderr
    assert sources(folder) == [at(server, "/news.xml")]
    assert "found" in done.stdout and "The Gazette" in done.stdout
    assert asked(server) == ["/", "/news.xml"]


def test_further_feeds_are_named_and_added_when_asked_for(
    folder: Path, server: ScriptedServer
) -> None:
    server["/"] = page("/a.xml", "/b.xml", "/comments.xml")
    for name, count in (("a", 3), ("b", 1), ("comments", 2)):
        server[f"/{name}.xml"] = Answer(body=rss(count))
    done = newsdesk("add", at(server, "/"), "--site", folder)
    assert "also there: " + at(server, "/b.xml") in done.stdout
    assert sources(folder) == [at(server, "/a.xml")]
    newsdesk("add", at(server, "/"), "--all", "--site", folder)
    assert sources(folder) == [at(server, "/a.xml"), at(server, "/b.xml")]


def test_a_feed_itself_costs_one_request_and_a_known_one_none(
    folder: Path, server: ScriptedServer
) -> None:
    server["/feed.xml"] = Answer(body=rss())
    for expected in ("1 added", "1 already there"):
        done = newsdesk("add", at(server, "/feed.xml"), "--site", folder)
        assert expected in done.stdout
    assert server.paths() == ["/feed.xml"]


TAGGED = Answer(body=rss(), headers=(("ETag", '"1"'),))


def tagged(asked: Asked) -> Answer:
    """A feed whose server knows whether it changed."""
    is_known = asked.headers.get("If-None-Match") == '"1"'
    return Answer(status=304) if is_known else TAGGED


def test_a_feed_that_was_looked_at_is_not_fetched_whole_once_more(
    folder: Path, server: ScriptedServer
) -> None:
    server["/"] = page("/old.xml")
    server["/old.xml"] = Answer(status=301, headers=(("Location", "/news.xml"),))
    server["/news.xml"] = tagged
    done = newsdesk("add", at(server, "/"), "--site", folder, "--now", NOW)
    assert done.returncode == 0, done.stderr
    run(folder, NOW + timedelta(minutes=1))
    assert asked(server) == ["/", "/old.xml", "/news.xml"]
    first = told(folder, NOW + timedelta(minutes=1))
    assert first["totals"]["entries"] == 3
    assert first["totals"]["archived"] == 1
    (source,) = first["sources"]
    assert (source["url"], source["health"]) == (at(server, "/news.xml"), "fresh")
    assert source["asked"] == NOW.isoformat()
    run(folder, NOW + timedelta(days=2))
    tags = [one.headers.get("If-None-Match") for one in server.asked]
    feeds = [tag for one, tag in zip(server.asked, tags, strict=True)
             if one.path == "/news.xml"]  # fmt: skip
    assert feeds == [None, '"1"']
    assert told(folder, NOW + timedelta(days=2))["totals"]["entries"] == 3


def test_a_feed_that_was_taken_out_is_not_looked_at_when_it_comes_back(
    folder: Path, server: ScriptedServer
) -> None:
    server["/news.xml"] = tagged
    add = ("add", at(server, "/news.xml"), "--site", folder)
    newsdesk(*add, "--now", NOW)
    (folder / "sources.toml").unlink()
    run(folder, NOW + timedelta(minutes=1))
    done = newsdesk(*add, "--now", NOW + timedelta(hours=1))
    assert "1 added" in done.stdout
    run(folder, NOW + timedelta(hours=1))
    assert asked(server) == ["/news.xml"]
    assert told(folder, NOW)["sources"][0]["health"] == "fresh"


def test_robots_txt_is_asked_once_while_searching(
    folder: Path, server: ScriptedServer
) -> None:
    server["/robots.txt"] = Answer(
        body=f"User-agent: *\nSitemap: {at(server, '/news-map.xml')}\n".encode()
    )
    server["/"] = page()
    server["/news-map.xml"] = Answer(
        body=b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        b"<loc>http://n.example/1</loc><news:news><news:publication><news:name>G"
        b"</news:name></news:publication><news:title>It is so</news:title>"
        b"<news:publication_date>2026-02-19</news:publication_date></news:news>"
        b"</url></urlset>"
    )
    done = newsdesk("add", at(server, "/"), "--site", folder, "--now", NOW)
    assert done.returncode == 0, done.stderr
    assert sources(folder) == [at(server, "/news-map.xml")]
    assert server.paths().count("/robots.txt") == 1
    server["/robots.txt"] = Answer(status=404)
    server["/b/"] = page()
    newsdesk("add", at(server, "/b/"), "--site", folder, "--now", NOW)
    assert server.paths().count("/robots.txt") == 1


def test_a_host_without_robots_txt_is_asked_for_it_once_while_searching(
    folder: Path, server: ScriptedServer
) -> None:
    server["/"] = page()
    newsdesk("add", at(server, "/"), "--site", folder, "--now", NOW)
    assert server.paths().count("/robots.txt") == 1
    assert len(asked(server)) > 10


def test_without_a_network_an_address_is_added_as_given_and_soon(folder: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    began = time.monotonic()
    given = ["https://nowhere.invalid/feed", f"http://127.0.0.1:{port}/"]
    done = newsdesk("add", *given, "--site", folder)
    assert done.returncode == 0, done.stderr
    assert sources(folder) == given
    assert done.stdout.count("added as given, without a look") == 2
    assert time.monotonic() - began < 30


def test_no_check_asks_nothing(folder: Path, server: ScriptedServer) -> None:
    server["/"] = page("/news.xml")
    done = newsdesk("add", at(server, "/"), "--no-check", "--site", folder)
    assert done.returncode == 0, done.stderr
    assert (sources(folder), server.paths()) == ([at(server, "/")], [])


def test_files_and_pages_are_taken_as_they_are(
    folder: Path, server: ScriptedServer, tmp_path: Path
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(at(server, "/") + "\n")
    assert newsdesk("add", listed, "--site", folder).returncode == 0
    assert newsdesk("add", "--pages", listed, "--site", folder).returncode == 0
    assert sources(folder) == [at(server, "/"), "pages/list.txt"]
    assert server.paths() == []


def test_a_page_without_feeds_is_refused_with_advice_and_not_probed_again_for_days(
    folder: Path, server: ScriptedServer
) -> None:
    server["/"] = page()
    done = newsdesk("add", at(server, "/"), "--site", folder)
    assert done.returncode == 1
    assert "no feed found" in done.stderr and "--no-check" in done.stderr
    first = asked(server)
    assert len(first) > 10
    server.asked.clear()
    again = newsdesk("add", at(server, "/"), "--site", folder)
    assert again.returncode == 1
    assert asked(server) == ["/"]
    assert sources(folder) == []


def test_usual_paths_follow_no_redirect_to_another_host(
    folder: Path, server: ScriptedServer
) -> None:
    with ScriptedServer() as other:
        away = f"http://localhost:{other.port}/feed/"
        server["/"] = page()
        server["/feed/"] = Answer(status=302, headers=(("Location", away),))
        server["/rss.xml"] = Answer(status=301, headers=(("Location", "/real"),))
        server["/real"] = Answer(body=rss())
        done = newsdesk("add", at(server, "/"), "--site", folder)
        assert done.returncode == 0, done.stderr
        assert sources(folder) == [at(server, "/real")]
        assert other.paths() == []


def test_robots_txt_is_obeyed_while_searching(
    folder: Path, server: ScriptedServer
) -> None:
    server["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /rss.xml\n")
    server["/"] = page("/rss.xml")
    server["/rss.xml"] = Answer(body=rss())
    done = newsdesk("add", at(server, "/"), "--site", folder)
    assert done.returncode == 1
    assert "robots.txt" in done.stderr and "/rss.xml" in done.stderr
    assert "/rss.xml" not in server.paths()
    named = newsdesk("add", at(server, "/rss.xml"), "--site", folder)
    assert named.returncode == 0, named.stderr


def test_a_preview_tells_what_would_come_in_and_changes_nothing(
    folder: Path, server: ScriptedServer
) -> None:
    server["/"] = page("/news.xml")
    server["/news.xml"] = Answer(body=rss())
    given = ("add", "--dry-run", at(server, "/"), "--site", folder, "--now", NOW)
    done = newsdesk(*given)
    assert done.returncode == 0, done.stderr
    for words in ("The Gazette", "2 of 3 entries", "Item 0 of the news", "no ETag"):
        assert words in done.stdout
    told = json.loads(newsdesk(*given, "--json").stdout)["given"][0]
    (feed,) = told["feeds"]
    assert feed["url"] == at(server, "/news.xml")
    assert (feed["entry_count"], feed["archived_count"]) == (3, 1)
    assert (feed["gap_h"], feed["per_week"], feed["text"]) == (96.0, 1.8, "summaries")
    assert feed["newest"][0]["title"] == "Item 0 of the news"
    assert told["problem"] is None
    assert sources(folder) == []


def test_a_preview_of_nothing_says_why(folder: Path, server: ScriptedServer) -> None:
    done = newsdesk("add", "--dry-run", at(server, "/x"), "--site", folder)
    assert done.returncode == 1
    assert "404" in done.stdout
    told = newsdesk("add", "--dry-run", at(server, "/x"), "--json", "--site", folder)
    (row,) = json.loads(told.stdout)["given"]
    assert row["feeds"] == [] and "404" in row["problem"]


def test_a_preview_of_a_source_that_the_site_has_says_so(
    folder: Path, server: ScriptedServer
) -> None:
    server["/feed.xml"] = Answer(body=rss())
    newsdesk("add", at(server, "/feed.xml"), "--site", folder)
    done = newsdesk("add", "--dry-run", at(server, "/feed.xml"), "--site", folder)
    assert "the site has it already" in done.stdout


def test_every_publisher_of_a_simulated_press_is_found_by_its_front_page(
    tmp_path: Path,
) -> None:
    world = press.build_world(5, start=NOW, days=2, publishers=16)
    now = NOW + timedelta(hours=30)
    config.create(tmp_path / "site", "blank")
    site = config.load(tmp_path / "site")
    fast = Fetching(gap_s=0.0, per_domain=8, at_once=32)
    with (
        press.PressServer(world, lambda: now) as served,
        wiring.http(
            type(site)(folder=site.folder, title="T", url=site.url, fetching=fast),
            clock=lambda: now,
            routes={"*.example": ("127.0.0.1", served.port)},
        ) as fetcher,
    ):
        homes = [one.home_url for one in world.publishers]
        memory = Memory(tmp_path / "finding.json", now)
        found = finding.search(fetcher, homes, frozenset(), memory)
    expected = [f"http://{one.domain}{one.feed_path}" for one in world.publishers]
    assert [one.feeds[0].url if one.feeds else None for one in found] == expected


def test_feeds_are_exported_by_topic_and_come_back_as_they_were(
    folder: Path, tmp_path: Path
) -> None:
    topics = folder / "content/_data/topics"
    for old in topics.glob("*"):
        old.unlink()
    for number, name in enumerate(("space", "sea")):
        path = topics / f"0{number}-{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"taxonomy: topic\n_id: {name}\nname: The {name}\nkeywords:\n  - {name}\n"
        )
    text = (
        '[[source]]\nurl = "https://a.example/f"\ntitle = "A & B"\n'
        'topics = ["space", "sea"]\nlanguage = "en"\n\n'
        '[[source]]\nurl = "https://b.example/f"\ntitle = "B"\n'
    )
    (folder / "sources.toml").write_text(text)
    done = newsdesk("export", tmp_path / "out.opml", "--site", folder)
    assert done.returncode == 0, done.stderr
    assert "2 feeds written" in done.stderr
    before = config.load(folder).sources
    (folder / "sources.toml").unlink()
    newsdesk("add", tmp_path / "out.opml", "--site", folder)
    assert config.load(folder).sources == before
    shown = newsdesk("export", "--site", folder)
    assert shown.stdout.encode() == (tmp_path / "out.opml").read_bytes()


def run(folder: Path, now: datetime) -> None:
    done = newsdesk("run", "--site", folder, "--now", now.isoformat(), "--workers", 1)
    assert done.returncode == 0, done.stderr


def told(folder: Path, now: datetime) -> dict[str, Any]:
    done = newsdesk("status", "--site", folder, "--now", now.isoformat(), "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def dated(*days: float) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{day}</guid><title>Of day {day}</title>"
        f"<pubDate>{NOW + timedelta(days=day):%a, %d %b %Y %H:%M:%S GMT}</pubDate></item>"
        for day in days
    )
    return (
        f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>'.encode()
    )


def test_a_moved_source_keeps_its_id_and_entries_and_says_what_to_write(
    folder: Path, server: ScriptedServer
) -> None:
    old, new = at(server, "/old.xml"), at(server, "/new.xml")
    server["/old.xml"] = Answer(body=dated(-1, -2))
    assert newsdesk("add", old, "--site", folder, "--now", NOW).returncode == 0
    run(folder, NOW)
    before = told(folder, NOW)
    server["/old.xml"] = Answer(status=301, headers=(("Location", "/new.xml"),))
    server["/new.xml"] = Answer(body=dated(-1, -2, 1.5))
    for day in range(1, 5):
        run(folder, NOW + timedelta(days=day))
    later = NOW + timedelta(days=4, hours=1)
    after = told(folder, later)
    (source,) = after["sources"]
    assert source["health"] == "moved"
    assert source["id"] == before["sources"][0]["id"]
    assert after["totals"]["entries"] == before["totals"]["entries"] + 1
    assert source["change"] == [f'url = "{new}"', f'was = "{old}"']
    shown = newsdesk("status", "--site", folder, "--now", later.isoformat()).stdout
    assert "moved" in shown and f'was = "{old}"' in shown
    # The person writes what was asked for: the history goes on, and nothing is new.
    written = (folder / "sources.toml").read_text()
    change = "\n".join(source["change"])
    (folder / "sources.toml").write_text(written.replace(f'url = "{old}"', change))
    server.asked.clear()
    run(folder, NOW + timedelta(days=6))
    settled = told(folder, NOW + timedelta(days=6))
    assert settled["sources"][0]["id"] == source["id"]
    assert settled["sources"][0]["health"] == "fresh"
    assert settled["totals"]["entries"] == after["totals"]["entries"]
    assert "/old.xml" not in server.paths()


def test_status_before_the_first_run_tells_what_stands_in_the_folder(
    folder: Path, server: ScriptedServer
) -> None:
    given = [at(server, f"/{name}.xml") for name in ("a", "b")]
    assert newsdesk("add", *given, "--no-check", "--site", folder).returncode == 0
    found = told(folder, NOW)
    assert sorted(row["url"] for row in found["sources"]) == given
    assert {row["health"] for row in found["sources"]} == {"new"}
    assert (found["totals"]["sources"], found["totals"]["entries"]) == (2, 0)
    shown = newsdesk("status", "--site", folder).stdout
    assert "2 sources, 2 new" in shown and "no run yet" in shown
    (folder / "sources.toml").unlink()
    assert told(folder, NOW)["sources"] == []


def test_status_tells_the_worst_first_and_what_to_do(
    folder: Path, server: ScriptedServer
) -> None:
    server["/fresh.xml"] = Answer(body=dated(*(-n / 4 for n in range(1, 20))))
    server["/silent.xml"] = Answer(body=dated(*(-20 - n / 4 for n in range(1, 20))))
    server["/wall.xml"] = Answer(headers=HTML, body=b"<title>Just a moment...</title>")
    server["/gone.xml"] = Answer(status=410)
    given = [at(server, f"/{name}.xml") for name in ("fresh", "silent", "wall", "gone")]
    assert newsdesk("add", *given, "--no-check", "--site", folder).returncode == 0
    run(folder, NOW)
    rows = told(folder, NOW)["sources"]
    assert [row["url"].rsplit("/", 1)[1] for row in rows] == [
        "gone.xml", "wall.xml", "silent.xml", "fresh.xml",
    ]  # fmt: skip
    gone, wall, silent, fresh = rows
    assert (gone["health"], gone["next"]) == ("gone", None)
    assert (wall["health"], wall["block"]) == ("blocked", "bot wall")
    assert wall["next"] > NOW.isoformat()
    assert silent["silent"] and "nothing new for 20 days" in silent["reason"]
    assert not fresh["silent"] and fresh["todo"] is None
    shown = newsdesk("status", "--site", folder, "--now", NOW.isoformat()).stdout
    assert "4 sources" in shown and "1 silent" in shown
    assert shown.index("gone.xml") < shown.index("wall.xml") < shown.index("silent.xml")
    assert "blocked (bot wall) since 2026-02-19, next try" in shown
