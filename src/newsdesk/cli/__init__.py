"""The commands: what a person types. They print and exit; the work is done below.

Each command reads the clock once and passes the instant on.
"""

from __future__ import annotations

import sys

import click

from newsdesk import __version__
from newsdesk.cli import (
    deciding,
    exporting,
    folder,
    looking,
    pushing,
    records,
    reference,
    running,
    showing,
)
from newsdesk.model.errors import NewsdeskError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsdesk")
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
def commands(debug: bool) -> None:
    """Newsdesk: topical news sites from feeds, sitemaps and pages."""


for command in (
    folder.new,
    folder.add,
    folder.import_,
    exporting.export,
    running.run,
    running.serve,
    pushing.push,
    showing.demo,
    looking.status,
    looking.explain,
    deciding.decide,
    records.records,
    reference.docs,
):
    commands.add_command(command)


def main() -> None:
    """The `newsdesk` command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 Ctrl-C."""
    try:
        sys.exit(commands.main(standalone_mode=False))
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "Stopped. Nothing is lost: the next run goes on from here.", err=True
        )
        sys.exit(130)
    except NewsdeskError as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"newsdesk: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if "--debug" in sys.argv or error.filename is None:
            raise
        click.echo(
            f"newsdesk: cannot use {error.filename}: {error.strerror}; check that it "
            "is there, its permissions and the free space",
            err=True,
        )
        sys.exit(1)
