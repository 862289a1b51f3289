"""Counts in how many articles each word stands: writes text/word_spread.txt.

    python benchmarks/quality/word_spread.py en=FILE de=FILE … > word_spread.txt

FILE is JSON lines (gzip or not) of articles on everything, with lang, title and text. The
shipped table was made from the headlines and descriptions of the News Category Dataset
(Rishabh Misra, HuffPost 2012-2022, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import gzip
import json
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsdesk.text import terms

FEWEST = 10
"""Articles that must hold a word for it to be listed: rarer ones are too many, and each
says next to nothing of how rare it is."""


LEAD = 300
"""Characters of a text that are read: in a whole article every common word stands."""

HEAD = """\
# In how many of 10,000 articles each term stands, commonest first: lines are a number
# and terms that stand in as many. Terms as text/terms.py makes them. After each language,
# the number of articles that were counted. Made by benchmarks/quality/word_spread.py
# from the News Category Dataset (Rishabh Misra, HuffPost 2012-2022, CC BY 4.0)."""


def texts(path: Path, language: str) -> Iterator[str]:
    """Headline and lead of each article in the language, each once."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    seen = set()
    for row in (json.loads(line) for line in data.splitlines() if line.strip()):
        text = f"{row.get('title') or ''}\n{(row.get('text') or '')[:LEAD]}"
        if row.get("lang") == language and text not in seen:
            seen.add(text)
            yield text


def spread(given: Iterable[str]) -> tuple[dict[int, list[str]], int]:
    """The terms by the articles in 10,000 that hold them, and how many articles."""
    held: Counter[str] = Counter()
    many = 0
    for text in given:
        many += 1
        held.update(set(terms.terms(text)))
    found = defaultdict(list)
    for word, times in held.items():
        if times >= FEWEST:
            found[round(times * 10_000 / many)].append(word)
    return found, many


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="+", metavar="language=FILE")
    print(HEAD)
    for language, path in (one.split("=", 1) for one in parser.parse_args().given):
        found, many = spread(texts(Path(path), language))
        print(f"[{language}] {many}")
        for times in sorted(found, reverse=True):
            words = " ".join(sorted(found[times]))
            for line in textwrap.wrap(words, 82, break_on_hyphens=False):
                print(times, line)


if __name__ == "__main__":
    main()
