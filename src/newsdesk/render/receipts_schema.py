"""What a receipt holds, as JSON Schema 2020-12: `receipts` writes it, this describes it."""

from __future__ import annotations

import json

from newsdesk.render.json_schema import (
    FLAG,
    INSTANT,
    TEXT,
    WHOLE,
    Schema,
    document,
    list_of,
    or_null,
)

_COUNT: Schema = {"type": "integer", "minimum": 0}
_POINTS: Schema = {"type": "number", "description": "With two decimals at most."}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}

SCORE = document(
    "A number. The points of its parts add up to `sum`; rounded, half a point up, and kept "
    "within 0 and 100 that is `value`.",
    value={"type": "integer", "minimum": 0, "maximum": 100},
    rule={**TEXT, "description": "Name and version of the rule that made it."},
    sum=_POINTS,
    parts=list_of(
        document(
            "What went in, and what it brought.",
            name={**TEXT, "description": "Empty: what has no part of its own."},
            points=_POINTS,
            why=TEXT,
        )
    ),
)
_VERDICT = document(
    "Whether readers see it, and by which rule.",
    isPublished=FLAG,
    rule={
        **TEXT,
        "description": "The option of site.toml that decided, or `decision`: an editor.",
    },
    threshold={**WHOLE, "description": "Quality asked of this story."},
    reason=TEXT,
    objections=list_of(
        document(
            "What speaks against publishing, the decisive first.",
            rule=TEXT,
            why=TEXT,
            gap={**_SHARE, "description": "How much is missing."},
        )
    ),
)
_INPUTS = document(
    "What was measured of an article before any rule looked at it.",
    firstSeenAt=INSTANT,
    publishedAt=or_null(INSTANT),
    publishedHasTime=FLAG,
    countsAsOf={**INSTANT, "description": "The instant that rules take it to be of."},
    updatedAt=or_null(INSTANT),
    type=TEXT,
    language=or_null(TEXT),
    titleCharacters=_COUNT,
    words=_COUNT,
    authors=_COUNT,
    pictures=_COUNT,
    pageRead=FLAG,
    paywalled=FLAG,
    provider=document(
        "Who publishes it.",
        domain=TEXT,
        isKnown={**FLAG, "description": "The site's organisations name it."},
        kind=or_null(TEXT),
        country=or_null(TEXT),
    ),
)
_COPY = document(
    "Whose text it is, where it is not its own.",
    kind=TEXT,
    original=or_null(TEXT),
    source=TEXT,
    share=_SHARE,
    evidence=list_of(TEXT),
)
_MEMBER = document(
    "An article of the story.",
    id=TEXT,
    url=TEXT,
    role={"enum": ["lead", "related", "more"]},
    joined={**or_null(_COUNT), "description": "Which member it was to join, from 1."},
    inputs=_INPUTS,
    quality=or_null(SCORE),
    standing={**or_null(SCORE), "description": "How well it would lead the story."},
    bond={
        **or_null(SCORE),
        "description": "Why it is in the story: how alike it is to the other members, by "
        "the words that make it so. Null: it is alone.",
    },
    copy=or_null(_COPY),
    topics=list_of(
        document(
            "A topic it is about, and what says so.",
            topic=TEXT,
            strength=_SHARE,
            evidence=list_of(TEXT),
        )
    ),
)
DOCUMENT = document(
    "Every number of a story with the rule that made it, what went in, and what each part "
    "brought.",
    receipt={"const": 1, "description": "Version of this document."},
    story=TEXT,
    record=or_null(TEXT),
    asOf={**INSTANT, "description": "The story's newest news."},
    lead={**TEXT, "description": "Id of the article that leads."},
    rules={
        **or_null(TEXT),
        "description": "Name of the set of rules it was judged by; they change together.",
    },
    quality={**SCORE, "description": "The lead's."},
    heat=SCORE,
    heatAsOf={**INSTANT, "description": "The instant that heat is of."},
    verdict=_VERDICT,
    origins=list_of(
        document(
            "An independent voice.",
            source=TEXT,
            own={**_COUNT, "description": "How many of the articles are its own."},
            articles=list_of(TEXT),
            weight={
                **or_null(_SHARE),
                "description": "What its provider's record makes of it. Null: nothing is "
                "said.",
            },
        )
    ),
    members=list_of(_MEMBER),
    membersNotTold={**_COUNT, "description": "Further members, beyond the first 60."},
)


def text() -> str:
    """The schema as the file that stands in the reference."""
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The receipt of a story",
    }
    return json.dumps(about | DOCUMENT, indent=2, ensure_ascii=False) + "\n"
