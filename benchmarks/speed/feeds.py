"""How fast feeds are read, beside feedparser and fastfeedparser on the same bytes.

    python benchmarks/speed/feeds.py WARC [--json] [--rounds N]

feedparser runs with sanitising off, and once more ("bare") with the resolving of relative
addresses off too. The best of N rounds of CPU time counts, parsers taking turns. Agreement
is the share of entries, among those that bare feedparser reads, where we have the same
title, link, date and words.
"""

from __future__ import annotations

import argparse
import calendar
import html
import json
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastfeedparser
import feedparser
from warcio.archiveiterator import ArchiveIterator

from newsdesk.model.feed import Feed, Refusal
from newsdesk.stages import parse

FIELDS = ("title", "link", "date", "text")
Row = tuple[str, tuple[tuple[str, str], ...], bytes]


def load(path: Path) -> list[Row]:
    rows = []
    with path.open("rb") as handle:
        for record in ArchiveIterator(handle):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                headers = tuple(
                    (name.lower(), value) for name, value in record.http_headers.headers
                )
                rows.append((url, headers, record.content_stream().read()))
    return rows


def ours(row: Row) -> Feed | Refusal:
    return parse.feed(row[2], url=row[0], headers=row[1])


def with_feedparser(row: Row) -> Any:
    return _feedparser(row, resolve=True)


def with_bare_feedparser(row: Row) -> Any:
    return _feedparser(row, resolve=False)


def _feedparser(row: Row, *, resolve: bool) -> Any:
    return feedparser.parse(
        row[2],
        response_headers={"content-location": row[0], "content-type": _type(row)},
        sanitize_html=False,
        resolve_relative_uris=resolve,
    )


def _type(row: Row) -> str:
    return dict(row[1]).get("content-type", "application/xml")


def with_fastfeedparser(row: Row) -> Any:
    try:
        return fastfeedparser.parse(row[2])
    except Exception:  # a feed it does not read costs its time all the same
        return None


PARSERS: dict[str, Callable[[Row], Any]] = {
    "newsdesk": ours,
    "feedparser": with_feedparser,
    "bare feedparser": with_bare_feedparser,
    "fastfeedparser": with_fastfeedparser,
}


def time_all(rows: list[Row], rounds: int) -> dict[str, float]:
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, read in PARSERS.items():
            start = time.process_time()
            for row in rows:
                read(row)
            taken = time.process_time() - start
            best[name] = min(best.get(name, taken), taken)
    return best


def agreement(rows: list[Row]) -> tuple[Counter[str], Counter[str], list[str]]:
    same: Counter[str] = Counter()
    total: Counter[str] = Counter()
    differences = []
    for row in rows:
        mine, theirs = ours(row), with_bare_feedparser(row)
        entries = mine.entries if isinstance(mine, Feed) else ()
        for at, their in enumerate(theirs.entries):
            my = _mine(entries[at]) if at < len(entries) else {}
            verdicts = {
                field: value is None or my.get(field) == value
                for field, value in _theirs(their).items()
            }
            verdicts["text"] = _text_agrees(my, their)
            total.update([*verdicts, "entries"])
            same.update(field for field, is_same in verdicts.items() if is_same)
            same.update(["entries"] if all(verdicts.values()) else [])
            differences.extend(
                f"{row[0]} {at} {field}: {my.get(field)!r:.150} / "
                f"{_theirs(their).get(field) or _folded(their.get('summary'))!r:.150}"
                for field, is_same in verdicts.items()
                if not is_same
            )
    return same, total, differences


def _mine(entry: Any) -> dict[str, Any]:
    at = entry.published_at or entry.updated_at
    bodies = (entry.summary_html, entry.content_html)
    return {
        "title": _folded(html.escape(entry.title or "", quote=False)) or None,
        "link": entry.url,
        "date": at and int(at.timestamp()),
        "text": [_folded(body) for body in bodies if body],
    }


def _theirs(entry: Any) -> dict[str, Any]:
    parsed = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    if parsed and parsed[0] <= 1:
        parsed = None  # year 1 is how programs print that there is no date
    return {
        "title": _folded(entry.get("title")) or None,
        "link": entry.get("feedburner_origlink") or entry.get("link") or None,
        "date": calendar.timegm(parsed) if parsed else None,
    }


def _text_agrees(my: dict[str, Any], their: Any) -> bool:
    bodies = [their.get("summary"), *(c.value for c in their.get("content", []))]
    wanted = [_folded(body) for body in bodies if body]
    return not any(wanted) or any(text in my.get("text", []) for text in wanted)


def _folded(value: str | None) -> str:
    text = html.unescape(re.sub(r"<[^<>]*>", "", value or ""))
    return re.sub(r"\s+", "", text)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("warc", type=Path)
    options.add_argument("--json", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--differences", type=int, default=20)
    given = options.parse_args()
    warnings.simplefilter("ignore")
    rows = load(given.warc)
    size = sum(len(row[2]) for row in rows)
    taken = time_all(rows, given.rounds)
    same, total, differences = agreement(rows)
    if not given.json:
        print("\n".join(differences[: given.differences]))
    for name, seconds in taken.items():
        ratio = taken["feedparser"] / seconds
        print(f"{name:16}{size / seconds / 1e6:8.1f} MB/s {ratio:7.1f} x feedparser")
    for field in ("entries", *FIELDS):
        print(f"{field:16}{same[field]}/{total[field]} as feedparser")
    if given.json:
        share = {field: round(same[field] / (total[field] or 1), 5) for field in total}
        rates = {name: round(size / s / 1e6, 2) for name, s in taken.items()}
        print(
            json.dumps(
                {
                    "feeds": len(rows),
                    "bytes": size,
                    "mb_per_s": rates,
                    "times_feedparser": round(
                        taken["feedparser"] / taken["newsdesk"], 2
                    ),
                    "times_bare_feedparser": round(
                        taken["bare feedparser"] / taken["newsdesk"], 2
                    ),
                    "entries": total["entries"],
                    "same": share,
                }
            )
        )


if __name__ == "__main__":
    main()
