"""Mail addresses, delivery reports, and newsletters.toml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.config import newsletters
from newsdesk.model.site import Cadence
from newsdesk.text import mail_addresses, mail_bounces

REPORT = b"""From: mailer-daemon@mx.example\r
Content-Type: multipart/report; report-type=delivery-status; boundary=B\r
\r
--B\r
Content-Type: text/plain\r
\r
It came back.\r
--B\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; Ada@example.net\r
Action: failed\r
Status: 5.1.1\r
\r
Final-Recipient: rfc822; bob@example.net\r
Action: failed\r
Status: 4.2.2\r
\r
Final-Recipient: rfc822; eve@example.net\r
Action: delayed\r
Status: 4.4.1\r
--B--\r
"""


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        (" Ada.Byron@Example.NET ", "Ada.Byron@example.net"),
        ("a+tag@b.co.uk", "a+tag@b.co.uk"),
        ("no address", None),
        ("a@b", None),
        ("a@@b.example", None),
        (".a@b.example", None),
        ("a..b@c.example", None),
        ("a@b.example\r\nBcc: x@y.example", None),
        ("a" * 65 + "@b.example", None),
    ],
)
def test_addresses(given, normal):
    assert mail_addresses.normal(given) == normal


def test_a_delivery_report_says_who_is_gone_and_who_is_only_away():
    found = mail_bounces.reports(REPORT)
    assert [(one.address, one.is_for_good) for one in found] == [
        ("Ada@example.net", True),
        ("bob@example.net", False),
    ]


@given(st.binary(max_size=400))
def test_anything_else_is_no_delivery_report(data):
    assert mail_bounces.reports(data) == ()


def parsed(text, topics=("ai",)):
    found, problems = newsletters.parse(text, topics)
    return found, [problem.reason for problem in problems]


def test_newsletters_are_read_with_their_defaults():
    found, problems = parsed(
        '[[newsletter]]\nid = "week"\ntitle = "The week"\ncadence = "weekly"\n'
        'topics = ["ai"]\nsender = "Desk <news@example.org>"\n'
    )
    assert problems == []
    assert (found[0].cadence, found[0].topics, found[0].stories) == (
        Cadence.WEEKLY,
        ("ai",),
        8,
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[newsletter]]\ntitle = "A"\n', "missing key `id`"),
        ('[[newsletter]]\nid = "A b"\ntitle = "A"\n', "`id` in [newsletter] must be"),
        ('[[newsletter]]\nid = "a"\ntitle = "A"\ntopics = ["ia"]\n', "no topic `ia`"),
        ('[[newsletter]]\nid = "a"\ntitle = "A"\nsender = "me"\n', "hold an address"),
        ('[[newsletter]]\nid = "a"\ntitle = "A"\nhour = 24\n', "from 0 to 23"),
        ('[newsletter]\nid = "a"\n', "double brackets"),
        ('[[letter]]\nid = "a"\n', "double brackets"),
        ('[[newsletter]]\nid = "a"\ntitle = "A"\n' * 2, "taken by a newsletter above"),
    ],
)
def test_what_is_wrong_with_a_newsletter_is_told(text, says):
    _, problems = parsed(text)
    assert any(says in reason for reason in problems), problems


def test_an_address_of_another_alphabet_is_kept_as_mail_carries_it():
    assert mail_addresses.normal("ada@Zürich.example") == "ada@xn--zrich-kva.example"
    assert mail_addresses.normal("ädä@example.net") is None
    assert mail_addresses.normal("ada@zü rich.example") is None
