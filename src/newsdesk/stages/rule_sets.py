"""A site -> the rules that its stories are judged by, in one piece with a name."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from newsdesk.model.receipt import RuleSet
from newsdesk.model.site import Rules, Site


def of(site: Site) -> RuleSet:
    """What the site asks for now. The same wishes have the same id."""
    has_topics = bool(site.topics)
    return RuleSet(
        id=name(site.rules, has_topics=has_topics),
        rules=site.rules,
        has_topics=has_topics,
    )


def name(rules: Rules, *, has_topics: bool) -> str:
    """What a set of rules is called: 12 hex digits that tell it from any other."""
    told = {"rules": asdict(rules), "has_topics": has_topics}
    text = json.dumps(told, sort_keys=True, default=_plain)
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"rules hold no {type(value).__name__}")
