"""Tiny feeds for tests, and how to read them."""

from newsdesk.model.feed import Feed, FeedEntry, Refusal
from newsdesk.stages import parse

URL = "https://site.example/feeds/main.xml"


def read(body: bytes | str, **headers: str) -> Feed:
    found = outcome(body, **headers)
    assert isinstance(found, Feed), found
    return found


def outcome(body: bytes | str, **headers: str) -> Feed | Refusal:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    raw = body.encode() if isinstance(body, str) else body
    return parse.feed(raw, url=URL, headers=named)


def rss(item: str, *, head: str = "", declaration: str = "", root: str = "") -> str:
    return (
        f"{declaration}<rss version='2.0' {root}><channel><title>t</title>{head}"
        f"<item>{item}</item></channel></rss>"
    )


def item(inside: str, **more: str) -> FeedEntry:
    (entry,) = read(rss(inside, **more)).entries
    return entry


def atom(inside: str, *, root: str = "") -> FeedEntry:
    opening = f"<feed xmlns='http://www.w3.org/2005/Atom' {root}>"
    (entry,) = read(f"{opening}<entry>{inside}</entry></feed>").entries
    return entry
