"""What pages tell machines about themselves, in the words of schema.org.

A page of ours is about somebody else's article: we claim neither its words nor its date.
The text is safe inside a script element, whatever headlines say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from newsdesk.model.site import Site
from newsdesk.model.story import Published
from newsdesk.render import addresses
from newsdesk.render.html_rows import Row
from newsdesk.render.html_words import machine

_SCHEMA = "https://schema.org"


def of_story(published: Published, row: Row, site: Site, picture: str) -> str:
    """A story's page, the article that leads it, and the site that it is part of."""
    record, judged = published.record, published.story
    # An editor's headline is not the outlet's.
    own = judged.lead.reading.title if judged else record.title
    article: dict[str, object] = {
        "@type": "VideoObject" if row.is_video else "NewsArticle",
        "name" if row.is_video else "headline": own,
        "datePublished": machine(record.published_at),
        "publisher": {"@type": "Organization", "name": row.outlet.name},
    }
    if record.updated_at:
        article["dateModified"] = machine(record.updated_at)
    if row.outlet.url:
        article["url"] = row.outlet.url
    if row.language:
        article["inLanguage"] = row.language
    authors = judged.lead.reading.authors if judged else ()
    if authors:
        article["author"] = [{"@type": "Person", "name": name} for name in authors]
    if judged and judged.lead.reading.paywall:
        article["isAccessibleForFree"] = False
    page: dict[str, object] = {
        "@type": "WebPage",
        "url": addresses.absolute(site.url, row.page),
        "name": record.title,
        "primaryImageOfPage": {
            "@type": "ImageObject",
            "url": addresses.absolute(site.url, picture),
        },
        "isPartOf": _site(site),
        "mainEntity": article,
    }
    return _text(page)


def of_list(name: str, address: str, rows: Iterable[Row], site: Site) -> str:
    """A page that lists stories, in their order."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "url": addresses.absolute(site.url, row.page),
            "name": row.title,
        }
        for place, row in enumerate(rows, start=1)
    ]
    page: dict[str, object] = {
        "@type": "CollectionPage",
        "url": addresses.absolute(site.url, address),
        "name": name,
        "isPartOf": _site(site),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(items),
            "itemListElement": items,
        },
    }
    return _text(page)


def _site(site: Site) -> Mapping[str, object]:
    return {"@type": "WebSite", "name": site.title, "url": site.url}


def _text(page: Mapping[str, object]) -> str:
    told = {"@context": _SCHEMA, **page}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
