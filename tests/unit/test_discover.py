"""Searches for feeds: what they ask, in which order, and what they make of answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.feed import Hop, Reply
from newsdesk.model.run import Failed
from newsdesk.stages import discover, discover_page
from newsdesk.stages.discover_search import Search

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
HOME = "https://a.example/"
Answers = Mapping[str, bytes | Reply | Failed]


def rss(*names: str, title: str = "News", text: str = "") -> bytes:
    items = "".join(
        f"<item><title>About {name}</title><link>https://a.example/{name}</link>"
        f"<pubDate>Wed, 18 Feb 2026 06:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for name in names
    )
    return (
        f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
    ).encode()


def page(*head: str, body: str = "Words.") -> bytes:
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}".encode()


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def reply(url: str, body: bytes = b"", status: int = 200, **more: object) -> Reply:
    given: dict[str, object] = {
        "key": "0", "url": url, "final_url": url, "status": status, "headers": (),
        "body": body, "fetched_at": NOW,
    }  # fmt: skip
    return Reply(**(given | more))  # type: ignore[arg-type]


def failed(url: str, kind: str = "dns") -> Failed:
    return Failed(stage="fetch", key="0", subject=url, reason=f"no: {kind}", kind=kind)


def driven(address: str, answers: Answers) -> tuple[Search, list[str]]:
    """A search driven to its end, and what it asked; what is not given is not there."""
    search = discover.begin(address)
    asked = []
    while ask := discover.ask(search):
        asked.append(ask.url)
        answer = answers.get(ask.url, reply(ask.url, status=404))
        if isinstance(answer, bytes):
            answer = reply(ask.url, answer)
        search = discover.weigh(search, answer)
    return search, asked


def urls_of(search: Search) -> list[str]:
    return [one.url for one in discover.ranked(search)]


def test_a_feed_is_found_with_one_request() -> None:
    search, asked = driven(f"{HOME}odd", {f"{HOME}odd": rss("1")})
    assert (urls_of(search), asked) == ([f"{HOME}odd"], [f"{HOME}odd"])


def test_a_known_site_is_not_asked_itself() -> None:
    feed = "https://www.reddit.com/r/Space/.rss"
    search, asked = driven("https://reddit.com/r/Space", {feed: rss("1")})
    assert (urls_of(search), asked) == ([feed], [feed])


def test_a_known_site_whose_feed_is_not_there_is_searched_like_any_other() -> None:
    given = "https://ada.substack.com/about"
    own = "https://ada.substack.com/own"
    search, asked = driven(given, {given: page(link("/own")), own: rss("1")})
    assert asked[:2] == ["https://ada.substack.com/feed", given]
    assert urls_of(search) == [own]


def test_a_page_leads_to_every_feed_that_it_names_and_no_further() -> None:
    answers = {
        HOME: page(link("/one.xml"), link("two", kind="application/feed+json")),
        f"{HOME}one.xml": rss("1"),
        f"{HOME}two": rss("2"),
    }
    search, asked = driven(HOME, answers)
    assert asked == [HOME, f"{HOME}one.xml", f"{HOME}two"]
    assert urls_of(search) == asked[1:]


def test_a_link_of_the_http_header_counts_as_named() -> None:
    header = (("link", '</f>; rel="alternate"; type="application/atom+xml"'),)
    front = reply(HOME, page(), headers=header)
    search, _ = driven(HOME, {HOME: front, f"{HOME}f": rss("1")})
    assert urls_of(search) == [f"{HOME}f"]


def test_a_feed_is_offered_only_where_it_can_be_read() -> None:
    answers = {HOME: page(link("/broken"), link("/good")), f"{HOME}broken": page()}
    search, _ = driven(HOME, {**answers, f"{HOME}good": rss("1")})
    assert urls_of(search) == [f"{HOME}good"]


def test_links_in_the_text_do_where_the_head_names_none() -> None:
    body = '<a href="/about">About</a><a href="/news/rss.xml">RSS</a>'
    feed = f"{HOME}news/rss.xml"
    search, asked = driven(HOME, {HOME: page(body=body), feed: rss("1")})
    assert urls_of(search) == [feed]
    assert f"{HOME}about" not in asked


def test_comments_come_last_and_do_not_end_a_search() -> None:
    answers = {
        HOME: page(link("/comments/feed", "Comments")),
        f"{HOME}comments/feed": rss("c"),
        f"{HOME}rss.xml": rss("1"),
    }
    search, _ = driven(HOME, answers)
    assert urls_of(search) == [f"{HOME}rss.xml", f"{HOME}comments/feed"]


def test_one_feed_in_two_formats_is_offered_by_the_one_that_says_more() -> None:
    answers = {
        HOME: page(link("/short"), link("/long"), link("/other")),
        f"{HOME}short": rss("1", "2"),
        f"{HOME}long": rss("1", "2", text="word " * 400),
        f"{HOME}other": rss("3"),
    }
    search, _ = driven(HOME, answers)
    assert urls_of(search) == [f"{HOME}long", f"{HOME}other", f"{HOME}short"]
    assert discover.ranked(search)[2].same_as == f"{HOME}long"


def test_the_maker_of_a_page_is_believed_before_the_usual_paths() -> None:
    head = '<meta name="generator" content="Hugo 0.140">'
    _, asked = driven(HOME, {HOME: page(head), f"{HOME}index.xml": rss("1")})
    assert asked == [HOME, f"{HOME}index.xml"]


def test_a_channel_page_tells_its_id_by_its_canonical_address() -> None:
    channel = "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv"
    feed = (
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    )
    given = "https://www.youtube.com/@ada"
    head = f'<link rel="canonical" href="{channel}">'
    search, _ = driven(given, {given: page(head), feed: rss("1")})
    assert urls_of(search) == [feed]


NEWS_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
    b"<loc>https://a.example/1</loc><news:news><news:publication><news:name>A</news:name>"
    b"</news:publication><news:publication_date>2026-02-18</news:publication_date>"
    b"<news:title>One</news:title></news:news></url></urlset>"
)


def test_a_news_sitemap_of_robots_txt_is_found_before_the_usual_paths() -> None:
    robots = (
        b"User-agent: *\nSitemap: /pages.xml\nSITEMAP: https://a.example/news.xml\n"
    )
    answers = {
        HOME: page(), f"{HOME}robots.txt": robots, f"{HOME}news.xml": NEWS_SITEMAP,
        f"{HOME}feed/": rss("1"),
    }  # fmt: skip
    search, asked = driven(HOME, answers)
    assert urls_of(search) == [f"{HOME}news.xml"]
    assert asked == [HOME, f"{HOME}robots.txt", f"{HOME}news.xml"]


def test_a_sitemap_index_leads_to_its_news_and_not_to_every_page() -> None:
    index = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>https://a.example/s-2019.xml</loc></sitemap>"
        b"<sitemap><loc>https://a.example/s-news.xml</loc></sitemap></sitemapindex>"
    )
    answers = {
        HOME: page(), f"{HOME}robots.txt": b"Sitemap: https://a.example/sitemap.xml",
        f"{HOME}sitemap.xml": index, f"{HOME}s-news.xml": NEWS_SITEMAP,
    }  # fmt: skip
    search, asked = driven(HOME, answers)
    assert urls_of(search) == [f"{HOME}s-news.xml"]
    assert f"{HOME}s-2019.xml" not in asked


def test_usual_paths_are_tried_in_the_pages_folder_first_and_end_at_the_first() -> None:
    given = f"{HOME}blog/"
    answers = {
        given: page(),
        f"{HOME}blog/atom.xml": rss("1"),
        f"{HOME}feed/": rss("2"),
    }
    search, asked = driven(given, answers)
    assert urls_of(search) == [f"{HOME}blog/atom.xml"]
    assert asked[-1] == f"{HOME}blog/atom.xml"
    assert f"{HOME}feed/" not in asked


def test_usual_paths_stay_on_the_host() -> None:
    search = discover.begin(HOME)
    search = discover.weigh(search, reply(HOME, page()))
    search = discover.weigh(search, reply(f"{HOME}robots.txt", status=404))
    ask = discover.ask(search)
    assert ask is not None and ask.stays_on_host and ask.obey_robots
    gone = reply(ask.url, rss("1"), final_url="https://other.example/feed")
    assert discover.weigh(search, gone).offered == ()
    fled = discover.weigh(search, failed(ask.url, "other host"))
    assert (fled.offered, fled.refusals, fled.misses) == ((), 0, (ask.url,))


def test_a_site_without_feeds_is_given_up_and_its_misses_are_named() -> None:
    search, asked = driven(HOME, {HOME: page()})
    assert urls_of(search) == []
    assert len(asked) <= 20
    assert len(asked) == len(set(asked))
    assert set(search.misses) == set(asked[2:])
    assert search.reason and "web page" in search.reason


def test_a_host_that_refuses_is_not_asked_for_one_path_after_the_other() -> None:
    class Refusing(dict[str, Reply]):
        def get(self, url: str, default: object = None) -> Reply:  # type: ignore[override]
            return reply(url, page()) if url == HOME else reply(url, status=429)

    _, asked = driven(HOME, Refusing())
    assert len(asked) == 1 + discover.MOST_REFUSALS


@pytest.mark.parametrize("kind", ["dns", "timeout", "connection", "tls"])
def test_an_address_that_gets_no_answer_is_asked_once(kind: str) -> None:
    search, asked = driven(HOME, {HOME: failed(HOME, kind)})
    assert asked == [HOME]
    assert search.failed is not None and search.failed.kind == kind


def test_what_robots_txt_forbids_is_not_read_and_named() -> None:
    answers = {
        HOME: failed(HOME, "robots"), f"{HOME}robots.txt": b"User-agent: *\nDisallow: /",
        **{f"{HOME}{path}": failed(path, "robots") for path in discover.USUAL_AT_ROOT},
    }  # fmt: skip
    search, _ = driven(HOME, answers)
    assert urls_of(search) == []
    assert search.forbidden[0] == HOME
    assert search.failed is None


def test_a_robots_txt_that_cannot_be_had_is_no_answer_at_all() -> None:
    robots = f"{HOME}robots.txt"
    search, asked = driven(HOME, {HOME: failed(HOME, "robots"), robots: failed(robots)})
    assert asked == [HOME, robots]
    assert search.failed is not None and search.failed.kind == "dns"


def test_a_person_may_name_a_feed_that_robots_txt_forbids_to_crawlers() -> None:
    first = discover.ask(discover.begin(f"{HOME}feed.xml"))
    assert first is not None and not first.obey_robots
    first = discover.ask(discover.begin(HOME))
    assert first is not None and first.obey_robots


def test_a_page_that_is_not_there_says_so() -> None:
    search, asked = driven(f"{HOME}x", {})
    assert asked == [f"{HOME}x"]
    assert search.reason and "404" in search.reason


def test_a_bot_wall_does_not_keep_from_feeds_that_stand_open() -> None:
    wall = reply(HOME, page(body="Just a moment"), status=403)
    search, _ = driven(HOME, {HOME: wall, f"{HOME}feed/": rss("1")})
    assert urls_of(search) == [f"{HOME}feed/"]


def test_permanent_redirects_are_followed_for_good_and_others_are_not() -> None:
    new = "https://b.example/f"
    for status, expected in ((301, new), (308, new), (302, HOME)):
        answer = reply(
            HOME, rss("1"), final_url=new, hops=(Hop(status=status, url=new),)
        )
        search, _ = driven(HOME, {HOME: answer})
        assert urls_of(search) == [expected]


def test_a_page_that_sends_its_readers_on_is_followed_once() -> None:
    head = '<meta http-equiv="refresh" content="0; url=/en/">'
    answers = {
        HOME: page(head), f"{HOME}en/": page(link("/en/feed")), f"{HOME}en/feed": rss("1"),
    }  # fmt: skip
    search, _ = driven(HOME, answers)
    assert urls_of(search) == [f"{HOME}en/feed"]
    circle = {HOME: page(head), f"{HOME}en/": page(head.replace("/en/", "/"))}
    _, asked = driven(HOME, circle)
    assert asked.count(HOME) == 1


def test_interfaces_that_call_themselves_alternates_are_no_feeds() -> None:
    front = page(
        link("/wp-json/wp/v2/pages/1", "JSON", kind="application/json"),
        link("/oembed?format=xml", kind="text/xml+oembed"),
        link("/de/", kind="text/html"),
        '<link rel="stylesheet" href="/feed.css">',
    )
    assert discover_page.links(reply(HOME, front)).named == ()


def test_links_are_read_against_the_base_of_the_page() -> None:
    front = page('<base href="https://cdn.example/x/">', link("feed"))
    named = discover_page.links(reply(HOME, front)).named
    assert [one.url for one in named] == ["https://cdn.example/x/feed"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/feed", True),
        ("https://a.example/blog/rss/", True),
        ("https://a.example/news.rss", True),
        ("https://a.example/index.xml", True),
        ("https://a.example/?feed=rss2", True),
        ("https://feeds.a.example/x", True),
        ("https://a.example/feedback", False),
        ("https://a.example/sitemap.html", False),
        ("https://a.example/birdfeeder/", False),
        ("https://a.example/", False),
    ],
)
def test_the_form_of_an_address_tells_feeds(url: str, expected: bool) -> None:
    assert discover_page.is_feed_like(url) is expected


@given(
    bodies=st.lists(st.binary(max_size=200) | st.just(page(link("/a"), link("/b")))),
    statuses=st.lists(st.sampled_from([200, 301, 403, 404, 410, 429, 500])),
)
def test_every_search_ends_and_none_raises(
    bodies: list[bytes], statuses: list[int]
) -> None:
    search = discover.begin(HOME)
    count = 0
    while ask := discover.ask(search):
        body = bodies[count % len(bodies)] if bodies else b""
        status = statuses[count % len(statuses)] if statuses else 200
        search = discover.weigh(search, reply(ask.url, body, status))
        count += 1
        assert count <= discover.MOST_ASKS
    assert len(search.asked) == len(set(search.asked))
