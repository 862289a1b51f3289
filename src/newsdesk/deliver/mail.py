"""Mails to a mail server, one connection for many, over SMTP.

The address of the server, with its password, comes from the environment. What the server
says of one recipient is an outcome; that it is not to be had is an error.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import unquote, urlsplit

from newsdesk.model.errors import DeliveryError, NewsdeskError, NotHandedError
from newsdesk.model.newsletter import MailState

VARIABLE = "NEWSDESK_SMTP"
"""The environment variable with the server: `smtp://USER:PASSWORD@HOST:587`."""
PATIENCE_S = 60.0
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server."""

    scheme: str
    """`smtp`: encrypted by STARTTLS; `smtps`: from the start; `smtp+plain`: not at all,
    for a server on this machine."""
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def server_in(environment: Mapping[str, str]) -> Server | None:
    """The mail server that an environment names; None: none.

    NewsdeskError: it is no address of one, or would send a password unencrypted.
    """
    given = environment.get(VARIABLE, "").strip()
    if not given:
        return None
    try:
        parts = urlsplit(given)
        port = parts.port or PORTS[parts.scheme]
        host = parts.hostname or ""
    except (ValueError, KeyError):
        host, port = "", 0
    if not host:
        raise NewsdeskError(
            f"{VARIABLE} is no address of a mail server; write "
            "`smtp://USER:PASSWORD@HOST:587`, `smtps://…` or `smtp+plain://HOST`"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and parts.scheme == "smtp+plain":
        raise NewsdeskError(
            f"{VARIABLE} would send a password unencrypted; write `smtp://` or `smtps://`"
        )
    return Server(
        scheme=parts.scheme, host=host, port=port, user=user, password=password
    )


class SmtpPostman:
    """Implements `model.ports.Postman`. A context manager that says goodbye."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def hand(self, sender: str, to: str, mail: bytes) -> tuple[MailState, str]:
        """Hand over one mail: what came of it, and what the server said.

        NotHandedError: the server is not to be had, or does not take mail from us at all;
        nothing went out. DeliveryError: it went away in the middle, so that nobody knows
        whether it took the mail.
        """
        line = self._connected()
        try:
            line.sendmail(sender, [to], mail)
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            return _outcome(*error.recipients[to])
        except smtplib.SMTPSenderRefused as error:  # says nothing of who was to get it
            self._reset()
            raise self._unreachable(error) from error
        except smtplib.SMTPResponseException as error:
            self._reset()
            _, said = _outcome(error.smtp_code, error.smtp_error)
            return MailState.LATER, said  # of the mail; the mailbox was taken
        except (smtplib.SMTPException, OSError) as error:
            self._line = None
            raise DeliveryError(self._said(error)) from error
        return MailState.SENT, "taken"

    def close(self) -> None:
        """Say goodbye to the server, where it is still there."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def __enter__(self) -> SmtpPostman:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            try:
                self._line = self._dial()
            except (smtplib.SMTPException, OSError) as error:
                raise self._unreachable(error) from error
        return self._line

    def _dial(self) -> smtplib.SMTP:
        server, secure = self._server, ssl.create_default_context()
        line: smtplib.SMTP
        if server.scheme == "smtps":
            line = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE_S, context=secure
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
            if server.scheme == "smtp":
                line.starttls(context=secure)
        if server.user:
            line.login(server.user, server.password)
        return line

    def _reset(self) -> None:
        try:
            if self._line is not None and self._line.sock is None:
                self._line = None  # it hung up as it refused
            if self._line is not None:
                self._line.rset()
        except (smtplib.SMTPException, OSError):
            self._line = None

    def _unreachable(self, error: Exception) -> NotHandedError:
        return NotHandedError(self._said(error))

    def _said(self, error: Exception) -> str:
        where = f"{self._server.host}, port {self._server.port}"
        said = " ".join(str(error).split())[:300]
        return f"the mail server at {where} cannot be used: {said}; check {VARIABLE}"


def _outcome(code: int, said: bytes | str) -> tuple[MailState, str]:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    state = MailState.REFUSED if code >= 500 else MailState.LATER
    return state, " ".join(f"{code} {words}".split())[:300]
