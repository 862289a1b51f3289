"""What version 2 of the JSON API holds: JSON Schema of each document, and OpenAPI.

Schemas are JSON Schema 2020-12; OpenAPI is 3.1, which speaks the same. Every key of a
document is always there; what is absent is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsdesk.model.site import Site
from newsdesk.render import addresses, receipts_schema

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OPENAPI = "3.1.0"

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _object(says: str, **keys: Schema) -> Schema:
    return {
        "type": "object",
        "description": says,
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


PROVIDER = _object("An outlet.", name=TEXT, domain=TEXT)
PART = _object("A line of a receipt.", name=TEXT, points=NUMBER, why=TEXT)
RECEIPT = _object(
    "A number, and the parts that add up to it before it is bounded to 0–100.",
    value=WHOLE, rule=TEXT, parts=_list(PART),
)  # fmt: skip

_SUMMARY = {
    "id": _or_null(TEXT),
    "path": TEXT,
    "url": ADDRESS,
    "story": ADDRESS,
    "title": TEXT,
    "excerpt": _or_null(TEXT),
    "publishedAt": INSTANT,
    "changedAt": INSTANT,
    "type": {"enum": ["article", "video"]},
    "provider": PROVIDER,
    "topics": _list(TEXT),
    "quality": WHOLE,
    "heat": WHOLE,
    "trend": _or_null({"enum": ["new", "rising", "steady", "falling"]}),
    "outlets": WHOLE,
    "origins": _or_null(WHOLE),
}
SUMMARY = _object("A story as lists show it.", **_SUMMARY)

ARTICLE = _object(
    "A piece of a story.",
    id=TEXT, url=ADDRESS, title=TEXT, authors=_list(TEXT),
    publishedAt=_or_null(INSTANT), firstSeenAt=INSTANT, language=_or_null(TEXT),
    provider=PROVIDER, quality=_or_null(WHOLE),
    role={"enum": ["lead", "related", "more"]},
)  # fmt: skip
RELATED = _object(
    "Other coverage, best first.",
    title=TEXT, excerpt=_or_null(TEXT), url=ADDRESS, publishedAt=INSTANT,
    provider=PROVIDER, quality=WHOLE,
)  # fmt: skip
IMAGE = _object(
    "A picture of the lead.",
    url=ADDRESS, width=_or_null(WHOLE), height=_or_null(WHOLE), title=_or_null(TEXT),
)  # fmt: skip
VOICE = _object(
    "An independent voice: `own` of its articles, from the start, are its own.",
    source=TEXT, own=WHOLE, articles=_list(TEXT),
)  # fmt: skip
COPY = _object(
    "An article whose words are another's, and how we know.",
    article=TEXT, original=_or_null(TEXT), source=TEXT, kind=TEXT,
    share=NUMBER, evidence=_list(TEXT),
)  # fmt: skip
TIMELINE = _object(
    "Who said what when, and what changed later.",
    first=_or_null(_object("Who was first.", article=TEXT, isSure=FLAG, why=TEXT)),
    pieces=_list(
        _object(
            "A piece at its time.",
            article=TEXT, at=INSTANT, certainty=TEXT, seenAt=INSTANT,
            claimedAt=_or_null(INSTANT), afterS=_or_null(WHOLE),
            copyOf=_or_null(TEXT), names=_list(TEXT), figures=_list(TEXT),
        )
    ),
    changes=_list(
        _object(
            "A change.",
            kind=TEXT, at=INSTANT, article=_or_null(TEXT), before=TEXT, now=TEXT,
            why=TEXT,
        )
    ),
)  # fmt: skip
RECEIPTS = _object(
    "Why it stands as it stands.",
    quality=RECEIPT, heat=RECEIPT,
    verdict=_object("The decision.", isPublished=FLAG, threshold=WHOLE, reason=TEXT),
)  # fmt: skip

_STORY = {
    **_SUMMARY,
    "articleUrl": ADDRESS,
    "ampUrl": _or_null(ADDRESS),
    "updatedAt": _or_null(INSTANT),
    "images": _list(IMAGE),
    "related": _list(RELATED),
}
_MADE = {
    "follows": _or_null(TEXT),
    "splitFrom": _or_null(TEXT),
    "articles": _list(ARTICLE),
    "voices": _list(VOICE),
    "copies": _list(COPY),
    "timeline": _or_null(TIMELINE),
    "receipts": RECEIPTS,
    "receipt": ADDRESS,
}
STORY = {
    **_object("A story. Adopted ones lack what we did not make.", **_STORY, **_MADE),
    "required": list(_STORY),
}

_PAGES = _list(_object("A day's file.", day=DAY, count=WHOLE, url=ADDRESS))
_CHANGE = _object(
    "Since when a story is as it is.",
    changedAt=INSTANT, path=TEXT, title=TEXT, story=ADDRESS,
)  # fmt: skip
_TOPIC = {
    "id": TEXT,
    "name": TEXT,
    "parent": _or_null(TEXT),
    "description": _or_null(TEXT),
}
_OUTLET = {"domain": TEXT, "name": TEXT, "stories": WHOLE, "first": WHOLE}
_STORIES = _list(SUMMARY)

DOCUMENTS: Mapping[str, tuple[str, Schema]] = {
    "index": (
        "The site, and where everything is",
        _object(
            "The root.",
            version={"const": 2},
            site=_object(
                "The site.", title=TEXT, url=ADDRESS, description=TEXT, language=TEXT
            ),
            asOf=_or_null(INSTANT),
            openapi=ADDRESS,
            links=_object(
                "Documents.",
                stories=ADDRESS, changes=ADDRESS, latestEdition=ADDRESS,
                topics=ADDRESS, providers=ADDRESS,
            ),
        ),
    ),
    "editions/latest": (
        "The front page as it is now, hottest first, and what just missed it",
        _object(
            "An edition.",
            asOf=_or_null(INSTANT),
            front=_STORIES,
            misses=_list(
                _object("A miss.", title=TEXT, quality=WHOLE, reason=_or_null(TEXT))
            ),
        ),
    ),
    "stories/index": (
        "The newest stories, and the days that have some",
        _object("Stories.", newest=_STORIES, days=_PAGES),
    ),
    "stories/{day}": (
        "The stories published on a day (UTC)",
        _object("A day.", day=DAY, stories=_STORIES),
    ),
    "stories/{story}/index": ("A story, by the name of its record", STORY),
    "stories/{story}/receipt": (
        "The receipt of a story: every number, and what it came of",
        receipts_schema.DOCUMENT,
    ),
    "changes/index": (
        "Where changes stand, the newest, and the days that have some",
        _object(
            "Changes.",
            cursor=_or_null(INSTANT), newest=_list(_CHANGE), days=_PAGES,
        ),
    ),
    "changes/{day}": (
        "Stories whose last change was on a day (UTC), newest first",
        _object("A day.", day=DAY, changes=_list(_CHANGE)),
    ),
    "topics/index": (
        "The topics of the site",
        _object(
            "Topics.",
            topics=_list(_object("A topic.", **_TOPIC, count=WHOLE, url=ADDRESS)),
        ),
    ),
    "topics/{topic}/index": (
        "The newest stories of a topic, by its id",
        _object("A topic.", topic=_object("It.", **_TOPIC), stories=_STORIES),
    ),
    "providers/index": (
        "The outlets in the site's stories",
        _object(
            "Outlets.",
            providers=_list(_object("An outlet.", **_OUTLET, url=ADDRESS)),
        ),
    ),
    "providers/{provider}/index": (
        "An outlet and its newest stories, by its domain",
        _object("An outlet.", provider=_object("It.", **_OUTLET), stories=_STORIES),
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
