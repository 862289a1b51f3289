"""Records as files: Markdown with front matter, read and written byte for byte.

`read` and `write` are each other's inverse on every file in the format; `update` puts
fresh values into a file that a person or an older system touched, keeping what we do
not know. Here stands the table of keys; the lines are the work of `record_reader` and
`record_writer`, the values that of `record_scalars`. The format is the older system's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsdesk.model.record import (
    Record,
    RecordImage,
    RecordProvider,
    Related,
    Spelling,
    UnknownKey,
)
from newsdesk.render import record_reader, record_writer
from newsdesk.render.record_blocks import Block, Document, Key
from newsdesk.render.record_scalars import FLAG, INSTANT, NUMBER, PLAIN, QUOTED

IMAGE = Block(
    keys=(
        Key(name="url", attribute="url", value=QUOTED, required=True),
        Key(name="width", attribute="width", value=NUMBER),
        Key(name="height", attribute="height", value=NUMBER),
        Key(name="isCached", attribute="is_cached", value=FLAG),
        Key(name="title", attribute="title", value=QUOTED),
    ),
    make=RecordImage,
)
"""An image of a record or of a provider."""

_IMAGES = Key(name="images", attribute="images", value=IMAGE, is_list=True)

_PROVIDER = Block(
    keys=(
        Key(name="name", attribute="name", value=PLAIN, required=True),
        Key(name="domain", attribute="domain", value=PLAIN, required=True),
        _IMAGES,
    ),
    make=RecordProvider,
)

_PUBLISHED_AT = Key(
    name="publishedDateTime", attribute="published_at", value=INSTANT, required=True
)
_AMP = (
    Key(name="ampWebUrl", attribute="amp_web_url", value=QUOTED),
    Key(name="cdnAmpWebUrl", attribute="cdn_amp_web_url", value=QUOTED),
)
_TYPE = Key(name="type", attribute="type", value=PLAIN, required=True)
_QUALITY = Key(name="quality", attribute="quality", value=NUMBER, required=True)


def _related(*, excerpt: str | None = None, **values: object) -> Related:
    return Related(excerpt=excerpt, **values)  # type: ignore[arg-type]  # by the table


def _record(*, excerpt: str | None = None, **values: object) -> Record:
    return Record(excerpt=excerpt, **values)  # type: ignore[arg-type]  # by the table


_RELATED = Block(
    keys=(
        Key(name="title", attribute="title", value=QUOTED, required=True),
        Key(name="excerpt", attribute="excerpt", value=QUOTED),
        _PUBLISHED_AT,
        Key(name="webUrl", attribute="web_url", value=QUOTED, required=True),
        *_AMP,
        _TYPE,
        Key(name="provider", attribute="provider", value=_PROVIDER, required=True),
        _QUALITY,
        _IMAGES,
    ),
    make=_related,
)

_RECORD = Block(
    keys=(
        Key(name="category", attribute="category", value=PLAIN, required=True),
        Key(name="title", attribute="title", value=QUOTED, required=True),
        Key(name="excerpt", attribute="excerpt", value=QUOTED),
        _PUBLISHED_AT,
        Key(name="updatedDateTime", attribute="updated_at", value=INSTANT),
        Key(name="originalUrl", attribute="original_url", value=QUOTED, required=True),
        Key(name="webUrl", attribute="web_url", value=QUOTED),
        *_AMP,
        _TYPE,
        _QUALITY,
        Key(name="heat", attribute="heat", value=NUMBER, required=True),
        Key(name="published", attribute="published", value=FLAG, required=True),
        Key(
            name="featuredContent",
            attribute="featured_content",
            value=QUOTED,
            group=True,
        ),
        Key(
            name="provider",
            attribute="provider",
            value=_PROVIDER,
            required=True,
            group=True,
        ),
        Key(name="topics", attribute="topics", value=PLAIN, is_list=True, group=True),
        replace(_IMAGES, group=True),
        Key(
            name="related",
            attribute="related",
            value=_RELATED,
            is_list=True,
            group=True,
        ),
        Key(name="secured", attribute="secured", value=QUOTED, group=True),
    ),
    make=_record,
)

_FILE = Document(block=_RECORD, opening="---\n", closing="---\n\n")


def read(data: bytes) -> Record:
    """The record in a file. Raises RecordError, with the line, for anything else.

    Unknown keys are kept in their places at every level, and so are comments, empty
    lines and values spelled otherwise than we would, so that `write` gives the same
    bytes. Only the order of known keys is not kept: the format fixes it.
    """
    return record_reader.read(data, _FILE)


def write(record: Record) -> bytes:
    """The file of a record: UTF-8, LF, the keys in the order of the format.

    Raises RecordError for what a file cannot hold: half a surrogate pair, an instant
    without a time zone, an unknown key whose place is gone. Fractions of seconds drop.
    """
    return record_writer.write(record, _FILE)


def update(old: Record, fresh: Record) -> Record:
    """`fresh` with what only the file knows: unknown keys, `secured` and `category`.

    Unknown keys of related coverage and of images follow their address to its new
    place; those of entries that are gone go with them.
    """
    moves = dict(_moves("", old, fresh))
    return replace(
        fresh,
        category=old.category,
        secured=fresh.secured or old.secured,
        unknown=tuple(
            UnknownKey(path=moves[kept.path], after=kept.after, text=kept.text)
            for kept in old.unknown
            if kept.path in moves
        ),
        spellings=tuple(
            Spelling(
                path=moves[kept.path], key=kept.key, lead=kept.lead, text=kept.text
            )
            for kept in old.spellings
            if kept.path in moves
        ),
    )


def _moves(prefix: str, old: Record, fresh: Record) -> Iterator[tuple[str, str]]:
    """Old path of each level that is still there, and where it is now."""
    yield prefix, prefix
    yield "topics", "topics"
    yield "provider", "provider"
    yield from _image_moves("provider", "provider", old.provider, fresh.provider)
    yield from _image_moves("", "", old, fresh)
    places = {entry.web_url: place for place, entry in enumerate(fresh.related)}
    for place, entry in enumerate(old.related):
        if (now := places.pop(entry.web_url, None)) is None:
            continue
        was, here = f"related/{place}", f"related/{now}"
        found = fresh.related[now]
        yield was, here
        yield f"{was}/provider", f"{here}/provider"
        yield from _image_moves(was, here, entry, found)
        yield from _image_moves(
            f"{was}/provider", f"{here}/provider", entry.provider, found.provider
        )


def _image_moves(
    was: str,
    here: str,
    old: Record | Related | RecordProvider,
    fresh: Record | Related | RecordProvider,
) -> Iterator[tuple[str, str]]:
    places = {image.url: place for place, image in enumerate(fresh.images)}
    for place, image in enumerate(old.images):
        if (now := places.pop(image.url, None)) is not None:
            old_path, new_path = f"{was}/images/{place}", f"{here}/images/{now}"
            yield old_path.lstrip("/"), new_path.lstrip("/")
