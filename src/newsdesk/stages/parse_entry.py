"""One item of an XML feed to an entry, whichever dialect or mix of dialects it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from newsdesk.model.feed import FeedEntry
from newsdesk.stages import parse_links, parse_pictures, parse_values
from newsdesk.stages.parse_values import Fields, Found, Where, Words
from newsdesk.text import dates

_ABOUT = (
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about",
    "about",
    "rdf:about",
)
_LONG_AGO = 1971
_PAGE_TYPES = ("", "text/html", "application/xhtml+xml")


def entry(
    item: etree._Element, where: Where, *, inherited: tuple[str, ...] = ()
) -> FeedEntry:
    """The entry that an `item`, `entry` or CDF `item` element says.

    `inherited` are the authors of an entry that names none.
    """
    fields = parse_values.fields(item, where)
    _unfold(fields, where)
    url = _url(item, fields, where)
    # Writers mean relative addresses in their text to start from the page it is on.
    base = parse_values.base(item, where) if where.has_base else url or where.url
    summary, content = _bodies(fields, where, base)
    published, updated, note = instants(item, fields, where)
    source = fields["source"][0][1] if "source" in fields else None
    return FeedEntry(
        guid=guid(item, fields, where),
        url=url,
        title=title(fields, where),
        summary_html=summary,
        content_html=content,
        published_at=published,
        updated_at=updated,
        date_note=note,
        authors=authors(fields, where) or inherited,
        tags=_tags(fields, where),
        pictures=parse_pictures.pictures(fields, where, content or summary, base),
        language=parse_values.first(fields, "language", where)
        or (parse_values.language(item) if item.attrib else None),
        provider_name=_provider_name(source, where),
        provider_url=_provider_url(source, where),
    )


def _unfold(fields: Fields, where: Where) -> None:
    """Media RSS may wrap what belongs to the item in groups and contents."""
    for _, group in fields.get("group", ()):
        for slot, rows in parse_values.fields(group, where).items():
            fields.setdefault(slot, []).extend(rows)
    for _, content in tuple(fields.get("image", ())):
        if len(content):
            inner = parse_values.fields(content, where)
            for slot in ("title", "summary", "thumbnail"):
                fields.setdefault(slot, []).extend(inner.get(slot, ()))


def title(fields: Fields, where: Where) -> str | None:
    """The first title with words in it, as plain text."""
    for place, element in fields.get("title", ()):
        words = parse_values.words(element, where, html_unless_said=place.is_html)
        if found := words.plain():
            return found
    return None


def _bodies(fields: Fields, where: Where, base: str) -> tuple[str | None, str | None]:
    """Summary and content as HTML. Of two summaries, the second counts as content."""
    content = max(_htmls(fields.get("content", ()), where, base), key=len, default=None)
    summaries = fields.get("summary", ())
    found = _htmls(summaries, where, base)
    summary = next(found, None)
    if content is None and len(summaries) > 1 and summaries[1][0].rank == 0:
        content = next(found, None)
    return summary, content


def _htmls(rows: Found | tuple[()], where: Where, base: str) -> Iterator[str]:
    for place, element in rows:
        if where.has_base:
            base = parse_values.base(element, where)
        words = parse_values.words(element, where, html_unless_said=place.is_html)
        if found := words.html():
            yield parse_links.absolute(found, base) if words.is_html else found


def instants(
    element: etree._Element, fields: Fields, where: Where
) -> tuple[datetime | None, datetime | None, str | None]:
    """When published, when updated, and what is wrong with a date that was given."""
    notes: list[str] = []
    published = _instant(fields.get("published"), where, notes)
    updated = _instant(fields.get("updated"), where, notes)
    if published is None and updated is None and element.attrib:
        modified = element.get("LASTMOD") or element.get("lastmod")  # CDF
        updated = instant(modified or "", notes)
    return published, updated, noted(notes, published, where.now)


def _instant(rows: Found | None, where: Where, notes: list[str]) -> datetime | None:
    """The date of the best name; of one that is repeated, the last."""
    if rows is None:
        return None
    if len(rows) > 1:
        rows = list(reversed(rows))
        rows.sort(key=lambda row: row[0].rank)
    for _, element in rows:
        found = instant(parse_values.text(element, where), notes)
        if found is not None:
            return found
    return None


def instant(text: str, notes: list[str]) -> datetime | None:
    """The instant a text names, unless it stands for no date; adds to `notes` why not."""
    if not text:
        return None
    parsed = dates.parse(text)
    if parsed.at is None:
        notes.append(parsed.note or "")
    elif parsed.at.year < _LONG_AGO and dates.is_placeholder(parsed.at):
        notes.append(f"a placeholder for no date: {text!r}")
        return None
    return parsed.at


def noted(
    notes: list[str], published: datetime | None, now: datetime | None
) -> str | None:
    """What to say of a date: why there is none, or why it is hardly true."""
    if published is None:
        return notes[0] if notes else None
    return dates.doubt(published, now)


def guid(item: etree._Element, fields: Fields, where: Where) -> str | None:
    """The identity an element claims: guid, id, dc:identifier or rdf:about."""
    return parse_values.first(fields, "guid", where) or _about(item)


def _about(item: etree._Element) -> str | None:
    if not item.attrib:
        return None
    found = next(filter(None, map(item.get, _ABOUT)), None)
    return found.strip() or None if found else None


def _url(item: etree._Element, fields: Fields, where: Where) -> str | None:
    """The original link, else the link, else an identity that is an address."""
    if found := link(fields.get("link", ()), where):
        return found
    for _, element in fields.get("guid", ()):
        is_link = (element.get("isPermaLink") or "true").strip().lower() != "false"
        value = parse_values.text(element, where)
        if is_link and value.lower().startswith(("http://", "https://", "/")):
            return parse_values.address(value, element, where)
    claimed = _about(item)
    if claimed and claimed.lower().startswith(("http://", "https://")):
        return parse_values.address(claimed, item, where)
    href = item.get("HREF") or item.get("href") or _content_elsewhere(fields)
    return parse_values.address(href, item, where)


def _content_elsewhere(fields: Fields) -> str | None:
    """Where Atom's content lies, if it is a page (RFC 4287, section 4.1.3.2)."""
    for _, element in fields.get("content", ()):
        kind = (element.get("type") or "").strip().lower().partition(";")[0]
        if kind in _PAGE_TYPES and (source := element.get("src")):
            return source
    return None


def link(rows: Found | tuple[()], where: Where) -> str | None:
    """The page among links: one in text, else alternate HTML, else any alternate."""
    alternate: str | None = None
    is_page = False
    for _, element in rows:
        href = element.get("href")
        if href is None:
            text = parse_values.text(element, where)
            if found := parse_values.address(text, element, where):
                return found
        elif not is_page and is_alternate(element):
            kind = (element.get("type") or "").strip().lower()
            found = parse_values.address(href, element, where)
            if found and (alternate is None or kind in _PAGE_TYPES):
                alternate, is_page = found, kind in _PAGE_TYPES
    return alternate


def is_alternate(element: etree._Element) -> bool:
    """Whether a link leads to what its parent is about (RFC 4287, section 4.2.7.2)."""
    return (element.get("rel") or "alternate").strip().lower().endswith("alternate")


def authors(fields: Fields, where: Where) -> tuple[str, ...]:
    """The people of the best name that has any."""
    found: dict[str, None] = {}
    rank = -1
    for place, element in fields.get("author", ()):
        if found and place.rank != rank:
            break
        if person := _author(element, where):
            rank = place.rank
            found.setdefault(person)
    return tuple(found)


def _author(element: etree._Element, where: Where) -> str | None:
    if len(element):
        inner = parse_values.fields(element, where)
        for slot in ("name", "email"):
            if value := parse_values.first(inner, slot, where):
                return parse_values.person(value)
    return parse_values.person(parse_values.text(element, where))


def _tags(fields: Fields, where: Where) -> tuple[str, ...]:
    if "tag" not in fields and "keywords" not in fields:
        return ()
    found: dict[str, None] = {}
    for _, element in fields.get("tag", ()):
        value = element.get("label") or element.get("term") or element.get("text")
        if words := _plain(value or parse_values.text(element, where)):
            found.setdefault(words)
    for _, element in fields.get("keywords", ()):
        for part in parse_values.text(element, where).split(","):
            if part.strip():
                found.setdefault(part.strip())
    return tuple(found)


def _plain(value: str) -> str | None:
    return Words(value, is_html=parse_values.looks_like_html(value)).plain()


def _provider_name(source: etree._Element | None, where: Where) -> str | None:
    if source is None:
        return None
    if len(source):
        return title(parse_values.fields(source, where), where)
    return _plain(parse_values.text(source, where))


def _provider_url(source: etree._Element | None, where: Where) -> str | None:
    if source is None:
        return None
    if len(source):
        return link(parse_values.fields(source, where).get("link", ()), where)
    return parse_values.address(source.get("url"), source, where)
