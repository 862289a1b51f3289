"""How fast the store keeps and gives back a site's articles, stories and records.

`python benchmarks/speed/store.py [COUNT]` makes COUNT articles (5,000) of some 600
words with their entries, two articles a story, a record for each story, in a folder of
its own, and prints seconds a step and the size of the file.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import samples
from fakes import NOW
from newsdesk.store import open_store
from newsdesk.store.opening import FILE_NAME
from newsdesk.text import urls

WORDS = 600
LONG_AGO = NOW - timedelta(days=30)


def words(seed: str) -> str:
    """Text that packs about as well as prose does."""
    digest = "".join(urls.identity(f"{seed} {n % 150}") for n in range(WORDS // 2))
    return " ".join(digest[n : n + 6] for n in range(0, WORDS * 6, 6))


@contextmanager
def timed(step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{step:<42}{time.perf_counter() - began:8.2f} s")


def main(count: int) -> None:
    ids = [urls.identity(str(n)) for n in range(count)]
    articles = [
        samples.article(of, text=words(of), domain=f"d{n % 300}")
        for n, of in enumerate(ids)
    ]
    candidates = []
    for article in articles:
        made = samples.candidate(article.id)
        item = replace(made.entry.item, content_html=article.reading.text)
        candidates.append(replace(made, entry=replace(made.entry, item=item)))
    judged = []
    for lead, other in zip(articles[::2], articles[1::2], strict=True):
        story = samples.story(f"s{lead.id}", lead.id, other.id, lead=lead.id)
        judged.append(samples.judged(story, lead, other))
    records = [samples.published(f"_news/{one.story.id}.md", one) for one in judged]
    with TemporaryDirectory() as folder:
        with timed("open a new store"):
            opened = open_store(Path(folder))
        store = opened.store
        with timed(f"save {count} entries of polls"):
            store.save_polls([samples.poll("w", *(c.entry for c in candidates))])
        with timed("load unclaimed entries"):
            store.unclaimed_entries()
        with timed("admit candidates"):
            store.admit(candidates, [(c.entry.id, c.id) for c in candidates])
        with timed("load unread candidates"):
            store.unread()
        with timed("save articles"):
            store.save_articles(articles)
        with timed("save articles again"):
            store.save_articles(articles)
        with timed("load articles"):
            store.articles(LONG_AGO)
        with timed(f"save {len(judged)} judged stories"):
            store.save_stories([], [], judged)
        with timed("load stories"):
            store.stories(LONG_AGO)
        with timed(f"save {len(records)} records"):
            store.save_records(records)
        with timed("load records with stories"):
            assert store.records() == tuple(sorted(records, key=lambda r: r.path))
        opened.close()
        with timed("open it again"):
            open_store(Path(folder)).close()
        print(f"{(Path(folder) / FILE_NAME).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
