"""What version 2 of the JSON API holds: JSON Schema of each document, and OpenAPI.

Schemas are JSON Schema 2020-12; OpenAPI is 3.1, which speaks the same. Every key of a
document is always there; what is absent is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from newsdesk.model.site import Site
from newsdesk.render import addresses, receipts_schema
from newsdesk.render.json_schema import (
    ADDRESS,
    DAY,
    DIALECT,
    FLAG,
    INSTANT,
    NUMBER,
    TEXT,
    WHOLE,
    Schema,
    document,
    list_of,
    or_null,
)

OPENAPI = "3.1.0"

PROVIDER = document("An outlet.", name=TEXT, domain=TEXT)
PART = document("A line of a receipt.", name=TEXT, points=NUMBER, why=TEXT)
RECEIPT = document(
    "A number, and the parts that add up to it before it is bounded to 0–100.",
    value=WHOLE, rule=TEXT, parts=list_of(PART),
)  # fmt: skip

_SUMMARY = {
    "id": or_null(TEXT),
    "path": TEXT,
    "url": ADDRESS,
    "story": ADDRESS,
    "title": TEXT,
    "excerpt": or_null(TEXT),
    "publishedAt": INSTANT,
    "changedAt": INSTANT,
    "type": {"enum": ["article", "video"]},
    "provider": PROVIDER,
    "topics": list_of(TEXT),
    "quality": WHOLE,
    "heat": WHOLE,
    "trend": or_null({"enum": ["new", "rising", "steady", "falling"]}),
    "outlets": WHOLE,
    "origins": or_null(WHOLE),
}
SUMMARY = document("A story as lists show it.", **_SUMMARY)

ARTICLE = document(
    "A piece of a story.",
    id=TEXT, url=ADDRESS, title=TEXT, authors=list_of(TEXT),
    publishedAt=or_null(INSTANT), firstSeenAt=INSTANT, language=or_null(TEXT),
    provider=PROVIDER, quality=or_null(WHOLE),
    role={"enum": ["lead", "related", "more"]},
)  # fmt: skip
RELATED = document(
    "Other coverage, best first.",
    title=TEXT, excerpt=or_null(TEXT), url=ADDRESS, publishedAt=INSTANT,
    provider=PROVIDER, quality=WHOLE,
)  # fmt: skip
IMAGE = document(
    "A picture of the lead.",
    url=ADDRESS, width=or_null(WHOLE), height=or_null(WHOLE), title=or_null(TEXT),
)  # fmt: skip
VOICE = document(
    "An independent voice: `own` of its articles, from the start, are its own.",
    source=TEXT, own=WHOLE, articles=list_of(TEXT),
)  # fmt: skip
COPY = document(
    "An article whose words are another's, and how we know.",
    article=TEXT, original=or_null(TEXT), source=TEXT, kind=TEXT,
    share=NUMBER, evidence=list_of(TEXT),
)  # fmt: skip
TIMELINE = document(
    "Who said what when, and what changed later.",
    first=or_null(document("Who was first.", article=TEXT, isSure=FLAG, why=TEXT)),
    pieces=list_of(
        document(
            "A piece at its time.",
            article=TEXT, at=INSTANT, certainty=TEXT, seenAt=INSTANT,
            claimedAt=or_null(INSTANT), afterS=or_null(WHOLE),
            copyOf=or_null(TEXT), names=list_of(TEXT), figures=list_of(TEXT),
        )
    ),
    changes=list_of(
        document(
            "A change.",
            kind=TEXT, at=INSTANT, article=or_null(TEXT), before=TEXT, now=TEXT,
            why=TEXT,
        )
    ),
)  # fmt: skip
RECEIPTS = document(
    "Why it stands as it stands.",
    quality=RECEIPT, heat=RECEIPT,
    verdict=document("The decision.", isPublished=FLAG, threshold=WHOLE, reason=TEXT),
)  # fmt: skip

_STORY = {
    **_SUMMARY,
    "articleUrl": ADDRESS,
    "ampUrl": or_null(ADDRESS),
    "updatedAt": or_null(INSTANT),
    "images": list_of(IMAGE),
    "related": list_of(RELATED),
}
_MADE = {
    "follows": or_null(TEXT),
    "splitFrom": or_null(TEXT),
    "articles": list_of(ARTICLE),
    "voices": list_of(VOICE),
    "copies": list_of(COPY),
    "timeline": or_null(TIMELINE),
    "receipts": RECEIPTS,
    "receipt": ADDRESS,
}
STORY = {
    **document("A story. Adopted ones lack what we did not make.", **_STORY, **_MADE),
    "required": list(_STORY),
}

_PAGES = list_of(document("A day's file.", day=DAY, count=WHOLE, url=ADDRESS))
_CHANGE = document(
    "Since when a story is as it is.",
    changedAt=INSTANT, path=TEXT, title=TEXT, story=ADDRESS,
)  # fmt: skip
_TOPIC = {
    "id": TEXT,
    "name": TEXT,
    "parent": or_null(TEXT),
    "description": or_null(TEXT),
}
_OUTLET = {"domain": TEXT, "name": TEXT, "stories": WHOLE, "first": WHOLE}
_STORIES = list_of(SUMMARY)

DOCUMENTS: Mapping[str, tuple[str, Schema]] = {
    "index": (
        "The site, and where everything is",
        document(
            "The root.",
            version={"const": 2},
            site=document(
                "The site.", title=TEXT, url=ADDRESS, description=TEXT, language=TEXT
            ),
            asOf=or_null(INSTANT),
            openapi=ADDRESS,
            links=document(
                "Documents.",
                stories=ADDRESS, changes=ADDRESS, latestEdition=ADDRESS,
                topics=ADDRESS, providers=ADDRESS,
            ),
        ),
    ),
    "editions/latest": (
        "The front page as it is now, hottest first, and what just missed it",
        document(
            "An edition.",
            asOf=or_null(INSTANT),
            front=_STORIES,
            misses=list_of(
                document("A miss.", title=TEXT, quality=WHOLE, reason=or_null(TEXT))
            ),
        ),
    ),
    "stories/index": (
        "The newest stories, and the days that have some",
        document("Stories.", newest=_STORIES, days=_PAGES),
    ),
    "stories/{day}": (
        "The stories published on a day (UTC)",
        document("A day.", day=DAY, stories=_STORIES),
    ),
    "stories/{story}/index": ("A story, by the name of its record", STORY),
    "stories/{story}/receipt": (
        "The receipt of a story: every number, and what it came of",
        receipts_schema.DOCUMENT,
    ),
    "changes/index": (
        "Where changes stand, the newest, and the days that have some",
        document(
            "Changes.",
            cursor=or_null(INSTANT), newest=list_of(_CHANGE), days=_PAGES,
        ),
    ),
    "changes/{day}": (
        "Stories whose last change was on a day (UTC), newest first",
        document("A day.", day=DAY, changes=list_of(_CHANGE)),
    ),
    "topics/index": (
        "The topics of the site",
        document(
            "Topics.",
            topics=list_of(document("A topic.", **_TOPIC, count=WHOLE, url=ADDRESS)),
        ),
    ),
    "topics/{topic}/index": (
        "The newest stories of a topic, by its id",
        document("A topic.", topic=document("It.", **_TOPIC), stories=_STORIES),
    ),
    "providers/index": (
        "The outlets in the site's stories",
        document(
            "Outlets.",
            providers=list_of(document("An outlet.", **_OUTLET, url=ADDRESS)),
        ),
    ),
    "providers/{provider}/index": (
        "An outlet and its newest stories, by its domain",
        document("An outlet.", provider=document("It.", **_OUTLET), stories=_STORIES),
    ),
}  # fmt: skip
"""What each document says and its schema, by its name with `{…}` for what varies."""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the OpenAPI document and of each schema."""
    yield _file("openapi", openapi(site))
    for name, (says, schema) in DOCUMENTS.items():
        about = {"$schema": DIALECT, "title": says}
        yield _file(f"schema/{schema_name(name)}", {**about, **schema})


def schema_name(document: str) -> str:
    """How a document's schema is called: `stories/{day}` gives `stories-day`."""
    plain = document.replace("{", "").replace("}", "")
    return "-".join(plain.removesuffix("/index").split("/"))


def openapi(site: Site) -> Schema:
    """The API of a site as OpenAPI 3.1: static files, read with GET."""
    return {
        "openapi": OPENAPI,
        "info": {"title": f"{site.title}: stories", "version": "2"},
        "servers": [{"url": site.url}],
        "paths": {
            f"/{addresses.api_v2(name)}": {
                "get": {
                    "summary": says,
                    "operationId": schema_name(name).replace("-", "_"),
                    "parameters": _parameters(name),
                    "responses": {
                        "200": {
                            "description": says,
                            "content": {"application/json": {"schema": schema}},
                        },
                        "304": {"description": "Not changed since (If-None-Match)"},
                        "404": {"description": "There is none"},
                    },
                }
            }
            for name, (says, schema) in DOCUMENTS.items()
        },
    }


def _parameters(name: str) -> list[Schema]:
    inside = [part[1:-1] for part in name.split("/") if part.startswith("{")]
    return [
        {
            "name": one,
            "in": "path",
            "required": True,
            "schema": DAY if one == "day" else TEXT,
        }
        for one in inside
    ]


def _file(name: str, document: Schema) -> tuple[str, bytes]:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return addresses.api_v2(name), f"{text}\n".encode()
