"""Newsletters while the site is served: their doors, and sending after a pass."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import click
from starlette.routing import Route

from newsdesk import config, lettering, wiring
from newsdesk.deliver import mail
from newsdesk.model.errors import NewsdeskError
from newsdesk.model.ports import Letters, Progress
from newsdesk.model.site import Site
from newsdesk.web import letters


def doors(site_folder: Path, site: Site) -> tuple[Route, ...]:
    """Where readers ask for newsletters, say yes and leave; none where the site has no
    newsletter, or no mail server to ask them by."""
    server = mail.server_in(os.environ)
    if server is None or not site.newsletters:
        return ()

    def with_letters(work: Callable[[Letters], object]) -> object:
        with wiring.look_up(site) as opened:
            return work(opened.letters)

    def ask(newsletter_id: str, address: str) -> None:
        current = config.load(site_folder)
        one = next(n for n in current.newsletters if n.id == newsletter_id)
        with wiring.look_up(current) as opened, mail.SmtpPostman(server) as postman:
            asked = lettering.subscribe(
                opened.letters,
                one,
                [address],
                wiring.utc_now(),
                new_token=lambda: secrets.token_urlsafe(24),
            )
            try:
                lettering.ask_all(current, opened.letters, postman, one, asked)
            except NewsdeskError as error:
                click.echo(f"newsdesk: nobody was asked: {error}", err=True)

    return letters.routes(
        letters.Counter(
            title=site.title,
            newsletters=tuple((one.id, one.title) for one in site.newsletters),
            with_letters=with_letters,
            ask=ask,
            clock=wiring.utc_now,
        )
    )


def send_due(site: Site, own: Letters | None, progress: Progress) -> None:
    """Send the newest issues to who has not got them, where there is a mail server.
    What it refuses as a whole is told and tried again after the next pass."""
    server = mail.server_in(os.environ)
    if server is None or own is None:
        return
    for one in site.newsletters:
        last = own.last(one.id)
        if last is None or not own.pending(one.id, last[0]):
            continue
        try:
            with mail.SmtpPostman(server) as postman:
                lettering.send(
                    *(site, own, postman, one, last[0]), wiring.utc_now, progress
                )
        except NewsdeskError as error:
            click.echo(f"newsdesk: `{one.id}` not sent: {error}", err=True)
