"""The day that readers see: beside the headline, in the page's data, or anywhere.

Asked only where data and meta are silent or tell a day alone. `htmldate` comes last, by
its quick rules and on pages of bounded size; it tells days, not times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice

from selectolax.lexbor import LexborNode

from newsdesk.stages import read_clues
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_moments import Moment, moment
from newsdesk.text import datelines, html
from newsdesk.text.datelines import Place, Told

MAX_SEARCHED = 600_000
"""Characters of a page up to which htmldate searches it."""
MAX_DATED = 40
"""Elements that are looked at for a dateline."""
MAX_DATELINE = 240
"""Characters of an element that may be a dateline."""
MAX_SPOKEN = 60_000
"""Characters of a page's words that are searched for a day."""
NEAR_HEADLINE = 400
"""Characters from the headline within which a day is taken for the article's."""
MAX_NEAR = 4_000
"""Characters around the headline that are searched for a time of day."""
MAX_DATA = 3_000_000
"""Bytes of a page that are searched for its scripts' data."""
MAX_STAMPS = 200
"""Times in that data that are looked at."""
BESIDE_HEADLINE = 6_000
"""Bytes between a date and the headline in the data of one article."""

ABOVE_HEADLINE = 160
"""Characters before the headline within which the same holds."""
MIN_HEADLINE = 3
MIN_TITLE = 12
"""Characters from which a headline is told from other values in data."""
MAX_HEADLINES = 6
"""Places in a page at which its headline is looked for."""
FIRST, BELOW, ABOVE, NEAR_CHANGE, LABELLED, ELSEWHERE, FAR_CHANGE = range(7)
"""Where days stand, likeliest first: called the original one, below the headline, above
it, called updated by the headline, called published anywhere, and so on."""
TO_COME = 10
"""What days after the fetch lose: to any other, that is."""
OF_VISIT = 2.5
"""What the day of the visit loses above the headline."""

_DATED = (
    "[class*=date i], [class*=publish i], [class*=posted i], [class*=byline i], "
    "[class*=meta i], [class*=time i], [id*=date i], [class*=author i], [class*=info i]"
)
_CHANGE = (
    r"(?:updat|modif|edited|revis|review|aktuali[sz]|mis à jour|actuali[sz]|atualiz|"
    r"aggiorn|bijgewerkt|gewijzigd|uppdater|oppdater|opdater|päivit|обновл|оновл|aktuál|"
    r"frissít|ενημ|güncel|更新|修正|수정|업데이트|تحديث|بروز|به.?روز|diperbarui|cập nhật|"
    r"अपडेट|আপডেট|แก้ไข|עודכן|zaktualiz|azurir|ažur|obnov)"
)
_CHANGE_BEFORE = re.compile(
    rf"{_CHANGE}\w*[^\w\d]*(?:\w{{1,6}}\W{{1,3}}){{0,2}}(?:\w{{2,12}},?\s)?$", re.I
)
_FIRST_BEFORE = re.compile(
    r"(?:originally|first|initially|ursprünglich|erstmals)\s(?:publi|post|appear|veröff)\w*"
    r"\W{1,4}(?:\w{1,6}\W{1,3}){0,2}(?:\w{2,12},?\s)?$",
    re.I,
)
_SPOKEN_BEFORE = re.compile(
    r"(?:publi[sckq]|post|written|releas|veröffentlicht|erschien|stand(?=:)|pubblicat|"
    r"опублик|дата|objav|zveřej|megjelen|közzé|gepubliceerd|geplaatst|publicer|julkais|"
    r"δημοσ|yayın|giriş|発行|公開|配信|掲載|发布|發布|发表|입력|등록|승인|نشر|منتشر|انتشار|diterbit|"
    r"đăng|प्रकाश|প্রকাশ|เผยแพร่|פורסם|"
    rf"{_CHANGE})\w*\W{{1,4}}(?:\w{{1,6}}\W{{1,3}}){{0,2}}(?:\w{{2,12}},?\s)?$",
    re.I,
)
_DATA = re.compile(
    rb'"(?:datePublished|date_published|publishedAt|published_at|publishDate|'
    rb"publish_date|publicationDate|publication_date|publishedDate|published_date|"
    rb"firstPublishedAt|firstPublishedDate|firstPublished|first_published_at|pubDate|"
    rb"pub_date|published_time|publishTime|publish_time|publishedTime|publishedOn|"
    rb'articlePublishDate|datePublication)\\?"\s{0,4}:\s{0,4}\\?"?([^"\\,}{]{10,40})'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to search for a day, and within what bounds."""

    document: Document
    clues: Clues
    place: Place
    body: bytes
    """The page as it came, for the data in its scripts."""
    fetched_at: datetime
    earliest: datetime
    latest: datetime
    """Past it a date is hardly true."""
    farthest: datetime
    """Past it a date is not true."""

    def any_of(self, day: Moment | None) -> Moment | None:
        """The moment that the page shows anywhere; `day` is the one in its address."""
        if day is not None:
            return self.finer(day) or self._beside(day) or day
        seen = self._seen()
        if seen is not None and not seen.is_midnight:
            return seen
        return self._data(seen) or seen

    def finer(self, day: Moment) -> Moment | None:
        """A moment on a day already known, with its time; None where none shows."""
        told = self._data(day)
        if told is not None:
            return told
        for rank, one in (*self._spoken(is_near=True), *self._dated()):
            is_change = rank == NEAR_CHANGE or rank >= FAR_CHANGE
            is_day = one.local.date() == day.local.date()
            if is_day and not is_change and not one.is_midnight:
                return one
        return None

    def _beside(self, day: Moment) -> Moment | None:
        """The time that is told by the headline, where it is of the day before or after
        the one in the address: servers count days in zones of their own."""
        for rank, one in sorted(self._spoken(is_near=True), key=lambda item: item[0]):
            apart = abs((one.local.date() - day.local.date()).days)
            if rank < NEAR_CHANGE and apart == 1 and not one.is_midnight:
                return one
        return None

    def by_htmldate(self) -> Moment | None:
        """The day that htmldate finds in markup or text."""
        document = self.document
        if document.is_plain or len(document.html) > MAX_SEARCHED:
            return None
        from htmldate import find_date  # few pages need it

        try:
            found = find_date(
                document.html,
                extensive_search=False,
                original_date=True,
                url=document.url,
                min_date=self.earliest.replace(tzinfo=None),
                max_date=self.latest.replace(tzinfo=None),
                deferred_url_extractor=True,
            )
            day = date.fromisoformat(found) if found else None
        except Exception:
            # A third-party reader on the worst of pages; one without a date is fine.
            return None
        if day is None:
            return None
        at = datetime.combine(day, time(), tzinfo=UTC)
        return Moment(at=at, has_time=False, by="page text")

    def _seen(self) -> Moment | None:
        """The best day in the page's words, else in an element that is called a date."""
        ranked = self._ranked()
        return min(ranked, key=lambda item: item[0])[1] if ranked else None

    def _ranked(self) -> list[tuple[float, Moment]]:
        """Days that the page shows, with their rank: the lower, the likelier."""
        ranked = list(self._spoken())
        if not any(rank <= LABELLED for rank, _ in ranked):
            ranked += self._dated()
        return ranked

    def _spoken(self, *, is_near: bool = False) -> Iterator[tuple[float, Moment]]:
        """Days in the page's words, by their distance from headline and label; `is_near`
        looks around the headline only."""
        body = self.document.tree.body
        text = html.fold(body.text(separator=" ")[:MAX_SPOKEN]) if body else ""
        text = datelines.folded(text)
        tops = self._tops(text)
        if is_near and tops:
            start = max(0, tops[0][0] - ABOVE_HEADLINE)
            text = text[start : max(end for _, end in tops[:2]) + NEAR_HEADLINE]
            tops = [(one - start, end - start) for one, end in tops]
        for told in datelines.told(text[:MAX_NEAR] if is_near else text, self.place):
            before = text[max(0, told.start - 48) : told.start]
            rank = _rank(told, before, tops)
            if rank is not None and self._is_sane(told.at):
                rank += self._penalty(told, rank)
                yield rank, _moment(told, "page text")

    def _tops(self, text: str) -> list[tuple[int, int]]:
        """Where the headline stands in the text: beginnings and ends."""
        titles = (*self.clues.headings[:2], self.clues.first("og:title") or "")
        tops: list[tuple[int, int]] = []
        for title in map(datelines.folded, titles):
            at = text.find(title) if len(title) > MIN_HEADLINE else -1
            while at >= 0 and len(tops) < MAX_HEADLINES:
                tops.append((at, at + len(title)))
                at = text.find(title, at + 1)
        return tops

    def _penalty(self, told: Told, rank: float) -> float:
        """For days to come, and for the day of the visit above the headline."""
        if told.at > self.latest:
            return TO_COME
        is_today = told.at.date() == self.fetched_at.date()
        return OF_VISIT if is_today and rank == ABOVE else 0

    def _dated(self) -> Iterator[tuple[float, Moment]]:
        """The first days in elements that look like datelines."""
        for node, is_after in self._elements():
            text = html.fold(node.text(separator=" ")[:MAX_DATELINE])
            if len(text) >= MAX_DATELINE - 40 or read_clues.is_aside(
                node, self.clues.trail
            ):
                continue
            text = datelines.folded(text)
            for told in datelines.told(text, self.place):
                if not self._is_sane(told.at):
                    continue
                is_change = bool(_CHANGE_BEFORE.search(text[: told.start]))
                rank = ELSEWHERE + is_change + (0 if is_after else 0.5)
                rank += self._penalty(told, rank)
                yield rank, _moment(told, "dateline")

    def _elements(self) -> Iterator[tuple[LexborNode, bool]]:
        """Elements that may hold a dateline, and whether they follow the headline."""
        found = self.document.tree.css(f"h1, {_DATED}")
        is_after = not any(node.tag == "h1" for node in found)
        dated = 0
        for node in found:
            if node.tag == "h1":
                is_after = True
            elif dated < MAX_DATED:
                dated += 1
                yield node, is_after

    def _data(self, day: Moment | None) -> Moment | None:
        """The moment that the scripts of the page tell of this article: the one near its
        headline, or on a known day the only one."""
        titles = self._titles()
        on_day: dict[datetime, Moment] = {}
        for at, one in self._stamps():
            if day is not None and one.local.date() != day.local.date():
                continue
            near = self.body[max(0, at - BESIDE_HEADLINE) : at + BESIDE_HEADLINE]
            if any(title in near for title in titles):
                return one
            on_day[one.at] = one
        if day is None or len(on_day) != 1:
            return None
        return next(iter(on_day.values()))

    def _stamps(self) -> Iterator[tuple[int, Moment]]:
        """Times of publication in the data of scripts, and where they stand."""
        for found in islice(_DATA.finditer(self.body[:MAX_DATA]), MAX_STAMPS):
            value = found[1].decode("ascii", "replace").strip()
            one = moment(value, by="page data", place=self.place)
            if one and not one.is_midnight and self._is_sane(one.at):
                yield found.start(), one

    def _titles(self) -> tuple[bytes, ...]:
        """The headline as a value in the data of scripts may spell it."""
        told = (*self.clues.headings[:1], self.clues.first("og:title") or "")
        long = [title[:60] for title in told if len(title) >= MIN_TITLE]
        spelt = [title.encode(errors="replace") for title in long]
        spelt += [title.encode("ascii", "backslashreplace") for title in long]
        return tuple(
            start + title for title in spelt for start in (b':"', b': "', b':\\"')
        )

    def _is_sane(self, at: datetime) -> bool:
        return self.earliest <= at <= self.farthest


def _moment(told: Told, by: str) -> Moment:
    is_midnight = told.ahead is None and told.at.time() == time()
    has_time = told.has_time and not is_midnight
    return Moment(at=told.at, has_time=has_time, ahead=told.ahead, by=by)


def _rank(told: Told, before: str, tops: list[tuple[int, int]]) -> float | None:
    """How likely a day in the page's words is the article's, by place and label: the
    lower the likelier; None: it is just mentioned."""
    if _FIRST_BEFORE.search(before):
        return FIRST
    is_change = bool(_CHANGE_BEFORE.search(before))
    if any(told.end > end > told.start - NEAR_HEADLINE for _, end in tops):
        return NEAR_CHANGE if is_change else BELOW
    if any(0 < top - told.start < ABOVE_HEADLINE for top, _ in tops):
        return NEAR_CHANGE if is_change else ABOVE
    if _SPOKEN_BEFORE.search(before):
        return FAR_CHANGE if is_change else LABELLED
    return None
