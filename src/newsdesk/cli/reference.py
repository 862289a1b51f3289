"""`newsdesk docs`: the pages of the reference that are made from the code."""

from __future__ import annotations

from pathlib import Path

import click

from newsdesk.cli.later import LaterGroup
from newsdesk.config import reference
from newsdesk.render import receipts_schema


@click.command()
@click.option(
    "--write",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write the pages to.",
)
@click.pass_context
def docs(context: click.Context, write: Path | None) -> None:
    """Write the reference of options and commands as Markdown."""
    pages = {"site-toml.md": reference(), "commands.md": commands_page(context)}
    if write is not None:
        pages["receipt.schema.json"] = receipts_schema.text()
    for name, text in pages.items():
        if write is None:
            click.echo(text)
        else:
            write.mkdir(parents=True, exist_ok=True)
            (write / name).write_text(text, encoding="utf-8")


def commands_page(context: click.Context) -> str:
    """Every command's help, as one Markdown page."""
    group = context.find_root().command
    assert isinstance(group, LaterGroup)
    group.load()
    blocks = [
        "# Commands",
        "",
        "Made by `newsdesk docs`; every command has `--help`.",
        "",
    ]
    for name, command in _all(group, ()):
        inner = click.Context(command, info_name=f"newsdesk {name}", terminal_width=86)
        blocks += [
            f"## newsdesk {name}",
            "",
            "```text",
            command.get_help(inner),
            "```",
            "",
        ]
    return "\n".join(blocks)


def _all(
    group: click.Group, before: tuple[str, ...]
) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            found += _all(command, (*before, name))
        else:
            found.append((" ".join((*before, name)), command))
    return found
