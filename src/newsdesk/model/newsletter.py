"""Newsletters: for whom, how often, and what stands in an issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from newsdesk.model.site import Newsletter
from newsdesk.model.story import Published, StoryId


class Why(StrEnum):
    """Why a story is in an issue."""

    NEW = "new"
    MOVED = "moved"
    """It was in an issue before, and much has happened since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a story stood when it was last in an issue."""

    story: StoryId
    day: date
    path: str
    title: str
    lead: str
    """Id of its lead."""
    origins: int
    heat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A story in an issue."""

    published: Published
    why: Why
    reason: str
    """One line for a reader: why it is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Something put right about a story that an earlier issue told."""

    published: Published
    at: datetime
    what: str
    """One sentence for a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a newsletter."""

    newsletter: Newsletter
    day: date
    since: datetime
    """News from here on; the last issue's end."""
    until: datetime
    """The newest news that it knows."""
    picks: tuple[Pick, ...]
    """In the order of the mail."""
    amendments: tuple[Amendment, ...] = ()
    misses: tuple[Published, ...] = ()
    """The nearest held stories, where there is nothing to send."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send: then no mail goes out."""
        return not self.picks and not self.amendments


class MailState(StrEnum):
    """What came of one mail."""

    HANDING = "handing"
    """Being handed to the mail server; seen later, it was cut off there, and whether it
    went out is not known. It is not sent again."""
    SENT = "sent"
    LATER = "later"
    """The server would not take it now."""
    REFUSED = "refused"
    """The server will never take it."""


class Standing(StrEnum):
    """How a subscriber stands."""

    ASKED = "asked"
    """The address was given; whoever reads its mail has not said yes yet."""
    ACTIVE = "active"
    LEFT = "left"
    """Unsubscribed, or said that it is spam."""
    BOUNCED = "bounced"
    """Mail to it came back for good, or too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One address on the list of one newsletter."""

    newsletter: str
    address: str
    """As given, the domain in small letters."""
    standing: Standing
    token: str
    """Confirms and unsubscribes; nobody else knows it."""
    since: datetime
    """When it came to stand so."""
    bounces: int = 0
    """Mails in a row that came back for now."""
