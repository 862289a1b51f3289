"""Markdown from clean HTML: read back, it has the same words and no other element."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsdesk.text import clean_html, html, markdown
from newsdesk.text.clean_html import Block, Mark

READER = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize(
    ("clean", "expected"),
    [
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<h2>Why #</h2>", "## Why \\#"),
        ("<p>a<br>- b</p>", "a\\\n\\- b"),
        ("<p>1986. A year</p>", "1986\\. A year"),
        ("<p># no head * or _em_ or snake_case</p>",
         "\\# no head \\* or \\_em\\_ or snake_case"),
        ("<p>&lt;b&gt; &amp;amp; [x](y)</p>", "\\<b\\> \\&amp; \\[x\\](y)"),
        ("<p><em>One </em>and <strong>two</strong></p>", "*One* and **two**"),
        ('<p>Now! <a href="https://a.example/x_(y)">here</a></p>',
         "Now! [here](https://a.example/x_\\(y\\))"),
        ('<p>Now!<a href="https://a.example/">here</a></p>',
         "Now\\![here](https://a.example/)"),
        ("<p>Call <code>a`b*</code></p>", "Call ``a`b*``"),
        ("<pre><code>a ``` b\n  *</code></pre>", "````\na ``` b\n  *\n````"),
        ("<blockquote><p>One</p><p>Two</p></blockquote>", "> One\n>\n> Two"),
        ("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>",
         "- one\n  - two\n- three"),
        ("<ol><li><p>one</p><p>more</p></li><li>two</li></ol>",
         "1. one\n\n   more\n2. two"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<table><tr><th>a|b</th><th>c</th></tr><tr><td>d</td></tr></table>",
         "| a\\|b | c |\n| --- | --- |\n| d |  |"),
        ("", ""),
    ],
)  # fmt: skip
def test_each_element_has_its_markdown(clean: str, expected: str):
    assert markdown.from_html(clean) == expected


def test_a_tag_that_clean_html_never_has_is_dropped_and_its_words_stay():
    assert markdown.from_html("<p>a <u>b</u> <x>c</p> d </q>") == "a b c\n\nd"


def test_lists_in_lists_without_end_are_bounded():
    deep = "<ul><li>" * 5000 + "words" + "</li></ul>" * 5000
    assert markdown.from_html(deep).strip("- ") == "words"


signs = st.text(
    alphabet="ab 1.)-+*_`~#<>&;!|[]()\\=:\"'“é\u0301", min_size=1, max_size=25
)
words = signs.map(html.fold).filter(bool)
hrefs = st.text(alphabet="ab()[]*_`&;=?#", max_size=8).map("https://a.example/".__add__)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(words)
    place = st.integers(0, len(text))
    made = []
    for tag in draw(
        st.lists(st.sampled_from(["a", "em", "strong", "code"]), max_size=3)
    ):
        start, end = sorted((draw(place), draw(place)))
        made.append(Mark(tag=tag, start=start, end=end, href=draw(hrefs)))
    tag = draw(st.sampled_from(["p", "p", "h2", "h5", "pre"]))
    holders = draw(st.lists(st.sampled_from(["ul", "ol", "blockquote"]), max_size=2))
    path = []
    for place_in, holder in enumerate(holders):
        path.append((holder, draw(st.integers(0, 1)) + 10 * place_in))
        if holder != "blockquote":
            path.append(("li", draw(st.integers(0, 99))))
    is_inside = any(name == "li" for name, _ in path)
    return Block(
        words=text, tag="p" if is_inside else tag, path=tuple(path),
        marks=clean_html.nested(made),
    )  # fmt: skip


@given(st.lists(blocks(), max_size=5))
@example([Block(words="a**b", marks=(Mark(tag="strong", start=0, end=1),))])
def test_what_is_rendered_from_it_has_the_same_words_and_no_raw_html(
    given: list[Block],
):
    clean = clean_html.write(given)
    text = markdown.from_html(clean)
    tokens = [
        t for token in READER.parse(text) for t in (token, *(token.children or ()))
    ]
    assert not {"html_block", "html_inline", "image", "hr"} & {t.type for t in tokens}
    again = READER.render(text)
    assert "".join(html.plain(again).split()) == "".join(html.plain(clean).split())
    # Marks may be left out where they could not be read back; none may be added.
    there, here = (Counter(re.findall(r"<(\w+)", one)) for one in (again, clean))
    for tag in ("a", "em", "strong", "h2", "h5", "blockquote", "ol", "ul", "li"):
        assert there[tag] <= here[tag], tag
    assert markdown.from_html(clean) == text
