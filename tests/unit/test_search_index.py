"""The index that a browser searches: a file a month."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import editions
from newsdesk.render import html, html_search, visibility


def files() -> dict[str, bytes]:
    return dict(html.pages(editions.edition(), editions.site()))


def test_months_are_listed_newest_first_with_their_stories():
    index = json.loads(files()["search/index.json"])
    assert index["months"] == [["2026-02", 38], ["2021-12", 1]]
    assert ["robotics", "Robotics"] in index["topics"]


def test_a_month_holds_what_a_search_looks_at():
    rows = json.loads(files()["search/2026-02.json"])
    assert len(rows) == 38
    row = next(one for one in rows if one[0] == "2026-02-19-story-0")
    assert row[1:5] == [
        "2026-02-19",
        "Regulators in six countries open a joint inquiry into how AI assistants "
        "choose the news they quote",
        "The Harbour Post",
        14,
    ]
    assert row[5] == ["Law & Policy", "AI"]
    assert row[6] == "en"
    assert "Northwind Review" in row[7]


def test_held_stories_cannot_be_found():
    everything = b"".join(
        content for path, content in files().items() if path.startswith("search/")
    ).decode()
    for title, *_ in editions.HELD:
        assert title not in everything


def test_news_changes_the_file_of_its_own_month_only():
    one = editions.published(0)
    renamed = replace(one, record=replace(one.record, title="Another headline"))
    edition = editions.edition()
    records = tuple(renamed if r.path == one.path else r for r in edition.records)
    after = dict(html.pages(replace(edition, records=records), editions.site()))
    before = files()
    changed = {
        path
        for path, content in after.items()
        if path.startswith("search/") and before[path] != content
    }
    assert changed == {"search/2026-02.json"}


def test_a_site_without_news_has_an_empty_index():
    made = dict(html.pages(editions.nothing(), editions.site()))
    assert json.loads(made["search/index.json"])["months"] == []
    assert html_search.months(visibility.shown(())) == {}


def test_months_count_by_universal_time():
    months = html_search.months(visibility.shown(editions.edition().records))
    assert list(months) == [date(2026, 2, 1), date(2021, 12, 1)]
