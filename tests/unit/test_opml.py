"""Lists of feeds as other programs write them, and as we do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import opml
from newsdesk.text.opml import Opml, OpmlError, Outline


def read(body: str) -> Opml:
    return opml.read(f"<opml version='1.0'><body>{body}</body></opml>".encode())


def test_folders_are_kept_outermost_first() -> None:
    found = read(
        '<outline text="Science"><outline title="Space">'
        '<outline text="Orbit" xmlUrl="https://orbit.example/feed"/>'
        '</outline></outline><outline text="Top" xmlUrl="https://top.example/"/>'
    )
    assert [(f.title, f.folders) for f in found.feeds] == [
        ("Orbit", ("Science", "Space")),
        ("Top", ()),
    ]


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL"])
def test_attributes_are_read_in_any_case(name: str) -> None:
    assert [f.url for f in read(f'<outline {name}="https://a.example/"/>').feeds] == [
        "https://a.example/"
    ]


def test_url_names_a_feed_where_the_type_says_so() -> None:
    found = read(
        '<outline type="rss" url="https://a.example/"/>'
        '<outline type="link" text="A page" url="https://b.example/"/>'
        '<outline type="include" url="https://c.example/list.opml"/>'
    )
    assert [f.url for f in found.feeds] == ["https://a.example/"]
    assert [(s.subject, s.line) for s in found.skipped] == [
        ("https://b.example/", 1),
        ("https://c.example/list.opml", 1),
    ]


def test_bare_ampersands_stay_in_addresses() -> None:
    found = read('<outline text="R&D" xmlUrl="https://a.example/?a=1&copy=2&amp;b=3"/>')
    assert (found.feeds[0].url, found.feeds[0].title) == (
        "https://a.example/?a=1&copy=2&b=3",
        "R&D",
    )


def test_quotes_and_tags_copied_into_a_description_lose_no_feed() -> None:
    found = read(
        '<outline text="One" description=""Quoted" they said" '
        'xmlUrl="https://one.example/"/>\n'
        '<outline text="Two" description="by <a href="https://x.example" '
        'target="_blank">X</a>." xmlUrl="https://two.example/" type="rss"/>\n'
        '<outline text="Three" xmlUrl="https://three.example/"/>'
    )
    assert [f.url for f in found.feeds] == [
        "https://one.example/",
        "https://two.example/",
        "https://three.example/",
    ]
    assert found.skipped == ()


def test_what_damage_swallowed_is_said() -> None:
    found = read('<outline text="A" xmlUrl=https://a.example/ /><outline xmlUrl=')
    assert found.feeds == ()
    assert [s.reason for s in found.skipped] == ["lost to damaged markup"]


def test_categories_count_as_folders_and_language_is_read() -> None:
    found = read(
        '<outline xmlUrl="https://a.example/" category="/News/Tech,Gadgets" '
        'language="en-us" htmlUrl="https://a.example/home"/>'
    )
    (feed,) = found.feeds
    assert (feed.folders, feed.language, feed.home_url) == (
        ("News", "Tech", "Gadgets"),
        "en-us",
        "https://a.example/home",
    )


def test_titles_encoded_twice_are_decoded() -> None:
    found = read('<outline text="Caf&amp;eacute;" xmlUrl="https://a.example/"/>')
    assert found.feeds[0].title == "Café"


def test_utf_16_is_read_as_labelled() -> None:
    body = (
        '<?xml version="1.0" encoding="utf-16"?><opml><body>'
        '<outline text="é" xmlUrl="https://a.example/"/></body></opml>'
    ).encode("utf-16")
    assert opml.looks_like(body)
    assert opml.read(body).feeds[0].title == "é"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not XML"),
        (b"https://a.example/", "not "),
        (b"<html><body/></html>", "outermost element must be `opml`"),
        (
            b'<!DOCTYPE o [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><opml>&c;</opml>',
            "declares entities",
        ),
        (b"<opml>" + b" " * opml.MAX_BYTES, "larger than 30 MB"),
    ],
)
def test_what_is_no_opml_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(OpmlError, match=reason):
        opml.read(body)


def test_thousands_of_open_folders_do_no_harm() -> None:
    assert opml.read(b"<opml>" + b'<outline text="x">' * 50_000).feeds == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for document in (body, b'<opml><outline xmlUrl="' + body + b'"/></opml>'):
        try:
            read_again = opml.read(document)
        except OpmlError:
            continue
        assert isinstance(read_again, Opml)


words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="&;"), min_size=1
)
outlines = st.builds(
    Outline,
    url=words,
    title=words,
    folders=st.lists(words, max_size=3).map(tuple),
    language=st.none() | st.sampled_from(["en", "de"]),
    home_url=st.none() | words,
)


@given(words, st.lists(outlines, max_size=6))
def test_what_we_write_reads_back_the_same(title: str, feeds: list[Outline]) -> None:
    found = opml.read(opml.write(title, feeds))
    told = [(f.url, f.title, f.folders, f.language, f.home_url) for f in found.feeds]
    wanted = [(f.url, f.title, f.folders, f.language, f.home_url) for f in feeds]
    assert sorted(told, key=str) == sorted(wanted, key=str)
    assert found.title == title
    assert found.skipped == ()


def test_feeds_of_one_folder_are_written_into_one_outline() -> None:
    feeds = [
        Outline(url="https://a.example/", title="A", folders=("News",)),
        Outline(url="https://b.example/?x=1&y=2", title="B", folders=("News",)),
    ]
    assert opml.write("Mine", feeds).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<opml version="2.0">\n'
        "  <head>\n    <title>Mine</title>\n  </head>\n"
        "  <body>\n"
        '    <outline text="News" title="News">\n'
        '      <outline type="rss" text="A" title="A" xmlUrl="https://a.example/"/>\n'
        '      <outline type="rss" text="B" title="B" '
        'xmlUrl="https://b.example/?x=1&amp;y=2"/>\n'
        "    </outline>\n"
        "  </body>\n"
        "</opml>\n"
    )
