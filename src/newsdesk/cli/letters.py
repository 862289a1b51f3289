"""`newsdesk newsletter`: who gets the site's newsletters, and sending them.

Issues are made by runs; here they go out.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from newsdesk import config, lettering, wiring
from newsdesk.cli import options
from newsdesk.cli.telling import told
from newsdesk.deliver import mail
from newsdesk.model.errors import NewsdeskError
from newsdesk.model.newsletter import Standing
from newsdesk.model.site import Newsletter, Site
from newsdesk.render import newsletter as render
from newsdesk.text import mail_addresses, mail_bounces


@click.group()
def newsletter() -> None:
    """Send the site's newsletters, and look after who gets them."""


@newsletter.command()
@options.site
@click.option("--only", metavar="ID", help="This newsletter alone.")
@click.option("--dry-run", is_flag=True, help="Say who would get what; send nothing.")
@options.as_json
def send(site_folder: Path, only: str | None, dry_run: bool, as_json: bool) -> None:
    """Send the newest issue of each newsletter to everybody who has not got it.

    Cut off anywhere, it goes on where it was the next time, and nobody gets two. The
    mail server stands in NEWSDESK_SMTP.
    """
    site = config.load(site_folder)
    server = mail.server_in(os.environ)
    if server is None and not dry_run:
        raise NewsdeskError(
            f"there is no mail server: set {mail.VARIABLE} to "
            "`smtp://USER:PASSWORD@HOST:587`"
        )
    with wiring.look_up(site) as opened:
        for one in chosen(site, only):
            last = opened.letters.last(one.id)
            if last is None:
                _tell(as_json, one, None, "no issue has come out yet")
            elif dry_run or server is None:
                waiting = opened.letters.pending(one.id, last[0])
                _tell(as_json, one, last[0], f"{len(waiting)} would get it")
                for to in waiting if not as_json else ():
                    click.echo(f"  {to.address}")
            else:
                with told(as_json=as_json) as progress, mail.SmtpPostman(server) as man:
                    outcomes = lettering.send(
                        *(site, opened.letters, man, one, last[0]),
                        wiring.utc_now,
                        progress,
                    )
                unsure = opened.letters.mails(one.id, last[0]).get("handing", 0)
                _tell(as_json, one, last[0], _said(outcomes, unsure))


def _said(outcomes: Counter[str], unsure: int) -> str:
    said = ", ".join(f"{many} {state}" for state, many in sorted(outcomes.items()))
    if unsure:
        said += f"{'; ' if said else ''}{unsure} cut off before, not sent again"
    return said or "nobody waits for it"


def _tell(as_json: bool, one: Newsletter, day: date | None, said: str) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {"newsletter": one.id, "day": str(day) if day else None, "said": said}
            )
        )
    else:
        click.echo(f"{one.id}{f' {day}' if day else ''}: {said}")


@newsletter.command(name="list")
@options.site
@options.as_json
def list_(site_folder: Path, as_json: bool) -> None:
    """Show who is on the lists and how they stand."""
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        everybody = opened.letters.subscribers()
    for one in everybody:
        since = one.since.date()
        if as_json:
            told = {
                "newsletter": one.newsletter,
                "address": one.address,
                "standing": one.standing.value,
                "since": str(since),
                "bounces": one.bounces,
            }
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{one.newsletter}  {one.address}  {one.standing} since {since}")


@newsletter.command()
@click.argument("newsletter_id", metavar="NEWSLETTER")
@click.argument("addresses", nargs=-1, required=True)
@options.site
@click.option(
    "--confirmed",
    is_flag=True,
    help="They said yes elsewhere, and you can show it: no mail asks them again.",
)
def add(
    newsletter_id: str, addresses: tuple[str, ...], site_folder: Path, confirmed: bool
) -> None:
    """Put ADDRESSES on the list of NEWSLETTER; `-` reads them from standard input.

    Each is asked by mail to say yes first, unless it said so elsewhere. Who has left
    stays away until asked and willing.
    """
    site = config.load(site_folder)
    (one,) = chosen(site, newsletter_id)
    given = _given(addresses)
    bad = [text for text in given if mail_addresses.normal(text) is None]
    if bad:
        raise NewsdeskError(f"no mail address: {', '.join(bad[:5])}")
    server = mail.server_in(os.environ)
    if server is None and not confirmed:
        raise NewsdeskError(f"to ask them by mail, set {mail.VARIABLE}")
    with wiring.look_up(site) as opened:
        asked = lettering.subscribe(
            opened.letters,
            one,
            given,
            wiring.utc_now(),
            new_token=lambda: secrets.token_urlsafe(24),
            is_confirmed=confirmed,
        )
        if server is not None and not confirmed:
            with mail.SmtpPostman(server) as postman:
                lettering.ask_all(site, opened.letters, postman, one, asked)
    click.echo(f"{len(asked)} {'added' if confirmed else 'asked'}")


@newsletter.command()
@click.argument("newsletter_id", metavar="NEWSLETTER")
@click.argument("addresses", nargs=-1, required=True)
@options.site
def remove(newsletter_id: str, addresses: tuple[str, ...], site_folder: Path) -> None:
    """Take ADDRESSES off the list of NEWSLETTER, at once."""
    site = config.load(site_folder)
    (one,) = chosen(site, newsletter_id)
    with wiring.look_up(site) as opened:
        gone = []
        for text in _given(addresses):
            known = opened.letters.subscriber(
                one.id, mail_addresses.normal(text) or text
            )
            if known is None:
                click.echo(f"{text} is not on the list", err=True)
            else:
                gone.append(lettering.left(known, wiring.utc_now()))
        opened.letters.save_subscribers(gone)
    click.echo(f"{len(gone)} removed")


@newsletter.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@options.site
def bounced(files: tuple[Path, ...], site_folder: Path) -> None:
    """Read the mails FILES that came back, and take off the lists who is gone.

    They are delivery reports as mail servers send them (RFC 3464). An address that
    never takes mail goes at once, one that did not now after five times.
    """
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        for file in files:
            everybody = opened.letters.subscribers()
            reports = mail_bounces.reports(file.read_bytes())
            if not reports:
                click.echo(f"{file} is no delivery report", err=True)
            for report in reports:
                address = mail_addresses.normal(report.address)
                met = [
                    lettering.bounced(
                        one, wiring.utc_now(), for_good=report.is_for_good
                    )
                    for one in everybody
                    if one.address == address and one.standing is Standing.ACTIVE
                ]
                opened.letters.save_subscribers(met)
                for one in met:
                    click.echo(f"{one.newsletter}  {one.address}  {one.standing}")


@newsletter.command()
@click.argument("newsletter_id", metavar="NEWSLETTER")
@options.site
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Of this day's issue.")
@click.option("--text", "as_text", is_flag=True, help="The plain part.")
def show(
    newsletter_id: str, site_folder: Path, day: datetime | None, as_text: bool
) -> None:
    """Write the newest issue of NEWSLETTER as the mail it is."""
    site = config.load(site_folder)
    (one,) = chosen(site, newsletter_id)
    with wiring.look_up(site) as opened:
        last = opened.letters.last(one.id)
        wanted = day.date() if day else last[0] if last else None
        letter = opened.letters.letter(one.id, wanted) if wanted else None
    if letter is None:
        raise NewsdeskError(f"there is no issue of `{one.id}` to show")
    if as_text:
        click.echo(render.text(letter, site), nl=False)
    else:
        click.echo(render.mail(letter, site, one).decode(), nl=False)


def chosen(site: Site, only: str | None) -> tuple[Newsletter, ...]:
    """The newsletters of a site, or the one named. NewsdeskError: there is none."""
    if not site.newsletters:
        raise NewsdeskError(
            "the site has no newsletter; write one into newsletters.toml"
        )
    found = tuple(one for one in site.newsletters if only in (None, one.id))
    if not found:
        known = ", ".join(one.id for one in site.newsletters)
        raise NewsdeskError(f"there is no newsletter `{only}`; there are {known}")
    return found


def _given(addresses: Iterable[str]) -> list[str]:
    given: list[str] = []
    for one in addresses:
        given += sys.stdin.read().split() if one == "-" else [one]
    return given
