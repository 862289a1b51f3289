"""Past front pages come back byte for byte, and past numbers digit for digit, whatever
editors and owners changed in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

from desks import Desk, feed, page
from makers import NOW, hours, source
from newsdesk.cli import receipts as command
from newsdesk.model.site import Output, Rules
from newsdesk.render import front_files, receipts, receipts_schema
from newsdesk.store import open_store

Files = dict[str, bytes]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path) as opened:
        yield Desk(opened)


def written(desk: Desk) -> Files:
    """What stands in the public folder now of what belongs to a front page."""
    return {
        path: content
        for path, content in desk.public.files.items()
        if front_files.belongs(path, content)
    }


def replayed(desk: Desk, after_h: float) -> Files:
    edition = desk.opened.editions.at(NOW + hours(after_h))
    assert edition is not None
    files = dict(desk.opened.editions.files(edition))
    assert json.loads(files.pop(front_files.RANKING))["as_of"]
    return files


def nothing(_: Desk) -> None:
    """An hour without news."""


def hold(desk: Desk) -> None:
    desk.say("hold", desk.story("court"), expires_at=NOW + hours(4))


def edit(desk: Desk) -> None:
    desk.say("edit", desk.story("flood"), title="The Ester floods Marlo")


def raise_the_bar(desk: Desk) -> None:
    desk.site = replace(desk.site, rules=Rules(threshold=100))


def lower_the_bar(desk: Desk) -> None:
    desk.site = replace(desk.site, rules=Rules(threshold=10, half_life_h=6.0))


def paint(desk: Desk) -> None:
    desk.site = replace(desk.site, output=Output(accent="#0b6e4f"))


def add_news(desk: Desk) -> None:
    title = "Orbane appeals against the fine for its licences"
    text = "Orbane will appeal, its lawyer Petra Quist told the court in Valdoria. "
    desk.fetcher.answers["https://late.example/feed"] = feed("late", title, 5)
    desk.fetcher.answers["https://late.example/news"] = page(title, text)
    added = source("late", url="https://late.example/feed")
    desk.site = replace(desk.site, sources=(*desk.site.sources, added))


LIFE: tuple[Callable[[Desk], None], ...] = (
    nothing, nothing, hold, edit, nothing, add_news, raise_the_bar, paint, lower_the_bar,
)  # fmt: skip


def test_every_front_page_comes_back_as_it_was_written(desk: Desk) -> None:
    seen = []
    for hour, change in enumerate(LIFE):
        change(desk)
        desk.run(hour)
        seen.append(written(desk))
    assert all({"index.html", "api/news/index.json"} <= files.keys() for files in seen)
    for hour, files in enumerate(seen):
        assert replayed(desk, hour) == files
        assert replayed(desk, hour + 0.99) == files
    different = 1 + sum(one != other for one, other in pairwise(seen))
    assert len(desk.opened.editions.since()) == different > 5


def test_old_front_pages_go_when_the_owner_says_so_and_not_before(desk: Desk) -> None:
    desk.run()
    for hour, change in ((30, paint), (60, edit)):
        change(desk)
        desk.run(hour)
    assert desk.opened.editions.at(NOW) is not None
    desk.site = replace(desk.site, output=Output(edition_days=1))
    desk.run(61)
    kept = desk.opened.editions.since()
    assert desk.opened.editions.at(NOW) is None
    assert kept[0].now == NOW + timedelta(hours=30)
    assert replayed(desk, 61) == written(desk)


def test_every_number_on_the_way_is_worked_out_again_to_the_digit(desk: Desk) -> None:
    for hour, change in enumerate(LIFE):
        change(desk)
        desk.run(hour)
        stories = desk.opened.archive.judged_since(command.EVER)
        found = command.tally(stories, desk.opened)
        assert (found.differences, found.without_basis) == ([], 0)
        assert found.numbers > 10


def test_a_receipt_stands_beside_the_json_of_what_readers_see_and_nothing_else(
    desk: Desk,
) -> None:
    desk.run()
    hold(desk)
    desk.run(1)
    found = {p for p in desk.public.files if p.endswith("/receipt.json")}
    (shown,) = desk.shown()
    assert found == {receipts.receipt_file(shown)}
    story = desk.opened.archive.find_story(shown)
    assert story is not None
    told = receipts.document(story, shown)
    assert desk.public.files[receipts.receipt_file(shown)] == receipts.canonical(told)
    jsonschema.Draft202012Validator(
        receipts_schema.DOCUMENT, format_checker=jsonschema.FormatChecker()
    ).validate(told)


def test_what_rules_weigh_is_told_without_what_is_the_desks_own(desk: Desk) -> None:
    desk.site = replace(desk.site, rules=Rules(blocked=("secret.example",)))
    desk.run()
    content = desk.public.files["api/v2/rules.json"]
    told = json.loads(content)
    story = desk.opened.archive.judged_since(command.EVER)[0]
    assert story.basis is not None
    assert told["rules"] == story.basis.rules
    assert {story.quality.rule, story.heat.rule} <= told["weights"].keys()
    assert told["asked"]["threshold"] == 70
    assert b"secret" not in content
