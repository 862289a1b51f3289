"""Damaged, mislabelled and hostile feeds: what a person would read, or a refusal."""

import gzip
import json
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.feed import Feed, Refusal
from newsdesk.stages import parse_feed, parse_repair, parse_tree
from tiny_feeds import item, outcome, read, rss

# Encodings and wrappings


def test_gzip_that_does_not_say_so_is_unpacked():
    body = gzip.compress(rss("<title>x</title>").encode())
    assert read(body).repairs == ("compressed without saying so",)


def test_gzip_that_breaks_off_is_read_as_far_as_it_goes():
    items = "".join(f"<item><title>item {n} {n * n}</title></item>" for n in range(500))
    body = gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())
    assert len(read(body[: len(body) // 2]).entries) > 50


def test_a_gzip_bomb_is_refused():
    body = gzip.compress(b"<rss>" + b" " * (parse_tree.MAX_BYTES + 10))
    assert outcome(body).kind == "too large"


def test_the_http_charset_overrides_the_declaration():
    body = rss(
        "<title>café</title>", declaration="<?xml version='1.0' encoding='utf-8'?>"
    ).encode("cp1252")
    assert (
        read(body, content_type="text/xml; charset=windows-1252").entries[0].title
        == "café"
    )


def test_utf_8_under_a_latin_label_is_read_as_utf_8():
    found = read(
        rss("<title>café</title>"), content_type="text/xml; charset=iso-8859-1"
    )
    assert found.entries[0].title == "café"
    assert found.repairs == ("labelled cp1252 but is utf-8",)


@pytest.mark.parametrize(
    "name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]
)
def test_wide_encodings_are_told_by_their_bytes(name):
    body = rss("<title>日本</title>", declaration="<?xml version='1.0'?>").encode(name)
    assert read(body).entries[0].title == "日本"


# Repairs


def test_text_before_and_after_the_feed_is_cut():
    body = f"<br>Notice: x\n{rss('<title>x</title>')}<br>Fatal error"
    assert read(body).entries[0].title == "x"
    assert "text before the feed cut" in read(body).repairs


def test_a_feed_that_breaks_off_gives_its_whole_items():
    whole = "<item><title>one</title><link>https://a.example/1</link></item>"
    found = read(f"<rss><channel>{whole}<item><title>two</title><descr")
    assert [entry.title for entry in found.entries] == ["one", "two"]


def test_a_cdata_section_left_open_ends_with_its_element():
    found = read(
        "<rss><channel><item><title><![CDATA[x & y</title><link>https://a.example/1</link></item>"
        "<item><title><![CDATA[z]]></title></item></channel></rss>"
    )
    assert [entry.title for entry in found.entries] == ["x & y", "z"]
    assert found.entries[0].url == "https://a.example/1"


def test_an_element_left_open_does_not_swallow_the_next():
    found = read(
        "<rss><channel><item><title>a<description>b</description></item>"
        "<item><title>c</title></item></channel></rss>"
    )
    assert len(found.entries) == 2
    found = read(
        "<rss><channel><item><title>a</title><item><title>b</title></item></channel></rss>"
    )
    assert [entry.title for entry in found.entries] == ["a", "b"]


def test_a_stray_tag_in_a_description_does_not_close_the_item():
    entry = item(
        "<description>a</b> <i>b</description><link>https://a.example/1</link>"
    )
    assert entry.url == "https://a.example/1"
    assert entry.summary_html == "a <i>b</i>"


def test_an_attribute_without_quotes_or_said_twice_is_read():
    found = read(
        "<rss version=2.0 version='3'><channel><item>"
        "<enclosure url=https://a.example/x.jpg type='image/jpeg'></item></channel></rss>"
    )
    assert found.format == "rss 2.0"
    assert found.entries[0].pictures[0].url == "https://a.example/x.jpg"


WHOLE = rss("<title>x</title><guid>1</guid><pubDate>2024-01-01</pubDate>")


@pytest.mark.parametrize(
    "body",
    [
        "\n\n<?xml version='1.0'?>" + WHOLE,
        "\ufeff\ufeff" + WHOLE,
        "ï»¿" + WHOLE,
        "<?xml version='1.1' encoding=''?>" + WHOLE,
        "<?xml version='1.0' encoding='no-such'?>" + WHOLE,
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + WHOLE,
        "<!DOCTYPE html>" + WHOLE,
        "<html><body>" + WHOLE + "</body></html>",
        WHOLE.replace("<", "&lt;").replace(">", "&gt;"),
        WHOLE + WHOLE,
        WHOLE + "\0\0\0",
        WHOLE.replace("</channel></rss>", ""),
        WHOLE.replace("</item></channel></rss>", "</it"),
        WHOLE.replace("x</title>", "x</titel>"),
        WHOLE.replace("x</title>", "x"),
        WHOLE.replace("<guid>", "<guid isPermaLink=false>"),
        WHOLE.replace("<guid>", "<guid isPermaLink>"),
        WHOLE.replace("<guid>", "<guid isPermaLink='false>"),
        WHOLE.replace("<guid>", '<guid note="a<b & c">'),
        WHOLE.replace("<guid>", "<guid note:of='x'>"),
        WHOLE.replace("<guid>", "<!-- a -- b --><guid>"),
        WHOLE.replace("<guid>", "<!-- a <guid>"),
        WHOLE.replace("<guid>", "<?php echo ?><guid>"),
        WHOLE.replace("<title>x", "<title>x&#8;&#x1F;&#xFFFF;"),
        WHOLE.replace("<rss", "<rss xmlns:='x'"),
    ],
    ids=range(25),
)
def test_damage_around_an_item_leaves_the_item(body):
    (entry,) = read(body).entries
    assert (entry.title, entry.guid, str(entry.published_at)[:10]) == (
        "x",
        "1",
        "2024-01-01",
    )


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(gzip.compress(WHOLE.encode())),
        gzip.compress(WHOLE[:50].encode()) + gzip.compress(WHOLE[50:].encode()),
        gzip.compress(WHOLE.encode()) + b"junk",
        zlib.compress(WHOLE.encode()),
    ],
    ids=range(4),
)
def test_compression_of_any_sort_is_undone(body):
    assert read(body).entries[0].title == "x"


def test_a_prefix_on_everything_that_nobody_declared_is_seen_through():
    found = read(
        "<a:feed><a:title>T</a:title><a:entry><a:title>x</a:title></a:entry></a:feed>"
    )
    assert (found.format, found.title, found.entries[0].title) == ("atom 1.0", "T", "x")


def test_a_body_that_breaks_off_in_a_character_keeps_the_rest():
    found = read("<rss><channel><item><title>aé".encode()[:-1])
    assert found.entries[0].title == "a"
    assert found.repairs == ("breaks off in a character", "markup mended")


# Hostile input


def test_entities_of_the_document_stay_small():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>'
    assert item("<title>&l9; x</title>", declaration=head).title == "x"


def test_a_long_entity_adds_nothing():
    head = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 1500}">]>'
    assert item(f"<title>{'&a;' * 5000}x</title>", declaration=head).title == "x"


def test_a_short_entity_said_often_adds_little():
    head = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 400}">]>'
    title = item(f"<title>{'&a;' * 5000}x</title>", declaration=head).title
    assert title.endswith("Ax")
    assert len(title) <= parse_repair.MAX_GROWTH + 1


def test_a_short_plain_entity_is_replaced():
    head = '<!DOCTYPE rss [<!ENTITY site "tag:a.example,">]>'
    assert (
        item("<guid>&site;2006:1</guid>", declaration=head).guid
        == "tag:a.example,2006:1"
    )


def test_an_external_entity_is_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    assert item("<title>a&x;b</title>", declaration=head).title == "ab"


@pytest.mark.parametrize(
    "body",
    [
        rss("<title>" + "<a>" * 100_000 + "</title><link>https://a.example/1</link>"),
        rss("<title>" + "<a>" * 50_000 + "x" + "</a>" * 50_000 + "</title>"),
        rss("<description>" + "&lt;div&gt;" * 100_000 + "</description>"),
        "<rss><channel>" + "<item>" * 100_000,
        "<rss>" + "<![CDATA[" * 100_000,
        "<rss>" + "<!--" * 100_000,
        "<rss " + "a='" * 100_000,
        "<rss>" + "&" * 300_000,
        "<rss>" + "<" * 300_000,
        "<rss>" + "</x>" * 100_000,
        rss("<author>" + "a@" * 100_000 + "</author>"),
        rss("<author>" + " " * 100_000 + "x</author>"),
        "<html>" + "<title" * 100_000,
        "<!DOCTYPE rss ["
        + "".join(f"<!ENTITY e{n} 'x'>" for n in range(10_000))
        + "]>"
        + rss("<title>" + "&e7; " * 100_000 + "</title>"),
        "{" * 100_000,
        '{"items": [' + "[" * 100_000,
        '{"items": [' + "{" * 100_000,
    ],
    ids=range(17),
)
def test_no_input_takes_long(body):
    start = time.process_time()
    outcome(body)
    assert time.process_time() - start < 5


def test_the_tail_of_a_long_feed_is_left_out_and_said_so():

    count = parse_feed.MAX_ENTRIES + 1
    found = read("<rss><channel>" + "<item/>" * count + "</channel></rss>")
    assert len(found.entries) == parse_feed.MAX_ENTRIES
    assert found.repairs == ("only the first 20,000 entries read",)


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    assert isinstance(outcome(body), Feed | Refusal)


PIECES = st.sampled_from(
    [
        *"<rss> <channel> <item> </item> <title> </title> <link> <link/> & &amp;".split(),
        *"&#0; &#146; < > ]]> <![CDATA[ <!-- --> <?xml ?> <!DOCTYPE <feed <entry>".split(),
        *"</entry> xmlns= ' \" = <b> </b> é <pubDate> 2025-02-30 <urlset> <url>".split(),
        *'<loc> { } [ ] "items" : , 1e999 <sitemapindex> <channel <RDF>'.split(),
        "<media:content url='x'>",
        "<guid isPermaLink='x'>",
        "<content type='xhtml'>",
        "<content mode='base64'>",
        "\x00",
        " ",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_no_arrangement_of_markup_raises(pieces):
    for body in ("".join(pieces), "<rss><channel><item>" + "".join(pieces)):
        assert isinstance(outcome(body), Feed | Refusal)


@given(st.text(max_size=60))
def test_any_text_in_a_title_survives(text):
    (entry,) = read(
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"title": text}]}
        )
    ).entries
    assert entry.title == (" ".join(parse_repair.legal(text).split()) or None)


# Refusals


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE html><html><title>Hello</title><p>hi</p></html>", "html"),
        (
            b"<html><head><title>Just a moment...</title></head><body></body></html>",
            "challenge",
        ),
        (b"<html><form><input type='password'></form></html>", "login"),
        (b"<opml version='2.0'><body/></opml>", "not a feed"),
        (b"plain words", "not a feed"),
        (b'{"error": "no such feed"}', "not a feed"),
        (b'{"items": ', "broken"),
        (b"\x1f\x8bnot gzip", "broken"),
        (b"\x89PNG\r\n\x1a\n", "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_by_kind(body, kind):
    found = outcome(body)
    assert isinstance(found, Refusal)
    assert found.kind == kind
    assert found.reason


def test_a_page_that_mentions_a_feed_element_is_still_a_page():
    assert (
        outcome("<!doctype html><html><pre><rss version='2.0'></pre></html>").kind
        == "html"
    )
