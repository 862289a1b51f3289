"""The static JSON API: pages of published records, of the site and of each topic.

Shape, order of keys and spacing are the older system's to the byte, so that its clients
go on reading. Files only; the answers of a running server are not made here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from newsdesk.model.record import Record, RecordImage, RecordProvider
from newsdesk.model.site import Topic
from newsdesk.render import addresses
from newsdesk.render.record_scalars import instant
from newsdesk.render.sheet import Sheet

PER_PAGE = 25
"""Items on a page; clients of the older API count on it."""


def pages(
    records: Sequence[tuple[str, Record]],
    topics: Sequence[Topic],
    *,
    locale: str,
    root: str = addresses.API,
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every page, first the site's, then each topic's.

    `records` are paths with their records in any order, published or not; a topic
    without records has one empty page, so that asking for it is no error.
    """
    for sheet in sheets(records, topics, locale=locale, root=root):
        yield sheet.path, sheet.make()


def sheets(
    records: Sequence[tuple[str, Record]],
    topics: Sequence[Topic],
    *,
    locale: str,
    root: str = addresses.API,
) -> Iterator[Sheet]:
    """The same, not made yet."""
    shown = sorted(
        (pair for pair in records if pair[1].published), key=lambda pair: pair[0]
    )
    shown.sort(key=lambda pair: pair[1].published_at, reverse=True)
    of_topic: dict[str, list[tuple[str, Record]]] = {}
    for pair in shown:
        for name in dict.fromkeys(pair[1].topics):
            of_topic.setdefault(name, []).append(pair)
    texts = _Texts(locale)
    yield from _shelf(root, shown, texts)
    for topic in topics:
        yield from _shelf(f"{root}/{topic.id}", of_topic.get(topic.name, ()), texts)


class _Texts:
    """Items as text, each dumped once: it stands on several pages."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._known: dict[str, str] = {}

    def page(
        self, items: Sequence[tuple[str, Record]], number: int, last: int
    ) -> bytes:
        return _page(number, last, [self._of(*pair) for pair in items])

    def _of(self, path: str, record: Record) -> str:
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = _item_text(path, record, self._locale)
        return known


def _shelf(
    folder: str, items: Sequence[tuple[str, Record]], texts: _Texts
) -> Iterator[Sheet]:
    """The pages of one list of items; the first stands in two places."""
    last = max(1, -(-len(items) // PER_PAGE))
    for number in range(1, last + 1):
        start = (number - 1) * PER_PAGE
        those = items[start : start + PER_PAGE]
        places = [f"{folder}/page/{number}/index.json"]
        if number == 1:
            places.insert(0, f"{folder}/index.json")
        for place in places:
            yield Sheet(
                path=place,
                of=tuple(path for path, _ in those),
                make=partial(texts.page, those, number, last),
                beside=(number, number == last),
                is_still=True,
            )


def _page(number: int, last: int, items: Sequence[str]) -> bytes:
    value = "[\n    " + ",\n    ".join(items) + "\n  ]" if items else "[]"
    following = "null" if number == last else str(number + 1)
    text = (
        f'{{\n  "page": {number},\n  "value": {value},\n  "nextPage": {following}\n}}'
    )
    # Half a surrogate pair becomes its JSON escape.
    return text.encode("utf-8", "backslashreplace")


def _item_text(path: str, record: Record, locale: str) -> str:
    text = json.dumps(item(path, record, locale=locale), indent=2, ensure_ascii=False)
    return text.replace("\n", "\n    ")


def item(path: str, record: Record, *, locale: str) -> dict[str, object]:
    """A record as an item of the API: every key there, in order, None where absent.

    `sourceUrl`, `highlight`, `tags`, `attribution`, `publishers` and `authors` have no
    source in a record; the older API leaves them null as well.
    """
    return {
        "path": path,
        "title": record.title,
        "excerpt": record.excerpt,
        "sourceUrl": None,
        "webUrl": record.web_url,
        "originalUrl": record.original_url,
        "featuredContent": record.featured_content,
        "highlight": None,
        "heat": record.heat,
        "tags": None,
        "images": _images(record.images),
        "content": "",
        "type": record.type,
        "ampWebUrl": record.amp_web_url,
        "cdnAmpWebUrl": record.cdn_amp_web_url,
        "publishedDateTime": _instant(record.published_at),
        "updatedDateTime": _instant(record.updated_at),
        "provider": _provider(record.provider),
        "locale": locale,
        "categories": [record.category],
        "topics": list(record.topics) or None,
    }


def _instant(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None


def _provider(provider: RecordProvider) -> dict[str, object]:
    return {
        "name": provider.name,
        "domain": provider.domain,
        "images": _images(provider.images),
        "publishers": None,
        "authors": None,
    }


def _images(images: tuple[RecordImage, ...]) -> list[dict[str, object]] | None:
    return [_image(image) for image in images] or None


def _image(image: RecordImage) -> dict[str, object]:
    return {
        "url": image.url,
        "width": image.width,
        "height": image.height,
        "title": image.title,
        "attribution": None,
        "isCached": bool(image.is_cached),
    }
