from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from makers import NOW
from newsdesk.model.newsletter import Standing, Subscriber
from newsdesk.render import addresses
from newsdesk.store import open_store
from newsdesk.web import letters as doors


def subscriber(standing):
    return Subscriber(
        newsletter="daily",
        address="ada@example.net",
        standing=standing,
        token="secret-token",
        since=NOW - timedelta(hours=1),
    )


class Site:
    def __init__(self, letters):
        self.letters, self.asked = letters, []
        counter = doors.Counter(
            title="The <Machine> Age",
            newsletters=(("daily", "Daily"),),
            with_letters=lambda work: work(letters),
            ask=lambda newsletter, address: self.asked.append((newsletter, address)),
            clock=lambda: NOW,
        )
        self.client = TestClient(Starlette(routes=list(doors.routes(counter))))

    def standing(self):
        return self.letters.subscriber("daily", "ada@example.net").standing

    def url(self, path, token="secret-token"):
        return f"/{path}?t={token}"


@pytest.fixture
def site(tmp_path):
    with open_store(tmp_path) as opened:
        yield Site(opened.letters)


def test_a_link_shows_a_button_and_changes_nothing(site):
    site.letters.save_subscribers([subscriber(Standing.ASKED)])
    for path in (addresses.CONFIRM, addresses.LEAVE):
        answer = site.client.get(site.url(path))
        assert answer.status_code == 200
        assert '<form method="post">' in answer.text
        assert "The &lt;Machine&gt; Age" in answer.text
        assert "no-store" in answer.headers["cache-control"]
    assert site.standing() is Standing.ASKED


def test_whoever_was_asked_says_yes_with_the_button(site):
    site.letters.save_subscribers([subscriber(Standing.ASKED)])
    assert site.client.post(site.url(addresses.CONFIRM)).status_code == 200
    assert site.standing() is Standing.ACTIVE


def test_one_click_of_a_mail_program_ends_it_at_once(site):
    site.letters.save_subscribers([subscriber(Standing.ACTIVE)])
    answer = site.client.post(
        site.url(addresses.LEAVE), data={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert site.standing() is Standing.LEFT
    assert site.client.post(site.url(addresses.LEAVE)).status_code == 200


def test_an_old_link_brings_nobody_back(site):
    site.letters.save_subscribers([subscriber(Standing.LEFT)])
    site.client.post(site.url(addresses.CONFIRM))
    assert site.standing() is Standing.LEFT


@pytest.mark.parametrize("token", ["", "other", "x" * 5000])
def test_a_token_of_nobody_opens_nothing(site, token):
    site.letters.save_subscribers([subscriber(Standing.ACTIVE)])
    answer = site.client.post(site.url(addresses.LEAVE, token))
    assert answer.status_code == 404
    assert site.standing() is Standing.ACTIVE


def test_who_asks_gets_the_same_answer_whether_on_the_list_or_not(site):
    site.letters.save_subscribers([subscriber(Standing.ACTIVE)])
    pages = {
        site.client.post(
            f"/{addresses.SUBSCRIBE}", data={"newsletter": "daily", "address": address}
        ).text
        for address in ("ada@example.net", "new@example.net")
    }
    assert len(pages) == 1
    assert [address for _, address in site.asked] == [
        "ada@example.net",
        "new@example.net",
    ]


def test_an_unknown_newsletter_and_too_much_are_refused(site):
    for data in ({"newsletter": "none", "address": "a@b.example"}, {"x": "y" * 9000}):
        answer = site.client.post(f"/{addresses.SUBSCRIBE}", data=data)
        assert answer.status_code == 400
    assert site.asked == []


def test_only_so_many_are_asked_in_an_hour(site):
    data = {"newsletter": "daily", "address": "new@example.net"}
    codes = [
        site.client.post(f"/{addresses.SUBSCRIBE}", data=data).status_code
        for _ in range(doors.ASKS_AN_HOUR + 1)
    ]
    assert codes == [200] * doors.ASKS_AN_HOUR + [429]
    assert len(site.asked) == doors.ASKS_AN_HOUR


def test_an_old_yes_does_not_promise_an_issue_to_who_has_left(site):
    site.letters.save_subscribers([subscriber(Standing.LEFT)])
    answer = site.client.post(site.url(addresses.CONFIRM))
    assert answer.status_code == 410
    assert "on the list" not in answer.text
    assert site.standing() is Standing.LEFT


def test_a_form_with_too_many_fields_asks_nobody(site):
    answer = site.client.post(f"/{addresses.SUBSCRIBE}", content="&".join(["a=b"] * 99))
    assert answer.status_code == 400
    assert site.asked == []
