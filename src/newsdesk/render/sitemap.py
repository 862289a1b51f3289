"""The news sitemap: the last two days' stories, for search engines.

The format is Google's (news sitemaps): publication, date and title of each story, two
days back at most, no more than 1,000. Days count from the edition's newest news, so
that a run without news changes no byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from newsdesk.model.site import Site
from newsdesk.model.story import Published
from newsdesk.render import addresses, xml_text
from newsdesk.render.record_scalars import instant
from newsdesk.render.xml_text import element

AGE = timedelta(days=2)
"""How old a story in a news sitemap may be."""

LONGEST = 1000
"""Most stories in a news sitemap."""

_OPENING = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)


def news(site: Site, records: Iterable[Published], as_of: datetime | None) -> bytes:
    """The sitemap of stories published in the two days up to `as_of`, newest first.

    Without `as_of` there is no news yet, and the sitemap is empty.
    """
    lines = [xml_text.DECLARATION.rstrip("\n"), _OPENING]
    for one in _recent(records, as_of):
        lines += _url(site, one)
    lines.append("</urlset>\n")
    return "\n".join(lines).encode("utf-8")


def _recent(records: Iterable[Published], as_of: datetime | None) -> list[Published]:
    if as_of is None:
        return []
    shown = [
        one
        for one in records
        if one.record.published
        and timedelta(0) <= as_of - one.record.published_at <= AGE
    ]
    shown.sort(key=lambda one: one.path)
    shown.sort(key=lambda one: one.record.published_at, reverse=True)
    return shown[:LONGEST]


def _url(site: Site, one: Published) -> Iterator[str]:
    record = one.record
    page = addresses.absolute(site.url, addresses.story_page(one.path))
    yield "  <url>"
    yield "    " + element("loc", page)
    if record.updated_at:
        yield "    " + element("lastmod", instant(record.updated_at))
    yield "    <news:news>"
    yield "      <news:publication>"
    yield "        " + element("news:name", site.title)
    yield "        " + element("news:language", site.language)
    yield "      </news:publication>"
    date = instant(record.published_at)
    yield "      " + element("news:publication_date", date)
    yield "      " + element("news:title", record.title)
    yield "    </news:news>"
    yield "  </url>"
