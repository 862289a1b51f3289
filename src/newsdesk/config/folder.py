"""A site folder to a `Site`: options, topics, organisations and sources in one.

Everything that is wrong anywhere in the folder is said at once, each with its file and
line. Whether a source answers is no question of configuration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from newsdesk.config import (
    decisions,
    heads,
    newsletters,
    options,
    outlets,
    shapes,
    sources,
    sponsors,
    theme,
    writing,
)
from newsdesk.config.shapes import Place, Problem
from newsdesk.model.article import Provider
from newsdesk.model.errors import ConfigError, RecordError
from newsdesk.model.site import Newsletter, Output, Paths, Rules, Site, Topic
from newsdesk.model.sponsor import Sponsor
from newsdesk.render import taxonomy

TOPICS = "_data/topics"
"""Folder of the topics, below the content folder: `NN-id.yaml`."""

ORGANIZATIONS = "_data/organizations"
"""Folder of the organisations, below the content folder: `domain.md`."""

Read = TypeVar("Read")


def load(folder: Path) -> Site:
    """The site in a folder. Raises ConfigError with everything that is wrong with it,
    one problem a line: file, line, reason."""
    text = writing.read_text(_site_file(folder))
    read = options.parse(text)
    content = folder / read.given.get("paths", Paths()).content
    topics, topic_problems = _topics(folder, content)
    providers, provider_problems = _providers(folder, content)
    listed = _sources(folder, topics)
    letters, letter_problems = _newsletters(folder, topics)
    said, said_problems = decisions.read(content, _below(folder, content))
    taught, taught_problems = heads.read(content, _below(folder, content))
    looks, looks_problems = theme.read(folder, read.given.get("output", Output()))
    paying, sponsor_problems = _sponsors(folder, topics, looks)
    problems = [
        *read.problems,
        *rule_problems(read.given.get("rules", Rules()), topics, text),
        *topic_problems,
        *provider_problems,
        *listed.problems,
        *letter_problems,
        *said_problems,
        *taught_problems,
        *looks_problems,
        *sponsor_problems,
    ]
    if problems:
        raise ConfigError("\n".join(map(str, problems)))
    return Site(
        folder=folder,
        topics=topics,
        providers=providers,
        outlets=outlets.text(),
        sources=listed.sources,
        newsletters=letters,
        sponsors=paying,
        decisions=said,
        heads=taught,
        theme=looks,
        **read.given,
    )


def topics(folder: Path) -> tuple[Topic, ...]:
    """The topics of the site in a folder. Raises ConfigError as `load` does, but not
    for what is wrong with sources.toml."""
    read = options.parse(writing.read_text(_site_file(folder)))
    found, problems = _topics(folder, folder / read.given.get("paths", Paths()).content)
    if faults := [*read.problems, *problems]:
        raise ConfigError("\n".join(map(str, faults)))
    return found


def content_folder(folder: Path) -> Path:
    """Where the site in a folder keeps its content. Raises ConfigError as `load`."""
    read = options.parse(writing.read_text(_site_file(folder)))
    if read.problems:
        raise ConfigError("\n".join(map(str, read.problems)))
    paths: Paths = read.given.get("paths", Paths())
    return folder / paths.content


def _site_file(folder: Path) -> Path:
    path = folder / options.FILE
    if not path.is_file():
        raise ConfigError(
            f"{folder} holds no site: there is no {options.FILE}; "
            f"`newsdesk new {folder}` makes one"
        )
    return path


def _topics(folder: Path, content: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    files = _files(content / TOPICS, (".yaml", ".yml"))
    read, problems = _read_each(folder, files, _topic)
    in_order = sorted(read, key=lambda each: (each[1].position, each[0]))
    problems += _repeated(in_order, "id", lambda topic: topic.id)
    problems += _repeated(in_order, "name", lambda topic: topic.name)
    if not problems:
        problems += _lineage(in_order)
    return tuple(topic for _, topic in in_order), problems


def _providers(
    folder: Path, content: Path
) -> tuple[tuple[Provider, ...], list[Problem]]:
    files = _files(content / ORGANIZATIONS, (".md",))
    read, problems = _read_each(folder, files, _provider)
    problems += _repeated(read, "domain", lambda provider: provider.domain)
    return tuple(provider for _, provider in read), problems


def _sources(folder: Path, topics: Iterable[Topic]) -> sources.Sources:
    path = folder / sources.FILE
    if not path.exists():
        return sources.Sources()
    return sources.parse(writing.read_text(path), (topic.id for topic in topics))


def _newsletters(
    folder: Path, topics: Iterable[Topic]
) -> tuple[tuple[Newsletter, ...], tuple[Problem, ...]]:
    path = folder / newsletters.FILE
    if not path.exists():
        return (), ()
    return newsletters.parse(writing.read_text(path), [topic.id for topic in topics])


def _sponsors(
    folder: Path, topics: Iterable[Topic], theme_files: Iterable[tuple[str, bytes]]
) -> tuple[tuple[Sponsor, ...], tuple[Problem, ...]]:
    path = folder / sponsors.FILE
    if not path.exists():
        return (), ()
    there = [name for name, _ in theme_files]
    text = writing.read_text(path)
    return sponsors.parse(text, [topic.id for topic in topics], there)


def _files(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in endings)


def _topic(path: str, data: bytes) -> Topic:
    return taxonomy.topic(path, taxonomy.read_topic(path, data))


def _provider(_: str, data: bytes) -> Provider:
    return taxonomy.provider(taxonomy.read_organization(data))


def _read_each(
    folder: Path, files: Sequence[Path], read: Callable[[str, bytes], Read]
) -> tuple[list[tuple[str, Read]], list[Problem]]:
    """What the files say, by path below the site folder, and which cannot be read."""
    found: list[tuple[str, Read]] = []
    problems: list[Problem] = []
    for file in files:
        path = _below(folder, file)
        data = writing.read(file)
        try:
            found.append((path, read(path, data)))
        except RecordError as error:
            problems.append(Problem(path=path, line=error.line, reason=error.reason))
        except ConfigError as error:
            problems.append(_told(path, str(error)))
    return found, problems


def _below(folder: Path, file: Path) -> str:
    is_below = folder in file.parents
    return (file.relative_to(folder) if is_below else file).as_posix()


def _told(path: str, message: str) -> Problem:
    """A message that opens with the path and the line as a problem with both."""
    told = re.fullmatch(r", line (\d+): (.*)", message.removeprefix(path), re.DOTALL)
    line, reason = (int(told[1]), told[2]) if told else (None, message)
    return Problem(path=path, line=line, reason=reason)


def _repeated(
    found: Sequence[tuple[str, Read]], what: str, key: Callable[[Read], str]
) -> list[Problem]:
    """Ids, names or domains that two files share."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for path, each in found:
        value = key(each)
        if value in first:
            reason = f"the {what} `{value}` is taken by {first[value]}"
            problems.append(Problem(path=path, line=None, reason=reason))
        first.setdefault(value, path)
    return problems


def _lineage(found: Sequence[tuple[str, Topic]]) -> Iterator[Problem]:
    """Parents that do not exist, and topics that are above themselves."""
    by_name = {topic.name: topic for _, topic in found}
    for path, topic in found:
        if topic.parent is not None and topic.parent not in by_name:
            reason = f"there is no topic named `{topic.parent}` to be the parent"
            if meant := shapes.nearest(topic.parent, by_name):
                reason += f"; did you mean `{meant}`?"
            yield Problem(path=path, line=None, reason=reason)
        elif circle := _circle(topic, by_name):
            reason = f"the topic is its own ancestor: {' → '.join(circle)}"
            yield Problem(path=path, line=None, reason=reason)


def _circle(topic: Topic, by_name: Mapping[str, Topic]) -> list[str]:
    """Names from a topic up to itself; empty where its line ends elsewhere."""
    line = [topic.name]
    above = topic.parent
    while above is not None and above in by_name and above not in line:
        line.append(above)
        above = by_name[above].parent
    return [*line, topic.name] if above == topic.name else []


def rule_problems(
    rules: Rules, topics: Sequence[Topic], text: str
) -> Iterator[Problem]:
    """What is said of topics that do not exist, or is out of bounds."""
    ids = [topic.id for topic in topics]
    for table in ("thresholds", "topic_a_day", "topic_on_front"):
        place = Place(path=options.FILE, table=f"rules.{table}")
        is_points = table == "thresholds"
        wanted = "a whole number from 0 to 100" if is_points else "1 or more"
        for topic, number in getattr(rules, table):
            line = shapes.line_of(text, place, topic)
            if topic not in ids:
                reason = sources.no_topic(topic, ids)
                yield Problem(path=options.FILE, line=line, reason=reason)
            if not (0 <= number <= 100 if is_points else number >= 1):
                reason = f"`{topic}` in [rules.{table}] must be {wanted}"
                yield Problem(path=options.FILE, line=line, reason=reason)
    place = Place(path=options.FILE, table="rules.embargoes")
    for name, _ in rules.embargoes:
        if name not in ids and "." not in name:
            reason = f"`{name}` in [rules.embargoes] is neither a domain nor a topic"
            line = shapes.line_of(text, place, name)
            yield Problem(path=options.FILE, line=line, reason=reason)
