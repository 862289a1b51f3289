"""The newsletters' path: an edition → issues that are due → letters → mails.

Making an issue and sending it are apart: an issue is made once and kept, and each mail
is noted before it is handed over and after, so that a send that is cut off anywhere goes
on where it was, and nobody gets two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parseaddr

from newsdesk.model.errors import DeliveryError, NotHandedError
from newsdesk.model.letter import Letter
from newsdesk.model.newsletter import Issue, MailState, Standing, Subscriber
from newsdesk.model.ports import Letters, Postman, Progress, Sink
from newsdesk.model.site import Newsletter, Site
from newsdesk.model.story import Edition
from newsdesk.render import addresses
from newsdesk.render import newsletter as render
from newsdesk.stages import newsletter as stage
from newsdesk.stages import sponsors
from newsdesk.text import mail_addresses

MOST_BOUNCES = 5
"""Issues in a row that come back for now before an address counts as gone."""
ASK_AGAIN = timedelta(days=1)
"""Within this time nobody is asked twice, whoever types their address into a form."""
FOLDER = "_newsletters"


def with_letters(
    site: Site, letters: Letters | None, edition: Edition, content: Sink, now: datetime
) -> Edition:
    """The edition with every issue of the site's newsletters, those that are due made
    first."""
    if letters is None:
        return edition
    make(site, letters, edition, content, now)
    return replace(edition, letters=letters.letters())


def make(
    site: Site, letters: Letters, edition: Edition, content: Sink, now: datetime
) -> tuple[Letter, ...]:
    """The issues that are due, made, kept, and written to the content folder; those
    without news are kept and not written."""
    made: list[Letter] = []
    if edition.as_of is None:  # nothing is known yet, which is not a day without news
        return ()
    for newsletter in site.newsletters:
        last = letters.last(newsletter.id)
        day = stage.day_due(newsletter, now, last[0] if last else None)
        if day is None:
            continue
        issue = stage.issue(
            newsletter,
            day,
            edition,
            topics=site.topics,
            sent=letters.sent(newsletter.id, day - stage.REPEATED_WITHIN),
            last_until=last[1] if last else None,
        )
        paid = sponsors.chosen(site.sponsors, sponsors.NEWSLETTER, day)
        letter = render.letter(issue, site, edition, paid)
        if not issue.is_empty:
            content.write(files(letter, issue, site))
        kept = stage.as_sent(_shown(issue, letter))
        letters.save_issue(letter, issue.until, kept, is_empty=issue.is_empty)
        made.append(letter)
    return tuple(made)


def _shown(issue: Issue, letter: Letter) -> Issue:
    """The issue as far as it fitted into the letter."""
    return replace(issue, picks=issue.picks[: len(letter.stories)])


def files(letter: Letter, issue: Issue, site: Site) -> Sequence[tuple[str, bytes]]:
    """The issue as it stands in the content folder: as HTML and as a mail."""
    name = f"{FOLDER}/{letter.id}-{letter.day}"
    return (
        (f"{name}.html", render.record(letter, site, issue)),
        (f"{name}.eml", render.mail(letter, site, issue.newsletter)),
    )


def send(
    site: Site,
    letters: Letters,
    postman: Postman,
    newsletter: Newsletter,
    day: date,
    clock: Callable[[], datetime],
    progress: Progress,
) -> Counter[str]:
    """Send the issue of a day to everybody on the list who has not got it. Returns how
    many mails ended how.

    DeliveryError: the mail server is not to be had; what was sent stays sent.
    """
    letter = letters.letter(newsletter.id, day)
    outcomes: Counter[str] = Counter()
    if letter is None:
        return outcomes
    waiting = letters.pending(newsletter.id, day)
    put_off = letters.put_off(newsletter.id, day)
    progress.start("mails", len(waiting))
    for subscriber in waiting:
        if not letters.begin_mail(subscriber, day, clock()):
            continue  # another send has it in hand
        mail = render.mail(
            letter,
            site,
            newsletter,
            to=subscriber.address,
            leave=leave_url(site, subscriber),
        )
        try:
            state, said = postman.hand(
                sender(site, newsletter), subscriber.address, mail
            )
        except NotHandedError as error:
            letters.end_mail(subscriber, day, MailState.LATER, clock(), str(error))
            raise
        letters.end_mail(subscriber, day, state, clock(), said)
        if state is not MailState.LATER or subscriber.address not in put_off:
            letters.save_subscribers(_after(subscriber, state, clock()))
        outcomes[state.value] += 1
        progress.advance("mails")
    told = ", ".join(f"{many} {state}" for state, many in sorted(outcomes.items()))
    progress.end("mails", told or "nobody waits for it")
    return outcomes


def subscribe(
    letters: Letters,
    newsletter: Newsletter,
    given: Iterable[str],
    now: datetime,
    *,
    new_token: Callable[[], str],
    is_confirmed: bool = False,
) -> tuple[Subscriber, ...]:
    """Keep these addresses as asked, or as active where they are confirmed. Returns
    those who are to be asked: not who is on the list already, nor who was asked within
    `ASK_AGAIN`."""
    new = []
    for address in dict.fromkeys(filter(None, map(mail_addresses.normal, given))):
        known = letters.subscriber(newsletter.id, address)
        if known and (known.standing is Standing.ACTIVE or _was_asked(known, now)):
            continue
        new.append(
            Subscriber(
                newsletter=newsletter.id,
                address=address,
                standing=Standing.ACTIVE if is_confirmed else Standing.ASKED,
                token=known.token if known else new_token(),
                since=now,
            )
        )
    letters.save_subscribers(new)
    return tuple(new)


def _was_asked(known: Subscriber, now: datetime) -> bool:
    return known.standing is Standing.ASKED and now - known.since < ASK_AGAIN


def ask_all(
    site: Site,
    letters: Letters,
    postman: Postman,
    newsletter: Newsletter,
    asked: Sequence[Subscriber],
) -> None:
    """Ask these addresses by mail. DeliveryError as with `send`; who was not asked may
    be asked again at once."""
    for place, to in enumerate(asked):
        try:
            ask(site, postman, newsletter, to)
        except DeliveryError:
            rest = [replace(one, since=one.since - ASK_AGAIN) for one in asked[place:]]
            letters.save_subscribers(rest)
            raise


def ask(
    site: Site, postman: Postman, newsletter: Newsletter, to: Subscriber
) -> MailState:
    """Ask an address by mail whether it wants the newsletter; nothing else is sent to
    it before it says yes. DeliveryError as with `send`."""
    mail = render.question(site, newsletter, to.address, confirm_url(site, to))
    return postman.hand(sender(site, newsletter), to.address, mail)[0]


def sender(site: Site, newsletter: Newsletter) -> str:
    """The address that mails come from and go back to."""
    return parseaddr(render.sender(site, newsletter))[1]


def leave_url(site: Site, subscriber: Subscriber) -> str:
    """Where a subscription ends with one click."""
    return f"{_door(site)}{addresses.LEAVE}?t={subscriber.token}"


def confirm_url(site: Site, subscriber: Subscriber) -> str:
    """Where whoever reads an address's mail says yes."""
    return f"{_door(site)}{addresses.CONFIRM}?t={subscriber.token}"


def _door(site: Site) -> str:
    return f"{(site.fetching.public_url or site.url).rstrip('/')}/"


def _after(
    subscriber: Subscriber, state: MailState, now: datetime
) -> tuple[Subscriber, ...]:
    """How a subscriber stands after a mail, where that changed."""
    if state is MailState.SENT:
        return (replace(subscriber, bounces=0),) if subscriber.bounces else ()
    return (bounced(subscriber, now, for_good=state is MailState.REFUSED),)


def left(subscriber: Subscriber, now: datetime) -> Subscriber:
    """How a subscriber stands who wants no more."""
    return replace(subscriber, standing=Standing.LEFT, since=now)


def joined(subscriber: Subscriber, now: datetime) -> Subscriber:
    """How a subscriber stands who said yes."""
    return replace(subscriber, standing=Standing.ACTIVE, since=now, bounces=0)


def bounced(subscriber: Subscriber, now: datetime, *, for_good: bool) -> Subscriber:
    """How a subscriber stands after a mail came back."""
    bounces = subscriber.bounces + 1
    if for_good or bounces >= MOST_BOUNCES:
        return replace(
            subscriber, standing=Standing.BOUNCED, since=now, bounces=bounces
        )
    return replace(subscriber, bounces=bounces)
