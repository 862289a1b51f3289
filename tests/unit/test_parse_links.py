"""Relative addresses: those in the text of entries, and those of CDF channels."""

from __future__ import annotations

import html
import json

import pytest

from newsdesk.stages import parse_links
from tiny_feeds import atom, item, read

BASE = "https://a.example/news/1/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="/x?a=1&amp;b=2">', '<a href="https://a.example/x?a=1&amp;b=2">'),
        ("<a href='x.html'>", '<a href="https://a.example/news/1/x.html">'),
        ("<a href=x.html>", '<a href="https://a.example/news/1/x.html">'),
        ('<IMG ALT="" SRC="../p.png">', '<IMG ALT="" SRC="https://a.example/news/p.png">'),
        ('<img src="//cdn.example/p">', '<img src="https://cdn.example/p">'),
        ('<a href="#note">', '<a href="https://a.example/news/1/#note">'),
        ('<a href="\n/x">', '<a href="https://a.example/x">'),
    ],
)  # fmt: skip
def test_a_relative_address_becomes_absolute(given: str, expected: str) -> None:
    assert parse_links.absolute(given, BASE) == expected


@pytest.mark.parametrize(
    "given",
    [
        '<a href="http://b.example/x"><img src="https://b.example/p">',
        '<a href="mailto:ada@a.example">Ada</a> <a href="javascript:x()">',
        '<img src="data:image/png;base64,AAAA">',
        '<p>Write href=/x or src="/y" in a tag</p>',
        '<a href="">',
        '<a href="//[bad">',
        "plain words, href=/x",
        '<a data-href="/x">',
    ],
)
def test_anything_else_stays_byte_for_byte(given: str) -> None:
    assert parse_links.absolute(given, BASE) == given


def test_the_text_of_an_entry_starts_from_its_page_else_from_the_feed() -> None:
    body = f"<description>{html.escape('<a href=more>More</a>')}</description>"
    paged = item(f"<link>https://site.example/2026/one/</link>{body}")
    assert paged.summary_html == '<a href="https://site.example/2026/one/more">More</a>'
    pageless = item(body)
    assert pageless.summary_html == '<a href="https://site.example/feeds/more">More</a>'


def test_xml_base_goes_before_the_page_and_the_inner_one_before_the_outer() -> None:
    link = "<link href='https://a.example/page/'/>"
    text = html.escape('<img src="p.png">')
    for inner, expected in (("", "/b/p.png"), ("xml:base='c/'", "/b/c/p.png")):
        entry = atom(
            f"{link}<content type='html' {inner}>{text}</content>",
            root="xml:base='https://a.example/b/'",
        )
        assert entry.content_html == f'<img src="https://a.example{expected}">'
        assert [picture.url for picture in entry.pictures] == [
            f"https://a.example{expected}"
        ]


def test_plain_text_is_not_taken_for_links() -> None:
    entry = atom("<summary type='text'>&lt;a href=&quot;/x&quot;&gt;</summary>")
    assert entry.summary_html is not None and "site.example" not in entry.summary_html


def test_the_text_of_a_json_entry_has_absolute_addresses() -> None:
    rows = [
        {
            "id": "1",
            "url": "https://a.example/one/",
            "content_html": "<a href='x'>x</a>",
        },
        {"id": "2", "content_html": "<a href='/y'>y</a>"},
    ]
    top = {"version": "https://jsonfeed.org/version/1.1", "items": rows}
    found = [entry.content_html for entry in read(json.dumps(top)).entries]
    assert found == [
        '<a href="https://a.example/one/x">x</a>',
        '<a href="https://site.example/y">y</a>',
    ]


CDF = """<?xml version="1.0"?>
<CHANNEL HREF="index.html" BASE="https://a.example/channel/">
 <TITLE>Main</TITLE>
 <ITEM HREF="one.html"><TITLE>One</TITLE></ITEM>
 <CHANNEL HREF="sub.html" BASE="sub/"><TITLE>Sub</TITLE>
  <ITEM HREF="two.html"><TITLE>Two</TITLE></ITEM>
  <CHANNEL><ITEM HREF="three.html"><TITLE>Three</TITLE></ITEM></CHANNEL>
 </CHANNEL>
 <CHANNEL><ITEM HREF="https://b.example/4"><TITLE>Four</TITLE></ITEM></CHANNEL>
</CHANNEL>"""


def test_channels_inside_a_cdf_channel_are_read_each_from_its_base() -> None:
    feed = read(CDF)
    assert (feed.format, feed.title) == ("cdf", "Main")
    assert feed.home_url == "https://a.example/channel/index.html"
    assert [(entry.title, entry.url) for entry in feed.entries] == [
        ("One", "https://a.example/channel/one.html"),
        ("Two", "https://a.example/channel/sub/two.html"),
        ("Three", "https://a.example/channel/sub/three.html"),
        ("Four", "https://b.example/4"),
    ]


def test_channels_nested_without_end_are_read_to_a_depth() -> None:
    inside = "<ITEM HREF='https://a.example/x'><TITLE>x</TITLE></ITEM>"
    body = "<CHANNEL HREF='https://a.example/'>" * 100 + inside + "</CHANNEL>" * 100
    assert read(body).entries == ()
    deep = "<CHANNEL HREF='https://a.example/'>" * 11 + inside + "</CHANNEL>" * 11
    assert len(read(deep).entries) == 1
