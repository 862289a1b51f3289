"""Newsletters on SQLite: issues, who gets them, and who was sent what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Engine, text

from newsdesk.model.letter import Letter
from newsdesk.model.newsletter import MailState, Sent, Standing, Subscriber
from newsdesk.store import codec, opening

_LAST = text(
    "SELECT day, until FROM newsletter_issues WHERE newsletter = :newsletter "
    "ORDER BY day DESC LIMIT 1"
)
_SAVE_ISSUE = text(
    "INSERT INTO newsletter_issues (newsletter, day, until, is_empty, sent, letter) "
    "VALUES (:newsletter, :day, :until, :is_empty, :sent, :letter) "
    "ON CONFLICT (newsletter, day) DO NOTHING"
)
_SENT = text(
    "SELECT sent FROM newsletter_issues WHERE newsletter = :newsletter "
    "AND day >= :since ORDER BY day"
)
_LETTERS = text("SELECT letter FROM newsletter_issues ORDER BY day DESC, newsletter")
_LETTER = text(
    "SELECT letter FROM newsletter_issues WHERE newsletter = :newsletter "
    "AND day = :day AND NOT is_empty"
)
_SUBSCRIBERS = text(
    "SELECT newsletter, address, standing, token, since, bounces "
    "FROM newsletter_subscribers ORDER BY newsletter, address"
)
_OF_TOKEN = text(
    "SELECT newsletter, address, standing, token, since, bounces "
    "FROM newsletter_subscribers WHERE token = :token"
)
_OF_ADDRESS = text(
    "SELECT newsletter, address, standing, token, since, bounces "
    "FROM newsletter_subscribers WHERE newsletter = :newsletter AND address = :address"
)
_SAVE_SUBSCRIBER = text(
    "INSERT INTO newsletter_subscribers "
    "(newsletter, address, standing, token, since, bounces) "
    "VALUES (:newsletter, :address, :standing, :token, :since, :bounces) "
    "ON CONFLICT (newsletter, address) DO UPDATE SET standing = excluded.standing, "
    "token = excluded.token, since = excluded.since, bounces = excluded.bounces"
)
_PENDING = text(
    "SELECT s.newsletter, s.address, s.standing, s.token, s.since, s.bounces "
    "FROM newsletter_subscribers s LEFT JOIN newsletter_mails m "
    "ON m.newsletter = s.newsletter AND m.day = :day AND m.address = s.address "
    "WHERE s.newsletter = :newsletter AND s.standing = 'active' "
    "AND (m.state IS NULL OR m.state = 'later') ORDER BY s.address"
)
_PUT_OFF = text(
    "SELECT address FROM newsletter_mails WHERE newsletter = :newsletter "
    "AND day = :day AND state = 'later'"
)
_BEGIN = text(
    "INSERT INTO newsletter_mails (newsletter, day, address, state, at, reason) "
    "VALUES (:newsletter, :day, :address, 'handing', :at, NULL) "
    "ON CONFLICT (newsletter, day, address) DO UPDATE "
    "SET state = 'handing', at = excluded.at WHERE newsletter_mails.state = 'later'"
)
_END = text(
    "UPDATE newsletter_mails SET state = :state, at = :at, reason = :reason "
    "WHERE newsletter = :newsletter AND day = :day AND address = :address"
)
_COUNTS = text(
    "SELECT state, COUNT(*) FROM newsletter_mails WHERE newsletter = :newsletter "
    "AND day = :day GROUP BY state ORDER BY state"
)


class SqliteLetters:
    """Implements `model.ports.Letters`; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self, newsletter: str) -> tuple[date, datetime] | None:
        """The day of the last issue, and how far it reached."""
        with opening.reading(self._engine) as connection:
            row = connection.execute(_LAST, {"newsletter": newsletter}).first()
        return (date.fromisoformat(row[0]), codec.instant(row[1])) if row else None

    def sent(self, newsletter: str, since: date) -> tuple[Sent, ...]:
        """How stories stood in issues from `since` on, oldest first."""
        values = {"newsletter": newsletter, "since": since.isoformat()}
        with opening.reading(self._engine) as connection:
            rows = connection.execute(_SENT, values).scalars().all()
        return tuple(one for row in rows for one in codec.loads_all(Sent, row))

    def save_issue(
        self, letter: Letter, until: datetime, sent: Sequence[Sent], *, is_empty: bool
    ) -> None:
        """Keep an issue; one that is there stays as it is."""
        values = {
            "newsletter": letter.id,
            "day": letter.day.isoformat(),
            "until": codec.instant_text(until),
            "is_empty": is_empty,
            "sent": codec.dumps_all(tuple(sent)),
            "letter": codec.dumps(letter),
        }
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(_SAVE_ISSUE, values)

    def letters(self) -> tuple[Letter, ...]:
        """Every issue in words, newest first."""
        with opening.reading(self._engine) as connection:
            rows = connection.execute(_LETTERS).scalars().all()
        return tuple(codec.loads(Letter, row) for row in rows)

    def letter(self, newsletter: str, day: date) -> Letter | None:
        """The issue of a day; None: there is none, or nothing in it."""
        values = {"newsletter": newsletter, "day": day.isoformat()}
        with opening.reading(self._engine) as connection:
            row = connection.execute(_LETTER, values).scalar()
        return codec.loads(Letter, row) if row else None

    def subscribers(self) -> tuple[Subscriber, ...]:
        """Everybody on any list, by newsletter and address."""
        with opening.reading(self._engine) as connection:
            return tuple(map(_subscriber, connection.execute(_SUBSCRIBERS)))

    def subscriber(self, newsletter: str, address: str) -> Subscriber | None:
        """How an address stands with a newsletter."""
        values = {"newsletter": newsletter, "address": address}
        with opening.reading(self._engine) as connection:
            row = connection.execute(_OF_ADDRESS, values).first()
        return _subscriber(row) if row else None

    def of_token(self, token: str) -> Subscriber | None:
        """Who a token belongs to."""
        with opening.reading(self._engine) as connection:
            row = connection.execute(_OF_TOKEN, {"token": token}).first()
        return _subscriber(row) if row else None

    def save_subscribers(self, subscribers: Sequence[Subscriber]) -> None:
        """Keep how these stand, by newsletter and address."""
        values = [
            {
                "newsletter": one.newsletter,
                "address": one.address,
                "standing": one.standing.value,
                "token": one.token,
                "since": codec.instant_text(one.since),
                "bounces": one.bounces,
            }
            for one in subscribers
        ]
        if values:
            with opening.writing(self._engine) as connection, connection.begin():
                connection.execute(_SAVE_SUBSCRIBER, values)

    def pending(self, newsletter: str, day: date) -> tuple[Subscriber, ...]:
        """Active subscribers to whom an issue is still to be sent, by address. One whose
        mail was being handed over when we were killed is not among them."""
        values = {"newsletter": newsletter, "day": day.isoformat()}
        with opening.reading(self._engine) as connection:
            return tuple(map(_subscriber, connection.execute(_PENDING, values)))

    def put_off(self, newsletter: str, day: date) -> frozenset[str]:
        """Addresses that a server would not take an issue for yet."""
        values = {"newsletter": newsletter, "day": day.isoformat()}
        with opening.reading(self._engine) as connection:
            return frozenset(connection.execute(_PUT_OFF, values).scalars())

    def begin_mail(self, to: Subscriber, day: date, at: datetime) -> bool:
        """Note that a mail is being handed over, before it is; False: it was already."""
        values = {
            "newsletter": to.newsletter,
            "day": day.isoformat(),
            "address": to.address,
            "at": codec.instant_text(at),
        }
        with opening.writing(self._engine) as connection, connection.begin():
            return connection.execute(_BEGIN, values).rowcount == 1

    def end_mail(
        self,
        to: Subscriber,
        day: date,
        state: MailState,
        at: datetime,
        reason: str | None = None,
    ) -> None:
        """Note what came of it."""
        values = {
            "newsletter": to.newsletter,
            "day": day.isoformat(),
            "address": to.address,
            "state": state.value,
            "at": codec.instant_text(at),
            "reason": reason,
        }
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(_END, values)

    def mails(self, newsletter: str, day: date) -> dict[str, int]:
        """How many mails of an issue stand how."""
        values = {"newsletter": newsletter, "day": day.isoformat()}
        with opening.reading(self._engine) as connection:
            rows = connection.execute(_COUNTS, values).all()
        return {str(state): int(many) for state, many in rows}


def _subscriber(row: Sequence[object]) -> Subscriber:
    newsletter, address, standing, token, since, bounces = row
    return Subscriber(
        newsletter=str(newsletter),
        address=str(address),
        standing=Standing(str(standing)),
        token=str(token),
        since=codec.instant(str(since)),
        bounces=int(str(bounces)),
    )
