"""Reads an article out of an entry and, where it could be fetched, its document.

Puts together what the readers of single fields find (`read_*.py`). Says so when a
document is no article. Fetching is done, and who publishes is for `identify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.model.article import ArticleType, NotArticle, Page, Reading, Video
from newsdesk.model.feed import FeedEntry, Reply
from newsdesk.stages import (
    read_address,
    read_authors,
    read_clues,
    read_dates,
    read_document,
    read_excerpt,
    read_jsonld,
    read_pictures,
    read_text,
    read_title,
)
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_dates import Moment
from newsdesk.stages.read_document import Document
from newsdesk.text import html, language, names, urls

MIN_TEXT = 80
"""Characters of text below which a page without structured data says nothing."""
MAX_TAGS = 20
MIN_HEADLINES = 8
"""Headings with links from which a front page is a list of articles, not one."""

_CHALLENGE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|"
    r"are you a robot|robot check|please wait|checking your browser|one moment, please|"
    r"security check|verify(?:ing)? you are (?:a )?human|human verification|ddos-guard|"
    r"pardon our interruption|client challenge|captcha|un momento|einen moment)",
    re.I,
)
_ERROR = re.compile(
    r"^(?:error\b|(?:error\s*)?(?:4(?:0[0134]|10)|50[0-4])\b|"
    r"page (?:not found|unavailable)|"
    r"not found|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|"
    r"service (?:temporarily )?unavailable|bad gateway|internal server error|forbidden|"
    r"oops|site (?:is )?(?:under )?maintenance)",
    re.I,
)
_NO_DOCUMENT = re.compile(r"^(?:image|audio|video|font)/|pdf|octet-stream|zip", re.I)


def article(page: Page) -> Reading | NotArticle:
    """What can be read of the candidate; `NotArticle` where its document clearly is none.

    Without a document the feed's own words are all there is (`page_read` is false).
    """
    entry = page.candidate.entry.item
    reply = page.reply
    if reply is None or not _is_document(reply):
        return _from_feed(page, _miss(page))
    document = read_document.document(reply)
    clues = read_clues.clues(document)
    refused = _refusal(document, clues, entry)
    if refused:
        return refused
    return _from_page(page, reply, document, clues)


def _is_document(reply: Reply) -> bool:
    kind = reply.header("content-type") or ""
    return 200 <= reply.status < 300 and not _NO_DOCUMENT.search(kind)


def _miss(page: Page) -> str | None:
    if page.reply is None:
        return page.miss
    if not 200 <= page.reply.status < 300:
        return f"the page answered {page.reply.status}"
    return f"the address leads to {page.reply.header('content-type')}, not to a page"


def _from_feed(page: Page, miss: str | None) -> Reading | NotArticle:
    """A reading of the feed's own words."""
    entry = page.candidate.entry.item
    title = line(entry.title)
    text = html.paragraphs(entry.content_html or entry.summary_html or "")
    if not title:
        return NotArticle(reason="neither page nor feed has a title", kind="no title")
    excerpt = read_excerpt.excerpt((html.plain(entry.summary_html or ""),), text, title)
    address = page.candidate.url
    film = read_pictures.video(address)
    return Reading(
        title=title,
        excerpt=excerpt,
        text=text,
        web_url=urls.canonical(address) or address,
        type=ArticleType.VIDEO if film else ArticleType.ARTICLE,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        authors=names.people(entry.authors, outlets=_outlets(entry, None)),
        language=language.primary(entry.language) or language.detect(f"{title} {text}"),
        site_name=names.site_name(entry.provider_name),
        tags=entry.tags[:MAX_TAGS],
        pictures=read_pictures.from_feed(entry.pictures),
        video=film,
        notes=tuple(note for note in (miss, entry.date_note) if note),
    )


def _from_page(
    page: Page, reply: Reply, document: Document, clues: Clues
) -> Reading | NotArticle:
    entry = page.candidate.entry.item
    sites = _outlets(entry, clues)
    title = read_title.headline(clues, sites=sites, feed_title=entry.title)
    if title is None:
        return NotArticle(reason="no title anywhere", kind="no title")
    authors = read_authors.authors(document, clues, outlets=sites, feed=entry.authors)
    header = (title, *(clues.headings[:2]), clues.first("og:title") or "", *authors)
    words = read_text.text(
        document,
        clues,
        header=header,
        feed_html=entry.content_html or entry.summary_html,
    )
    film = _film(page, document, clues)
    if len(words.text) < MIN_TEXT and not film and not clues.article:
        return NotArticle(reason="the page has no text", kind="empty")
    times = read_dates.times(
        document,
        clues,
        fetched_at=reply.fetched_at,
        feed=entry.published_at,
        feed_updated=entry.updated_at,
    )
    address, doubt = read_address.canonical(clues)
    described = (clues.first("og:description"), clues.first("description"))
    spoken, other = _language(clues, entry, f"{title}\n{words.text}")
    notes = (*document.notes, words.note, times.note, doubt, other)
    return Reading(
        title=title,
        excerpt=read_excerpt.excerpt(
            (*described, html.plain(entry.summary_html or "")), words.text, title
        ),
        text=words.text,
        web_url=address,
        amp_url=read_address.amp(clues),
        type=ArticleType.VIDEO if film else ArticleType.ARTICLE,
        published_at=times.published.at if times.published else None,
        published_has_time=_has_time(times.published),
        updated_at=times.updated.at if times.updated else None,
        authors=authors,
        language=spoken,
        site_name=_site_name(clues),
        section=_section(clues),
        tags=_tags(clues, entry),
        pictures=read_pictures.pictures(document, clues, entry.pictures),
        video=film,
        page_read=True,
        notes=tuple(note for note in notes if note),
    )


def _refusal(document: Document, clues: Clues, entry: FeedEntry) -> NotArticle | None:
    """Why the document is clearly no article, or None."""
    titles = [one for one in (clues.title, *clues.headings[:1]) if one]
    has_data = read_jsonld.is_article(clues.article)
    for title in titles:
        if _CHALLENGE.search(title) and not has_data and len(document.html) < 60_000:
            return NotArticle(
                reason=f"a challenge page: {title[:80]}", kind="challenge"
            )
        if _ERROR.search(title) and not has_data and title != line(entry.title):
            return NotArticle(reason=f"an error page: {title[:80]}", kind="error page")
    kind = (clues.first("og:type") or "").lower()
    is_front = read_address.is_front(document.url) and not has_data
    if is_front and kind != "article" and _is_listing(document):
        return NotArticle(reason="the address is a front page", kind="front page")
    return None


def _is_listing(document: Document) -> bool:
    """Whether the page is mostly headlines that lead elsewhere."""
    linked = document.tree.css("h2 a, h3 a, h4 a, a h2, a h3, a h4, article a h2")
    return len(linked) >= MIN_HEADLINES


def _outlets(entry: FeedEntry, clues: Clues | None) -> tuple[str, ...]:
    """Names under which the outlet is known, for telling them from title and authors."""
    told = [entry.provider_name]
    if clues is not None:
        host = urls.host(clues.url) or ""
        domain = urls.registrable(clues.url) or ""
        told += [
            _site_name(clues),
            clues.first("og:site_name"),
            clues.first("application-name", "apple-mobile-web-app-title"),
            (clues.first("twitter:site") or "").lstrip("@"),
            host.removeprefix("www."),
            domain,
            domain.split(".", 1)[0],
            *_publishers(clues),
        ]
    return tuple(dict.fromkeys(one for one in told if one and len(one) > 1))


def _publishers(clues: Clues) -> Iterator[str]:
    for key in ("publisher", "sourceOrganization", "copyrightHolder"):
        for value in read_jsonld.items(clues.article.get(key)):
            name = read_jsonld.text(read_jsonld.resolve(value, clues.nodes))
            if name:
                yield name
    for node in clues.nodes:
        if set(read_jsonld.types(node)) & {"website", "newsmediaorganization"}:
            name = read_jsonld.text(node.get("name"))
            if name:
                yield name


def _site_name(clues: Clues) -> str | None:
    told = (
        clues.first("og:site_name"),
        *_publishers(clues),
        clues.first("application-name"),
    )
    return next((name for one in told if (name := names.site_name(one))), None)


def _film(page: Page, document: Document, clues: Clues) -> Video | None:
    """The video, where the address or the page itself says that it is one."""
    told = read_pictures.video(document.url) or read_pictures.video(page.candidate.url)
    if told:
        return told
    kind = (clues.first("og:type") or "").lower()
    is_video = kind.startswith("video") or "videoobject" in read_jsonld.types(
        clues.article
    )
    return read_pictures.page_video(document, clues) if is_video else None


def _has_time(moment: Moment | None) -> bool:
    return moment is None or moment.has_time


def _language(
    clues: Clues, entry: FeedEntry, text: str
) -> tuple[str | None, str | None]:
    """The language, and a note where declaration and words differ."""
    told = (
        clues.html_lang,
        read_jsonld.text(clues.article.get("inLanguage")),
        clues.first("og:locale", "content-language", "language", "dc.language"),
        entry.language,
    )
    declared = next((code for one in told if (code := language.primary(one))), None)
    detected = language.detect(text)
    if declared is None or detected is None or declared == detected:
        return declared or detected, None
    if language.is_sure(text, detected, declared):
        return detected, f"declared as {declared}, written in {detected}"
    return declared, None


def _section(clues: Clues) -> str | None:
    told = read_jsonld.text(clues.article.get("articleSection"))
    return (
        line(told or clues.first("article:section", "parsely-section", "section"))
        or None
    )


def _tags(clues: Clues, entry: FeedEntry) -> tuple[str, ...]:
    told: list[str] = []
    for value in read_jsonld.items(clues.article.get("keywords")):
        told.extend((read_jsonld.text(value) or "").split(","))
    if not told:
        told.extend(clues.meta.get("article:tag", ()))
    if not told:
        told.extend((clues.first("news_keywords", "keywords") or "").split(","))
    told.extend(entry.tags)
    seen = {
        names.folded(one): line(one)
        for one in reversed(told)
        if 1 < len(line(one)) < 60
    }
    kept = [seen.pop(key) for one in told if (key := names.folded(one)) in seen]
    return tuple(kept[:MAX_TAGS])
