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
from newsdesk.stages import (
    heat,
    lead,
    lifecycle,
    listing,
    quality,
    quality_form,
    quality_headline,
    quality_kinds,
    quality_provider,
    quality_sources,
    voices,
    weighing,
)

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


# The list of commands is made by the program; it is searched, not read.
@pytest.mark.parametrize("name", sorted({*NAMES} - {"docs/reference/commands.md"}))
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
    commands.load()
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
QUALITY = "docs/explanation/quality.md"
GIVEN = {
    "length": quality.LENGTH,
    "speakers": quality.SPEAKERS,
    "quotes": quality.QUOTES,
    "figures": quality.FIGURES,
    "sources": quality.LINKS,
    "reads like news": quality.NEWS,
    "own text": quality.OWN_TEXT,
    "author": quality.AUTHOR,
    "date": quality.DATE_TO_THE_MINUTE,
    "provider": quality.KNOWN_PROVIDER,
    "record": quality_provider.RECORD,
    "headline": quality_headline.HEADLINE,
    "excerpt": quality.EXCERPT,
    "open": quality.OPEN,
    "page": quality.PAGE_READ,
    "picture": quality.PICTURE,
}
TAKEN = {
    "shouting": quality_headline.SHOUTING,
    "clickbait": quality_headline.CLICKBAIT,
    "question": quality_headline.QUESTION,
    "listicle": quality_headline.LISTICLE,
    "listing": quality.LISTING,
}


def test_the_points_of_quality_are_those_of_the_code() -> None:
    rows = table(QUALITY)
    most = GIVEN | TAKEN
    assert {part: float(rows[f"`{part}`"][0]) for part in most} == most
    assert sum(GIVEN.values()) == 100


def test_the_kinds_of_no_news_are_those_of_the_code() -> None:
    pairs = re.findall(r"`([a-z ]+)` \| (-\d+) (?=\|)", text_of(QUALITY))
    told = {name: float(points) for name, points in pairs if name not in TAKEN}
    assert told == {one.name: one.points for one in quality_kinds.shipped().values()}


def test_what_the_page_on_quality_says_in_words_is_what_the_code_does() -> None:
    page = text_of(QUALITY)
    forms = {
        "article": quality_form.ARTICLE,
        "paper": quality_form.PAPER,
        "blog post": quality_form.BLOG_POST,
        **{kind.value: form for kind, form in quality_form.FORMS.items()},
    }
    for said in (
        f"`{quality.RULE}`",
        f"{quality.SPEAKER:g} for each person or body",
        f"{quality.UNNAMED:g} for each statement of officials",
        f"{quality.QUOTE:g} for each quotation of {quality_sources.QUOTE.start} to "
        f"{quality_sources.QUOTE.stop - 1} characters",
        f"{quality.FIGURE:g} for each different figure",
        f"{quality.LINK:g} for each host at first hand",
        f"{quality.NO_NEWS:g} for what is not at all",
        f"{quality.MATERIAL:g} with an agency's material, {quality.UNHELD_COPY:g} for a",
        f"{quality.DATE_TO_THE_DAY:g} where only the day is known, "
        f"{quality.DATE_CONTRADICTED:g} where it says",
        f"{quality.NEWSROOM:g} for a newsroom, {quality.SENDER:g} for others",
        f"{quality_provider.UNKNOWN:g} while they show too little",
        f"{quality_headline.LENGTH.start} to {quality_headline.LENGTH.stop - 1} characters",
        f"the rest reaches {quality.PICTURE_FROM}",
        f"fewer than {quality.SHELL} words",
        f"{quality.SURE:.0%} brings".replace("%", " %"),
        f"brings {quality.SURE_NEWS:g} points, the rest up to {quality.NEWS:g}",
        f"A text of fewer than {quality.FEW_WORDS} words",
        f"gets {quality.NEUTRAL:g} points",
        f"reading like news gives {quality.NEUTRAL:g}",
        f"From {voices.ENOUGH} articles of the last",
        f"gives {quality_provider.RECORD:g} points less {quality_provider.SLOPE:g} for",
        *(f"| {name} | {form.full_length} |" for name, form in forms.items()),
    ):
        assert said in page, said


def test_what_scores_says_in_words_is_what_the_code_does() -> None:
    page = text_of(SCORES)
    for said in (
        f"`{quality.RULE}`",
        f"`{heat.RULE}`",
        f"weighs most now brings {heat.FIRST_ORIGIN:g} points",
        f"the next {heat.NEXT_ORIGIN:g} of that",
        f"stays below {heat.FIRST_ORIGIN / (1 - heat.NEXT_ORIGIN):g}",
        f"{heat.LEAST_VOICE:g} to 1, and {heat.NEUTRAL_VOICE:g} while the record",
        f"within {heat.VELOCITY_HOURS:g} hours of each other",
        f"leaves {heat.VELOCITY_NEXT:g} of what is missing to {heat.VELOCITY:g}",
        f"{heat.FOLLOW_UP:g} for each outlet that came back",
        f"{heat.CARRIES_ON:g} for a story that carries an earlier one on",
        f"{heat.VISITS_HALF} visits within {heat.VISITS_HOURS} hours bring half of the "
        f"{heat.VISITS:g} points",
        f"{lifecycle.BREAKING_ORIGINS} origins or more tell it",
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
