"""The commands: what a person types. They print and exit; the work is done below.

Each command reads the clock once and passes the instant on. A new command gets its line
in `PLACES` below.
"""

from __future__ import annotations

import sys

import click

from newsdesk import __version__
from newsdesk.cli.later import LaterGroup, Place
from newsdesk.model.errors import NewsdeskError

PLACES = tuple(
    Place(name, f"{__name__}.{module}", attribute, summary)
    for name, module, attribute, summary in (
        (
            "new", "folder", "new",
            "Make a site in FOLDER: site.toml, topics and a starting set of sources.",
        ),
        (
            "add", "adding", "add",
            "Add sources: addresses, text files of addresses, OPML files or WARC "
            "archives.",
        ),
        (
            "import", "folder", "import_",
            "Adopt OLD, a content folder (or one record) of the older system.",
        ),
        (
            "export", "exporting", "export",
            "Write the site's feeds to FILE (or to the screen) as OPML, folders as "
            "topics.",
        ),
        (
            "run", "running", "run",
            "One pass: ask the sources that are due, read, group, score, decide, "
            "publish.",
        ),
        (
            "serve", "serving", "serve",
            "Run again and again on schedule and serve the site; Ctrl-C stops cleanly.",
        ),
        (
            "push", "pushing", "push",
            "Push entries: FILE holds one JSON object a line, `-` reads standard input.",
        ),
        (
            "demo", "showing", "demo",
            "Show a live site, built from a simulated week of news. No internet is "
            "needed.",
        ),
        (
            "status", "looking", "status",
            "Sources by health, the last runs, and what stands failed and why.",
        ),
        (
            "explain", "looking", "explain",
            "Why a story stands where it stands: by record path, id or article address.",
        ),
        ("receipts", "receipts", "receipts",
            "Doubt the numbers: have them made before your eyes."),
        ("rules", "ruling", "rules", "Try rules out before they go live."),
        (
            "replay", "replaying", "replay",
            "Rebuild a past front page and its JSON, byte for byte as they were written.",
        ),
        (
            "decide", "deciding", "decide",
            "Say what belongs to STORY, who leads it, or what readers see of it, for all "
            "runs to come.",
        ),
        (
            "publish", "publishing", "publish",
            "Keep the content folder in Git: one commit, when a reader could see a "
            "difference.",
        ),
        (
            "unseal", "publishing", "unseal",
            "Open what the records FILES keep closed, with the keys in "
            "NEWSDESK_SEAL_KEYS.",
        ),
        (
            "topics", "topics", "topics",
            "See how topics do, and let them learn from editors.",
        ),
        (
            "newsletter", "letters", "newsletter",
            "Send the site's newsletters, and look after who gets them.",
        ),
        ("records", "records", "records", "Look after Markdown records."),
        (
            "docs", "reference", "docs",
            "Write the reference of options and commands as Markdown.",
        ),
    )
)  # fmt: skip
"""Every command: its name, its module here, what it is called there, its summary."""


@click.group(
    cls=LaterGroup,
    places=PLACES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="newsdesk")
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
def commands(debug: bool) -> None:
    """Newsdesk: topical news sites from feeds, sitemaps and pages."""


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
