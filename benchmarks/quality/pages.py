"""Measures reading pages against gold: text, headline, day, minute, authors, addresses.

    python benchmarks/quality/pages.py PAGES.warc.gz GOLD.jsonl.gz [--json] [--limit N]

Text is scored by 4-gram shingles of words, macro-averaged precision and recall; fields
that a page's gold does not hold are not scored, and null where no page holds them.
`trafilatura`'s default runs on the same pages in the same process for comparison.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import trafilatura
from warcio.archiveiterator import ArchiveIterator

from newsdesk.model.article import ArticleId, Candidate, NotArticle, Page, Reading
from newsdesk.model.feed import Entry, EntryId, FeedEntry, Reply, SourceId
from newsdesk.stages import read
from newsdesk.text import dates

FETCHED = datetime(2026, 12, 31, tzinfo=UTC)
"""Stands in for a fetch time that the archive does not give."""
EAST, WEST = timedelta(hours=14), timedelta(hours=12)
"""How far clocks are ahead of and behind Greenwich at most."""
T = TypeVar("T")
_TOKEN = re.compile(r"\w+", re.UNICODE)


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text or "")


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = tokens(text)
    if not words:
        return Counter()
    if len(words) < size:
        return Counter([tuple(words)])
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


@dataclass
class TextScore:
    """Precision and recall by page, against the best of a page's golds."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    below_half: int = 0

    def add(self, given: str, golds: list[str]) -> tuple[float, float, float]:
        best = max((_page_score(given, gold) for gold in golds), key=lambda one: one[2])
        self.precisions.append(best[0])
        self.recalls.append(best[1])
        self.below_half += best[2] < 0.5
        return best

    def means(self) -> dict[str, float | None]:
        if not self.precisions:
            return {"f1": None, "precision": None, "recall": None}
        precision = statistics.fmean(self.precisions)
        recall = statistics.fmean(self.recalls)
        both = precision + recall
        return {
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
        }


def _page_score(given: str, gold: str) -> tuple[float, float, float]:
    ours, theirs = shingles(given), shingles(gold)
    shared = sum((ours & theirs).values())
    precision = shared / sum(ours.values()) if ours else (1.0 if not theirs else 0.0)
    recall = shared / sum(theirs.values()) if theirs else (1.0 if not ours else 0.0)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def bare(text: str) -> str:
    return "".join(char for char in fold(text).casefold() if char.isalnum())


class Share:
    """Right answers among those that the gold allows to judge."""

    def __init__(self) -> None:
        self.right = 0
        self.asked = 0

    def add(self, is_right: bool) -> bool:
        self.right += is_right
        self.asked += 1
        return is_right

    @property
    def value(self) -> float | None:
        return round(self.right / self.asked, 4) if self.asked else None


def replies(path: str) -> Iterator[Reply]:
    with open(path, "rb") as stream:  # noqa: PTH123
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            headers = record.http_headers.headers if record.http_headers else []
            stamp = record.rec_headers.get_header("WARC-Date")
            yield Reply(
                key=url,
                url=url,
                final_url=url,
                status=200,
                headers=tuple((k.lower(), v) for k, v in headers),
                body=record.content_stream().read(),
                fetched_at=datetime.fromisoformat(stamp) if stamp else FETCHED,
            )


def page_of(reply: Reply) -> Page:
    entry = Entry(
        id=EntryId("0" * 16),
        source_id=SourceId("0" * 16),
        position=0,
        first_seen_at=reply.fetched_at,
        item=FeedEntry(url=reply.url),
    )
    candidate = Candidate(id=ArticleId("0" * 16), url=reply.url, entry=entry)
    return Page(candidate=candidate, reply=reply)


def gold_lines(path: str) -> dict[str, dict[str, Any]]:
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(one) for one in stream if one.strip()]
    return {row["url"]: row for row in rows}


def same_address(one: str, other: str) -> bool:
    def key(url: str) -> tuple[str, str, str]:
        parts = urlsplit(url)
        return (
            parts.netloc.removeprefix("www."),
            parts.path.rstrip("/"),
            parts.query,
        )

    return key(one) == key(other)


def image_key(url: str) -> str:
    name = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1].casefold()
    return re.sub(r"[-_]?\d{2,4}x\d{2,4}|\.\w{3,4}$", "", name)


def author_set(names: list[str]) -> set[str]:
    return {bare(name) for name in names if bare(name)}


def gold_authors(raw: Any) -> list[str]:
    if isinstance(raw, list):
        return [str(one) for one in raw]
    text = str(raw)
    if ";" in text:
        return [one.strip() for one in text.split(";") if one.strip()]
    parts = [
        one.strip() for one in re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+", text)
    ]
    if len(parts) > 1 and all(2 <= len(one.split()) <= 4 for one in parts):
        return parts
    return [text]


def instant_of(raw: str) -> tuple[datetime, bool] | None:
    """The gold's instant, and whether it has a time."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
        return datetime.fromisoformat(raw).replace(tzinfo=UTC), False
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        parsed = dates.parse(raw)
        return (parsed.at, parsed.has_time) if parsed.at else None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)), True


class Board:
    """All scores of one run, and the pages that went wrong."""

    def __init__(self) -> None:
        self.text = TextScore()
        self.theirs = TextScore()
        self.shares = {
            name: Share()
            for name in (
                "title_exact", "title_near", "day", "minute", "authors_exact",
                "image", "canonical", "with", "without",
            )
        }  # fmt: skip
        self.ours_ms: list[float] = []
        self.theirs_ms: list[float] = []
        self.errors: list[dict[str, Any]] = []

    def judge(
        self, row: dict[str, Any], got: Reading | NotArticle, theirs: str
    ) -> None:
        mine = got if isinstance(got, Reading) else None
        wrong: dict[str, Any] = {}
        golds = [
            one
            for one in (
                row.get("main_content"),
                *(row.get("main_content_alternatives") or ()),
            )
            if one
        ]
        if golds:
            ours = self.text.add(mine.text if mine else "", golds)
            other = self.theirs.add(theirs, golds)
            wrong["f1"] = [round(ours[2], 3), round(other[2], 3)]
            wrong["pr"] = [round(one, 3) for one in ours[:2]]
        self._snippets(row, mine.text if mine else "")
        self._fields(row, mine, wrong)
        if isinstance(got, NotArticle):
            wrong["refused"] = got.reason
        self.errors.append({"url": row["url"], **wrong})

    def _snippets(self, row: dict[str, Any], text: str) -> None:
        folded = fold(text)
        for snippet in row.get("with") or ():
            self.shares["with"].add(fold(snippet) in folded)
        for snippet in row.get("without") or ():
            self.shares["without"].add(fold(snippet) not in folded)

    def _fields(
        self, row: dict[str, Any], mine: Reading | None, wrong: dict[str, Any]
    ) -> None:
        shares = self.shares
        if row.get("title"):
            title = mine.title if mine else ""
            if not shares["title_exact"].add(fold(title) == fold(row["title"])):
                wrong["title"] = [row["title"], title]
            shares["title_near"].add(bare(title) == bare(row["title"]))
        if row.get("publish_date"):
            self._times(str(row["publish_date"]), mine, wrong)
        if row.get("author"):
            want = author_set(gold_authors(row["author"]))
            got = author_set(list(mine.authors) if mine else [])
            if not shares["authors_exact"].add(want == got):
                given = list(mine.authors) if mine else None
                wrong["authors"] = [row["author"], given]
        if row.get("images"):
            want = {image_key(_address(one)) for one in row["images"]}
            best = mine.pictures[0].url if mine and mine.pictures else ""
            if not shares["image"].add(image_key(best) in want):
                wrong["image"] = [row["images"], best]
        address = row.get("canonical")
        if address:
            given = mine.web_url if mine else ""
            if not shares["canonical"].add(same_address(address, given)):
                wrong["canonical"] = [address, given]

    def _times(self, raw: str, mine: Reading | None, wrong: dict[str, Any]) -> None:
        gold = instant_of(raw)
        if gold is None:
            return
        at, has_time = gold
        given = mine.published_at if mine else None
        same_minute = given is not None and abs((given - at).total_seconds()) < 60
        is_day = given is not None and _is_of_day(given, at)
        if given and mine and mine.published_has_time and not has_time:
            # The gold's day is that of the outlet's clock, which it does not tell.
            is_day = at - EAST <= given < at + timedelta(days=1) + WEST
        if not self.shares["day"].add(is_day):
            wrong["day"] = [raw, str(given)]
        if has_time and not self.shares["minute"].add(same_minute):
            wrong["minute"] = [raw, str(given)]

    def result(self) -> dict[str, Any]:
        ours, theirs = sorted(self.ours_ms), sorted(self.theirs_ms)
        shares = {name: share.value for name, share in self.shares.items()}
        return {
            "pages": len(ours),
            **self.text.means(),
            "below_half": self.text.below_half,
            **shares,
            "cpu_ms_mean": round(statistics.fmean(ours), 2),
            "cpu_ms_median": round(statistics.median(ours), 2),
            "cpu_ms_p99": round(ours[int(0.99 * (len(ours) - 1))], 2),
            "trafilatura_f1": self.theirs.means()["f1"],
            "trafilatura_precision": self.theirs.means()["precision"],
            "trafilatura_recall": self.theirs.means()["recall"],
            "trafilatura_below_half": self.theirs.below_half,
            "trafilatura_cpu_ms_mean": round(statistics.fmean(theirs), 2),
            "cpu_ratio": round(statistics.fmean(ours) / statistics.fmean(theirs), 3),
        }


def _is_of_day(given: datetime, gold: datetime) -> bool:
    """Whether an instant is of the gold's day, at Greenwich or at the gold's place."""
    return gold.date() in (given.date(), given.astimezone(gold.tzinfo).date())


def _address(image: Any) -> str:
    return image if isinstance(image, str) else str(image.get("url", ""))


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and how many milliseconds of CPU it took."""
    start = time.process_time()
    result = work()
    return result, 1000 * (time.process_time() - start)


def by_trafilatura(body: bytes) -> str:
    return trafilatura.extract(body, include_comments=False) or ""


def measure(warc: str, gold: str, limit: int | None) -> Board:
    rows = gold_lines(gold)
    board = Board()
    for reply in replies(warc):
        row = rows.get(reply.url)
        if row is None:
            continue
        # Each goes first in turn, so that neither pays alone for what both load.
        if len(board.ours_ms) % 2:
            got, ours_ms = timed(partial(read.article, page_of(reply)))
            theirs, theirs_ms = timed(partial(by_trafilatura, reply.body))
        else:
            theirs, theirs_ms = timed(partial(by_trafilatura, reply.body))
            got, ours_ms = timed(partial(read.article, page_of(reply)))
        board.ours_ms.append(ours_ms)
        board.theirs_ms.append(theirs_ms)
        board.judge(row, got, theirs)
        if limit and len(board.ours_ms) >= limit:
            break
    return board


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("warc")
    parser.add_argument("gold")
    parser.add_argument("--json", action="store_true", help="one object, last line")
    parser.add_argument("--limit", type=int, help="only so many pages")
    parser.add_argument("--errors", help="write what went wrong, page by page, here")
    options = parser.parse_args()
    board = measure(options.warc, options.gold, options.limit)
    if not board.ours_ms:
        print("no page of the archive is in the gold: are they of one set?")
        return 1
    result = board.result()
    if options.errors:
        with open(options.errors, "w", encoding="utf-8") as out:  # noqa: PTH123
            for row in board.errors:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    if options.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:26} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
