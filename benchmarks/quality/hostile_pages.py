"""Reads about fifty hostile pages, each in a process of its own with a time limit.

    python benchmarks/quality/hostile_pages.py [--limit SECONDS] [--json]

A page passes when reading it gives a `Reading` or a `NotArticle` within the limit; what
hangs, crashes or raises is named, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from newsdesk.model.article import ArticleId, Candidate, Page
from newsdesk.model.feed import Entry, EntryId, FeedEntry, Reply, SourceId
from newsdesk.stages import read

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LIMIT_S = 10.0
_HEAD = (
    "<html><head><title>A headline for a page</title></head><body><h1>A headline</h1>"
)
_PROSE = "<p>" + "Plain words that make a sentence of a news story. " * 6 + "</p>"


def page(body: bytes, *, kind: str = "text/html", status: int = 200) -> Page:
    item = FeedEntry(url="https://news.example/story", title="A headline")
    entry = Entry(
        id=EntryId("e" * 16),
        source_id=SourceId("s" * 16),
        position=0,
        first_seen_at=NOW,
        item=item,
    )
    candidate = Candidate(
        id=ArticleId("a" * 16), url="https://news.example/story", entry=entry
    )
    reply = Reply(
        key="a",
        url=candidate.url,
        final_url=candidate.url,
        status=status,
        headers=(("content-type", kind),),
        body=body,
        fetched_at=NOW,
    )
    return Page(candidate=candidate, reply=reply)


def html(middle: str) -> Page:
    return page(f"{_HEAD}{middle}</body></html>".encode("utf-8", "surrogatepass"))


def nested(tag: str, count: int) -> str:
    return f"<{tag}>" * count + "words" + f"</{tag}>" * count + _PROSE


def data(text: str) -> Page:
    return html(f'<script type="application/ld+json">{text}</script>{_PROSE}')


def cases() -> dict[str, Callable[[], Page]]:
    """Every hostile page, by name, made when asked for."""
    made: dict[str, Callable[[], Page]] = {
        "empty": lambda: page(b""),
        "one byte": lambda: page(b"<"),
        "only NUL": lambda: page(b"\0" * 100_000),
        "binary": lambda: page(bytes(range(256)) * 4000),
        "jpeg as html": lambda: page(b"\xff\xd8\xff\xe0" + b"\x9a\x01JFIF" * 50_000),
        "gzip as html": lambda: page(b"\x1f\x8b\x08" + b"\x00\xff\xaa" * 50_000),
        "pdf": lambda: page(b"%PDF-1.7 " * 1000, kind="application/pdf"),
        "10 MB of paragraphs": lambda: html(_PROSE * 33_000),
        "70k short paragraphs": lambda: html("<p>few words here</p>" * 70_000),
        "500k unclosed p": lambda: html("<p>a" * 500_000),
        "10 MB in one paragraph": lambda: html("<p>" + "word " * 2_000_000 + "</p>"),
        "10 MB in one word": lambda: html("<p>" + "w" * 10_000_000 + "</p>"),
        "320k links": lambda: html("<a href=/x>link</a> " * 320_000),
        "300k br": lambda: html("words<br>" * 300_000),
        "100k images": lambda: html("<img src=/a.jpg>" * 100_000),
        "100k h1": lambda: html("<h1>head</h1>" * 100_000),
        "100k time": lambda: html("<time datetime=2025-01-01>x</time>" * 100_000),
        "100k meta": lambda: page(
            b"<head>" + b"<meta name=a content=b>" * 100_000 + _PROSE.encode()
        ),
        "100k table cells": lambda: html("<table>" + "<tr><td>c" * 50_000),
        "100k list items": lambda: html("<ul>" + "<li>item words" * 100_000),
        "misnested b and i": lambda: html("<b><i></b></i>" * 30_000 + _PROSE),
        "open formatting": lambda: html("<b><i><u><font>" * 5_000 + _PROSE),
        "unclosed a": lambda: html("<a href=x>" * 20_000 + _PROSE),
        "tables in tables": lambda: html("<table><tr><td>" * 20_000 + _PROSE),
        "100k attributes": lambda: html(
            "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">words</p>" + _PROSE
        ),
        "100k bare attributes": lambda: html(
            "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">words</p>" + _PROSE
        ),
        "100k attributes without space": lambda: html(
            "<p " + "".join(f"a{n}='1'" for n in range(100_000)) + ">words</p>" + _PROSE
        ),
        "5 MB attribute": lambda: html(
            f'<p title="{"x" * 5_000_000}">words</p>{_PROSE}'
        ),
        "attribute never closed": lambda: html('<p title="' + "x <p> " * 400_000),
        "tag never closed": lambda: html("<p " + "x " * 1_000_000),
        "50k openers only": lambda: html("<" * 1_000_000),
        "comment never closed": lambda: html("<!--" + "x" * 1_000_000),
        "100k comment openers": lambda: html("<!--" * 100_000 + _PROSE),
        "100k script openers": lambda: html("<script>" * 100_000 + _PROSE),
        "100k style openers": lambda: html("<style>" * 100_000 + _PROSE),
        "100k svg openers": lambda: html("<svg>" * 100_000 + _PROSE),
        "100k iframes": lambda: html("<iframe src=x></iframe>" * 100_000 + _PROSE),
        "100k entities": lambda: html("<p>" + "&amp;&lt;&#x41;" * 100_000),
        "bad entities": lambda: html("<p>" + "&#99999999;&#xD800;&#0;" * 50_000),
        "deep JSON": lambda: data("[" * 100_000),
        "deep JSON objects": lambda: data('{"a":' * 50_000 + "1" + "}" * 50_000),
        "2 MB of JSON strings": lambda: data('{"headline":"' + "\\" * 2_000_000),
        "quotes in JSON": lambda: data('{"author":' + '"name":"' * 100_000),
        "JSON comments": lambda: data("/*" * 300_000),
        "JSON brackets": lambda: data("{" * 10 + ",}" * 200_000),
        "JSON numbers": lambda: data(
            '{"@type":"Article","headline":' + "9" * 100_000 + "}"
        ),
        "JSON odd types": lambda: data(
            '{"@type":["Article",5,null,{"a":[]}],"headline":[[[]]],"author":'
            '[[[{"name":{"name":[5]}}]]],"datePublished":{"@value":[]},"image":'
            '[[{"url":{"url":3}}],7],"keywords":[[["a"]],{"name":4}],"publisher":[1]}'
        ),
        "long title": lambda: page(b"<title>" + b"word - " * 200_000 + b"</title>"),
        "long byline": lambda: html("<p class=byline>" + "By Ann, " * 100_000),
        "long date": lambda: html("<p class=date>" + "2025-" * 200_000),
        "truncated in a tag": lambda: page((_HEAD + _PROSE * 30 + "<p class").encode()),
        "truncated in UTF-8": lambda: page((_HEAD + "<p>" + "ü" * 5000).encode()[:-1]),
        "falsely utf-16": lambda: page(
            (_HEAD + _PROSE).encode(), kind="text/html; charset=utf-16"
        ),
        "falsely big5": lambda: page(
            (_HEAD + _PROSE + "äöü" * 9000).encode(), kind="text/html; charset=big5"
        ),
        "unknown charset": lambda: page(
            (_HEAD + _PROSE).encode(), kind="text/html; charset=\0bogus"
        ),
        "utf-7": lambda: page(
            (_HEAD + "+ADw-" * 9000).encode(), kind="text/html; charset=utf-7"
        ),
        "lone surrogates": lambda: html("<p>" + "\ud800 word" * 9000),
        "only white space": lambda: html(" \n\t\u200b" * 300_000),
        "1M JSON items": lambda: data("[" + "{}," * 400_000 + "{}]"),
        "100k JSON articles": lambda: data(
            "[" + '{"@type":"NewsArticle","headline":"a"},' * 100_000 + "{}]"
        ),
        "wide JSON object": lambda: data(
            "{" + ",".join(f'"k{n}":{n}' for n in range(100_000)) + "}"
        ),
        "JSON that refers to itself": lambda: data(
            '{"@graph":[{"@id":"#a","@type":"NewsArticle","author":{"@id":"#a"},'
            '"publisher":{"@id":"#b"},"isPartOf":{"@id":"#a"}},'
            '{"@id":"#b","publisher":{"@id":"#a"},"name":{"@id":"#b"}}]}'
        ),
        "JSON of empty lines": lambda: data('{"a":1' + "\n" * 1_000_000 + "x"),
        "JSON of semicolons": lambda: data('{"a":1}' + ";" * 500_000 + "x"),
        "JSON of spaces": lambda: data('{"a":1' + " " * 1_000_000 + "x"),
        "quotes in attribute names": lambda: html('<p a">word</p>' * 50_000),
        "100k JSON authors": lambda: data(
            '{"@type":"NewsArticle","headline":"a","author":['
            + ",".join(f'{{"name":"Ann B{n}"}}' for n in range(100_000))
            + "]}"
        ),
        "markup in a JSON body": lambda: data(
            '{"@type":"NewsArticle","headline":"a","articleBody":"'
            + "<b><i><p>words " * 60_000
            + '"}'
        ),
        "40k scripts of data": lambda: html(
            '<script type="application/ld+json">{"a":[]}</script>' * 40_000 + _PROSE
        ),
        "100k author metas": lambda: page(
            b"<head>" + b'<meta name="author" content="Ann B">' * 100_000
        ),
        "2 MB meta": lambda: page(
            b'<meta property="og:title" content="' + b"a - " * 500_000 + b'">'
        ),
        "100k keywords": lambda: page(
            b'<meta name="keywords" content="'
            + b",".join(b"k%d" % n for n in range(100_000))
            + b'">'
        ),
        "2M br": lambda: html("<br>" * 2_000_000 + _PROSE),
        "links in every word": lambda: html(
            "<p>" + '<a href="/x?utm_source=y">word</a> ' * 30_000
        ),
        "emphasis in every word": lambda: html(
            "<p>" + "<b>word</b> <i>x</i> " * 15_000
        ),
        "long hrefs": lambda: html(f'<p><a href="/{"x" * 9000}">word</a></p>' * 400),
        "30k quotes": lambda: html(f"<blockquote>{_PROSE[:60]}</blockquote>" * 30_000),
        "one word repeated": lambda: html("<p>" + "a" * 400 + "</p>" + "aa " * 300_000),
        "lists in lists in items": lambda: html("<ul><li>a" * 120 + _PROSE * 60),
        "nobody closes a quote": lambda: html("<p class='" + "a b " * 300_000 + _PROSE),
        "all white space signs": lambda: html("<p>" + "\u200b\u00ad\u2060a" * 200_000),
        "bidi controls": lambda: html("<p>" + "\u202e\u2066words " * 60_000),
        "combining marks": lambda: html("<p>a" + "\u0301" * 500_000),
        "really utf-16": lambda: page((_HEAD + _PROSE * 9).encode("utf-16")),
        "utf-16 of odd length": lambda: page(
            b"\xff\xfe" + (_HEAD + _PROSE * 9).encode("utf-16-le")[:-1]
        ),
        "utf-8 called utf-32": lambda: page(
            (_HEAD + _PROSE).encode(), kind="text/html; charset=utf-32"
        ),
        "base far away": lambda: html("<base href='http://[::1'>" + _PROSE),
    }
    for tag in ("div", "span", "ul><li", "blockquote", "b", "section", "p><object"):
        made[f"100k nested {tag}"] = lambda tag=tag: html(nested(tag, 100_000))
        made[f"3k nested {tag}"] = lambda tag=tag: html(nested(tag, 3_000))
    return made


def _read(name: str, answer: multiprocessing.SimpleQueue[str]) -> None:
    answer.put(type(read.article(cases()[name]())).__name__)


def attempt(name: str, limit_s: float) -> tuple[str, float]:
    """What became of one page, and after how many seconds."""
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
    worker = context.Process(target=_read, args=(name, answer))
    start = time.monotonic()
    worker.start()
    worker.join(limit_s)
    seconds = time.monotonic() - start
    if worker.is_alive():
        worker.kill()
        worker.join()
        return "HANGS", seconds
    if worker.exitcode != 0:
        return f"FAILS ({worker.exitcode})", seconds
    return answer.get(), seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--limit", type=float, default=LIMIT_S, help="seconds a page")
    parser.add_argument("--json", action="store_true", help="one object, last line")
    options = parser.parse_args()
    bad = []
    slowest = ("", 0.0)
    names = list(cases())
    for name in names:
        outcome, seconds = attempt(name, options.limit)
        slowest = max(slowest, (name, seconds), key=lambda one: one[1])
        print(f"{seconds:6.2f} s  {outcome:12} {name}", file=sys.stderr)
        if outcome not in ("Reading", "NotArticle"):
            bad.append(name)
    result = {
        "pages": len(names),
        "failed": bad,
        "slowest": slowest[0],
        "slowest_s": round(slowest[1], 2),
    }
    print(json.dumps(result) if options.json else result)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
