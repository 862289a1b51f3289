"""HTML fragments to words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("plain", "plain"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("<b>Bo</b>ld <i>it</i>", "Bold it"),
        ("one<br>two<p>three</p>four", "one two three four"),
        ("a<script>if (a<b) x()</script>b", "ab"),
        ("a<style>p > a {}</style>b", "ab"),
        ("a<!-- <p>hidden</p> -->b", "ab"),
        ("a<!-- odd >b", "ab"),
        ("a<!-- never", "a"),
        ('<a title="a > b" href=x>link</a>', "link"),
        ("<iframe src='x'/>after", "after"),
        ("<iframe src='x'>inside</iframe>after", "after"),
        ("<noscript>no</noscript>yes", "yes"),
        ("caf&eacute;&nbsp;&#8212;&#x2014;", "café ——"),
        ("it's <b", "it's <b"),
        ("<script>never closed", ""),
        ("", ""),
    ],
)
def test_plain_words(source, words):
    assert html.plain(source) == words


def test_paragraphs_are_kept_apart():
    source = (
        "<h1>Head</h1><p>One <b>two</b>\nthree<br>four</p>"
        "<ul><li>a</li><li>b</li></ul>tail"
    )
    assert html.paragraphs(source) == "Head\n\nOne two three four\n\na\n\nb\n\ntail"


def test_paragraphs_of_plain_text_are_its_own():
    assert html.paragraphs("one\ntwo\n\n three &amp; four") == "one two\n\nthree & four"


def test_an_apostrophe_in_a_tag_does_not_swallow_the_text():
    assert html.plain("<a title=it's href=x>link</a> and more") == "link and more"


@given(st.text(max_size=200))
def test_escaped_text_comes_back(text):
    assert html.plain(html.escape(text)) == html.fold(text)


@given(st.text(alphabet="<>/!-'\"= abps&;", max_size=60))
def test_no_fragment_raises(source):
    assert html.plain(source) == html.fold(html.paragraphs(source))


@pytest.mark.parametrize(
    "piece", ["<div>", "<", "<!--", "<a b='", "<script>", "</", "<iframe>", "&"]
)
def test_time_is_linear(piece):
    start = time.process_time()
    html.plain(piece * 200_000)
    assert time.process_time() - start < 4
