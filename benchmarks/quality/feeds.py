"""How much of what feeds say is read right: ours, feedparser and fastfeedparser.

    python benchmarks/quality/feeds.py --cases X.json.gz --inputs X.tar.gz [--json]

Cases are a list of {file, headers, checks}; a check is {where: feed|entry, index, field,
expected}. Text matches when it is equal after tags are taken out, entities decoded and
white space folded; published may stand in for updated and summary for content where the
feed has one of the two. Cases about sanitising or relative addresses (by folder) are also
counted apart.
"""

from __future__ import annotations

import argparse
import calendar
import gzip
import html
import json
import re
import tarfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from newsdesk.model.feed import Feed, FeedEntry, Refusal
from newsdesk.stages import parse
from newsdesk.text import dates

URL = "http://feeds.invalid/feed.xml"
APART = ("sanitize", "base")
"""Names of folders whose cases are about sanitising or relative addresses."""
STAND_INS = {
    "published": "updated",
    "updated": "published",
    "summary": "content",
    "content": "summary",
}

Values = dict[str, Any]
Reading = tuple[Values, list[Values]]


def ours(body: bytes, headers: Mapping[str, str]) -> Reading | None:
    read = parse.feed(body, url=URL, headers=tuple(headers.items()))
    if isinstance(read, Refusal):
        return None
    return _our_feed(read), [_our_entry(entry) for entry in read.entries]


def _our_feed(feed: Feed) -> Values:
    return {
        "title": _escaped(feed.title),
        "link": feed.home_url,
        "id": feed.guid,
        "summary": _escaped(feed.summary),
        "published": _epoch(feed.published_at),
        "updated": _epoch(feed.updated_at),
        "language": feed.language,
    }


def _our_entry(entry: FeedEntry) -> Values:
    return {
        "title": _escaped(entry.title),
        "link": entry.url,
        "id": entry.guid,
        "summary": entry.summary_html,
        "content": entry.content_html,
        "published": _epoch(entry.published_at),
        "updated": _epoch(entry.updated_at),
        "author": ", ".join(entry.authors),
    }


def _escaped(text: str | None) -> str | None:
    """Our titles are plain text; as HTML, so that all values go one way."""
    return None if text is None else html.escape(text, quote=False)


def _epoch(at: Any) -> float | None:
    return None if at is None else at.timestamp()


def theirs_feedparser(body: bytes, headers: Mapping[str, str]) -> Reading | None:
    read = feedparser.parse(body, response_headers=dict(headers), sanitize_html=False)
    if not read.entries and not read.feed:
        return None
    return _feedparser_values(read.feed), [_feedparser_values(e) for e in read.entries]


def _feedparser_values(row: Any) -> Values:
    contents = row.get("content") or [{}]
    return {
        "title": row.get("title"),
        "link": row.get("link"),
        "id": row.get("id"),
        "summary": row.get("summary") or row.get("subtitle"),
        "content": contents[0].get("value"),
        "published": _struct(row.get("published_parsed")),
        "updated": _struct(dict.get(row, "updated_parsed")),
        "author": row.get("author"),
    }


def _struct(value: Any) -> float | None:
    return None if value is None else calendar.timegm(value)


def theirs_fastfeedparser(body: bytes, headers: Mapping[str, str]) -> Reading | None:
    try:
        read = fastfeedparser.parse(body)
    except Exception:  # whatever it raises, it has not read the feed
        return None
    return _fast_values(read.feed), [_fast_values(entry) for entry in read.entries]


def _fast_values(row: Any) -> Values:
    contents = row.get("content") or [{}]
    return {
        "title": row.get("title"),
        "link": row.get("link"),
        "id": row.get("id"),
        "summary": row.get("description") or row.get("summary"),
        "content": contents[0].get("value"),
        "published": _iso(row.get("published")),
        "updated": _iso(row.get("updated")),
        "author": row.get("author"),
    }


def _iso(value: Any) -> float | None:
    return _epoch(dates.parse(value).at) if isinstance(value, str) else None


PARSERS: dict[str, Callable[[bytes, Mapping[str, str]], Reading | None]] = {
    "newsdesk": ours,
    "feedparser": theirs_feedparser,
    "fastfeedparser": theirs_fastfeedparser,
}


def is_right(reading: Reading | None, check: Mapping[str, Any]) -> bool:
    if reading is None:
        return False
    feed, entries = reading
    field, expected = check["field"], check["expected"]
    if field == "count":
        return len(entries) == int(expected)
    row = feed if check["where"] == "feed" else _nth(entries, check.get("index"))
    if row is None:
        return expected is None
    given = row.get(field)
    other = STAND_INS.get(field)
    if given in (None, "") and other:
        given = row.get(other)
    if field in ("summary", "content") and other and not _same(field, given, expected):
        return row.get(other) is not None and _same(field, row.get(other), expected)
    return _same(field, given, expected)


def _nth(entries: list[Values], index: int | None) -> Values | None:
    at = index or 0
    return entries[at] if -len(entries) <= at < len(entries) else None


def _same(field: str, given: Any, expected: Any) -> bool:
    if field in ("published", "updated"):
        if given is None or expected is None:
            return given is expected
        return int(given) == int(expected)
    if field == "author":
        return _name(given) == _name(expected)
    if field == "link" and given and expected and given == urljoin(URL, expected):
        return True  # ours are absolute
    return bool(_forms(given) & _forms(expected))


def _forms(value: Any) -> set[str]:
    """What a value may mean: as HTML and, where it holds no tags, as plain text."""
    text = "" if value is None else str(value)
    return {_folded(html.unescape(re.sub(r"<[^<>]*>", " ", text))), _bare(text)}


def _bare(text: str) -> str:
    return _folded(re.sub(r"<[^<>]*>", " ", html.unescape(text)))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _name(value: Any) -> str:
    return _folded(re.sub(r"\([^()]*@[^()]*\)|<[^<>]*@[^<>]*>", "", str(value or "")))


def score(cases: list[Mapping[str, Any]], files: Mapping[str, bytes]) -> dict[str, Any]:
    right: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    wrong = []
    for case in cases:
        body = files[case["file"]]
        group = "apart" if set(Path(case["file"]).parts) & set(APART) else "kept"
        readings = {
            name: read(body, case.get("headers") or {})
            for name, read in PARSERS.items()
        }
        for check in case["checks"]:
            keys = ("all", group, f"{check['where']} {check['field']}")
            total.update(keys)
            for name, reading in readings.items():
                if is_right(reading, check):
                    right[name].update(keys)
                elif name == "newsdesk":
                    wrong.append((case, check, readings[name]))
    return {"total": total, "right": right, "wrong": wrong}


def load(inputs: Path) -> dict[str, bytes]:
    files = {}
    with tarfile.open(inputs) as archive:
        for member in archive:
            if (handle := archive.extractfile(member)) is not None:
                files[member.name.removeprefix("./")] = handle.read()
    return files


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=Path, required=True)
    options.add_argument("--inputs", type=Path, required=True)
    options.add_argument("--json", action="store_true")
    options.add_argument("--wrong", type=int, default=40, help="mistakes to list")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    cases = json.loads(gzip.decompress(given.cases.read_bytes()))
    scores = score(cases, load(given.inputs))
    if not given.json:
        _print_mistakes(scores["wrong"][: given.wrong])
    _print_table(scores["total"], scores["right"])
    if given.json:
        print(json.dumps(_summary(scores["total"], scores["right"])))


def _print_mistakes(wrong: list[Any]) -> None:
    for case, check, reading in wrong:
        print(f"{case['file']}: {case.get('desc', '')}")
        print(f"  {check['where']} {check['field']}: {check['expected']!r}")
        print(f"  read: {reading!r}"[:400])


def _print_table(total: Counter[str], right: Mapping[str, Counter[str]]) -> None:
    print(f"{'':24}{'checks':>8}" + "".join(f"{name:>16}" for name in PARSERS))
    for key, count in sorted(total.items()):
        shares = "".join(f"{right[name][key] / count:16.2%}" for name in PARSERS)
        print(f"{key:24}{count:8}{shares}")


def _summary(total: Counter[str], right: Mapping[str, Counter[str]]) -> dict[str, Any]:
    """`checks`, `right` and `share` leave the cases apart out; `all` has them."""
    mine = right["newsdesk"]
    groups = {
        group: {
            "checks": total[group],
            **{name: right[name][group] for name in PARSERS},
        }
        for group in ("all", "kept", "apart")
    }
    others = [name for name in PARSERS if name != "newsdesk"]
    return {
        "checks": total["kept"],
        "right": mine["kept"],
        "share": round(mine["kept"] / (total["kept"] or 1), 5),
        "others": {
            name: round(right[name]["kept"] / (total["kept"] or 1), 5)
            for name in others
        },
        **groups,
        "fields": {
            key: {"checks": count, **{name: right[name][key] for name in PARSERS}}
            for key, count in sorted(total.items())
            if " " in key
        },
    }


if __name__ == "__main__":
    main()
