"""Visits of readers: counted by story and hour, and nothing about who they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fakes import FakeClock
from makers import NOW
from newsdesk.web import server
from newsdesk.web.visits import Visits

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
STORY = "/news/2026-02-19-a-story/"
RECORD = "_news/2026-02-19-a-story.md"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def visits(clock: FakeClock) -> Visits:
    return Visits(clock)


@pytest.fixture
def reader(tmp_path: Path, visits: Visits) -> TestClient:
    for address in (STORY, "/", "/topics/ai/"):
        folder = tmp_path / address.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("<!doctype html><title>Page</title>")
    made = server.app(tmp_path, visits=visits)
    return TestClient(made, headers={"User-Agent": BROWSER})


def test_a_story_read_is_counted_by_the_hour(reader, visits, clock):
    reader.get(STORY)
    reader.get(STORY)
    clock.pass_by(minutes=70)
    reader.get(f"{STORY}index.html")
    hour = NOW.replace(minute=0)
    later = hour.replace(hour=hour.hour + 1)
    assert visits.take() == {(RECORD, hour): 2, (RECORD, later): 1}
    assert visits.take() == {}


def test_nothing_is_set_in_the_browser(reader):
    assert "set-cookie" not in reader.get(STORY).headers


def test_who_has_the_page_already_is_not_counted_again(reader, visits):
    etag = reader.get(STORY).headers["etag"]
    visits.take()
    assert reader.get(STORY, headers={"If-None-Match": etag}).status_code == 304
    assert visits.take() == {}


@pytest.mark.parametrize("address", ["/", "/topics/ai/", "/news/no-such-story/"])
def test_only_pages_of_stories_count(reader, visits, address):
    reader.get(address)
    assert visits.take() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1; +https://a.example)"},
        {"User-Agent": "Mozilla/5.0 (compatible; GPTBot/1.0)"},
        {"User-Agent": "Mozilla/5.0 HeadlessChrome/140.0"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_robots_and_prefetches_do_not_count(reader, visits, headers):
    assert reader.get(STORY, headers=headers).status_code == 200
    assert visits.take() == {}


def test_asking_without_reading_does_not_count(reader, visits):
    reader.head(STORY)
    assert visits.take() == {}
