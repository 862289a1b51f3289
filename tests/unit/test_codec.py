from __future__ import annotations

import inspect
import json
from dataclasses import dataclass, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsdesk.model import article, feed, record, run, site, story
from newsdesk.store import codec, story_rows

MODULES = (article, feed, record, run, site, story, story_rows)
# A site lives in site.toml and holds a folder of this machine; an edition is made anew.
NEVER_KEPT = (site.Site, story.Edition, run.Unmade)
RECORDS = sorted(
    {
        kind
        for module in MODULES
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if is_dataclass(kind) and kind not in NEVER_KEPT
    },
    key=lambda kind: kind.__name__,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
st.register_type_strategy(str, ANY_TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(
    datetime,
    st.datetimes(
        min_value=datetime(1, 1, 3),  # noqa: DTZ001 - as Hypothesis wants it
        max_value=datetime(9999, 12, 29),  # noqa: DTZ001 - likewise
        timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=45))),
    ),
)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_record_comes_back_as_it_was(kind: type, data: st.DataObject) -> None:
    one = data.draw(st.from_type(kind))
    text = codec.dumps(one)
    back = codec.loads(kind, text)
    assert back == one
    assert codec.dumps(back) == text
    assert codec.loads(kind, text.encode()) == one


@given(st.lists(st.from_type(story.Part), max_size=3).map(tuple))
def test_a_tuple_of_records_comes_back(parts: tuple[story.Part, ...]) -> None:
    assert codec.loads_all(story.Part, codec.dumps_all(parts)) == parts


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_texts_of_instants_sort_as_instants(one: datetime, other: datetime) -> None:
    texts = codec.instant_text(one), codec.instant_text(other)
    assert (one < other) == (texts[0] < texts[1])
    assert codec.instant(texts[0]) == one


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    size: int = 3
    share: float = 0.5
    is_new: bool = False
    at: datetime | None = None
    colour: Colour = Colour.RED
    pairs: tuple[tuple[str, int], ...] = ()


NOON = datetime(2026, 2, 19, 12, tzinfo=UTC)


def test_the_text_is_compact_sorted_and_leaves_out_what_is_empty() -> None:
    thing = Thing(name="é", at=NOON, pairs=(("b", 1),))
    assert codec.dumps(thing) == (
        '{"at":"2026-02-19T12:00:00.000000+00:00","colour":"red","name":"é",'
        '"pairs":[["b",1]],"share":0.5,"size":3}'
    )


def test_a_default_that_means_something_is_written_down() -> None:
    assert json.loads(codec.dumps(Thing(name="x")))["size"] == 3


def test_fields_we_do_not_know_are_skipped_and_missing_ones_take_defaults() -> None:
    assert codec.loads(Thing, '{"name":"x","from_the_future":[1]}') == Thing(name="x")


def test_half_a_surrogate_pair_survives_in_text_a_database_takes() -> None:
    text = codec.dumps(Thing(name="\ud83d"))
    assert text.encode().isascii()
    assert codec.loads(Thing, text).name == "\ud83d"


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({}, "Thing lacks name"),
        ({"name": 3}, "Thing.name: text is expected, not 3"),
        ({"name": "x", "size": True}, "Thing.size: a whole number is expected"),
        ({"name": "x", "size": 1.5}, "Thing.size: a whole number is expected"),
        ({"name": "x", "share": "1"}, "Thing.share: a number is expected"),
        ({"name": "x", "is_new": 1}, "Thing.is_new: true or false is expected"),
        ({"name": "x", "colour": "blue"}, "Thing.colour: 'blue' is no Colour"),
        ({"name": "x", "colour": []}, "Thing.colour: .* is no Colour"),
        ({"name": "x", "at": "soon"}, "Thing.at: 'soon' is no instant"),
        ({"name": "x", "at": "2026-02-19T12:00:00"}, "Thing.at: .* has no time zone"),
        ({"name": "x", "pairs": "ab"}, "Thing.pairs: an array is expected"),
        ({"name": "x", "pairs": [["a"]]}, "Thing.pairs: 2 values expected, not 1"),
        ([], "Thing is an object"),
    ],
)
def test_what_does_not_fit_is_named(document: object, complaint: str) -> None:
    with pytest.raises(codec.CodecError, match=complaint):
        codec.decode(Thing, document)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(codec.CodecError, match="has no time zone"):
        codec.dumps(Thing(name="x", at=NOON.replace(tzinfo=None)))


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_a_float_json_cannot_hold_is_refused(share: float) -> None:
    with pytest.raises(codec.CodecError, match="JSON cannot hold"):
        codec.dumps(Thing(name="x", share=share))


def test_a_type_the_codec_does_not_know_is_an_error_of_ours() -> None:
    @dataclass
    class Odd:
        values: set[str]

    with pytest.raises(TypeError, match="the codec knows no type"):
        codec.encode(Odd(values=set()))
