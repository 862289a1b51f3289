"""The static JSON API, page by page."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from newsdesk.model.record import Record
from newsdesk.model.site import Topic
from newsdesk.render import json_api, record
from record_strategies import records

GOLDEN = Path(__file__).parent.parent / "golden"
STORY = record.read((GOLDEN / "records" / "story.md").read_bytes())
SAILING = Topic(id="sailing", name="Sailing")
START = datetime(2024, 1, 1, tzinfo=UTC)


def plain(place: int, **values: object) -> tuple[str, Record]:
    made = replace(
        STORY,
        title=f"Story {place}",
        published_at=START + timedelta(hours=place),
        **values,  # type: ignore[arg-type]
    )
    return f"_news/2024-01-01-story-{place:02}.md", made


def made(
    *given: tuple[str, Record], topics: tuple[Topic, ...] = ()
) -> dict[str, bytes]:
    return dict(json_api.pages(given, topics, locale="en-gb"))


def paths(page: bytes) -> list[str]:
    return [item["path"][-5:-3] for item in json.loads(page)["value"]]


def test_a_page_has_the_older_shape_byte_for_byte() -> None:
    bare = replace(
        STORY,
        title="Bare",
        excerpt=None,
        updated_at=None,
        web_url=None,
        amp_web_url=None,
        cdn_amp_web_url=None,
        featured_content=None,
        images=(),
        topics=(),
        related=(),
        provider=replace(STORY.provider, images=()),
    )
    found = made(("_news/2024-02-29-story.md", STORY), ("_news/2024-02-29-x.md", bare))
    expected = (GOLDEN / "api-page.json").read_bytes().removesuffix(b"\n")
    assert found["api/news/index.json"] == expected
    assert found["api/news/page/1/index.json"] == expected


def test_a_page_is_what_a_json_library_writes() -> None:
    page = made(*(plain(place) for place in range(3)))["api/news/index.json"]
    again = json.dumps(json.loads(page), indent=2, ensure_ascii=False)
    assert page == again.encode()


def test_pages_hold_twenty_five_and_name_the_next() -> None:
    found = made(*(plain(place) for place in range(51)))
    assert list(found) == [
        "api/news/index.json",
        "api/news/page/1/index.json",
        "api/news/page/2/index.json",
        "api/news/page/3/index.json",
    ]
    pages = [
        json.loads(found[f"api/news/page/{number}/index.json"]) for number in (1, 2, 3)
    ]
    assert [page["page"] for page in pages] == [1, 2, 3]
    assert [len(page["value"]) for page in pages] == [25, 25, 1]
    assert [page["nextPage"] for page in pages] == [2, 3, None]


@pytest.mark.parametrize(("count", "last"), [(0, 1), (1, 1), (25, 1), (26, 2), (50, 2)])
def test_no_page_is_empty_but_the_first(count: int, last: int) -> None:
    found = made(*(plain(place) for place in range(count)))
    assert len(found) == last + 1
    assert json.loads(found[f"api/news/page/{last}/index.json"])["nextPage"] is None


def test_only_published_records_are_listed_newest_first_then_by_path() -> None:
    given = [plain(1), plain(3), plain(2), plain(4, published=False)]
    same = [(path.replace("story", "b"), one) for path, one in given[:1]]
    found = made(*given, *same)["api/news/index.json"]
    assert [item["path"] for item in json.loads(found)["value"]] == [
        "_news/2024-01-01-story-03.md",
        "_news/2024-01-01-story-02.md",
        "_news/2024-01-01-b-01.md",
        "_news/2024-01-01-story-01.md",
    ]


def test_the_order_of_records_given_does_not_matter() -> None:
    given = [plain(place % 7, heat=place) for place in range(40)]
    unique = dict(given)
    forward = made(*unique.items())
    assert forward == made(*reversed(unique.items()))


def test_a_topic_lists_its_own_and_an_empty_one_has_an_empty_page() -> None:
    given = [plain(1), plain(2, topics=("Rowing",)), plain(3)]
    found = made(*given, topics=(SAILING, Topic(id="none", name="None")))
    assert paths(found["api/news/sailing/index.json"]) == ["03", "01"]
    assert "api/news/sailing/page/1/index.json" in found
    empty = b'{\n  "page": 1,\n  "value": [],\n  "nextPage": null\n}'
    assert found["api/news/none/index.json"] == empty


@given(records)
@settings(max_examples=50, deadline=None)
def test_any_record_becomes_json_that_says_the_same(built: Record) -> None:
    page = made(("_news/a.md", replace(built, published=True)))["api/news/index.json"]
    (item,) = json.loads(page)["value"]
    assert item["title"] == built.title
    assert item["excerpt"] == built.excerpt
    assert item["topics"] == (list(built.topics) or None)
    assert json.dumps(json.loads(page), indent=2, ensure_ascii=False).encode() == page


def test_half_a_surrogate_pair_does_not_break_a_page() -> None:
    page = made(plain(1, excerpt="a\ud83db"))["api/news/index.json"]
    assert json.loads(page)["value"][0]["excerpt"] == "a\ud83db"


@pytest.mark.skipif(
    "NEWSDESK_EXAMPLES" not in os.environ, reason="NEWSDESK_EXAMPLES names no folder"
)
def test_items_of_the_older_system_come_out_the_same() -> None:
    folder = Path(os.environ["NEWSDESK_EXAMPLES"])
    known = {f"_news/{file.name}": file for file in folder.rglob("_news/*.md")}
    compared = 0
    for file in folder.rglob("api/**/index.json"):
        for item in json.loads(file.read_bytes())["value"]:
            if item["path"] in known:
                source = record.read(known[item["path"]].read_bytes())
                again = json_api.item(item["path"], source, locale=item["locale"])
                assert list(again.items()) == list(item.items())
                compared += 1
    assert compared > 0
