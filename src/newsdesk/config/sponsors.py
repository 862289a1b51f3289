"""sponsors.toml to sponsors: one `[[sponsor]]` each.

Which of them is shown on a day is for `stages.sponsors` to say; here stands what is wrong
with the file. A site without it shows none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsdesk.config import shapes, sources, tables
from newsdesk.config.shapes import Problem
from newsdesk.model.sponsor import Sponsor

FILE = "sponsors.toml"
PLACEMENTS = ("front", "story", "topic", "newsletter")
OF_TOPIC = "topic:"
"""Before a topic's id: the page of that topic alone."""


def parse(
    text: str, topics: Collection[str], theme_files: Collection[str]
) -> tuple[tuple[Sponsor, ...], tuple[Problem, ...]]:
    """The sponsors in the text of a sponsors.toml, and what is wrong with it. `topics`
    are the ids that exist, `theme_files` the paths below the folder `theme`."""

    def objections(
        values: Mapping[str, Any], _: Collection[Sponsor]
    ) -> Iterator[tuple[str, str]]:
        return _objections(values, topics, theme_files)

    return tables.parse(text, FILE, "sponsor", Sponsor, objections)


def _objections(
    values: Mapping[str, Any], topics: Collection[str], theme_files: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Keys and what is wrong with them, of a sponsor that has the right shape."""
    if values["until"] < values["from_"]:
        yield "until", f"`until` is before `from`, {values['from_']}"
    if not values["placements"]:
        yield "placements", f"`placements` is empty; known are {_known()}"
    for one in values["placements"]:
        topic = one.removeprefix(OF_TOPIC)
        if topic != one and topic not in topics:
            yield "placements", sources.no_topic(topic, topics)
        elif topic == one and one not in PLACEMENTS:
            meant = shapes.nearest(one, PLACEMENTS)
            advice = f"did you mean `{meant}`?" if meant else f"known are {_known()}"
            yield "placements", f"there is no placement `{one}`; {advice}"
    if values.get("logo_dark") and not values.get("logo"):
        yield "logo_dark", "`logo_dark` needs a `logo`, which is for light pages"
    for key in ("logo", "logo_dark"):
        name = values.get(key)
        if name and f"static/{name}" not in theme_files:
            yield key, f"there is no file theme/static/{name}"


def _known() -> str:
    return ", ".join(f"`{one}`" for one in (*PLACEMENTS, f"{OF_TOPIC}ID"))
