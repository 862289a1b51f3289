"""Reads an article out of an entry and, where it could be fetched, its document.

Puts together what the readers of single fields find (`read_*.py`). Says so when a
document is no article. Fetching is done, and who publishes is for `identify`.
"""

from __future__ import annotations

import re

from newsdesk.model.article import ArticleType, NotArticle, Page, Reading
from newsdesk.model.feed import FeedEntry, Reply
from newsdesk.stages import (
    read_address,
    read_authors,
    read_clues,
    read_dates,
    read_document,
    read_excerpt,
    read_imprint,
    read_jsonld,
    read_labels,
    read_language,
    read_markup,
    read_outlet,
    read_paywall,
    read_pictures,
    read_refusal,
    read_text,
    read_title,
    read_type,
    read_video,
)
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import html, language, names, relays, urls, videos

MOST_LINKED = 0.6
"""Share of a feed's words in links from which they are no article's."""
_NO_DOCUMENT = re.compile(r"^(?:image|audio|video|font)/|pdf|octet-stream|zip", re.I)


def article(page: Page, *, spared: str | None = None) -> Reading | NotArticle:
    """What can be read of the candidate; `NotArticle` where its document clearly is none.

    Without a document the feed's own words are all there is (`page_read` is false).
    `spared` is why only the cheap reader may be asked: the full one failed on the page.
    """
    entry = page.candidate.entry.item
    reply = page.reply
    if reply is None or not _is_document(reply):
        return _from_feed(page, _miss(page))
    document = read_document.document(reply, spared=spared)
    clues = read_clues.clues(document)
    refused = read_refusal.before_reading(document, clues, entry)
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
    sites = read_outlet.outlets(entry, None)
    title = names.without_site(line(entry.title), sites)
    if not title:
        return NotArticle(reason="neither page nor feed has a title", kind="no title")
    summary = _own_words(entry.summary_html, sites)
    spoken = _own_words(entry.content_html, sites) or summary
    text = html.paragraphs(spoken)
    excerpt = read_excerpt.excerpt((html.plain(summary),), text, title)
    address = page.candidate.url
    return Reading(
        title=title,
        excerpt=excerpt,
        text=text,
        html=read_markup.of_fragment(text, spoken, base=address),
        web_url=urls.canonical(relays.behind(address)) or address,
        type=read_type.kind_of_entry(address, title).type,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        authors=names.people(entry.authors, outlets=sites),
        language=language.primary(entry.language) or language.detect(f"{title} {text}"),
        site_name=names.site_name(entry.provider_name),
        tags=entry.tags[: read_labels.MAX_TAGS],
        pictures=read_pictures.from_feed(entry.pictures),
        video=videos.named(address),
        notes=tuple(note for note in (miss, entry.date_note) if note),
    )


def _from_page(
    page: Page, reply: Reply, document: Document, clues: Clues
) -> Reading | NotArticle:
    entry = page.candidate.entry.item
    site_name = read_outlet.site_name(clues)
    sites = read_outlet.outlets(entry, clues, site_name)
    title = read_title.headline(clues, sites=sites, feed_title=entry.title)
    if title is None:
        return NotArticle(reason="no title anywhere", kind="no title")
    authors = read_authors.authors(document, clues, outlets=sites, feed=entry.authors)
    words = _words(document, clues, entry, (title, *authors))
    met_at = page.candidate.url
    section = read_labels.section(clues, sites)
    film = videos.named(met_at) or read_video.video(document, clues)
    kind = read_type.kind(
        document, clues, title=title, text=words.text, section=section,
        video=film, address=met_at,
    )  # fmt: skip
    refused = read_refusal.after_reading(
        document, clues, words.text, is_wordless=kind.is_wordless
    )
    if refused:
        return refused
    times = _times(reply, document, clues, entry)
    address = read_address.address(clues)
    spoken = read_language.spoken(clues, f"{title}\n{words.text}", feed=entry.language)
    listing = kind.why if kind.type is ArticleType.LISTING else None
    notes = (listing, words.note, times.note, address.note, spoken.note)
    return Reading(
        title=title,
        excerpt=_excerpt(clues, entry, words.text, title),
        text=words.text,
        html=_markup(words.text, document, clues, entry),
        web_url=address.url,
        amp_url=read_address.amp(clues, document),
        type=kind.type,
        published_at=times.published.at if times.published else None,
        published_has_time=times.published is None or times.published.has_time,
        updated_at=times.updated.at if times.updated else None,
        authors=authors,
        language=spoken.language,
        declared_language=spoken.declared,
        site_name=site_name,
        section=section,
        tags=read_labels.tags(clues, entry.tags, sites),
        pictures=read_pictures.pictures(document, clues, entry.pictures),
        video=film,
        paywall=read_paywall.paywall(document, clues, words.text),
        imprint=read_imprint.imprint(clues),
        page_read=True,
        notes=(*document.notes, *(note for note in notes if note)),
    )


def _own_words(fragment: str | None, sites: tuple[str, ...]) -> str:
    """A feed's HTML, unless it is little but links: to the comments, or to what others
    write, as aggregators list it with the names of these sites."""
    if not fragment or "<a" not in fragment.lower():
        return fragment or ""
    tree = read_document.bounded(fragment[: html.MAX_CHARS], "").tree
    linked = "".join(node.text() or "" for node in tree.css("a"))
    every = names.folded(tree.body.text() if tree.body else "")
    rest = len(every) - len(names.folded(linked))
    named = sum(len(names.folded(site)) for site in sites)
    return fragment if rest > max(named, (1 - MOST_LINKED) * len(every)) else ""


def _words(
    document: Document, clues: Clues, entry: FeedEntry, names_on_top: tuple[str, ...]
) -> read_text.Text:
    """The article's words, without the title and names that stand on top of them."""
    title, *authors = names_on_top
    headings = clues.headings[:2]
    header = (title, *headings, clues.first("og:title") or "", *authors)
    spoken = entry.content_html or entry.summary_html
    return read_text.text(document, clues, header=header, feed_html=spoken)


def _times(
    reply: Reply, document: Document, clues: Clues, entry: FeedEntry
) -> read_dates.Times:
    return read_dates.times(
        document,
        clues,
        fetched_at=reply.fetched_at,
        feed=entry.published_at,
        feed_updated=entry.updated_at,
        body=reply.body,
    )


def _excerpt(clues: Clues, entry: FeedEntry, text: str, title: str) -> str:
    described = (clues.first("og:description"), clues.first("description"))
    spoken = html.plain(entry.summary_html or "")
    return read_excerpt.excerpt((*described, spoken), text, title)


def _markup(text: str, document: Document, clues: Clues, entry: FeedEntry) -> str:
    """The text as clean HTML, from the page or from what else it was taken from."""
    told = read_jsonld.text(clues.article.get("articleBody"))
    spoken = entry.content_html or entry.summary_html
    return read_markup.markup(text, document, spoken, told)
