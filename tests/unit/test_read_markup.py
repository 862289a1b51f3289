"""Clean HTML: the words of the text in the markup of the page, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdesk.stages import read_document, read_markup
from newsdesk.text import html

URL = "https://news.example/world/story"
LONG = "The old bridge over the Lenne opened again on Tuesday after two years of work"
ALLOWED = frozenset(
    "p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a br table tr td th".split()
)


def markup(text: str, body: str, *others: str) -> str:
    document = read_document.bounded(f"<html><body>{body}</body></html>", URL)
    return read_markup.markup(text, document, *others)


def bare(text: str) -> str:
    """The words without white space and list marks."""
    lines = (html.fold(line).removeprefix("- ") for line in text.split("\n"))
    return "".join("".join(lines).split())


class Strict(HTMLParser):
    """Fails on anything but well nested clean HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        for _, value in attrs:
            assert value is not None
            assert value.startswith(("https://", "http://"))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def check(clean: str) -> None:
    strict = Strict()
    strict.feed(clean)
    strict.close()
    assert strict.open == []


def test_a_paragraph_keeps_its_links_and_emphasis():
    clean = markup(
        f"{LONG}, said Ada Byron.",
        f"<p class=x onclick=run()>{LONG}, said <a href='/byron?utm_source=x' "
        "onclick=run()><b>Ada</b> Byron</a>.</p>",
    )
    assert clean == (
        f'<p>{LONG}, said <a href="https://news.example/byron">'
        "<strong>Ada</strong> Byron</a>.</p>"
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:run()",
        "mailto:a@b.example",
        "#notes",
        "",
        "data:text/html,x",
        "https://",
    ],
)
def test_a_link_to_no_other_page_leaves_its_words(href: str):
    clean = markup(f"{LONG} said", f"<p>{LONG} <a href='{href}'>said</a></p>")
    assert clean == f"<p>{LONG} said</p>"


def test_a_link_keeps_its_place_on_the_other_page():
    clean = markup(LONG, f"<p><a href='//b.example/x?a=1&amp;b=2#part'>{LONG}</a></p>")
    assert clean == f'<p><a href="https://b.example/x?a=1&amp;b=2#part">{LONG}</a></p>'


def test_links_start_at_the_base_that_the_page_names():
    body = f"<base href='https://cdn.example/a/'><p><a href=b>{LONG}</a></p>"
    assert 'href="https://cdn.example/a/b"' in markup(LONG, body)


def test_headings_keep_their_levels_from_the_second_on():
    text = f"{LONG}.\n\nWhy now\n\n{LONG} again.\n\nThe cost\n\n{LONG} once more."
    body = (
        f"<h1>Other</h1><p>{LONG}.</p><h3>Why <b>now</b></h3><p>{LONG} again.</p>"
        f"<h5>The cost</h5><p>{LONG} once more.</p>"
    )
    assert re.findall(r"<h\d>.*?</h\d>", markup(text, body)) == [
        "<h2>Why now</h2>",
        "<h4>The cost</h4>",
    ]


def test_headings_that_are_the_whole_text_are_paragraphs():
    text = f"{LONG}.\n\n{LONG} again."
    clean = markup(text, f"<h3>{LONG}.</h3><h3>{LONG} again.</h3>")
    assert clean == f"<p>{LONG}.</p>\n<p>{LONG} again.</p>"


def test_lists_nest_as_on_the_page():
    text = f"{LONG}:\n\n- one\n\n- two\n\n- deeper\n\n- three\n\n{LONG} after."
    body = (
        f"<p>{LONG}:</p><ol><li>one<li>two<ul><li>deeper</ul><li>three</ol>"
        f"<p>{LONG} after.</p>"
    )
    assert (
        "<ol><li>one</li><li>two<ul><li>deeper</li></ul></li><li>three</li></ol>"
        in (markup(text, body))
    )


def test_an_item_that_the_page_marks_up_otherwise_is_still_an_item():
    clean = markup(f"{LONG}:\n\n- one\n\n- two", f"<p>{LONG}:</p><div>one</div>two")
    assert clean == f"<p>{LONG}:</p>\n<ul><li>one</li><li>two</li></ul>"


def test_items_that_are_the_frame_of_whole_posts_are_no_list():
    text = f"{LONG}.\n\n{LONG} again."
    clean = markup(text, f"<ul><li><p>{LONG}.</p><p>{LONG} again.</p></li></ul>")
    assert clean == f"<p>{LONG}.</p>\n<p>{LONG} again.</p>"


def test_quotes_are_quotes_unless_they_hold_everything():
    text = f"{LONG}.\n\n{LONG} again.\n\n{LONG} once more."
    quoted = (
        f"<p>{LONG}.</p><blockquote><p>{LONG} again.</blockquote><p>{LONG} once more."
    )
    assert f"<blockquote><p>{LONG} again.</p></blockquote>" in markup(text, quoted)
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    assert "blockquote" not in markup(text, f"<blockquote>{paragraphs}</blockquote>")


def test_code_keeps_its_lines_together():
    text = f"{LONG}:\n\nif a < b:\n\nreturn a"
    clean = markup(
        text, f"<p>{LONG}:</p><pre><code>if a &lt; b:\n    return a</code></pre>"
    )
    assert clean.endswith("<pre><code>if a &lt; b:\nreturn a</code></pre>")


def test_a_table_of_data_stays_one_and_a_frame_does_not():
    text = f"{LONG}\n\nYear\n\nBridges\n\n2024\n\n7"
    rows = "<tr><th>Year<th>Bridges<tr><td>2024<td>7"
    clean = markup(text, f"<p>{LONG}</p><table>{rows}</table>")
    assert clean.endswith(
        "<table><tr><th>Year</th><th>Bridges</th></tr>"
        "<tr><td>2024</td><td>7</td></tr></table>"
    )
    framed = markup(
        f"{LONG}\n\n{LONG} again", f"<table><tr><td><p>{LONG}<p>{LONG} again"
    )
    assert framed == f"<p>{LONG}</p>\n<p>{LONG} again</p>"


def test_a_row_that_the_text_writes_with_bars_is_a_row():
    clean = markup(f"{LONG}\n\n| Year | Bridges |\n\n| 2024 | 7 |", f"<p>{LONG}</p>")
    assert clean.endswith(
        "<table><tr><td>Year</td><td>Bridges</td></tr>"
        "<tr><td>2024</td><td>7</td></tr></table>"
    )


def test_words_of_scripts_and_data_are_not_where_a_line_is_found():
    data = f'<script type="application/ld+json">"{LONG}"</script>'
    assert markup(LONG, f"{data}<p><em>{LONG}</em>") == f"<p><em>{LONG}</em></p>"


def test_text_that_the_page_lacks_takes_its_markup_from_the_feed():
    feed = (
        f"<p>{LONG} <a href=/more onclick=x>and <i>more</i></a></p><script>x</script>"
    )
    clean = markup(f"{LONG} and more", "<p>Subscribe to read.</p>", feed)
    assert clean == (
        f'<p>{LONG} <a href="https://news.example/more">and <em>more</em></a></p>'
    )


def test_a_text_found_nowhere_is_plain_paragraphs():
    assert markup("<b>a</b> & b\n\n- c", "") == (
        "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>\n<ul><li>c</li></ul>"
    )
    assert markup("", "<p>words") == ""


def test_a_line_break_stays_one():
    text = f"{LONG} first line second line"
    clean = markup(text, f"<p>{LONG} first line<br><br>second line</p>")
    assert clean == f"<p>{LONG} first line <br>second line</p>"


words = st.text(alphabet="ab <>&\"'-|\u00ad\u00fc\u0130\u2028/#=", max_size=40)
tags = st.sampled_from(
    """<p> </p> <b> </b> <i> </i> <ul> <li> </li> </ul> <ol> <h1> </h1> <h3> </h3>
    <blockquote> </blockquote> <pre> </pre> <code> </code> <table> <tr> <td> </td> <th>
    </table> <br> <div> </div> <a\thref=/x?utm_source=a> <a\thref='javascript:x'> </a>
    <script> </script> <svg> <!-- -->""".split()
)
bodies = st.lists(st.one_of(words, tags), max_size=40).map("".join)


@given(bodies, st.lists(words, max_size=6), st.booleans())
@example("<b><p>a</b>b<i>c", ["- abc"], True)
@example("<ul><li><table><tr><td><li>ab", ["ab"], True)
def test_whatever_the_page_the_words_are_the_texts_and_the_markup_is_clean(
    body: str, others: list[str], is_own: bool
):
    text = html.paragraphs(body) if is_own else "\n\n".join(others)
    clean = markup(text, body)
    check(clean)
    words_of = "".join(html.paragraphs(clean).split()).replace("|", "")
    assert words_of == bare(text).replace("|", "")
    assert "".join(html.plain(clean).split()).replace("|", "") == words_of
