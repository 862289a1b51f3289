"""A site folder read: options, topics and sources, and what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.model.errors import ConfigError
from newsdesk.model.site import Rules, Site
from site_folders import LEAST, site, topic


def complaints(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.load(folder)
    return str(caught.value).splitlines()


def test_a_site_needs_only_a_title_and_an_address(tmp_path: Path) -> None:
    assert config.load(site(tmp_path)) == Site(
        folder=tmp_path, title="T", url="https://t.example/"
    )


def test_options_reach_their_records(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A")
    text = f"{LEAST}[rules]\nthreshold = 60\nblocked = ['x.example']\n"
    read = config.load(site(tmp_path, f"{text}[rules.thresholds]\na = 50\n"))
    assert read.rules == Rules(
        threshold=60, blocked=("x.example",), thresholds=(("a", 50),)
    )


def test_what_decides_may_be_said_by_topic_and_domain(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A")
    text = (
        f"{LEAST}[rules]\nlanguages = ['en']\nprovider_a_day = 3\n"
        "[rules.topic_a_day]\na = 5\n[rules.topic_on_front]\na = 2\n"
        "[rules.embargoes]\na = 2026-02-19T07:00:00+01:00\n"
        '"x.example" = 2026-02-19 06:00:00\n'
    )
    at = datetime(2026, 2, 19, 6, tzinfo=UTC)
    assert config.load(site(tmp_path, text)).rules == Rules(
        languages=("en",),
        provider_a_day=3,
        topic_a_day=(("a", 5),),
        topic_on_front=(("a", 2),),
        embargoes=(("a", at), ("x.example", at)),
    )


def test_a_byte_order_mark_and_crlf_are_no_fault(tmp_path: Path) -> None:
    body = b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()
    (tmp_path / "site.toml").write_bytes(body)
    assert config.load(tmp_path).title == "T"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "[rules]\ntreshold = 3\n",
            "site.toml:4: unknown key `treshold` in [rules]; "
            "did you mean `threshold`?",
        ),
        (
            "threshold = 3\n",
            "site.toml:3: unknown key `threshold`; `threshold` belongs in [rules]",
        ),
        (
            "[fetchin]\nat_once = 1\n",
            "site.toml:3: unknown table [fetchin]; did you mean [fetching]?",
        ),
        (
            "[rules]\nthreshold = 101\n",
            "site.toml:4: `threshold` in [rules] must be a whole number "
            "from 0 to 100, not 101",
        ),
        (
            '[rules]\n\nthreshold = "70"\n',
            "site.toml:5: `threshold` in [rules] must be a whole number "
            'from 0 to 100, not "70"',
        ),
        (
            "[rules]\nthreshold = true\n",
            "site.toml:4: `threshold` in [rules] must be a whole number "
            "from 0 to 100, not true",
        ),
        (
            '[rules]\nblocked = ["a", 1]\n',
            "site.toml:4: `blocked[1]` in [rules] must be text in quotes, not 1",
        ),
        (
            "[rules.thresholds]\nnowhere = 10\n",
            "site.toml:4: there is no topic `nowhere`",
        ),
        (
            "[rules.topic_on_front]\nnowhere = 10\n",
            "site.toml:4: there is no topic `nowhere`",
        ),
        (
            "[rules.embargoes]\nnowhere = 2026-02-19T06:00:00Z\n",
            "site.toml:4: `nowhere` in [rules.embargoes] is neither a domain nor a "
            "topic",
        ),
        (
            '[rules.embargoes]\n"x.example" = "soon"\n',
            "site.toml:3: `embargoes.x.example` in [rules] must be an instant such as "
            '2026-02-19T06:00:00Z, not "soon"',
        ),
        (
            "[output]\npicture_width = 960\n",
            "site.toml:4: `picture_width` in [output] is now `picture_widths`, a list "
            "such as [320, 640, 1200]; [] for none",
        ),
        (
            "[output]\npicture_widths = [320, 9000]\n",
            "site.toml:4: `picture_widths[1]` in [output] must be a whole number from "
            "16 to 4096, not 9000",
        ),
        (
            '[output]\naccent = "red"\n',
            'site.toml:4: `accent` in [output] must be `#rrggbb`, not "red"',
        ),
        (
            '[fetching]\napi_key = "x"\n',
            "site.toml:4: unknown key `api_key` in [fetching]; secrets are never "
            "kept in the site folder, but in the environment",
        ),
        (
            '[paths]\npublic = "content/public"\n',
            "site.toml:4: `content` and `public` in [paths] must lie apart",
        ),
        (
            '[paths]\npublic = "x/.."\n',
            "site.toml:4: `public` in [paths] must be a folder of its own, "
            "below the site",
        ),
        (
            "[schedule]\nshortest_m = 90\nlongest_m = 60\n",
            "site.toml:4: `shortest_m` (90) in [schedule] is more than "
            "`longest_m` (60)",
        ),
        ("rules = 1\n", "site.toml:3: `rules` must be a table: write [rules] on a "
         "line of its own"),
        ("[rules\n", "site.toml:3: not TOML: expected ']' at the end of a table "
         "declaration"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_named_with_its_line(
    tmp_path: Path, text: str, wanted: str
) -> None:
    assert complaints(site(tmp_path, LEAST + text)) == [wanted]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A", parent="B")
    text = "url = 3\n[rules]\ntreshold = 3\n[window]\nfront_days = 0\n"
    sources = "[[source]]\nurl = 'nowhere'\n\n[[source]]\nrul = 'x'\n"
    assert complaints(site(tmp_path, text, sources)) == [
        "site.toml: missing key `title`: one line, not empty",
        "site.toml:1: `url` must be `https://…` or `http://…`, not 3",
        "site.toml:5: `front_days` in [window] must be a whole number, 1 or more, "
        "not 0",
        "site.toml:3: unknown key `treshold` in [rules]; did you mean `threshold`?",
        "content/_data/topics/00-a.yaml: there is no topic named `B` to be the parent",
        "sources.toml:2: `nowhere` is no address; write `https://…`",
        "sources.toml:4: missing key `url` in [source]: text in quotes",
        "sources.toml:5: unknown key `rul` in [source]; did you mean `url`?",
    ]


def test_a_folder_without_a_site_says_how_to_make_one(tmp_path: Path) -> None:
    assert complaints(tmp_path) == [
        f"{tmp_path} holds no site: there is no site.toml; "
        f"`newsdesk new {tmp_path}` makes one"
    ]


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(LEAST.encode() + b'description = "\xff"\n')
    assert complaints(tmp_path) == [
        f"{tmp_path}/site.toml:3: not UTF-8; save it as UTF-8"
    ]


# Topics


def test_topics_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    topic(tmp_path, "10-late.yaml", "late", "Late", parent="Root")
    topic(tmp_path, "09-soon.yaml", "soon", "Soon", parent="Late")
    topic(tmp_path, "00-root.yaml", "root", "Root")
    assert [(t.id, t.position) for t in config.load(site(tmp_path)).topics] == [
        ("root", 0),
        ("soon", 9),
        ("late", 10),
    ]


def test_topics_that_share_an_id_or_a_name_are_named(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A")
    topic(tmp_path, "01-a.yaml", "a", "B")
    topic(tmp_path, "02-c.yaml", "c", "A")
    where = "content/_data/topics"
    assert complaints(site(tmp_path)) == [
        f"{where}/01-a.yaml: the id `a` is taken by {where}/00-a.yaml",
        f"{where}/02-c.yaml: the name `A` is taken by {where}/00-a.yaml",
    ]


def test_a_topic_above_itself_is_named_with_its_circle(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A", parent="B")
    topic(tmp_path, "01-b.yaml", "b", "B", parent="A")
    topic(tmp_path, "02-c.yaml", "c", "C", parent="A")
    where = "content/_data/topics"
    assert complaints(site(tmp_path)) == [
        f"{where}/00-a.yaml: the topic is its own ancestor: A → B → A",
        f"{where}/01-b.yaml: the topic is its own ancestor: B → A → B",
    ]


def test_a_parent_that_is_misspelt_is_guessed(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "machines", "Machines")
    topic(tmp_path, "01-b.yaml", "b", "B", parent="Machine")
    assert complaints(site(tmp_path)) == [
        "content/_data/topics/01-b.yaml: there is no topic named `Machine` to be the "
        "parent; did you mean `Machines`?"
    ]


def test_a_topic_file_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "content/_data/topics/00-a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("_id: a\nname: [\n", encoding="utf-8")
    (only,) = complaints(site(tmp_path))
    assert only.startswith("content/_data/topics/00-a.yaml:3: ")


# Sources


def test_an_address_listed_twice_is_one_source(tmp_path: Path) -> None:
    topic(tmp_path, "00-a.yaml", "a", "A")
    topic(tmp_path, "01-b.yaml", "b", "B")
    sources = (
        "[[source]]\nurl='https://X.example:443/feed#top'\ntopics=['a']\n"
        "[[source]]\nurl='https://x.example/feed'\ntopics=['b','a']\ntitle='X'\n"
    )
    (only,) = config.load(site(tmp_path, sources=sources)).sources
    assert (only.url, only.topics, only.title) == (
        "https://X.example:443/feed#top",
        ("a", "b"),
        "X",
    )


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("kind='feeds'\nurl='https://x.example'", ':2: `kind` in [source] must be '
         '"feed" or "pages" or "push", not "feeds"'),
        ("url='https://me:secret@x.example'", ":2: the address holds a user name; "
         "secrets are never kept here"),
        ("kind='pages'\nurl='../list.txt'", ":3: `../list.txt` must be the path of a "
         "text file below the site folder"),
        ("url='https://x.example'\ntopics=['b']", ":3: there is no topic `b`"),
        ("url='https://x.example'\n[other]", ":3: unknown key `other`; each source "
         "stands under a [[source]] of its own"),
    ],
)  # fmt: skip
def test_a_wrong_source_is_named_with_its_line(
    tmp_path: Path, source: str, wanted: str
) -> None:
    folder = site(tmp_path, sources=f"[[source]]\n{source}\n")
    assert complaints(folder) == [f"sources.toml{wanted}"]
