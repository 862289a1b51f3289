"""What a file of the public folder is made from, in one short mark.

While the mark stays the same, so do the bytes: it is told of the site, its theme and the
programme itself, of every record in the file, of the pictures that these show, and of
what else the file shows. What is made from the whole edition has no mark. Digests are of
`repr`: it tells every field of our values, the same in every process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from newsdesk.model.run import Unmade
from newsdesk.model.site import Site
from newsdesk.model.story import Edition, Published
from newsdesk.render import visibility
from newsdesk.render.sheet import Sheet

_BYTES = 12
"""Of a mark: two of a site's million differ by chance once in 10^16 sites."""
_MAKERS = ("render", "model", "text")
"""The parts of the programme that have a say in bytes."""


class Fingerprints:
    """Marks of the files of one edition."""

    def __init__(self, edition: Edition, site: Site) -> None:
        self._edition = edition
        self._records = {one.path: one for one in edition.records}
        self._whole: dict[str, bytes] = {}
        self._still: dict[str, bytes] = {}
        self._own_pages = any(path.endswith(".html") for path, _ in site.theme)
        self._shared = _shared(edition, site)

    def of(self, sheet: Sheet) -> str | None:
        """The mark of a file; None: it is to be made whatever happens. That is so for
        what no record stands in, and for pages by templates of the site's own, which may
        show anything."""
        if not sheet.of or (self._own_pages and sheet.path.endswith(".html")):
            return None
        digest = self._still_of if sheet.is_still else self._whole_of
        told = blake2b(self._shared, digest_size=_BYTES)
        told.update(repr((sheet.path, sheet.beside)).encode("utf-8", "surrogatepass"))
        for path in sheet.of:
            told.update(digest(path))
        return told.hexdigest()

    def _whole_of(self, path: str) -> bytes:
        found = self._whole.get(path)
        if found is None:
            one = self._records[path]
            hour = repr((one.heat_now, one.trend, one.lifecycle)).encode()
            found = self._whole[path] = _digest(self._still_of(path) + hour)
        return found

    def _still_of(self, path: str) -> bytes:
        found = self._still.get(path)
        if found is None:
            found = self._still[path] = _digest(self._told(self._records[path]))
        return found

    def _told(self, one: Published) -> bytes:
        copies = self._edition.copies
        pictures = [copies.get(image.url) for image in one.record.images]
        still = (one.path, one.record, one.story, one.timeline, pictures)
        return repr(still).encode("utf-8", "surrogatepass")


def marked(
    sheets: Iterator[Sheet], edition: Edition, site: Site
) -> Iterator[tuple[str, bytes | Unmade]]:
    """The files as a sink takes them: those that have a mark are not made yet."""
    prints = Fingerprints(edition, site)
    for sheet in sheets:
        mark = prints.of(sheet)
        yield sheet.path, sheet.make() if mark is None else Unmade(mark, sheet.make)


def _shared(edition: Edition, site: Site) -> bytes:
    """What has a say in every file. Decisions of editors act through records."""
    topics = {
        name for one in visibility.shown(edition.records) for name in one.record.topics
    }
    told = repr((replace(site, decisions=()), sorted(topics), site.theme))
    return _digest(told.encode("utf-8", "surrogatepass") + _programme())


@cache
def _programme() -> bytes:
    """The digest of the parts of the programme that make bytes: another version of it,
    or a developer's next try, makes everything anew."""
    told = blake2b(digest_size=_BYTES)
    package = Path(__file__).parent.parent
    for part in _MAKERS:
        for file in sorted((package / part).rglob("*")):
            if file.suffix in (".py", ".html", ".css", ".js", ".svg"):
                told.update(file.read_bytes())
    return told.digest()


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_BYTES).digest()
