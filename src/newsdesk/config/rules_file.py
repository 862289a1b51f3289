"""A file of rules to try: the [rules] of another site.toml, or a file of nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from newsdesk.config import folder, options, shapes, writing
from newsdesk.config.shapes import Place
from newsdesk.model.errors import ConfigError
from newsdesk.model.site import Rules, Site


def with_rules(site: Site, path: Path) -> Site:
    """The site with the rules of a file. What its [rules] leaves out has its default; all
    other tables are left alone.

    ConfigError: it cannot be read, has no [rules], or these cannot be used.
    """
    text = writing.read_text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = options.syntax_problem(str(path), error)
        raise ConfigError(str(problem)) from error
    table = document.get("rules")
    if not isinstance(table, dict):
        raise ConfigError(f"{path} has no table [rules]; there is nothing to compare")
    place = Place(path=str(path), table="rules")
    values, faults = shapes.build(Rules, table, place=place, text=text)
    rules = Rules(**values)
    problems = [*faults, *folder.rule_problems(rules, site.topics, text)]
    _refuse(problems, path)
    return replace(site, rules=rules)


def _refuse(problems: Iterable[shapes.Problem], path: Path) -> None:
    told = [str(replace(problem, path=str(path))) for problem in problems]
    if told:
        raise ConfigError("\n".join(told))
