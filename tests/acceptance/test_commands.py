"""The commands as a person types them, on a simulated press."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from commands import Kept, newsdesk


def test_status_tells_sources_runs_and_failures(built: Path) -> None:
    done = newsdesk("status", "--site", built)
    assert done.returncode == 0, done.stderr
    assert "sources" in done.stdout
    assert "done" in done.stdout
    told = json.loads(newsdesk("status", "--site", built, "--json").stdout)
    assert {source["health"] for source in told["sources"]} <= {"fresh", "quiet"}
    assert told["runs"][0]["state"] == "done"


def test_explain_gives_a_receipt_that_adds_up_by_path_id_and_address(
    built: Path,
) -> None:
    page = json.loads((built / "public/api/news/index.json").read_bytes())
    first = page["value"][0]
    by_path = json.loads(
        newsdesk("explain", first["path"], "--site", built, "--json").stdout
    )
    total = sum(part["points"] for part in by_path["quality"]["parts"])
    assert abs(total - by_path["quality"]["value"]) <= 0.5
    for name in (by_path["story"], first["webUrl"]):
        again = newsdesk("explain", name, "--site", built, "--json")
        assert json.loads(again.stdout) == by_path
    shown = newsdesk("explain", first["path"], "--site", built).stdout
    assert "Quality of the lead" in shown
    assert "Published: quality" in shown


def test_explain_of_something_unknown_says_what_to_give(built: Path) -> None:
    done = newsdesk("explain", "nonsense", "--site", built)
    assert done.returncode == 1
    assert "record's path" in done.stderr


def test_every_record_that_a_run_writes_survives_the_check(built: Path) -> None:
    done = newsdesk("records", "check", built / "content", "--json")
    counts = json.loads(done.stdout)["records"]
    assert done.returncode == 0, done.stdout
    assert counts["identical"] == counts["read"] > 5


def test_a_record_that_cannot_be_read_fails_the_check_with_its_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "_news").mkdir()
    (tmp_path / "_news/bad.md").write_text("---\ncategory news\n---\n\n")
    done = newsdesk("records", "check", tmp_path)
    assert done.returncode == 1
    assert "_news/bad.md:2: unreadable" in done.stdout


def test_every_link_of_the_site_leads_to_a_file(built: Path) -> None:
    public = built / "public"
    pages = list(public.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        for link in _links(page.read_text("utf-8")):
            target = (
                public / link.lstrip("/") if link[:1] == "/" else page.parent / link
            )
            if link.endswith("/"):
                target /= "index.html"
            assert target.exists(), f"{page.relative_to(public)}: {link}"


def _links(html: str) -> set[str]:
    tree = LexborHTMLParser(html)
    found = {
        node.attributes.get(name) or ""
        for name, tags in (("href", "a, link"), ("src", "img, script"))
        for node in tree.css(tags)
    }
    # The site's own address stands in canonical links and such; readers use the others.
    return {
        link.partition("#")[0].partition("?")[0]
        for link in found
        if link and not link.startswith(("http:", "https:", "#", "mailto:", "data:"))
    } - {""}


def test_a_new_site_can_be_given_sources_and_refuses_to_be_made_twice(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    assert newsdesk("new", site, "--template", "blank").returncode == 0
    done = newsdesk("add", "https://a.example/feed", "--site", site)
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stdout
    assert (
        "1 already there"
        in newsdesk("add", "https://a.example/feed?utm_source=x", "--site", site).stdout
    )
    again = newsdesk("new", site)
    assert again.returncode == 1
    assert "holds a site already" in again.stderr


def test_the_ai_template_is_a_site_with_topics_and_feeds(tmp_path: Path) -> None:
    done = newsdesk("new", tmp_path / "site", "--template", "ai")
    assert done.returncode == 0, done.stderr
    words = done.stdout.split()
    topics, sources = (
        int(words[words.index("topics") - 1]),
        int(words[words.index("sources") - 1]),
    )
    assert topics >= 20
    assert sources >= 40


def test_an_unknown_option_is_an_error_that_names_the_nearest_key(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    newsdesk("new", site, "--template", "blank")
    with (site / "site.toml").open("a") as options:
        options.write("\n[schedule]\nshortest_min = 3\n")
    done = newsdesk("run", "--site", site)
    assert done.returncode == 1
    assert "shortest_m" in done.stderr
    assert "Traceback" not in done.stderr


def test_import_adopts_records_that_then_stand_in_the_api_and_stay_as_they_are(
    built: Path, kept: Kept, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert newsdesk("new", site, "--template", "blank").returncode == 0
    done = newsdesk("import", built / "content", "--site", site)
    assert done.returncode == 0, done.stderr
    news = sorted((built / "content/_news").iterdir())
    for path in news:
        assert (site / "content/_news" / path.name).read_bytes() == path.read_bytes()
    assert newsdesk("run", "--site", site, "--now", kept.now).returncode == 0
    for path in news:
        assert (site / "content/_news" / path.name).read_bytes() == path.read_bytes()
    own = json.loads((built / "public/api/news/index.json").read_bytes())
    taken = json.loads((site / "public/api/news/index.json").read_bytes())
    assert taken == own
    again = newsdesk("import", built / "content", "--site", site)
    assert "0 files copied" in again.stdout
    assert "0 of them new" in again.stdout


def test_demo_once_builds_a_site_and_prints_its_figures(tmp_path: Path) -> None:
    done = newsdesk("demo", "--once", "--folder", tmp_path / "demo", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["counts"]["published"] >= 20
    assert told["truth"]["pair precision"] >= 0.9
    assert told["truth"]["pair recall"] >= 0.8
    assert told["truth"]["events told"] >= 0.5 * told["truth"]["events"]
    assert (tmp_path / "demo/public/index.html").exists()


def test_demo_serves_a_growing_site_and_ctrl_c_stops_it_cleanly(tmp_path: Path) -> None:
    words = ["demo", "--folder", str(tmp_path / "demo"), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "newsdesk", *words], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = ""
        for line in process.stderr:
            if "The site:" in line:
                address = line.split()[-1]
            if line.startswith("publish: "):
                break
        front = urllib.request.urlopen(address, timeout=20).read().decode()
        live = urllib.request.urlopen(address + "_live", timeout=20).read().decode()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert "The Demo Desk" in front
    assert "news/" in front
    assert "publish" in live
    assert process.returncode == 130, rest
    assert "Traceback" not in rest


def test_serve_runs_and_serves_and_stops_at_ctrl_c(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    newsdesk("new", site, "--template", "blank")
    newsdesk("import", built / "content", "--site", site)
    words = ["serve", "--site", str(site), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "newsdesk", *words], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = ""
        for line in process.stderr:
            if line.startswith("Serving "):
                address = line.split()[1].rstrip(";")
            if line.startswith("publish: "):
                break
        front = urllib.request.urlopen(address, timeout=20).read().decode()
        busy = newsdesk("run", "--site", site)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert "<h1" in front
    assert busy.returncode == 1
    assert "another run" in busy.stderr
    assert process.returncode == 130, rest
    assert "Traceback" not in rest


def test_an_archive_and_keeping_one_exclude_each_other(kept: Kept) -> None:
    done = newsdesk(
        "run", "--site", kept.site, "--from-warc", kept.archive, "--to-warc", "x.warc"
    )
    assert done.returncode == 2
