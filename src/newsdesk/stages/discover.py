"""Which feeds an address leads to: what to ask next, and what the answers mean.

A search is a value. `ask` says what it wants to know, `weigh` takes the answer and gives
the search as it stands then; whoever drives it does the asking. In this order:

    known sites by address → the address itself → links on the page → what the page's
    software is known for → sitemaps in robots.txt → usual paths, one at a time

The first of these that brings a good feed ends it. Nothing is offered that was not
fetched and read as a feed. Reading pages is `discover_page`'s, known sites are
`discover_sites`', the value itself is `discover_search`'s, the order of what was found
`discover_ranking`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from newsdesk.model.feed import Feed, Refusal, Reply
from newsdesk.model.run import Failed
from newsdesk.stages import discover_page, discover_ranking, discover_sites, parse
from newsdesk.stages.discover_ranking import Offered
from newsdesk.stages.discover_search import Ask, Search, Step
from newsdesk.text import urls

MOST_ASKS = 40
"""Requests of one search; the usual paths at two places need some twenty."""
MOST_OF_A_STEP = 6
MOST_REFUSALS = 2
"""Refusals in a row (403, 429, 5xx) after which a host is left alone."""
MOST_SITEMAPS = 4
ROBOTS_BYTES = 512_000
OK = 200
NOT_THERE = (404, 410)
NO_WAY_THERE = frozenset(
    ("other host", "redirect", "redirect loop", "too many redirects", "downgrade")
)
"""Failures by which a host that is well says that there is nothing."""

# By how many sites keep a feed there; the first that is one ends the search.
USUAL_BELOW = (
    *("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss/", "feed.atom"),
    *("index.rss", "rss/feed.xml"),
)
USUAL_AT_ROOT = (
    *USUAL_BELOW,
    *("feed.json", "feeds/", "news-sitemap.xml", "sitemap-news.xml"),
)
_SITEMAP_LINE = re.compile(r"(?im)^[^\S\n]*+sitemap\s*+:\s*+(\S+)")
_NEWS_NAME = re.compile(r"news|latest|recent|aktuell|actualit|noticias", re.I)
_INDEX_NAME = re.compile(r"index|/sitemap\.xml", re.I)


def begin(address: str) -> Search:
    """A search for the feeds of an address, nothing asked yet.

    The address of a known site is not asked itself: its feeds are, as if the person had
    named them, whatever robots.txt says to crawlers.
    """
    url = discover_sites.handle(address) or address
    site = discover_sites.feeds(url)
    if not site:
        return Search(given=url, page_url=url, step=Step.GIVEN, todo=(_given(url),))
    asks = tuple(Ask(url=feed, step=Step.SITE, obey_robots=False) for feed in site)
    return Search(given=url, page_url=url, step=Step.SITE, todo=asks)


def ask(search: Search) -> Ask | None:
    """What the search wants to know next; None: it is over."""
    return search.todo[0] if search.todo else None


def skip(search: Search) -> Search:
    """The search without its next question, whose answer is known to be no feed."""
    skipped = search.skipped + 1
    return _moved_on(replace(search, todo=search.todo[1:], skipped=skipped))


def weigh(search: Search, answer: Reply | Failed) -> Search:
    """The search after the answer to what it asked last. Never raises."""
    asked = search.todo[0]
    spelled = urls.canonical(asked.url) or asked.url
    after = replace(search, todo=search.todo[1:], asked=(*search.asked, spelled))
    if isinstance(answer, Failed):
        return _moved_on(_unanswered(after, asked, answer))
    refusals = after.refusals + 1 if _is_refusal(answer.status) else 0
    after = replace(after, refusals=refusals)
    if asked.is_robots:
        return _moved_on(_after_robots(after, asked, answer))
    read = _read(asked, answer)
    if isinstance(read, Feed):
        return _moved_on(_after_feed(after, asked, answer, read))
    if asked.step is Step.GIVEN:
        return _moved_on(_after_page(after, answer, read))
    return _moved_on(_after_miss(after, asked, answer, read))


def ranked(search: Search) -> tuple[Offered, ...]:
    """What was found, best first; second formats and comments last."""
    return discover_ranking.ranked(search.offered)


def _given(url: str) -> Ask:
    # A person who names a feed subscribes to it; a page is looked through by a crawler.
    return Ask(
        url=url,
        step=Step.GIVEN,
        obey_robots=not discover_page.is_feed_like(url),
    )


def _read(asked: Ask, reply: Reply) -> Feed | Refusal | None:
    """The document; None where there is none, or where it is of another host."""
    if reply.status != OK:
        return None
    if asked.stays_on_host and not _is_same_host(asked.url, reply.final_url):
        return None
    return parse.feed(reply.body, url=reply.final_url, headers=reply.headers)


def _unanswered(search: Search, asked: Ask, failed: Failed) -> Search:
    if failed.kind == "robots":
        search = replace(search, forbidden=(*search.forbidden, asked.url))
        if asked.step is Step.GIVEN:
            # robots.txt itself says whether that is its word or just no answer.
            return _to_robots(replace(search, reason=failed.reason))
        return search
    if asked.step is Step.GIVEN:
        return replace(search, todo=(), step=Step.PATH, failed=failed)
    if asked.step is Step.SITE or (asked.is_robots and not _is_page_known(search)):
        return replace(search, todo=(), step=Step.PATH, failed=failed)
    if failed.kind in NO_WAY_THERE:
        return replace(search, misses=(*search.misses, asked.url), refusals=0)
    # A host that does not answer is not asked for one path after the other.
    return replace(search, refusals=search.refusals + 1)


def _is_page_known(search: Search) -> bool:
    """Whether the address given was answered, by whatever."""
    return urls.canonical(search.given) not in map(urls.canonical, search.forbidden)


def _after_feed(search: Search, asked: Ask, reply: Reply, feed: Feed) -> Search:
    if feed.format == "sitemap index":
        return _with_sitemaps(search, _news(feed.sitemaps), asked)
    if feed.format == "sitemap" and asked.step is not Step.GIVEN:
        return search
    one = Offered(
        url=_lasting(asked.url, reply),
        step=asked.step.value,
        feed=feed,
        reply=reply,
        link_title=asked.title,
    )
    found = replace(search, offered=(*search.offered, one), failed=None)
    is_enough = asked.step in (Step.GIVEN, Step.PATH) and not one.is_minor
    return replace(found, todo=()) if is_enough else found


def _lasting(url: str, reply: Reply) -> str:
    """Where to find it from now on: past redirects that are for good."""
    for hop in reply.hops:
        if hop.status not in (301, 308):
            break
        url = hop.url
    return url


def _after_page(search: Search, reply: Reply, read: Feed | Refusal | None) -> Search:
    """What the page at the address given leads to."""
    if reply.status in NOT_THERE:
        reason = f"there is nothing at this address (status {reply.status})"
        return replace(search, todo=(), step=Step.PATH, reason=reason)
    if _is_passing(reply.status):
        reason = f"the server answers {reply.status}; try again later"
        return replace(search, todo=(), step=Step.PATH, reason=reason)
    at = reply.final_url
    search = replace(search, page_url=at, reason=_why_no_feed(reply, read))
    page = discover_page.links(reply)
    again = _refreshed(search, page)
    if again:
        return replace(search, todo=(again,))
    known = _known_feeds(search, at, page.canonical_url)
    guessed = (
        *discover_sites.guesses(at),
        *discover_sites.of_generator(page.generator, at),
    )
    makers = tuple(
        Ask(
            url=url,
            step=Step.MAKER,
            obey_robots=url not in known,
            stays_on_host=_is_same_host(at, url),
        )
        for url in dict.fromkeys((*known, *guessed))
    )
    asks = [
        Ask(
            url=link.url,
            title=link.title,
            step=Step.LINK,
            obey_robots=link.url not in known,
        )
        for link in page.named or page.linked
    ]
    return _with(replace(search, step=Step.LINK, makers=makers), asks)


def _known_feeds(search: Search, at: str, canonical: str | None) -> tuple[str, ...]:
    """Feeds of a known site whose page turns up only now: behind a redirect, or under
    the canonical address of a page whose own address does not tell."""
    pages = [url for url in (at, canonical) if url and url != search.given]
    return tuple(feed for url in pages for feed in discover_sites.feeds(url))


def _why_no_feed(reply: Reply, read: Feed | Refusal | None) -> str:
    if isinstance(read, Refusal):
        return read.reason
    return f"the server answers {reply.status}"


def _refreshed(search: Search, page: discover_page.PageLinks) -> Ask | None:
    """A page that sends its readers on at once is asked once where to."""
    url = page.refresh_url
    if not url or page.named or len(search.asked) > 2:
        return None
    if (urls.canonical(url) or url) in search.asked:
        return None
    return Ask(url=url, step=Step.GIVEN)


def _after_miss(
    search: Search, asked: Ask, reply: Reply, read: Feed | Refusal | None
) -> Search:
    """No feed. A page of feeds at a usual path leads on; other guesses are noted."""
    if asked.step is Step.PATH and isinstance(read, Refusal) and read.kind == "html":
        page = discover_page.links(reply)
        links = [*page.named, *page.linked]
        known = {ask.url for ask in search.todo}
        asks = [
            Ask(url=link.url, title=link.title, step=Step.LINK)
            for link in links
            if link.url not in known
        ]
        if asks and _is_list_of_feeds(asked.url):
            return _with(search, asks)
    is_guess = asked.step in (Step.MAKER, Step.PATH, Step.SITEMAP)
    if is_guess and not _is_passing(reply.status):
        return replace(search, misses=(*search.misses, asked.url))
    return search


def _is_list_of_feeds(url: str) -> bool:
    return urlsplit(url).path.rstrip("/").endswith(("/rss", "/feeds", "/feed"))


def _after_robots(search: Search, asked: Ask, reply: Reply) -> Search:
    if reply.status != OK:
        return search
    text = reply.body.decode("utf-8", "replace")
    named = [urls.absolute(asked.url, line) for line in _SITEMAP_LINE.findall(text)]
    known = [url for url in named if url]
    news = _news(known)
    indexes = [url for url in known if url not in news and _INDEX_NAME.search(url)]
    return _with_sitemaps(search, [*news, *indexes[:1]], asked)


def _news(sitemaps: Iterable[str]) -> list[str]:
    """Sitemaps that are of news by their names; the others list a site's every page."""
    return [url for url in sitemaps if _NEWS_NAME.search(urlsplit(url).path)][
        :MOST_SITEMAPS
    ]


def _with_sitemaps(search: Search, found: Iterable[str], asked: Ask) -> Search:
    step = Step.SITEMAP if asked.step is not Step.GIVEN else Step.LINK
    return _with(search, [Ask(url=url, step=step) for url in found])


def _with(search: Search, asks: Iterable[Ask]) -> Search:
    """More to ask in this step, each address once."""
    fresh: dict[str, Ask] = {}
    for one in asks:
        spelled = urls.canonical(one.url)
        if spelled and spelled not in search.asked:
            fresh.setdefault(spelled, one)
    more = tuple(fresh.values())[:MOST_OF_A_STEP]
    return replace(search, todo=(*more, *search.todo))


def _moved_on(search: Search) -> Search:
    """The search in its next step, where this one is through."""
    while not search.todo and not _is_over(search):
        search = _NEXT[search.step](search)
    if search.refusals >= MOST_REFUSALS or len(search.asked) >= MOST_ASKS:
        return replace(search, todo=())
    return search


def _is_over(search: Search) -> bool:
    if search.step is Step.PATH:
        return True
    return any(one.is_good for one in search.offered)


def _to_given(search: Search) -> Search:
    spelled = urls.canonical(search.given)
    if search.failed or spelled in search.asked:
        return replace(search, step=Step.PATH)
    return replace(search, step=Step.GIVEN, todo=(_given(search.given),))


def _to_makers(search: Search) -> Search:
    return _with(replace(search, step=Step.MAKER), search.makers)


def _to_robots(search: Search) -> Search:
    url = urls.absolute(search.page_url, "/robots.txt")
    robots = Ask(
        url=url or search.page_url,
        step=Step.SITEMAP,
        obey_robots=False,
        max_bytes=ROBOTS_BYTES,
        is_robots=True,
    )
    return replace(search, step=Step.SITEMAP, todo=(robots,) if url else ())


def _to_paths(search: Search) -> Search:
    """The usual paths in the page's folder and at the root of its host."""
    folder = urls.absolute(search.page_url, ".") or search.page_url
    deeper = urls.absolute(search.page_url.rstrip("/") + "/", ".")
    root = urls.absolute(search.page_url, "/") or search.page_url
    is_folder = deeper and "." not in urlsplit(search.page_url).path.rsplit("/", 1)[-1]
    places = dict.fromkeys([deeper if is_folder and deeper else folder, root])
    found = [
        urls.absolute(place, path)
        for place in places
        for path in (USUAL_AT_ROOT if place == root else USUAL_BELOW)
    ]
    asks = dict.fromkeys(
        url for url in found if url and urls.canonical(url) not in search.asked
    )
    todo = tuple(Ask(url=url, step=Step.PATH, stays_on_host=True) for url in asks)
    return replace(search, step=Step.PATH, todo=todo)


_NEXT = {
    Step.SITE: _to_given,
    Step.GIVEN: _to_makers,
    Step.LINK: _to_makers,
    Step.MAKER: _to_robots,
    Step.SITEMAP: _to_paths,
}


def _is_same_host(url: str, other: str) -> bool:
    """Whether two addresses are of one host; `www.` makes no difference."""
    hosts = [(urls.host(each) or "").removeprefix("www.") for each in (url, other)]
    return hosts[0] == hosts[1]


def _is_refusal(status: int) -> bool:
    return status in (401, 403, 451) or _is_passing(status)


def _is_passing(status: int) -> bool:
    """Whether the same address may well answer otherwise another time."""
    return status in (408, 425, 429) or status >= 500
