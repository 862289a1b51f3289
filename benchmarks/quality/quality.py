"""How well quality tells news from the rest.

    python benchmarks/quality/quality.py [FILE…] [--json] [--worst N]

Each FILE has a piece a line: {id, title, text, url?, source?, published?, label}; `news`
is news. Without a file, our own pieces that are kept for testing are measured. Nothing
but these fields is known of a piece: no page, no author, no picture. `average_precision`
is of news against the rest, ranked by quality; of `by_label`, of news against the pieces
of that label alone; `threshold` is the quality that tells most of both apart, `published`
the share of each label that reaches 70.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import quality_sets
from quality_sets import Piece

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.model.story import Score
from newsdesk.stages import quality
from newsdesk.text import dates, language, urls

NOW = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A piece with its quality."""

    piece: Piece
    score: Score

    @property
    def is_news(self) -> bool:
        return self.piece.label == "news"

    @property
    def rank(self) -> float:
        """Quality, and of equal quality the exact sum."""
        return self.score.value + sum(p.points for p in self.score.parts) / 1000


def judged(piece: Piece) -> Judged:
    """A piece as quality sees it."""
    url = piece.url or "https://unknown.example/piece"
    published = dates.parse(piece.published) if piece.published else None
    reading = Reading(
        title=piece.title,
        excerpt="",
        text=piece.text,
        web_url=url,
        published_at=published.at if published else None,
        language=piece.language
        or language.detect(f"{piece.title}\n{piece.text[:2000]}"),
    )
    article = Article(
        id=ArticleId(piece.id),
        url=url,
        source_id=SourceId("source"),
        first_seen_at=NOW,
        reading=reading,
        provider=Provider(domain=urls.registrable(url) or "unknown.example", name=""),
    )
    return Judged(piece=piece, score=quality.scored(article))


def average_precision(rows: Sequence[Judged]) -> float | None:
    """The mean of the precision at each piece of news, best quality first; equals count
    together. None where there is nothing to tell apart."""
    total = sum(row.is_news for row in rows)
    if not total or total == len(rows):
        return None
    found = seen = 0
    mean = 0.0
    for group in _by_rank(rows):
        news = sum(row.is_news for row in group)
        found, seen = found + news, seen + len(group)
        mean += news / total * found / seen
    return round(mean, 4)


def _by_rank(rows: Sequence[Judged]) -> list[list[Judged]]:
    groups: dict[float, list[Judged]] = {}
    for row in rows:
        groups.setdefault(row.rank, []).append(row)
    return [groups[rank] for rank in sorted(groups, reverse=True)]


def threshold(rows: Sequence[Judged]) -> tuple[int, float]:
    """The least quality of what to call news, and the mean share of news and of the rest
    that is told right by it."""
    best = (0, 0.0)
    for points in range(101):
        shares = [
            sum((row.score.value >= points) == is_news for row in of) / max(1, len(of))
            for is_news in (True, False)
            if (of := [row for row in rows if row.is_news == is_news])
        ]
        mean = sum(shares) / max(1, len(shares))
        if mean > best[1]:
            best = (points, round(mean, 4))
    return best


def figures(rows: Sequence[Judged]) -> dict[str, Any]:
    """What is measured of a set."""
    labels = sorted({row.piece.label for row in rows})
    at, right = threshold(rows)
    return {
        "pieces": len(rows),
        "average_precision": average_precision(rows),
        "by_label": {
            label: average_precision(
                [row for row in rows if row.is_news or row.piece.label == label]
            )
            for label in labels
            if label != "news"
        },
        "threshold": at,
        "right": right,
        "median": {label: _median(_of(rows, label)) for label in labels},
        "published": {
            label: round(
                sum(v >= 70 for v in _of(rows, label)) / len(_of(rows, label)), 3
            )
            for label in labels
        },
    }


def _of(rows: Iterable[Judged], label: str) -> list[int]:
    return sorted(row.score.value for row in rows if row.piece.label == label)


def _median(values: Sequence[int]) -> int:
    return values[len(values) // 2]


def worst(rows: Sequence[Judged], count: int) -> list[str]:
    """The rest that ranks highest and the news that ranks lowest, a line each."""
    ranked = sorted(rows, key=lambda row: -row.rank)
    rest = [row for row in ranked if not row.is_news][:count]
    news = [row for row in reversed(ranked) if row.is_news][:count]
    return [_line(row) for row in (*rest, *news)]


def _line(row: Judged) -> str:
    parts = "; ".join(
        f"{part.name} {part.points:g} ({part.why})"
        for part in row.score.parts
        if part.name in ("reads like news", "length", "speakers") or part.points < 0
    )
    return f"{row.score.value:3} {row.piece.label}: {row.piece.title[:70]} [{parts}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    pieces = [piece for file in given.files for piece in quality_sets.pieces(file)]
    if not given.files:
        pieces = [piece for piece in quality_sets.written() if piece.is_test]
    rows = [judged(piece) for piece in pieces]
    for line in worst(rows, given.worst):
        print(line)
    found = figures(rows)
    families = sorted({piece.family for piece in pieces})
    if len(families) > 1:
        found["files"] = {
            name: figures([row for row in rows if row.piece.family == name])
            for name in families
        }
    print(json.dumps(found) if given.json else json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
