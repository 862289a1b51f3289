"""What a receipt holds, as JSON Schema 2020-12: `receipts` writes it, this describes it."""

from __future__ import annotations

import json
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_POINTS: Schema = {"type": "number", "description": "With two decimals at most."}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _object(says: str, **keys: Schema) -> Schema:
    return {
        "type": "object",
        "description": says,
        "properties": keys,
        "required": sorted(keys),
        "additionalProperties": False,
    }


SCORE = _object(
    "A number. The points of its parts add up to `sum`; rounded, half a point up, and kept "
    "within 0 and 100 that is `value`.",
    value={"type": "integer", "minimum": 0, "maximum": 100},
    rule={**_TEXT, "description": "Name and version of the rule that made it."},
    sum=_POINTS,
    parts=_list(
        _object(
            "What went in, and what it brought.",
            name={**_TEXT, "description": "Empty: what has no part of its own."},
            points=_POINTS,
            why=_TEXT,
        )
    ),
)
_VERDICT = _object(
    "Whether readers see it, and by which rule.",
    isPublished=_FLAG,
    rule={
        **_TEXT,
        "description": "The option of site.toml that decided, or `decision`: an editor.",
    },
    threshold={**_WHOLE, "description": "Quality asked of this story."},
    reason=_TEXT,
    objections=_list(
        _object(
            "What speaks against publishing, the decisive first.",
            rule=_TEXT,
            why=_TEXT,
            gap={**_SHARE, "description": "How much is missing."},
        )
    ),
)
_INPUTS = _object(
    "What was measured of an article before any rule looked at it.",
    firstSeenAt=_INSTANT,
    publishedAt=_or_null(_INSTANT),
    publishedHasTime=_FLAG,
    countsAsOf={**_INSTANT, "description": "The instant that rules take it to be of."},
    updatedAt=_or_null(_INSTANT),
    type=_TEXT,
    language=_or_null(_TEXT),
    titleCharacters=_COUNT,
    words=_COUNT,
    authors=_COUNT,
    pictures=_COUNT,
    pageRead=_FLAG,
    paywalled=_FLAG,
    provider=_object(
        "Who publishes it.",
        domain=_TEXT,
        isKnown={**_FLAG, "description": "The site's organisations name it."},
        kind=_or_null(_TEXT),
        country=_or_null(_TEXT),
    ),
)
_COPY = _object(
    "Whose text it is, where it is not its own.",
    kind=_TEXT,
    original=_or_null(_TEXT),
    source=_TEXT,
    share=_SHARE,
    evidence=_list(_TEXT),
)
_MEMBER = _object(
    "An article of the story.",
    id=_TEXT,
    url=_TEXT,
    role={"enum": ["lead", "related", "more"]},
    joined={**_or_null(_COUNT), "description": "Which member it was to join, from 1."},
    inputs=_INPUTS,
    quality=_or_null(SCORE),
    standing={**_or_null(SCORE), "description": "How well it would lead the story."},
    bond={
        **_or_null(SCORE),
        "description": "Why it is in the story: how alike it is to the other members, by "
        "the words that make it so. Null: it is alone.",
    },
    copy=_or_null(_COPY),
    topics=_list(
        _object(
            "A topic it is about, and what says so.",
            topic=_TEXT,
            strength=_SHARE,
            evidence=_list(_TEXT),
        )
    ),
)
DOCUMENT = _object(
    "Every number of a story with the rule that made it, what went in, and what each part "
    "brought.",
    receipt={"const": 1, "description": "Version of this document."},
    story=_TEXT,
    record=_or_null(_TEXT),
    asOf={**_INSTANT, "description": "The story's newest news."},
    lead={**_TEXT, "description": "Id of the article that leads."},
    rules={
        **_or_null(_TEXT),
        "description": "Name of the set of rules it was judged by; they change together.",
    },
    quality={**SCORE, "description": "The lead's."},
    heat=SCORE,
    heatAsOf={**_INSTANT, "description": "The instant that heat is of."},
    verdict=_VERDICT,
    origins=_list(
        _object(
            "An independent voice.",
            source=_TEXT,
            own={**_COUNT, "description": "How many of the articles are its own."},
            articles=_list(_TEXT),
            weight={
                **_or_null(_SHARE),
                "description": "What its provider's record makes of it. Null: nothing is "
                "said.",
            },
        )
    ),
    members=_list(_MEMBER),
    membersNotTold={**_COUNT, "description": "Further members, beyond the first 60."},
)


def text() -> str:
    """The schema as the file that stands in the reference."""
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The receipt of a story",
    }
    return json.dumps(about | DOCUMENT, indent=2, ensure_ascii=False) + "\n"
