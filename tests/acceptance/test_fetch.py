"""Fetching over real sockets: what comes back, and what goes wrong in words."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fakes import NOW, FakeClock
from newsdesk.fetch.client import HttpFetcher, user_agent
from newsdesk.model.feed import Hop, Reply, Request, Validators
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching
from scripted_server import Answer, Asked, ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def fetcher(server: ScriptedServer) -> Iterator[HttpFetcher]:
    fetcher = a_fetcher(server)
    yield fetcher
    fetcher.close()


def a_fetcher(server: ScriptedServer, **options: Any) -> HttpFetcher:
    fetching = Fetching(**{"gap_s": 0, "timeout_s": 10, **options})
    return HttpFetcher(
        fetching,
        user_agent=user_agent("0.1", "https://desk.example/about"),
        clock=FakeClock(),
        routes={"*.example": server.peer},
    )


def ask(fetcher: HttpFetcher, url: str, **options: Any) -> Reply | Failed:
    request = Request(key="k", url=url, **{"obey_robots": False, **options})
    (answer,) = fetcher.fetch([request])
    assert answer.key == "k"
    return answer


def reply(fetcher: HttpFetcher, url: str, **options: Any) -> Reply:
    answer = ask(fetcher, url, **options)
    assert isinstance(answer, Reply), answer
    return answer


def failure(fetcher: HttpFetcher, url: str, **options: Any) -> Failed:
    answer = ask(fetcher, url, **options)
    assert isinstance(answer, Failed), answer
    assert answer.subject == url
    assert not answer.reason.endswith(".")
    return answer


def to(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", location),))


def packed(body: bytes, encoding: str) -> Answer:
    return Answer(body=body, headers=(("Content-Encoding", encoding),))


def test_a_reply_says_what_the_server_said(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    headers = (("Content-Type", "text/xml"), ("ETag", 'W/"a"'), ("Set-Cookie", "a=1"))
    server["/feed"] = Answer(body=b"<rss/>", headers=headers)
    expected = Reply(
        key="k",
        url="http://a.example/feed",
        final_url="http://a.example/feed",
        status=200,
        headers=(("content-type", "text/xml"), ("etag", 'W/"a"')),
        body=b"<rss/>",
        fetched_at=NOW,
    )
    assert expected == reply(fetcher, "HTTP://A.example/feed#x")


@pytest.mark.parametrize("status", [204, 400, 404, 410, 429, 500, 503])
def test_an_error_status_is_a_reply(
    server: ScriptedServer, fetcher: HttpFetcher, status: int
) -> None:
    server["/"] = Answer(status=status)
    assert status == reply(fetcher, "http://a.example/").status


def test_we_say_who_we_are_and_nothing_about_a_reader(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    server["/"] = Answer(headers=(("Set-Cookie", "id=1; Path=/"),))
    for _ in range(2):
        reply(fetcher, "http://a.example/", accept="text/html")
    expected = {
        "Host": "a.example",
        "User-Agent": "newsdesk/0.1 (+https://desk.example/about; 1 subscribers)",
        "Accept": "text/html",
        "Accept-Encoding": "gzip, deflate",
    }
    assert [expected, expected] == [asked.headers for asked in server.asked]


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        ('W/"a,b"', "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("no quotes at all", None),
        (None, "yesterday-ish"),
    ],
)
def test_validators_go_back_byte_for_byte(
    server: ScriptedServer,
    fetcher: HttpFetcher,
    etag: str | None,
    modified: str | None,
) -> None:
    server["/"] = Answer(status=304)
    url = "http://a.example/"
    validators = Validators(url=url, etag=etag, last_modified=modified)
    assert reply(fetcher, url, validators=validators).status == 304
    sent = server.asked[0].headers
    assert etag == sent.get("If-None-Match")
    assert modified == sent.get("If-Modified-Since")


def test_validators_stay_with_the_address_they_came_from(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    server["/old"] = to("/new")
    server["/new"] = Answer()
    of_old = Validators(url="http://a.example/old", etag='"old"')
    of_new = Validators(url="http://a.example/new", etag='"new"')
    reply(fetcher, "http://a.example/old", validators=of_old)
    reply(fetcher, "http://a.example/old", validators=of_new)
    sent = [asked.headers.get("If-None-Match") for asked in server.asked]
    assert sent == ['"old"', None, None, '"new"']


def test_redirects_are_followed_and_told(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    server["a.example/"] = to("//b.example/x#y", 301)
    server["b.example/x"] = to("z", 307)
    server["b.example/z"] = Answer(body=b"here")
    answer = reply(fetcher, "http://a.example/")
    assert answer.body == b"here"
    assert answer.final_url == "http://b.example/z"
    expected = (
        Hop(status=301, url="http://b.example/x"),
        Hop(status=307, url="http://b.example/z"),
    )
    assert expected == answer.hops


def test_five_redirects_are_followed_and_six_are_not(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    for step in range(6):
        server[f"/{step}"] = to(f"/{step + 1}")
    server["/6"] = Answer()
    assert len(reply(fetcher, "http://a.example/1").hops) == 5
    assert failure(fetcher, "http://a.example/0").kind == "too many redirects"


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("/", "redirect loop"),
        ("/#again", "redirect loop"),
        ("/two", "redirect loop"),
        ("file:///etc/passwd", "redirect"),
        ("http://127.0.0.1/", "refused address"),
        ("http://2130706433/", "refused address"),
        ("http://169.254.169.254/latest", "refused address"),
        ("http://[::1]/", "refused address"),
        ("http://localhost/", "refused address"),
    ],
)
def test_a_redirect_that_must_not_be_followed_is_named(
    server: ScriptedServer, fetcher: HttpFetcher, location: str, kind: str
) -> None:
    server["/"] = to(location)
    server["/two"] = to("/")
    assert kind == failure(fetcher, "http://a.example/").kind


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://0/"),
        *("http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/"),
        *("http://100.100.100.200/", "http://169.254.169.254/", "http://224.0.1.1/"),
        *("http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://[fe80::1]/"),
        *("http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[::]/"),
        *("http://[2002:7f00:1::]/", "http://localhost/"),
    ],
)
def test_a_private_address_is_refused(fetcher: HttpFetcher, url: str) -> None:
    failed = failure(fetcher, url)
    assert failed.kind == "refused address"
    assert "allow_private" in failed.reason


@pytest.mark.parametrize("allowed", ["127.0.0.1", "localhost", "127.0.0.1:{port}"])
def test_a_private_address_is_asked_where_the_site_allows_it(
    server: ScriptedServer, allowed: str
) -> None:
    server["/"] = Answer(body=b"mine")
    entry = allowed.format(port=server.port)
    fetcher = a_fetcher(server, allow_private=(entry,))
    host = entry.partition(":")[0]
    assert reply(fetcher, f"http://{host}:{server.port}/").body == b"mine"
    failed = failure(fetcher, f"http://127.0.0.2:{server.port}/")
    assert failed.kind == "refused address"
    fetcher.close()


def test_another_port_of_an_allowed_host_is_not_allowed(server: ScriptedServer) -> None:
    fetcher = a_fetcher(server, allow_private=("127.0.0.1:1",))
    assert (
        failure(fetcher, f"http://127.0.0.1:{server.port}/").kind == "refused address"
    )
    fetcher.close()


@pytest.mark.parametrize(
    ("url", "kind", "is_final"),
    [
        ("mailto:a@b.example", "bad address", True),
        ("", "bad address", True),
        ("http://no-such-host.invalid/", "dns", False),
    ],
)
def test_an_address_that_cannot_be_asked_is_told(
    fetcher: HttpFetcher, url: str, kind: str, is_final: bool
) -> None:
    failed = failure(fetcher, url)
    assert (kind, is_final) == (failed.kind, failed.is_final)


def test_tls_that_is_none_is_told(server: ScriptedServer, fetcher: HttpFetcher) -> None:
    assert failure(fetcher, "https://a.example/").kind == "tls"


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a.example"
    files = ["-out", str(certificate), "-keyout", str(key)]
    subprocess.run([*make.split(), *files], check=True, capture_output=True)
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(certificate, key)
    with ScriptedServer(secured) as server:
        fetcher = a_fetcher(server)
        failed = failure(fetcher, "https://a.example/")
        fetcher.close()
    assert failed.kind == "tls"
    assert "a.example: self-signed certificate" in failed.reason
    assert server.asked == []


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "connection"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"a" * 20_000 + b"\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n", "protocol"),
    ],
)
def test_what_is_no_proper_http_is_told_and_not_asked_again(
    server: ScriptedServer, fetcher: HttpFetcher, raw: bytes, kind: str
) -> None:
    server["/"] = Answer(raw=raw)
    assert kind == failure(fetcher, "http://a.example/").kind
    assert len(server.asked) == 1


def test_a_host_where_nobody_listens_is_told(server: ScriptedServer) -> None:
    fetcher = HttpFetcher(
        Fetching(gap_s=0),
        user_agent="newsdesk/0.1",
        clock=FakeClock(),
        routes={"*.example": ("127.0.0.1", 1)},
    )
    failed = failure(fetcher, "http://a.example/")
    assert failed.kind == "connection"
    assert "a.example" in failed.reason
    fetcher.close()


@pytest.mark.parametrize(
    "answer", [Answer(delay_s=9), Answer(body=b"x" * 99, drip_s=0.1)]
)
def test_a_slow_server_is_given_up(server: ScriptedServer, answer: Answer) -> None:
    server["/"] = answer
    fetcher = a_fetcher(server, timeout_s=0.3)
    assert failure(fetcher, "http://a.example/").kind == "timeout"
    fetcher.close()


def test_time_is_counted_over_all_redirects(server: ScriptedServer) -> None:
    for step in range(5):
        server[f"/{step}"] = Answer(
            status=302, headers=(("Location", f"/{step + 1}"),), delay_s=0.15
        )
    fetcher = a_fetcher(server, timeout_s=0.4)
    assert failure(fetcher, "http://a.example/0").kind == "timeout"
    assert len(server.asked) < 5
    fetcher.close()


@pytest.mark.parametrize(
    "answer",
    [
        packed(gzip.compress(b"text"), "gzip"),
        packed(gzip.compress(b"te") + gzip.compress(b"xt"), "x-gzip"),
        packed(gzip.compress(b"text") + b"\0\0", "GZip"),
        packed(zlib.compress(b"text"), "deflate"),
        packed(zlib.compress(b"text", wbits=-15), "deflate"),
        packed(gzip.compress(zlib.compress(b"text")), "deflate, gzip"),
        packed(b"text", "identity"),
        Answer(
            body=b"2\r\nte\r\n2\r\nxt\r\n0\r\n\r\n",
            headers=(("Transfer-Encoding", "chunked"),),
        ),
    ],
)
def test_a_body_is_unpacked(
    server: ScriptedServer, fetcher: HttpFetcher, answer: Answer
) -> None:
    server["/"] = answer
    answered = reply(fetcher, "http://a.example/")
    assert answered.body == b"text"
    assert not answered.truncated
    assert answered.header("content-encoding") is None


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 1_000_003])
def test_every_byte_of_a_packed_body_comes_out(
    server: ScriptedServer, fetcher: HttpFetcher, size: int
) -> None:
    server["/"] = packed(gzip.compress(b"x" * size), "gzip")
    answered = reply(fetcher, "http://a.example/")
    assert size == len(answered.body)
    assert not answered.truncated


@pytest.mark.parametrize("encoding", ["br", "gzip", "gzip, gzip, gzip"])
def test_a_body_that_cannot_be_unpacked_is_told(
    server: ScriptedServer, fetcher: HttpFetcher, encoding: str
) -> None:
    server["/"] = packed(b"not packed at all", encoding)
    assert failure(fetcher, "http://a.example/").kind == "encoding"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"x" * 1_001),
        packed(gzip.compress(b"x" * 50_000_000), "gzip"),
        packed(gzip.compress(gzip.compress(b"x" * 50_000_000)), "gzip, gzip"),
    ],
)
def test_a_body_over_the_bound_is_refused(
    server: ScriptedServer, fetcher: HttpFetcher, answer: Answer
) -> None:
    server["/"] = answer
    failed = failure(fetcher, "http://a.example/", max_bytes=1_000)
    assert failed.kind == "too large"
    assert "1,000" in failed.reason


def test_a_body_at_the_bound_is_taken(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    server["/"] = Answer(body=b"x" * 1_000)
    assert len(reply(fetcher, "http://a.example/", max_bytes=1_000).body) == 1_000


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"half", length=8),
        packed(gzip.compress(b"half" * 100)[:-12], "gzip"),
        Answer(body=b"4\r\nhalf\r\n", headers=(("Transfer-Encoding", "chunked"),)),
    ],
)
def test_a_body_that_breaks_off_is_marked(
    server: ScriptedServer, fetcher: HttpFetcher, answer: Answer
) -> None:
    server["/"] = answer
    answered = reply(fetcher, "http://a.example/")
    assert answered.truncated
    assert answered.body.startswith(b"half")


def test_robots_txt_is_asked_once_a_day_and_kept(server: ScriptedServer) -> None:
    clock = FakeClock()
    rules = b"\xef\xbb\xbfUser-agent: newsdesk\r\nDisallow: /private\r\n"
    server["/robots.txt"] = Answer(body=rules)
    server["/a"] = server["/private"] = Answer()
    fetcher = HttpFetcher(
        Fetching(gap_s=0),
        user_agent=user_agent("0.1", ""),
        clock=clock,
        routes={"*.example": server.peer},
    )
    assert (
        failure(fetcher, "http://a.example/private", obey_robots=True).kind == "robots"
    )
    reply(fetcher, "http://a.example/a", obey_robots=True)
    clock.now += timedelta(hours=23)
    reply(fetcher, "http://a.example/a", obey_robots=True)
    clock.now += timedelta(hours=2)
    reply(fetcher, "http://a.example/a", obey_robots=True)
    assert server.paths() == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]
    fetcher.close()


@pytest.mark.parametrize(
    ("robots", "hours"),
    [
        (Answer(body=b"User-agent: *\nDisallow: /private\n"), 24),
        (Answer(status=404), 24),
        (Answer(status=500), 1),
    ],
)
def test_robots_txt_is_kept_over_restarts(
    server: ScriptedServer, tmp_path: Path, robots: Answer, hours: int
) -> None:
    clock = FakeClock()
    server["/robots.txt"] = robots
    server["/a"] = server["/private"] = Answer()

    def outcome(path: str) -> str:
        fetcher = HttpFetcher(  # a process of its own
            Fetching(gap_s=0),
            user_agent=user_agent("0.1", ""),
            clock=clock,
            routes={"*.example": server.peer},
            notes=tmp_path / "hosts.jsonl",
        )
        answer = ask(fetcher, f"http://a.example{path}", obey_robots=True)
        fetcher.close()
        return answer.reason if isinstance(answer, Failed) else "read"

    first = [outcome("/a"), outcome("/private")]
    clock.pass_by(hours=hours, seconds=-1)
    assert [outcome("/a"), outcome("/private")] == first
    assert server.paths().count("/robots.txt") == 1
    clock.pass_by(seconds=1)
    assert [outcome("/a"), outcome("/private")] == first
    assert server.paths().count("/robots.txt") == 2


def test_robots_txt_is_not_asked_for_feeds_we_were_given(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    server["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /\n")
    server["/feed"] = Answer()
    reply(fetcher, "http://a.example/feed")
    assert server.paths() == ["/feed"]


@pytest.mark.parametrize(
    ("robots", "is_read"),
    [
        (Answer(status=404), True),
        (Answer(status=403), True),
        (Answer(status=500), False),
        (Answer(status=429), False),
        (Answer(raw=b""), False),
        (Answer(body=b"<html>welcome</html>"), True),
        (Answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\n"), True),
        (Answer(body=b"User-agent: *\rDisallow: /\r"), False),
        (to("/elsewhere"), False),
    ],
)
def test_what_robots_txt_means(
    server: ScriptedServer, fetcher: HttpFetcher, robots: Answer, is_read: bool
) -> None:
    server["/robots.txt"] = robots
    server["/elsewhere"] = Answer(body=b"User-agent: *\nDisallow: /page\n")
    server["/page"] = Answer()
    answer = ask(fetcher, "http://a.example/page", obey_robots=True)
    assert is_read == isinstance(answer, Reply)
    assert is_read == ("/page" in server.paths())


def test_many_answers_come_as_they_are_ready(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    def answer(asked: Asked) -> Answer:
        is_slow = asked.headers["Host"] == "h0.example"
        return Answer(body=asked.headers["Host"].encode(), delay_s=0.5 * is_slow)

    server["/"] = answer
    urls = [f"http://h{number}.example/" for number in range(200)]
    answers = list(
        fetcher.fetch(Request(key=url, url=url, obey_robots=False) for url in urls)
    )
    assert sorted(urls) == sorted(answer.key for answer in answers)
    assert answers[-1].key == "http://h0.example/"
    for answer_ in answers:
        assert isinstance(answer_, Reply)
        assert answer_.key == f"http://{answer_.body.decode()}/"


def test_where_the_first_bytes_are_enough_no_more_are_taken(
    server: ScriptedServer, fetcher: HttpFetcher
) -> None:
    body = bytes(range(256)) * 4_000
    server["/whole.jpg"] = Answer(body=body)
    server["/part.jpg"] = Answer(status=206, body=body[:1_000])
    whole = reply(fetcher, "http://a.example/whole.jpg", first_bytes=1_000)
    assert (whole.body, whole.truncated) == (body[:1_000], True)
    part = reply(fetcher, "http://a.example/part.jpg", first_bytes=1_000)
    assert (part.status, part.body) == (206, body[:1_000])
    asked = [one.headers for one in server.script.asked if one.path == "/whole.jpg"]
    assert asked[0]["Range"] == "bytes=0-999"
    assert asked[0]["Accept-Encoding"] == "identity"
