"""newsletters.toml to newsletters: one `[[newsletter]]` each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from email.utils import parseaddr
from typing import Any

from newsdesk.config import sources, tables
from newsdesk.config.shapes import Problem
from newsdesk.model.site import Newsletter
from newsdesk.text import mail_addresses

FILE = "newsletters.toml"


def parse(
    text: str, topics: Collection[str]
) -> tuple[tuple[Newsletter, ...], tuple[Problem, ...]]:
    """The newsletters in the text of a newsletters.toml, and what is wrong with it.
    `topics` are the ids that exist."""

    def objections(
        values: Mapping[str, Any], before: Collection[Newsletter]
    ) -> Iterator[tuple[str, str]]:
        return _objections(values, before, topics)

    return tables.parse(text, FILE, "newsletter", Newsletter, objections)


def _objections(
    values: Mapping[str, Any], before: Collection[Newsletter], topics: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Keys and what is wrong with them, of a newsletter that has the right shape."""
    for topic in values.get("topics", ()):
        if topic not in topics:
            yield "topics", sources.no_topic(topic, topics)
    if any(one.id == values["id"] for one in before):
        yield "id", f"the id `{values['id']}` is taken by a newsletter above"
    sender = values.get("sender", "")
    if sender and mail_addresses.normal(parseaddr(sender)[1]) is None:
        reason = (
            "`sender` must hold an address, in ASCII before its `@`: "
            "`The Site <news@example.org>`"
        )
        yield "sender", reason
