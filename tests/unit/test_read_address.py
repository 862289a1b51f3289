"""The article's own address among what a page claims, and its AMP twin."""

from __future__ import annotations

import json

import pytest

from newsdesk.stages import read_address, read_clues, read_document
from newsdesk.stages.read_address import Address

SITE = "https://www.dailyharbour.example"
URL = f"{SITE}/city/old-bridge-opens-again-1234567"


def clues_of(
    head: str, url: str = URL, *, html: str = "<html>"
) -> tuple[read_clues.Clues, read_document.Document]:
    document = read_document.bounded(
        f"{html}<head>{head}</head><body><h1>Old bridge opens again</h1></body></html>",
        url,
    )
    return read_clues.clues(document), document


def address(head: str, url: str = URL) -> Address:
    return read_address.address(clues_of(head, url)[0])


def link(url: str, rel: str = "canonical") -> str:
    return f'<link rel="{rel}" href="{url}">'


def og(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


BELIEVED = {
    "its own": (link(URL), URL, URL),
    "relative": (link("/city/old-bridge-opens-again-1234567"), URL, URL),
    "without tracking": (link(URL), f"{URL}?utm_source=feed&fbclid=1", URL),
    "no claim, tracking off": ("", f"{URL}?utm_source=feed&page=2", f"{URL}?page=2"),
    "no claim, session off": ("", f"{URL};jsessionid=A1B2?PHPSESSID=77", URL),
    "the insecure twin": (link(URL.replace("https", "http")), URL, URL),
    "an AMP page's own page": (link(URL), f"{URL}/amp", URL),
    "an AMP page by suffix": (link(f"{SITE}/a/old-bridge.html"),
                              f"{SITE}/a/old-bridge.amp.html", f"{SITE}/a/old-bridge.html"),
    "an AMP page by query": (link(URL), f"{URL}?outputType=amp", URL),
    "an AMP host": (link(URL), URL.replace("www.", "amp."), URL),
    "a mobile host": (link(URL), URL.replace("www.", "m."), URL),
    "the print version": (link(URL), f"{URL}/print", URL),
    "a cached AMP page": (
        "", "https://www-dailyharbour-example.cdn.ampproject.org/c/s/"
        "www.dailyharbour.example/city/old-bridge-opens-again-1234567", URL,
    ),
    "a moved section, same id": (
        link(f"{SITE}/region/old-bridge-1234567"), URL, f"{SITE}/region/old-bridge-1234567",
    ),
    "a better headline, two claims": (
        link(f"{SITE}/city/harbour-rejoices") + og(f"{SITE}/city/harbour-rejoices"),
        URL, f"{SITE}/city/harbour-rejoices",
    ),
    "og:url alone": (og(f"{URL}?ref=rss"), f"{URL}?x=1", URL),
    "a query that only tracks": (link(URL), f"{URL}?who=mailing-list-7", URL),
}  # fmt: skip
DOUBTED = {
    "a front page": (link(SITE + "/"), URL, "rel=canonical names a front page"),
    "a language's front page": (link(SITE + "/en/"), URL, "names a front page"),
    "a section": (link(f"{SITE}/city"), URL, "rel=canonical names a section"),
    "another article": (
        link(f"{SITE}/city/mayor-resigns-7654321"), URL, "names another article",
    ),
    "contested by og:url": (
        link(f"{SITE}/sport/old-bridge") + og(URL), URL, "names another address",
    ),
    "without the query that names it": (
        link(f"{SITE}/article.php"), f"{SITE}/article.php?id=4711",
        "names an address without its query",
    ),
    "a host that many share": (
        link("https://ben.blogspot.com/old-bridge-opens-again-1234567"),
        "https://ada.blogspot.com/old-bridge-opens-again-1234567", "names another site",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BELIEVED)
def test_a_claim_that_names_the_article_is_believed(name: str) -> None:
    head, url, expected = BELIEVED[name]
    assert address(head, url).url == expected


@pytest.mark.parametrize("name", DOUBTED)
def test_a_claim_that_names_something_else_is_doubted(name: str) -> None:
    head, url, doubt = DOUBTED[name]
    got = address(head, url)
    assert got.url == url
    assert got.doubt is not None
    assert doubt in got.doubt


@pytest.mark.parametrize("raw", ["", "{{url}}", "javascript:void(0)", "http://[", "//"])
def test_a_claim_that_is_no_address_changes_nothing(raw: str) -> None:
    assert address(link(raw)).url == URL


def test_a_claim_on_another_site_is_the_origin_not_the_address() -> None:
    origin = "https://agency.example.org/news/old-bridge-opens-again"
    got = address(link(origin))
    assert (got.url, got.origin) == (URL, origin)
    assert got.note and got.note.startswith(f"a copy of {origin}")


def test_another_site_s_front_page_or_another_ending_is_no_origin() -> None:
    assert address(link("https://agency.example.org/")).origin is None
    assert address(link("https://www.dailyharbour.test/city/old")).origin is None


def test_a_named_source_is_the_origin() -> None:
    origin = "https://agency.example.org/news/old-bridge"
    head = f'<meta name="syndication-source" content="{origin}">'
    assert address(link(URL) + head).origin == origin


def test_structured_data_speaks_where_links_are_silent() -> None:
    node = {
        "@type": "NewsArticle", "headline": "Old bridge opens again",
        "mainEntityOfPage": {"@id": URL}, "datePublished": "2024-05-01",
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert address(head, f"{URL}?who=mailing-list-7").url == URL


@pytest.mark.parametrize(
    ("head", "html", "expected"),
    [
        (link(f"{URL}/amp", "amphtml"), "<html>", f"{URL}/amp"),
        (link("/amp/old-bridge", "amphtml"), "<html>", f"{SITE}/amp/old-bridge"),
        (
            link("https://www-dailyharbour-example.cdn.ampproject.org/c/s/"
                 "www.dailyharbour.example/amp/1", "amphtml"),
            "<html>", f"{SITE}/amp/1",
        ),
        (link(SITE, "amphtml"), "<html>", None),
        ("", "<html amp>", URL),
        ("", "<html ⚡ lang=en>", URL),
        ("", "<html>", None),
    ],
)  # fmt: skip
def test_the_amp_version_is_named_by_the_page_or_is_the_page(
    head: str, html: str, expected: str | None
) -> None:
    clues, document = clues_of(head, html=html)
    assert read_address.amp(clues, document) == expected
