"""What stands behind an address that only leads to others."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import relays

STORY = "https://harbour.example/a?id=1"
QUOTED = "https%3A%2F%2Fharbour.example%2Fa%3Fid%3D1"


def news_id(url: str) -> str:
    """An id as Google News made them while they held the address."""
    raw = url.encode()
    is_long = len(raw) > 127
    size = bytes([len(raw)] if not is_long else [])
    if is_long:  # the low seven bits first
        size = bytes([len(raw) & 0x7F | 0x80, len(raw) >> 7])
    packed = b"\x08\x13\x22" + size + raw + b"\xd2\x01\x00"
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        "https://harbour-example.cdn.ampproject.org/v/s/harbour.example/a?id=1",
        "https://www.google.de/amp/s/harbour.example/a?id=1",
        f"https://www.google.com/url?rct=j&url={QUOTED}&ct=ga",
        f"https://translate.google.com/translate?sl=de&u={QUOTED}",
        "https://harbour-example.translate.goog/a?id=1&_x_tr_sl=de&_x_tr_hl=en",
        f"https://www.bing.com/news/apiclick.aspx?ref=x&url={QUOTED}&c=1",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT",
        f"https://out.reddit.com/?url={QUOTED}",
        f"https://flipboard.com/redirect?url={QUOTED}",
        f"https://www.youtube.com/redirect?q={QUOTED}",
        f"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x-",
        "https://web.archive.org/web/20260101000000/https://harbour.example/a?id=1",
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=x",
        "https://urldefense.com/v3/__https://harbour.example/a?id=1__;!!x!y$",
        f"https://news.google.com/rss/articles/{news_id(STORY)}?oc=5",
    ],
)
def test_the_publishers_address_is_found_behind_a_relay(address: str) -> None:
    assert relays.behind(address) == STORY


def test_a_long_address_in_a_google_news_id_is_read_to_its_end() -> None:
    url = "https://harbour.example/" + "a" * 300
    assert relays.google_news(news_id(url)) == url


@pytest.mark.parametrize(
    "address",
    [
        "https://news.google.com/rss/articles/CBMiAU_yqLabc",
        "https://news.google.com/rss/articles/x" + "A" * 9000,
        "https://t.co/abc",
        "https://harbour.example/a?url=https://pier.example/",
        "https://www.google.com/search?q=https://pier.example/",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://web.archive.org/about",
        "nothing",
    ],
)
def test_an_address_that_does_not_say_where_it_leads_stays(address: str) -> None:
    assert relays.behind(address) == address


def test_relays_within_relays_are_followed_but_not_for_ever() -> None:
    inner = f"https://www.google.com/url?q={QUOTED}"
    outer = f"https://l.facebook.com/l.php?u={quote(inner, safe='')}"
    assert relays.behind(outer) == STORY
    for _ in range(2 * relays.MAX_HOPS):
        outer = f"https://l.facebook.com/l.php?u={quote(outer, safe='')}"
    assert relays.behind(outer).startswith("https://l.facebook.com/")


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_address_makes_it_fail(one: str, other: str) -> None:
    for host in ("news.google.com/articles", "a.translate.goog", "web.archive.org/web"):
        assert isinstance(relays.behind(f"https://{host}/{one}?u={other}"), str)
