"""Mails handed to a real SMTP server on loopback."""

import socket
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner

import editions
import site_folders
from fakes import FakeProgress, FakeSink
from newsdesk import lettering
from newsdesk.cli.letters import bounced
from newsdesk.deliver import mail
from newsdesk.deliver.mail import SmtpPostman, server_in
from newsdesk.model.errors import DeliveryError, NewsdeskError
from newsdesk.model.newsletter import Standing, Subscriber
from newsdesk.model.site import Newsletter
from newsdesk.render import newsletter as render
from newsdesk.stages import newsletter as stage
from newsdesk.store import open_store

SITE = replace(editions.site(), newsletters=(Newsletter(id="daily", title="Daily"),))
DAILY = SITE.newsletters[0]
EDITION = editions.edition()
DAY = EDITION.as_of.date()
NOW = EDITION.as_of + timedelta(hours=1)
READERS = [f"reader{n}@example.net" for n in range(5)]


class Killed(BaseException):
    """What a kill in the middle looks like from inside."""


class Mailbox:
    """What the server got, and whom it refuses with what."""

    def __init__(self):
        self.got = []
        self.refuses = {}
        self.refuses_sender = self.refuses_mail = ""

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refuses_mail:
            return self.refuses_mail
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.got.append((envelope.rcpt_tos[0], message))
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp+plain://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture
def letters(tmp_path):
    with open_store(tmp_path) as opened:
        issue = stage.issue(
            DAILY, DAY, EDITION, topics=SITE.topics, sent=(), last_until=None
        )
        letter = render.letter(issue, SITE, EDITION)
        sent = stage.as_sent(issue)
        opened.letters.save_issue(letter, issue.until, sent, is_empty=False)
        opened.letters.save_subscribers([subscriber(one) for one in READERS])
        yield opened.letters


def subscriber(address, standing=Standing.ACTIVE):
    return Subscriber(
        newsletter="daily",
        address=address,
        standing=standing,
        token=f"token-{address}",
        since=NOW,
    )


def postman(mailbox):
    return SmtpPostman(server_in({mail.VARIABLE: mailbox.url}))


def send(letters, man):
    return lettering.send(SITE, letters, man, DAILY, DAY, lambda: NOW, FakeProgress())


def test_everybody_gets_one_with_an_own_way_out(letters, mailbox):
    with postman(mailbox) as man:
        assert send(letters, man) == Counter(sent=len(READERS))
        assert send(letters, man) == Counter()
    assert [to for to, _ in mailbox.got] == READERS
    ways = {message["List-Unsubscribe"] for _, message in mailbox.got}
    assert len(ways) == len(READERS)
    to, message = mailbox.got[0]
    assert f"token-{to}" in message["List-Unsubscribe"]
    plain, html = (part.get_content() for part in message.iter_parts())
    assert f"token-{to}" in plain
    assert f"token-{to}" in html
    assert message["To"] == to


class Stumbling:
    """A postman who is killed before or after he hands over one of the mails."""

    def __init__(self, man, at, *, after):
        self.man, self.left, self.after = man, at, after

    def hand(self, sender, to, data):
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Killed
        outcome = self.man.hand(sender, to, data)
        if self.left == 0:
            raise Killed
        return outcome


@pytest.mark.parametrize("at", [1, 3, 5])
@pytest.mark.parametrize("after", [True, False])
def test_killed_in_the_middle_and_resumed_nobody_gets_two(letters, mailbox, at, after):
    with postman(mailbox) as man:
        with pytest.raises(Killed):
            send(letters, Stumbling(man, at, after=after))
        send(letters, man)
    got = Counter(to for to, _ in mailbox.got)
    assert max(got.values()) == 1
    assert len(got) == len(READERS) - (not after)
    assert letters.mails("daily", DAY)["handing"] == 1


def test_who_is_refused_for_good_is_off_the_list_and_who_is_not_is_tried_again(
    letters, mailbox
):
    mailbox.refuses = {READERS[0]: "550 no such user", READERS[1]: "450 busy"}
    with postman(mailbox) as man:
        assert send(letters, man) == Counter(sent=3, refused=1, later=1)
        mailbox.refuses = {}
        assert send(letters, man) == Counter(sent=1)
    assert letters.subscriber("daily", READERS[0]).standing is Standing.BOUNCED
    assert letters.subscriber("daily", READERS[1]).bounces == 0


def test_only_who_said_yes_gets_mail(letters, mailbox):
    letters.save_subscribers(
        [
            subscriber("asked@example.net", Standing.ASKED),
            subscriber(READERS[0], Standing.LEFT),
        ]
    )
    with postman(mailbox) as man:
        send(letters, man)
    got = {to for to, _ in mailbox.got}
    assert got == set(READERS[1:])


def test_an_address_is_asked_once_a_day_and_says_yes_by_a_link(letters, mailbox):
    def ask(now):
        return lettering.subscribe(
            letters, DAILY, ["New@Example.NET"], now, new_token=lambda: "fresh"
        )

    (to,) = ask(NOW)
    assert (to.address, to.standing) == ("New@example.net", Standing.ASKED)
    assert ask(NOW + timedelta(hours=1)) == ()
    assert len(ask(NOW + timedelta(days=2))) == 1
    with postman(mailbox) as man:
        lettering.ask(SITE, man, DAILY, to)
    _, message = mailbox.got[0]
    assert lettering.confirm_url(SITE, to) in message.get_content()


def test_a_server_that_is_away_is_told_and_nothing_is_lost(letters):
    away = server_in({mail.VARIABLE: "smtp+plain://127.0.0.1:1"})
    with SmtpPostman(away) as man, pytest.raises(DeliveryError, match="port 1"):
        send(letters, man)


@pytest.mark.parametrize(
    "bad", ["mail.example.net", "http://x/", "smtp+plain://u:p@mail.example.net"]
)
def test_a_server_that_is_none_is_told_without_its_password(bad):
    with pytest.raises(NewsdeskError) as told:
        server_in({mail.VARIABLE: bad})
    assert "u:p" not in str(told.value)


def test_a_server_is_read_with_what_it_needs():
    found = server_in({mail.VARIABLE: "smtp://ada:p%40ss@mail.example.net"})
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example.net",
        587,
        "ada",
        "p@ss",
    )
    assert "p@ss" not in repr(found)
    assert server_in({}) is None


def test_who_the_server_could_not_be_had_for_gets_the_issue_the_next_time(
    letters, mailbox
):
    away = server_in({mail.VARIABLE: "smtp+plain://127.0.0.1:1"})
    for _ in range(3):
        with SmtpPostman(away) as man, pytest.raises(DeliveryError):
            send(letters, man)
    with postman(mailbox) as man:
        send(letters, man)
    assert [to for to, _ in mailbox.got] == READERS


def test_a_sender_or_a_mail_that_is_refused_takes_nobody_off_the_list(letters, mailbox):
    mailbox.refuses_sender = "550 not from you"
    with postman(mailbox) as man, pytest.raises(DeliveryError, match="not from you"):
        send(letters, man)
    mailbox.refuses_sender, mailbox.refuses_mail = "", "554 looks like spam"
    with postman(mailbox) as man:
        assert send(letters, man) == Counter(later=len(READERS))
    assert {one.standing for one in letters.subscribers()} == {Standing.ACTIVE}
    mailbox.refuses_mail = ""
    with postman(mailbox) as man:
        assert send(letters, man) == Counter(sent=len(READERS))


def test_a_server_that_hangs_up_after_a_refusal_is_called_again(letters, mailbox):
    mailbox.refuses = {READERS[0]: "421 too many mails on this line"}
    with postman(mailbox) as man:
        assert send(letters, man) == Counter(later=1, sent=len(READERS) - 1)


def test_who_could_not_be_asked_may_be_asked_again_at_once(letters, mailbox):
    def subscribe():
        return lettering.subscribe(
            letters, DAILY, ["new@example.net"], NOW, new_token=lambda: "fresh"
        )

    away = server_in({mail.VARIABLE: "smtp+plain://127.0.0.1:1"})
    with SmtpPostman(away) as man, pytest.raises(DeliveryError):
        lettering.ask_all(SITE, letters, man, DAILY, subscribe())
    with postman(mailbox) as man:
        lettering.ask_all(SITE, letters, man, DAILY, subscribe())
    assert [to for to, _ in mailbox.got] == ["new@example.net"]
    assert subscribe() == ()


def test_who_is_put_off_pass_after_pass_stays_on_the_list(letters, mailbox):
    mailbox.refuses = {READERS[0]: "450 greylisted, come again"}
    with postman(mailbox) as man:
        for _ in range(2 * lettering.MOST_BOUNCES):
            send(letters, man)
        assert letters.subscriber("daily", READERS[0]).bounces == 1
        mailbox.refuses = {}
        assert send(letters, man) == Counter(sent=1)


def test_before_there_is_any_news_no_issue_is_made_and_the_day_keeps_its_own(tmp_path):
    blank = replace(EDITION, records=(), front=(), misses=(), as_of=None)
    now = EDITION.as_of + timedelta(hours=1)
    with open_store(tmp_path) as opened:
        made = lettering.make(SITE, opened.letters, blank, FakeSink(), now)
        assert made == ()
        (letter,) = lettering.make(SITE, opened.letters, EDITION, FakeSink(), now)
        assert letter.stories


def test_two_reports_of_one_address_count_twice(tmp_path):
    folder = site_folders.site(tmp_path)
    with open_store(folder / ".newsdesk") as opened:
        opened.letters.save_subscribers([subscriber(READERS[0])])
    files = [folder / "one.eml", folder / "two.eml"]
    for file in files:
        file.write_text(
            'Content-Type: multipart/report; boundary="x"\n\n--x\n'
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\n"
            f"Action: failed\nStatus: 4.2.2\nFinal-Recipient: rfc822; {READERS[0]}\n"
            "\n--x--\n"
        )
    done = CliRunner().invoke(bounced, [*map(str, files), "--site", str(folder)])
    assert done.exit_code == 0, done.output
    with open_store(folder / ".newsdesk") as opened:
        assert opened.letters.subscriber("daily", READERS[0]).bounces == 2
