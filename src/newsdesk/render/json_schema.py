"""What schemas of our JSON documents are put together from (JSON Schema 2020-12)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}


def or_null(schema: Schema) -> Schema:
    """What fits `schema`, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema) -> Schema:
    """A list of what fits `schema`."""
    return {"type": "array", "items": schema}


def document(says: str, **keys: Schema) -> Schema:
    """An object with these keys, all of them there and no other."""
    return {
        "type": "object",
        "description": says,
        "properties": keys,
        "required": sorted(keys),
        "additionalProperties": False,
    }
