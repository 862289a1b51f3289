"""Files that are not made again are what they would have been."""

from __future__ import annotations

import enum
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import editions
from newsdesk import outputs
from newsdesk.deliver.files import FolderSink
from newsdesk.model.run import Unmade
from newsdesk.model.site import Site
from newsdesk.model.sponsor import Sponsor
from newsdesk.model.story import Edition, Published, Trend
from newsdesk.render import fingerprints
from newsdesk.stages import timeline

SITE = editions.site()
STORIES = 12
PAID = Sponsor(
    name="Copperline",
    url="https://copperline.example/",
    message="Prints what others think.",
    from_=date(2026, 2, 1),
    until=date(2026, 2, 28),
    placements=("front", "story", "topic"),
)


def of(records: list[Published]) -> Edition:
    records.sort(key=lambda one: one.path)
    records.sort(key=lambda one: one.record.published_at, reverse=True)
    shown = [one for one in records if one.record.published]
    return Edition(
        as_of=max(one.record.published_at for one in records),
        records=tuple(records),
        front=tuple(sorted(shown, key=lambda one: -(one.heat_now or 0))[:5]),
        misses=(),
        copies=editions.copies(records[::2]),
        slots=dict.fromkeys(("front", "story", "topic:ai")[: len(records) % 4], PAID),
    )


def renamed(one: Published, number: int) -> Published:
    return replace(one, record=replace(one.record, title=f"Headline {number}"))


def held(one: Published, number: int) -> Published:
    return replace(one, record=replace(one.record, published=not one.record.published))


def warmed(one: Published, number: int) -> Published:
    trends = (None, *Trend)
    return replace(one, heat_now=number % 100, trend=trends[number % len(trends)])


def moved(one: Published, number: int) -> Published:
    at = one.record.published_at - timedelta(hours=7 * (number % 20))
    return replace(one, record=replace(one.record, published_at=at))


def told_by_others(one: Published, number: int) -> Published:
    """An outlet leaves, or one has another name."""
    if one.story is None:
        return renamed(one, number)
    related = one.story.related[: number % 3]
    judged = replace(one.story, related=related, provider_count=1 + len(related))
    record = replace(one.record, related=one.record.related[: number % 3])
    return replace(one, record=record, story=judged, timeline=timeline.timeline(judged))


def on_topic(one: Published, number: int) -> Published:
    name = editions.TOPICS[number % len(editions.TOPICS)][1]
    return replace(one, record=replace(one.record, topics=(name,)))


def joined(one: Published, number: int) -> Published:
    """It was merged into another story, or follows one."""
    if one.story is None:
        return held(one, number)
    other = editions.published(number % STORIES).story
    assert other is not None
    if other.story.id == one.story.story.id:
        return one
    if number % 2:
        story = replace(one.story.story, merged_into=other.story.id)
        record = replace(one.record, published=False)
    else:
        story = replace(one.story.story, follows=other.story.id)
        record = one.record
    return replace(one, record=record, story=replace(one.story, story=story))


EDITS = (renamed, held, warmed, moved, told_by_others, on_topic, joined)
Edits = list[tuple[int, int, int]]


def edited(records: list[Published], edits: Edits) -> list[Published]:
    records = list(records)
    for which, place, number in edits:
        if which == len(EDITS):
            new = editions.published(STORIES + number % 20)
            if all(one.path != new.path for one in records):
                records.append(new)
        elif which > len(EDITS):
            if len(records) > 3:
                del records[place % len(records)]
        else:
            at = place % len(records)
            records[at] = EDITS[which](records[at], number)
    return records


def whole(edition: Edition, site: Site) -> dict[str, bytes]:
    """Every file, made."""
    return {sheet.path: sheet.make() for sheet in outputs.sheets(edition, site)}


def printed(edition: Edition, site: Site, sink: FolderSink) -> int:
    """Prints what is needed; how many files had to be made."""
    made = 0

    def counted() -> Iterator[tuple[str, bytes | Unmade]]:
        nonlocal made
        sheets = outputs.sheets(edition, site)
        for path, said in fingerprints.marked(sheets, edition, site):
            if isinstance(said, Unmade):
                yield path, Unmade(said.mark, lambda make=said.make: count(make))
            else:
                made += 1
                yield path, said

    def count(make: typing.Callable[[], bytes]) -> bytes:
        nonlocal made
        made += 1
        return make()

    sink.write(counted(), prune=True)
    return made


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


STEPS = st.lists(
    st.tuples(
        st.integers(0, len(EDITS) + 1), st.integers(0, 99), st.integers(0, 10_000)
    ),
    max_size=6,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=1, max_size=3))
def test_whatever_changes_the_folder_holds_what_a_full_build_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Edits]
):
    folder = tmp_path_factory.mktemp("site")
    sink = FolderSink(folder / "public", folder / "state" / "public.files")
    records = [editions.published(place) for place in range(STORIES)]
    records.append(editions.adopted())
    printed(of(records), SITE, sink)
    for edits in steps:
        records = edited(records, edits)
        edition = of(records)
        printed(edition, SITE, sink)
        assert files_below(folder / "public") == whole(edition, SITE)


def test_only_what_changed_is_made(tmp_path: Path):
    sink = FolderSink(tmp_path / "public", tmp_path / "state" / "public.files")
    records = [editions.published(place) for place in range(STORIES)]
    first = printed(of(records), SITE, sink)
    same = printed(of(records), SITE, sink)
    assert same < first / 2
    records[4] = renamed(records[4], 1)
    assert same < printed(of(records), SITE, sink) < first


def test_a_page_that_somebody_touched_or_removed_is_made_again(tmp_path: Path):
    sink = FolderSink(tmp_path / "public", tmp_path / "state" / "public.files")
    edition = of([editions.published(place) for place in range(STORIES)])
    printed(edition, SITE, sink)
    before = files_below(tmp_path / "public")
    pages = sorted((tmp_path / "public" / "news").rglob("index.html"))
    pages[0].unlink()
    pages[1].write_text("spoilt")
    printed(edition, SITE, sink)
    assert files_below(tmp_path / "public") == before


def test_another_title_of_the_site_makes_every_page_anew(tmp_path: Path):
    sink = FolderSink(tmp_path / "public", tmp_path / "state" / "public.files")
    edition = of([editions.published(place) for place in range(STORIES)])
    printed(edition, SITE, sink)
    other = editions.site(title="Another name")
    printed(edition, other, sink)
    assert files_below(tmp_path / "public") == whole(edition, other)


def test_pages_by_templates_of_the_sites_own_are_always_made():
    own = editions.site(theme=(("foot.html", b"Mine"),))
    edition = of([editions.published(place) for place in range(STORIES)])
    marked = fingerprints.marked(outputs.sheets(edition, own), edition, own)
    lazy = {path for path, said in marked if isinstance(said, Unmade)}
    assert lazy
    assert not [path for path in lazy if path.endswith(".html")]


def parts_of(kind: object) -> Iterator[type]:
    """The types of ours that a value of a type can hold."""
    for inner in typing.get_args(kind):
        yield from parts_of(inner)
    if isinstance(kind, type) and kind.__module__.startswith("newsdesk"):
        yield kind
        hints = typing.get_type_hints(kind) if is_dataclass(kind) else {}
        for hint in hints.values():
            yield from parts_of(hint)


def test_repr_tells_everything_of_a_record():
    """What a mark is made from: a field that it hides would let a page go stale."""
    seen = {Published, *parts_of(Published)}
    assert len(seen) > 20
    for kind in seen:
        if issubclass(kind, enum.Enum):
            continue
        assert is_dataclass(kind), kind
        assert not [field.name for field in fields(kind) if not field.repr], kind
        for hint in typing.get_type_hints(kind).values():
            assert not {set, frozenset} & {hint, *map(typing.get_origin, [hint])}, kind
