"""The rules in use -> what each of them weighs: its tuned numbers, by name.

A receipt says what each part brought; this says what it could have brought. The numbers
are read off the modules themselves, so that what is told is what is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import ModuleType
from typing import Any

from newsdesk.model.site import Site
from newsdesk.stages import (
    bonds,
    heat,
    lead,
    quality,
    quality_form,
    quality_headline,
    quality_kinds,
    quality_provider,
    quality_reads,
    quality_sources,
    rule_sets,
    weighing,
)

_MODULES: Mapping[str, tuple[ModuleType, ...]] = {
    quality.RULE: (
        quality,
        quality_form,
        quality_headline,
        quality_kinds,
        quality_provider,
        quality_reads,
        quality_sources,
    ),
    heat.RULE: (heat,),
    lead.RULE: (lead,),
    bonds.RULE: (bonds, weighing),
}
_ASKED = (
    "threshold",
    "thresholds",
    "reject_below",
    "half_life_h",
    "same_story",
    "only_on_topic",
    "languages",
    "min_words",
    "min_origins",
    "max_age_h",
    "provider_a_day",
    "topic_a_day",
    "provider_on_front",
    "topic_on_front",
)
"""Options of [rules] that readers may know. Who is blocked, required or under embargo is
the desk's own affair."""


def document(site: Site) -> dict[str, Any]:
    """What the site asks for and what each rule weighs, for machines."""
    return {
        "rules": rule_sets.of(site).id,
        "asked": {name: _plain(getattr(site.rules, name)) for name in _ASKED},
        "weights": {
            rule: {
                f"{_short(module)}.{name}".lower(): value
                for module in modules
                for name, value in _numbers(module)
            }
            for rule, modules in _MODULES.items()
        },
    }


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _numbers(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Constants that are numbers, spans of time in hours, or tables of numbers."""
    for name, value in sorted(vars(module).items()):
        if not name.isupper() or name.startswith("_"):
            continue
        if isinstance(value, timedelta):
            yield f"{name}_h", value.total_seconds() / 3600
        elif _is_number(value):
            yield name, value
        elif (
            isinstance(value, Mapping)
            and value
            and all(map(_is_number, value.values()))
        ):
            yield name, {str(key): number for key, number in value.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
