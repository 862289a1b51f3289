"""Sitemaps for search engines: the last two days' news, the archive by month, an index.

News sitemaps are in Google's format: publication, date and title of each story, two days
back at most, no more than 1,000. Days count from the edition's newest news, so that a
run without news changes no byte. The archive's are as sitemaps.org has it, a month a
file, so that past months stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from newsdesk.model.site import Site
from newsdesk.model.story import Published
from newsdesk.render import addresses, visibility, xml_text
from newsdesk.render.feed_entries import updated_at
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


_ARCHIVE = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'

MOST = 40_000
"""Addresses in a file; the format allows 50,000."""


def files(
    site: Site,
    records: Sequence[Published],
    as_of: datetime | None,
    *,
    most: int = MOST,
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every sitemap, of their index, and of the robots.txt that names
    it."""
    yield addresses.NEWS_SITEMAP, news(site, records, as_of)
    places = [addresses.NEWS_SITEMAP]
    for path, shown in _months(records, most):
        places.append(path)
        yield path, _archive(site, shown)
    yield addresses.SITEMAP, _index(site, places)
    here = addresses.absolute(site.url, addresses.SITEMAP)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {here}\n".encode()


def _months(
    records: Iterable[Published], most: int
) -> Iterator[tuple[str, list[Published]]]:
    """The file of each month with its stories, newest month first, cut where one holds
    more than fits."""
    months: dict[str, list[Published]] = defaultdict(list)
    for one in sorted(visibility.shown(records), key=lambda one: one.path):
        months[f"{one.record.published_at:%Y-%m}"].append(one)
    for month in sorted(months, reverse=True):
        shown = months[month]
        for part, start in enumerate(range(0, len(shown), most), 1):
            yield addresses.month_sitemap(month, part), shown[start : start + most]


def _archive(site: Site, shown: Iterable[Published]) -> bytes:
    lines = [xml_text.DECLARATION.rstrip("\n"), _ARCHIVE]
    for one in shown:
        page = addresses.absolute(site.url, addresses.story_page(one.path))
        lines += ["  <url>", "    " + element("loc", page)]
        lines.append("    " + element("lastmod", instant(updated_at(one))))
        lines.append("  </url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode("utf-8")


def _index(site: Site, places: Iterable[str]) -> bytes:
    lines = [xml_text.DECLARATION.rstrip("\n"), _INDEX]
    for place in places:
        loc = element("loc", addresses.absolute(site.url, place))
        lines.append(f"  <sitemap>{loc}</sitemap>")
    lines.append("</sitemapindex>\n")
    return "\n".join(lines).encode("utf-8")


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
        for one in visibility.shown(records)
        if timedelta(0) <= as_of - one.record.published_at <= AGE
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
