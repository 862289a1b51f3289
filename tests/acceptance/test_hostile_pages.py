"""A run over hostile pages among good ones: these come through, and those are told of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import newsdesk
from newsdesk import config, wiring
from newsdesk.fetch.warc import WarcWriter
from newsdesk.model.feed import Reply

NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)
HEAD = "<html lang=en><head><title>{0}</title></head><body><h1>{0}</h1>"
PROSE = (
    "<p>The court fined the chipmaker 40 million crowns on Monday, and its judges said "
    "that the licence had been handled as no licence before.</p>"
)
HOSTILE = {
    "nested": "<div>" * 30_000 + "words",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">words",
    "links": "<a href=/x>link</a> " * 60_000,
    "formatting": "<b><i></b></i>" * 20_000,
    "paragraphs": "<p>few words here</p>" * 60_000,
    "comment": "<!--" * 60_000,
    "data": '<script type="application/ld+json">' + "[" * 60_000,
    "binary": "".join(map(chr, range(256))) * 2_000,
}
GOOD = ("one", "two", "three")


def reply(name: str, body: str) -> Reply:
    url = f"https://{name}.example/story"
    return Reply(
        key=url, url=url, final_url=url, status=200, fetched_at=NOW,
        headers=(("content-type", "text/html; charset=utf-8"),), body=body.encode(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was run once over a list of hostile and good pages."""
    folder = tmp_path_factory.mktemp("hostile")
    site, archive = folder / "site", folder / "pages.warc.gz"
    newsdesk("new", site, "--template", "blank")
    writer = WarcWriter(archive)
    pages = {
        name: HEAD.format(f"A page of {name}") + body for name, body in HOSTILE.items()
    }
    pages |= {
        name: HEAD.format(f"Story {name} of the chipmaker") + PROSE * 6 for name in GOOD
    }
    for name, body in pages.items():
        writer.write(reply(name, body))
    writer.close()
    listed = folder / "listed.txt"
    listed.write_text("\n".join(reply(name, "").url for name in pages), "utf-8")
    newsdesk("add", listed, "--pages", "--site", site)
    words = ("--from-warc", archive, "--now", NOW.isoformat(), "--workers", 2)
    done = newsdesk("run", "--site", site, *words)
    assert done.returncode == 0, done.stderr
    return site


def test_every_page_among_them_is_read_or_refused_with_a_reason(site: Path) -> None:
    with wiring.look_up(config.load(site)) as opened:
        for name in GOOD:
            found = opened.archive.find_article(reply(name, "").url)
            assert found is not None
            assert found.article is not None, (name, found.reason)
            assert "40 million crowns" in found.article.reading.text
            assert found.article.reading.html.startswith("<p>")
        for name in HOSTILE:
            found = opened.archive.find_article(reply(name, "").url)
            assert found is not None
            assert found.stage in ("read", "refused"), name
            if found.article is None:
                assert found.reason
            elif name in ("nested", "links", "paragraphs"):
                assert found.article.reading.notes, name


def test_what_was_refused_is_in_the_status(site: Path) -> None:
    done = newsdesk("status", "--site", site, "--now", NOW.isoformat(), "--json")
    assert done.returncode == 0, done.stderr
    assert '"failures": []' not in done.stdout
