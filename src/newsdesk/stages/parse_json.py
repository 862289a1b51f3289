"""JSON Feed 1.0 and 1.1 to a feed (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsdesk.model.feed import Feed, FeedEntry, Picture, Refusal
from newsdesk.stages import (
    parse_entry,
    parse_links,
    parse_pictures,
    parse_repair,
    parse_values,
)
from newsdesk.stages.parse_feed import MAX_ENTRIES
from newsdesk.text import html

_DECODER = json.JSONDecoder(strict=False)
_HEAD = 2_000
_NAMED = re.compile(r"\{\s*\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org")
# A string, kept, or a comma that nothing follows.
_COMMA = re.compile(r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|,(?=\s*+[}\]])', re.S)


def feed(
    text: str, *, url: str, notes: tuple[str, ...], now: datetime | None = None
) -> Feed | Refusal:
    """The feed that a JSON document says, or why it is none."""
    try:
        top, _ = _DECODER.raw_decode(text, max(0, text.find("{")))
    except (ValueError, RecursionError) as error:
        top, notes = _mended(text), (*notes, "broken JSON, read as far as it goes")
        if top is None:
            return Refusal(reason=f"broken JSON: {str(error)[:100]}", kind="broken")
    is_list = text.lstrip()[:1] == "["
    if is_list or not isinstance(top, dict) or not isinstance(top.get("items"), list):
        return Refusal(reason="JSON, but not a JSON Feed", kind="not a feed")
    items = [item for item in top["items"] if isinstance(item, dict)]
    if len(items) > MAX_ENTRIES:
        items = items[:MAX_ENTRIES]
        notes += (f"only the first {MAX_ENTRIES:,} entries read",)
    base = _url(top.get("feed_url"), url) or url
    given = _Given(base, _authors(top), now)
    return Feed(
        format=f"json feed {_version(top.get('version'))}".rstrip(),
        entries=tuple(_entry(item, given) for item in items),
        title=_plain(top.get("title")),
        summary=_plain(top.get("description")),
        home_url=_url(top.get("home_page_url"), url),
        logo=_logo(top, url),
        feed_url=_url(top.get("feed_url"), url),
        next_url=_url(top.get("next_url"), url),
        language=_text(top.get("language")),
        hubs=tuple(
            hub
            for row in _dicts(top.get("hubs"))
            if (hub := _url(row.get("url"), url)) is not None
        ),
        expired=top.get("expired") is True,
        repairs=notes,
    )


def is_feed(text: str) -> bool:
    """Whether a text is JSON, or names JSON Feed near its start."""
    head = text[:_HEAD]
    return head.lstrip()[:1] in ("{", "[") or bool(_NAMED.search(head))


def _mended(text: str) -> Any:
    """The document without commas before closing brackets, or what can be rescued."""
    cleaned = _COMMA.sub(lambda found: found[1] or "", text)
    try:
        return _DECODER.raw_decode(cleaned, max(0, cleaned.find("{")))[0]
    except (ValueError, RecursionError):
        return _rescued(cleaned)


def _rescued(text: str) -> dict[str, Any] | None:
    """The whole items of a document that breaks off or goes wrong in the middle."""
    start = text.find('"items"')
    at = text.find("[", start) + 1
    if start < 0 or not at:
        return None
    items: list[object] = []
    while (at := text.find("{", at)) >= 0:
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    head = text[:start].rstrip().rstrip(",") + "}"
    try:
        top = _DECODER.decode(head)
    except (ValueError, RecursionError):
        top = {}
    return {**top, "items": items} if isinstance(top, dict) and items else None


def _version(value: object) -> str:
    address = value if isinstance(value, str) else ""
    return address.rstrip("/").rpartition("/")[2][:8] if "jsonfeed" in address else ""


@dataclass(frozen=True, slots=True)
class _Given:
    """What items get from around them."""

    url: str
    authors: tuple[str, ...]
    now: datetime | None


def _entry(item: dict[str, Any], given: _Given) -> FeedEntry:
    notes: list[str] = []
    published = parse_entry.instant(_text(item.get("date_published")) or "", notes)
    updated = parse_entry.instant(_text(item.get("date_modified")) or "", notes)
    guid = _text(item.get("id"))
    url = _url(item.get("url"), given.url) or _url(item.get("external_url"), given.url)
    url = url or _own(guid)
    content = _content(item, url or given.url)
    return FeedEntry(
        guid=guid,
        url=url,
        title=_plain(item.get("title")),
        summary_html=html.escape(_text(item.get("summary")) or "") or None,
        content_html=content,
        published_at=published,
        updated_at=updated,
        date_note=parse_entry.noted(notes, published, given.now),
        authors=_authors(item) or given.authors,
        tags=tuple(tag for tag in map(_plain, _list(item.get("tags"))) if tag),
        pictures=_pictures(item, content, given.url),
        language=_text(item.get("language")),
    )


def _own(guid: str | None) -> str | None:
    is_address = guid is not None and guid.startswith(("http://", "https://"))
    return guid if is_address else None


def _content(item: dict[str, Any], base: str) -> str | None:
    if value := _text(item.get("content_html")):
        return parse_links.absolute(value, base)
    return html.escape(_text(item.get("content_text")) or "") or None


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """The names of `authors`, else of `author`; a lone one, or a bare name, will do."""
    for given in (item.get("authors"), item.get("author")):
        rows = given if isinstance(given, list) else [given]
        names = (_plain(_name(row)) for row in rows)
        if found := tuple(dict.fromkeys(name for name in names if name)):
            return found
    return ()


def _name(author: object) -> object:
    if isinstance(author, dict):
        return author.get("name")
    return author if isinstance(author, str) else None


def _pictures(
    item: dict[str, Any], content: str | None, base: str
) -> tuple[Picture, ...]:
    found = [_url(item.get("image"), base), _url(item.get("banner_image"), base)]
    found.extend(
        _url(row.get("url"), base)
        for row in _dicts(item.get("attachments"))
        if (_text(row.get("mime_type")) or "").startswith("image/")
    )
    pictures = {url: Picture(url=url) for url in found if url}
    for picture in parse_pictures.in_html(content or "", base):
        pictures.setdefault(picture.url, picture)
    return tuple(pictures.values())[: parse_pictures.MAX_PICTURES]


def _logo(top: dict[str, Any], base: str) -> Picture | None:
    """The feed's icon; its favicon is too small to stand for it."""
    address = _url(top.get("icon"), base)
    return Picture(url=address) if address else None


def _text(value: object) -> str | None:
    """Strings as they are, numbers as written: ids are often numbers."""
    if isinstance(value, str):
        return parse_repair.legal(value) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def _plain(value: object) -> str | None:
    """Text on one line. It should hold no markup, but is often escaped all the same."""
    text = _text(value)
    if not text:
        return None
    is_html = parse_values.looks_like_html(text)
    return parse_values.Words(text, is_html=is_html).plain()


def _url(value: object, base: str) -> str | None:
    text = _text(value)
    return parse_values.absolute(text.strip(), base) if text else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [row for row in _list(value) if isinstance(row, dict)]
