"""Commands amid odd words, odd names, damaged archives and folders of others."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import Kept, newsdesk
from newsdesk.fetch.warc import WarcWriter
from newsdesk.model.feed import Reply

NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>A [/b] \\</title>
<item><title>[/red] A rocket [link=x]rose[/link] today \\</title>
<link>https://odd.example/1</link><pubDate>Thu, 19 Feb 2026 05:00:00 GMT</pubDate>
<description>[/b] The rocket rose from its pad.</description></item>
<item><title></title><link>https://odd.example/[/i]</link>
<pubDate>Thu, 19 Feb 2026 05:00:00 GMT</pubDate></item>
</channel></rss>"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose title, source and news look like the markup of terminals."""
    folder = tmp_path_factory.mktemp("odd")
    site, archive = folder / "the site ü", folder / "odd.warc.gz"
    newsdesk("new", site, "--template", "blank")
    options = (site / "site.toml").read_text("utf-8")
    options = options.replace('"My news"', '"My [/x] news"')
    options = options.replace("threshold = 70", "threshold = 0")
    (site / "site.toml").write_text(options, "utf-8")
    feed = "https://odd.example/feed"
    newsdesk("add", feed, "--no-check", "--title", "S [/x]", "--site", site)
    writer = WarcWriter(archive)
    writer.write(
        Reply(
            key=feed, url=feed, final_url=feed, status=200, fetched_at=NOW,
            headers=(("content-type", "application/rss+xml"),), body=FEED.encode(),
        )
    )  # fmt: skip
    writer.close()
    words = ("--from-warc", archive, "--now", NOW.isoformat(), "--workers", 1)
    done = newsdesk("run", "--site", site, *words)
    assert done.returncode == 0, done.stderr
    return site


def test_status_shows_words_that_look_like_markup_as_they_are(odd: Path) -> None:
    done = newsdesk("status", "--site", odd, "--now", NOW.isoformat())
    assert done.returncode == 0, done.stderr
    assert "My [/x] news" in done.stdout
    assert "/[/i]" in done.stdout


def test_explain_shows_words_that_look_like_markup_as_they_are(odd: Path) -> None:
    done = newsdesk("explain", "https://odd.example/1", "--site", odd)
    assert done.returncode == 0, done.stderr
    assert "[/red] A rocket [link=x]rose[/link] today" in done.stdout
    assert "S [/x]" in done.stdout
    refused = newsdesk("explain", "https://odd.example/[/i]", "--site", odd)
    assert refused.returncode == 0, refused.stderr
    assert "refused" in refused.stdout


def test_explain_tells_machines_of_an_adopted_record(odd: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    newsdesk("new", site, "--template", "blank")
    newsdesk("import", odd / "content", "--site", site)
    (record,) = (site / "content/_news").iterdir()
    told = json.loads(newsdesk("explain", record.name, "--site", site, "--json").stdout)
    assert told["record"] == f"_news/{record.name}"
    assert "adopted" in told["reason"]


def test_the_next_command_of_a_new_site_can_be_copied(tmp_path: Path) -> None:
    done = newsdesk("new", "my site", "--template", "blank", cwd=tmp_path)
    assert done.stdout.rstrip().endswith("newsdesk run --site 'my site'")


def test_an_archive_that_breaks_off_is_told_of(kept: Kept, tmp_path: Path) -> None:
    site, archive = tmp_path / "site", tmp_path / "half.warc.gz"
    shutil.copytree(kept.site, site)
    whole = kept.archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    done = newsdesk("run", "--site", site, "--from-warc", archive, "--now", kept.now)
    assert done.returncode == 0, done.stderr
    assert "half.warc.gz breaks off" in done.stderr


def test_a_file_that_the_system_refuses_is_named_without_a_traceback(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    newsdesk("new", site, "--template", "blank")
    (tmp_path / "file").write_text("no folder")
    done = newsdesk("run", "--site", site, "--to-warc", tmp_path / "file/x.warc")
    assert done.returncode == 1
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_while_the_command_is_loading_ends_it_quietly() -> None:
    words = ["-X", "importtime", "-m", "newsdesk", "--version"]
    with subprocess.Popen(
        [sys.executable, *words], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.endswith(" click\n"):
                process.send_signal(2)
                break
        rest = process.stderr.read()
    assert process.returncode in (-2, 130)
    assert "Traceback" not in rest
