"""README and docs: short, their links lead somewhere, their commands exist, and what
they say of dependencies and scores is what the project says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from newsdesk.cli import commands
from newsdesk.stages import heat, lead, listing, quality, weighing

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda page: page.name
)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"(?:^|`|\b(?:bin/|&& ))newsdesk +([^`\n]*)", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def anchor(heading: str) -> str:
    """How a heading is addressed on GitHub."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    prose = FENCE.sub("", page.read_text("utf-8"))
    return {anchor(h) for h in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


def command_lines(text: str) -> Iterator[list[str]]:
    """The words after `newsdesk` wherever a text shows a command."""
    for match in SAID.finditer(text):
        words = match.group(1).split("#")[0].split()
        if words and re.fullmatch(r"[a-z]+|--?[a-z-]+", words[0]):
            yield words


def shown_commands() -> list[tuple[str, str]]:
    return [
        (name, " ".join(words))
        for name in NAMES
        for words in command_lines("\n".join(code_of(text_of(name))))
    ]


def code_of(text: str) -> list[str]:
    """Fenced blocks, and what stands between single backquotes in the rest."""
    fenced = [block.split("\n", 1)[1] for block in FENCE.findall(text)]
    return [*fenced, *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]


def test_the_readme_is_short() -> None:
    assert len(text_of("README.md").splitlines()) <= 120


def test_contributing_is_short() -> None:
    assert len(text_of("CONTRIBUTING.md").splitlines()) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_a_how_to_is_a_page_and_not_a_book(name: str) -> None:
    most = 150 if "/how-to/" in name else 250
    assert len(text_of(name).splitlines()) <= most


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "\n## Unreleased\n" in text_of("CHANGELOG.md")


@pytest.mark.parametrize("name", NAMES)
def test_links_inside_the_project_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in LINK.findall(FENCE.sub("", text_of(name))):
        if target.startswith(("http://", "https://")):
            continue
        path, _, fragment = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{name} links to {target}"
        assert there.is_relative_to(ROOT), f"{name} links out of the project: {target}"
        if fragment:
            assert fragment in anchors(there), f"{name} links to {target}"


def test_every_page_of_the_docs_is_listed_on_the_first() -> None:
    listed = set(LINK.findall(text_of("docs/index.md")))
    pages = {name.removeprefix("docs/") for name in NAMES if name.startswith("docs/")}
    assert pages - {"index.md"} <= listed


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text_of("README.md"))
    assert pictures
    for alternative, target in pictures:
        assert len(alternative) > 20, "say what there is to see"
        assert (ROOT / target).stat().st_size < 150_000


def test_enough_commands_are_shown_to_be_checked() -> None:
    named = {line.split()[0] for _, line in shown_commands()}
    assert {"new", "add", "run", "serve", "status", "explain", "demo"} <= named


@pytest.mark.parametrize(("name", "line"), sorted(set(shown_commands())))
def test_a_command_that_is_shown_exists_with_its_options(name: str, line: str) -> None:
    command: click.Command = commands
    for word in line.split():
        if isinstance(command, click.Group) and not word.startswith("-"):
            inner = command.commands.get(word)
            assert inner is not None, f"{name}: newsdesk {line}"
            command = inner
        elif word.startswith("--"):
            known = {o for p in command.params for o in p.opts} | {"--help"}
            assert word.split("=")[0] in known, f"{name}: newsdesk {line}"


def test_a_verb_of_make_that_is_shown_exists() -> None:
    code = "\n".join(block for name in NAMES for block in code_of(text_of(name)))
    verbs = set(re.findall(r"^make ([a-z]+)\b", code, re.MULTILINE))
    assert {"demo", "test"} <= verbs
    assert verbs <= set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))


def table(name: str) -> dict[str, list[str]]:
    """The rows of every table on a page, by their first cell."""
    rows = re.findall(r"^\| (.+) \|$", text_of(name), re.MULTILINE)
    return {cells[0]: cells[1:] for cells in (row.split(" | ") for row in rows)}


DEPENDENCIES = "docs/explanation/dependencies.md"


def test_every_direct_dependency_has_its_line() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
    ]
    names = {re.split(r"[^\w-]", one.lower(), maxsplit=1)[0] for one in wanted}
    assert names
    assert names <= set(table(DEPENDENCIES))


def test_the_versions_named_are_the_ones_pinned() -> None:
    pinned = dict(
        re.findall(r"^([\w-]+)==([^\s\\;]+)", text_of("requirements/base.txt"), re.M)
    )
    named = {
        name: cells[0] for name, cells in table(DEPENDENCIES).items() if name in pinned
    }
    assert named
    assert named == {name: pinned[name] for name in named}


SCORES = "docs/explanation/scores.md"
MOST = {
    "substance": quality.SUBSTANCE,
    "headline": quality.HEADLINE,
    "excerpt": quality.EXCERPT,
    "date": quality.DATE_TO_THE_MINUTE,
    "author": quality.AUTHOR,
    "provider": quality.KNOWN_PROVIDER,
    "quotes": quality.QUOTES,
    "figures": quality.FIGURES,
    "page": quality.PAGE_READ,
    "picture": quality.PICTURE,
    "shouting": quality.SHOUTING,
    "teaser": quality.TEASER,
    "promotion": quality.PROMOTION,
}


def test_the_points_of_quality_are_those_of_the_code() -> None:
    rows = table(SCORES)
    assert {part: float(rows[f"`{part}`"][0]) for part in MOST} == MOST
    assert sum(points for points in MOST.values() if points > 0) == 100


def test_what_scores_says_in_words_is_what_the_code_does() -> None:
    page = text_of(SCORES)
    for said in (
        f"`{quality.RULE}`",
        f"`{heat.RULE}`",
        f"{quality.FULL_LENGTH} words count in full",
        f"a video counts {quality.VIDEO_SUBSTANCE:g}",
        f"{quality.HEADLINE_LENGTH.start} to {quality.HEADLINE_LENGTH.stop - 1} characters",
        f"{quality.DATE_TO_THE_DAY:g} where only the day is known",
        f"{quality.QUOTE:g} for each quotation",
        f"{quality.FIGURE:g} for each figure",
        f"The newest brings {heat.FIRST_ORIGIN:g} points",
        f"the next newest {heat.NEXT_ORIGIN:g} of that",
    ):
        assert said in page, said


def test_what_the_lead_page_says_in_words_is_what_the_code_does() -> None:
    page = text_of("docs/explanation/lead-and-timeline.md")
    rows = table("docs/explanation/lead-and-timeline.md")
    assert float(rows["`paywall`"][0]) == lead.PAYWALL
    assert float(rows["`time`"][0]) == lead.NO_TIME
    assert float(rows["`own cause`"][0]) == lead.OWN_CAUSE
    for said in (
        f"`{lead.RULE}`",
        f"| {lead.COPY:g} | another's text; {lead.COPY_OF_UNKNOWN:g} where",
        f"by {lead.CHALLENGE} points",
        f"by {lead.CLOSE_CHALLENGE} where it is the original",
        f"{listing.ADDS_WORDS} words and {listing.ADDS} names and figures",
    ):
        assert said in page, said


def test_what_stories_says_in_words_is_what_the_code_does() -> None:
    page = text_of("docs/explanation/stories.md")
    for said in (
        f"The headline counts {weighing.TITLE_WEIGHT} times",
        f"the first {weighing.TEXT_READ:,} characters",
        f"The {weighing.STRONGEST_TERMS} heaviest words",
        f"{weighing.PRIOR_ARTICLES} further articles are assumed",
    ):
        assert said in page, said
