"""Topics and organisations as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.article import Logo, Provider, ProviderKind
from newsdesk.model.errors import ConfigError, RecordError
from newsdesk.model.site import Topic
from newsdesk.render import taxonomy
from record_strategies import HOSTILE

GOLDEN = Path(__file__).parent.parent / "golden"
SAILING = (GOLDEN / "topics" / "07-sailing.yaml").read_bytes()
ROWING = (GOLDEN / "topics" / "08-rowing.yaml").read_bytes()
GAZETTE = (GOLDEN / "records" / "gazette.example.org.md").read_bytes()
PLACE = "_data/topics/07-sailing.yaml"


def test_a_topic_file_survives_byte_for_byte() -> None:
    file = taxonomy.read_topic(PLACE, SAILING)
    assert taxonomy.write_topic(file) == SAILING
    assert file.source is None


@pytest.mark.parametrize("end", [b"\n", b"\n\n", b"\n# the end", b"\n# the end\n"])
def test_a_topic_file_keeps_its_own_end(end: bytes) -> None:
    file = taxonomy.read_topic(PLACE, SAILING + end)
    assert taxonomy.write_topic(file) == SAILING + end
    assert file.source is None


def test_a_topic_is_what_its_file_says() -> None:
    expected = Topic(
        id="sailing",
        name="Sailing",
        shortname="Sail",
        parent="Sports",
        description="Boats that go by wind.",
        keywords=("sailing", "regatta", "regatta"),
        required=("boat",),
        excluded=("plain sailing",),
        hashtags=("#Sailing #Regatta",),
        position=7,
    )
    file = taxonomy.read_topic(PLACE, SAILING)
    assert taxonomy.topic(PLACE, file) == expected
    assert taxonomy.topic_path(expected) == PLACE
    assert taxonomy.topic_file(expected, file) == file


def test_a_changed_topic_keeps_keys_that_we_do_not_know() -> None:
    file = taxonomy.read_topic(PLACE, SAILING)
    changed = replace(taxonomy.topic(PLACE, file), keywords=("sail",))
    data = taxonomy.write_topic(taxonomy.topic_file(changed, file))
    expected = SAILING.replace(
        b"  - sailing\n  - regatta\n  - regatta\n", b"  - sail\n"
    )
    assert data == expected


def test_a_topic_in_other_yaml_is_read_and_left_as_it_is() -> None:
    file = taxonomy.read_topic("08-rowing.yaml", ROWING)
    assert (file.id, file.keywords) == ("rowing", ("rowing", "oars", "8"))
    assert file.hashtags == ("#Rowing",)
    assert taxonomy.write_topic(file) == ROWING


def test_a_topic_in_other_yaml_takes_our_shape_once_it_changes() -> None:
    file = taxonomy.read_topic("08-rowing.yaml", ROWING)
    data = taxonomy.write_topic(replace(file, keywords=("oar",)))
    assert data == (
        b"taxonomy: topic\n_id: rowing\nname: Rowing\nkeywords:\n  - oar\n"
        b'hashtags:\n  - "#Rowing"\nimages:\n  small: /a.png'
    )
    again = taxonomy.read_topic("08-rowing.yaml", data)
    assert (again.source, again.keywords) == (None, ("oar",))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name: [a\n", "t.yaml, line 2: is not YAML: expected ',' or ']'"),
        (b"taxonomy: topic\nname: A\n", "t.yaml, line 3: has no _id up to here"),
        (b"- a\n", "t.yaml, line 1: has no taxonomy up to here"),
        (b"\xff", "t.yaml, line 1: is not UTF-8"),
        (b"_id: a\nname: {b: c}\n", "t.yaml, line 2: a value that starts with {"),
        (b"", "t.yaml, line 1: has no taxonomy up to here"),
        (b"x: [\n" + b"#" * 1_000_001, "t.yaml, line 2: has no taxonomy"),
        (b"x: " + b"[" * 3000, "t.yaml, line 2: "),
    ],
)
def test_a_file_that_is_no_topic_is_refused_with_line_and_reason(
    data: bytes, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        taxonomy.read_topic("t.yaml", data)
    assert str(caught.value).startswith(message)


def test_an_organisation_survives_byte_for_byte() -> None:
    file = taxonomy.read_organization(GAZETTE)
    assert taxonomy.write_organization(file) == GAZETTE
    assert file.description == "The Gazette's reporting, since long ago."


def test_an_organisation_makes_a_known_provider() -> None:
    logo = "/assets/images/organizations/gazette.example.org-"
    expected = Provider(
        domain="gazette.example.org",
        name="The Gazette",
        logos=(
            Logo(url=f"{logo}50x50.jpg", width=50, height=50),
            Logo(url=f"{logo}400x400.jpg", width=400, height=400),
        ),
        is_known=True,
    )
    assert taxonomy.provider(taxonomy.read_organization(GAZETTE)) == expected


def test_a_renamed_provider_keeps_the_rest_of_its_file() -> None:
    old = taxonomy.read_organization(GAZETTE)
    renamed = replace(taxonomy.provider(old), name="Gazette")
    data = taxonomy.write_organization(taxonomy.organization_file(renamed, old=old))
    assert data == GAZETTE.replace(b"name: The Gazette", b"name: Gazette")


def test_a_new_provider_gets_a_file_in_the_same_shape() -> None:
    file = taxonomy.organization_file(
        Provider(domain="a.example", name="A: B"), description="No. 1"
    )
    assert taxonomy.write_organization(file) == (
        b"---\ntaxonomy: organization\n_id: a.example\n"
        b'name: "A: B"\ndomain: a.example\ndescription: No. 1\n---\n'
    )
    assert taxonomy.organization_path("a.example") == "_data/organizations/a.example.md"


def test_an_organisation_without_a_domain_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        taxonomy.read_organization(GAZETTE.replace(b"domain: gazette", b"x: gazette"))
    assert (caught.value.line, caught.value.reason) == (16, "has no domain up to here")


texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=("Cs",)))
names = st.lists(texts, max_size=3).map(tuple)
topics = st.builds(
    Topic,
    id=texts,
    name=texts,
    shortname=st.none() | texts,
    parent=st.none() | texts,
    description=st.none() | texts,
    keywords=names,
    required=names,
    excluded=names,
    hashtags=names,
    position=st.just(0),
)


@given(topics)
@settings(max_examples=100, deadline=None)
def test_any_topic_survives_writing_and_reading(topic: Topic) -> None:
    data = taxonomy.write_topic(taxonomy.topic_file(topic))
    file = taxonomy.read_topic("x.yaml", data)
    assert taxonomy.topic("x.yaml", file) == topic
    assert taxonomy.write_topic(file) == data


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_topic_or_refused(data: bytes) -> None:
    try:
        taxonomy.read_topic("x.yaml", data)
    except ConfigError as error:
        assert "x.yaml, line" in str(error)


LEAN = b"""---
taxonomy: organization
_id: gazette.example
domain: gazette.example
kind: newspaper
country: GB
language: en
---
"""


def test_an_organisation_may_leave_out_all_but_its_domain() -> None:
    file = taxonomy.read_organization(LEAN)
    assert taxonomy.write_organization(file) == LEAN
    assert taxonomy.provider(file) == Provider(
        domain="gazette.example",
        name="",
        is_known=True,
        kind=ProviderKind.NEWSPAPER,
        country="GB",
        language="en",
    )
    assert taxonomy.organization_file(taxonomy.provider(file), old=file) == file


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"newspaper", b"paper", "there is no kind `paper`; known are `agency`, "),
        (b": GB", b": Britain", "`country` must be a code like `GB`, not `Britain`"),
        (b": en", b": English", "`language` must be a code like `en`, not `English`"),
    ],
)
def test_what_is_no_fact_of_an_outlet_is_refused(
    old: bytes, new: bytes, reason: str
) -> None:
    file = taxonomy.read_organization(LEAN.replace(old, new))
    with pytest.raises(ConfigError, match=reason):
        taxonomy.provider(file)
