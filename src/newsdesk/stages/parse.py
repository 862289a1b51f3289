"""Bytes to a feed: the one way in, for every dialect.

Decoding and mending are in parse_tree and parse_repair, the dialects in parse_feed,
parse_json and parse_sitemap, what is no feed in parse_refusal. Leaves identity, and which
entries are new, to the stages that follow.
"""

from __future__ import annotations

from datetime import datetime

from newsdesk.model.feed import Feed, Refusal
from newsdesk.stages import (
    parse_feed,
    parse_json,
    parse_names,
    parse_refusal,
    parse_sitemap,
    parse_tree,
    parse_values,
)
from newsdesk.text import dates, encoding


def feed(
    body: bytes,
    *,
    url: str,
    headers: tuple[tuple[str, str], ...] = (),
    now: datetime | None = None,
) -> Feed | Refusal:
    """The feed that a body says, or why it is none. Never raises, whatever the bytes.

    `url` is the address that answered and `headers` what it sent (names in lower case):
    the charset, Content-Location and, to tell dates that lie ahead where `now` is not
    given, Date are used. Linear in the size of the body.
    """
    if not body:
        return Refusal(reason="an empty body", kind="empty")
    named = dict(reversed(headers))
    now = now or dates.parse(named.get("date", "")).at
    charset = encoding.charset(named.get("content-type"))
    doc = parse_tree.document(body, charset=charset)
    if isinstance(doc, Refusal):
        return doc
    base = parse_values.absolute(named.get("content-location", ""), url) or url
    if parse_json.is_feed(doc.text):
        return parse_json.feed(doc.text, url=base, notes=doc.notes, now=now)
    tree = parse_tree.tree(doc)
    if tree is None:
        return parse_refusal.refusal(doc.text)
    where = parse_values.Where(
        url=base,
        core=parse_names.space(tree.root),
        has_base=b"xml:base" in doc.utf8,
        has_c1=parse_tree.has_c1(doc),
        now=now,
    )
    return _read(tree, where)


def _read(tree: parse_tree.Tree, where: parse_values.Where) -> Feed:
    kind = parse_names.name(tree.root, where.core)
    if kind == "sitemapindex":
        return parse_sitemap.index(tree.root, where, tree.notes)
    if kind == "urlset":
        return parse_sitemap.pages(tree.root, where, tree.notes)
    return parse_feed.feed(tree.root, where, tree.notes)
