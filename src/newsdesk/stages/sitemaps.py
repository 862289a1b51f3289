"""A source that lists sitemaps, not news: the newest of these are read as the source.

Which to ask, and their answers as one. Asking is for the path; a list inside a list is
not followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.model.feed import Feed, Refusal, Reply, Request, SourceState, Validators
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching
from newsdesk.stages.poll import NOT_MODIFIED, Answer
from newsdesk.stages.schedule import ACCEPT
from newsdesk.text import urls

MOST = 3
"""Sitemaps asked for a poll: the rest of a list is mostly a site's past."""
_NEWS = re.compile(r"news|latest|recent|aktuell|actualit|noticias", re.I)


def requests(
    answer: Answer | Failed, state: SourceState, fetching: Fetching
) -> tuple[Request, ...]:
    """What to ask for an answer that is a list of sitemaps, or says that the list is as
    it was; nothing for other answers. Only addresses of the list's own domain count."""
    if isinstance(answer, Failed) or answer.reply is None:
        return ()
    known = {each.url: each for each in state.sitemaps}
    chosen = tuple(known) if answer.reply.status == NOT_MODIFIED else ()
    if isinstance(answer.feed, Feed) and not answer.feed.entries:
        chosen = _chosen(answer.feed.sitemaps, answer.reply.final_url)
    return tuple(
        Request(
            key=f"{answer.key} {number}",
            url=url,
            accept=ACCEPT,
            validators=known.get(url),
            max_bytes=fetching.max_feed_bytes,
            obey_robots=fetching.obey_robots,
        )
        for number, url in enumerate(chosen)
    )


def together(
    index: Answer, asked: Sequence[Request], found: Sequence[Answer | Failed]
) -> Answer | Failed:
    """The answers for an index's sitemaps as the answer of the source; the failure of
    one where none could be had."""
    by_key = {one.key: one for one in found}
    answers = [one for one in found if _is_good(one)]
    if asked and not answers:
        return _failure(index, found)
    feeds = [one.feed for one in answers if isinstance(one, Answer)]
    entries = [e for feed in feeds if isinstance(feed, Feed) for e in feed.entries]
    whole = index.feed if isinstance(index.feed, Feed) else None
    return replace(
        index,
        feed=replace(
            whole or Feed(format="sitemap index", entries=()), entries=tuple(entries)
        ),
        sitemaps=tuple(_validators(each, by_key.get(each.key)) for each in asked),
    )


def _chosen(listed: Sequence[str], index: str) -> tuple[str, ...]:
    """Those of news by their names, else all; in the order of the list."""
    domain = urls.registrable(index)
    own = [url for url in dict.fromkeys(listed) if urls.registrable(url) == domain]
    named = [url for url in own if _NEWS.search(url.partition("://")[2])]
    return tuple((named or own)[:MOST])


def _is_good(one: Answer | Failed) -> bool:
    if isinstance(one, Failed) or one.reply is None:
        return False
    return one.reply.status == NOT_MODIFIED or isinstance(one.feed, Feed)


def _failure(index: Answer, found: Sequence[Answer | Failed]) -> Failed:
    assert index.reply is not None
    reason, kind = "no answer", "sitemap"
    for one in found:
        if isinstance(one, Failed):
            reason, kind = one.reason, one.kind
        elif isinstance(one.feed, Refusal):
            reason, kind = one.feed.reason, one.feed.kind
        elif one.reply is not None:
            reason, kind = f"answered {one.reply.status}", f"http {one.reply.status}"
    return Failed(
        stage="poll",
        key=index.key,
        subject=index.reply.url,
        reason=f"none of the sitemaps it lists can be read: {reason}",
        kind=kind,
    )


def _validators(asked: Request, answer: Answer | Failed | None) -> Validators:
    before = asked.validators or Validators(url=asked.url)
    reply: Reply | None = answer.reply if isinstance(answer, Answer) else None
    if reply is None or reply.truncated or answer is None or not _is_good(answer):
        return before
    kept = before if reply.status == NOT_MODIFIED else Validators(url=asked.url)
    return replace(
        kept,
        etag=_plain(reply.header("etag")) or kept.etag,
        last_modified=_plain(reply.header("last-modified")) or kept.last_modified,
    )


def _plain(value: str | None) -> str | None:
    return value if value and value.isascii() and value.isprintable() else None
