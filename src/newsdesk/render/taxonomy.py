"""Topics and organisations as files: `_data/topics/NN-id.yaml`, `_data/organizations`.

Files in the older system's shape are read and written byte for byte, unknown keys kept
in place. A topic file that a person wrote in other YAML is read too, and left as it is
until its topic changes. What topics mean for a text is for the stages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import yaml

from newsdesk.model.article import Logo, Provider, ProviderKind
from newsdesk.model.errors import ConfigError, RecordError
from newsdesk.model.record import RecordImage, Spelling, UnknownKey
from newsdesk.model.site import Topic
from newsdesk.render import record_reader, record_writer
from newsdesk.render.record_blocks import Block, Document, Key
from newsdesk.render.record_scalars import NUMBER, PLAIN, QUOTED

LARGEST = 1_000_000
"""Bytes of a topic file that are read; bounds the work of the YAML library."""

_POSITION = re.compile(r"(\d{1,9})-")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFile:
    """A topic file: its keys, and what else stands in it."""

    taxonomy: str = "topic"
    id: str
    name: str
    shortname: str | None = None
    parent: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    unknown: tuple[UnknownKey, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    source: bytes | None = None
    """The file as it was, where it is YAML of another shape than ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationFile:
    """An organisation's file: who it is, and what else stands in it."""

    taxonomy: str = "organization"
    id: str
    name: str | None = None
    domain: str
    description: str | None = None
    kind: str | None = None
    country: str | None = None
    language: str | None = None
    images: tuple[RecordImage, ...] = ()
    unknown: tuple[UnknownKey, ...] = ()
    spellings: tuple[Spelling, ...] = ()


def _names(name: str) -> Key:
    return Key(name=name, attribute=name, value=PLAIN, is_list=True)


_TOPIC = Document(
    block=Block(
        keys=(
            Key(name="taxonomy", attribute="taxonomy", value=PLAIN, required=True),
            Key(name="_id", attribute="id", value=PLAIN, required=True),
            Key(name="name", attribute="name", value=PLAIN, required=True),
            Key(name="shortname", attribute="shortname", value=PLAIN),
            Key(name="parent", attribute="parent", value=PLAIN),
            Key(name="description", attribute="description", value=PLAIN),
            _names("keywords"),
            _names("required"),
            _names("excluded"),
            _names("examples"),
            Key(name="hashtags", attribute="hashtags", value=QUOTED, is_list=True),
        ),
        make=TopicFile,
    ),
    opening="",
    closing="",
)

_LOGO = Block(
    keys=(
        Key(name="url", attribute="url", value=PLAIN, required=True),
        Key(name="width", attribute="width", value=NUMBER),
        Key(name="height", attribute="height", value=NUMBER),
    ),
    make=RecordImage,
)

_ORGANIZATION = Document(
    block=Block(
        keys=(
            Key(name="taxonomy", attribute="taxonomy", value=PLAIN, required=True),
            Key(name="_id", attribute="id", value=PLAIN, required=True),
            Key(name="name", attribute="name", value=PLAIN),
            Key(name="domain", attribute="domain", value=PLAIN, required=True),
            Key(name="description", attribute="description", value=PLAIN),
            Key(name="kind", attribute="kind", value=PLAIN),
            Key(name="country", attribute="country", value=PLAIN),
            Key(name="language", attribute="language", value=PLAIN),
            Key(name="images", attribute="images", value=_LOGO, is_list=True),
        ),
        make=OrganizationFile,
    ),
    opening="---\n",
    closing="---\n",
)


def topic_path(topic: Topic) -> str:
    """Where a topic's file stands: `_data/topics/NN-id.yaml`."""
    return f"_data/topics/{topic.position:02}-{topic.id}.yaml"


def organization_path(domain: str) -> str:
    """Where an organisation's file stands: `_data/organizations/<domain>.md`."""
    return f"_data/organizations/{domain}.md"


def read_topic(path: str, data: bytes) -> TopicFile:
    """The topic file in `data`; raises ConfigError with path, line and reason."""
    try:
        return record_reader.read(data, _TOPIC)
    except RecordError as error:
        return _read_yaml(path, data, error)


def write_topic(file: TopicFile) -> bytes:
    """The bytes of a topic file; raises RecordError for text that cannot be written."""
    if file.source is not None and file == _from_yaml(file.source):
        return file.source
    return record_writer.write(file, _TOPIC)


def topic(path: str, file: TopicFile) -> Topic:
    """The topic of a file; its position is the number that the file's name starts with."""
    position = _POSITION.match(PurePosixPath(path).name)
    return Topic(
        id=file.id,
        name=file.name,
        shortname=file.shortname,
        parent=file.parent,
        description=file.description,
        keywords=file.keywords,
        required=file.required,
        excluded=file.excluded,
        examples=file.examples,
        hashtags=file.hashtags,
        position=int(position[1]) if position else 0,
    )


def topic_file(topic: Topic, old: TopicFile | None = None) -> TopicFile:
    """The file of a topic; with `old`, what only that file knows stays."""
    return TopicFile(
        taxonomy=old.taxonomy if old else "topic",
        id=topic.id,
        name=topic.name,
        shortname=topic.shortname,
        parent=topic.parent,
        description=topic.description,
        keywords=topic.keywords,
        required=topic.required,
        excluded=topic.excluded,
        examples=topic.examples,
        hashtags=topic.hashtags,
        unknown=old.unknown if old else (),
        spellings=old.spellings if old else (),
        source=old.source if old else None,
    )


def _read_yaml(path: str, data: bytes, refusal: RecordError) -> TopicFile:
    """A topic in other YAML; where it is none, our own reader's reason is the better."""
    try:
        return _from_yaml(data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else refusal.line
        reason = f"is not YAML: {error.problem}"
        raise ConfigError(f"{path}, line {line}: {reason}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ConfigError(f"{path}, line {refusal.line}: {refusal.reason}") from None


def _from_yaml(data: bytes) -> TopicFile:
    """Raises ValueError or a YAML error for what is no topic."""
    if len(data) > LARGEST:
        raise ValueError("too large")
    content = yaml.safe_load(data)
    if not isinstance(content, dict):
        raise ValueError("no mapping")
    names = {key.name: key for key in _TOPIC.block.keys}
    values = {
        key.attribute: _strings(content[name])
        if key.is_list
        else _string(content[name])
        for name, key in names.items()
        if content.get(name) is not None
    }
    if missing := {"id", "name"} - values.keys():
        raise ValueError(f"no {missing}")
    rest = {name: value for name, value in content.items() if name not in names}
    return TopicFile(**values, unknown=_rest(rest), source=data)  # type: ignore[arg-type]  # by the table


def _string(value: object) -> str:
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("no text")


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_string(one) for one in value)
    return (_string(value),)


def _rest(content: Mapping[object, object]) -> tuple[UnknownKey, ...]:
    """Keys we do not know, for the day the file is written in our shape."""
    if not content:
        return ()
    text = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False)
    return (UnknownKey(path="", after="hashtags", text=text),)


def read_organization(data: bytes) -> OrganizationFile:
    """The organisation in `data`; raises RecordError with reason and line."""
    return record_reader.read(data, _ORGANIZATION)


def write_organization(file: OrganizationFile) -> bytes:
    """The bytes of an organisation's file; raises RecordError as `record.write` does."""
    return record_writer.write(file, _ORGANIZATION)


def provider(file: OrganizationFile) -> Provider:
    """The provider that an organisation's file makes known; logos smallest first. What
    the file leaves out is for the registry to say. Raises ConfigError for a kind that
    there is not, or what is no code of a country or language."""
    logos = [
        Logo(url=image.url, width=image.width or 0, height=image.height or 0)
        for image in file.images
    ]
    logos.sort(key=lambda logo: logo.width * logo.height)
    return Provider(
        domain=file.domain,
        name=file.name or "",
        logos=tuple(logos),
        is_known=True,
        kind=_kind(file.kind),
        country=_code("country", file.country, "[A-Z]{2}", "`GB`"),
        language=_code("language", file.language, "[a-z]{2,3}", "`en`"),
    )


def _kind(said: str | None) -> ProviderKind | None:
    try:
        return ProviderKind(said) if said else None
    except ValueError:
        known = ", ".join(f"`{kind.value}`" for kind in ProviderKind)
        raise ConfigError(f"there is no kind `{said}`; known are {known}") from None


def _code(key: str, said: str | None, form: str, like: str) -> str | None:
    if said and not re.fullmatch(form, said):
        raise ConfigError(f"`{key}` must be a code like {like}, not `{said}`")
    return said or None


def organization_file(
    provider: Provider,
    *,
    description: str | None = None,
    old: OrganizationFile | None = None,
) -> OrganizationFile:
    """The file of a provider; with `old`, what only that file knows stays."""
    images = tuple(
        RecordImage(url=logo.url, width=logo.width or None, height=logo.height or None)
        for logo in provider.logos
    )
    fresh = OrganizationFile(
        id=provider.domain,
        name=provider.name or None,
        domain=provider.domain,
        description=description,
        kind=provider.kind.value if provider.kind else None,
        country=provider.country,
        language=provider.language,
        images=images,
    )
    if old is None:
        return fresh
    return replace(
        old,
        name=fresh.name,
        domain=fresh.domain,
        description=description or old.description,
        kind=fresh.kind or old.kind,
        country=fresh.country or old.country,
        language=fresh.language or old.language,
        images=images or old.images,
    )
