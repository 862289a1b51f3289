"""Who publishes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsdesk.model.article import Imprint, Logo, Provider, ProviderKind, Reading
from newsdesk.stages import identify
from newsdesk.stages.identify import Listed
from newsdesk.stages.identify_registry import directory

NOBODY = directory()
REGISTRY = """\
harbour.example | The Harbour | newspaper | GB | en | harbour.test
portal.example | Portal | aggregator | US | en
tube.example | Tube | aggregator | US | en
agency.example | Quay Agency | agency | FR | fr
"""
KNOWN = directory((), REGISTRY)


def reading(url: str, site_name: str | None = None, **more: Any) -> Reading:
    return Reading(
        title="T", excerpt="", text="", web_url=url, site_name=site_name, **more
    )


def name(url: str, site_name: str | None = None, title: str | None = None) -> str:
    listed = Listed(title=title)
    return identify.provider(reading(url, site_name), url, NOBODY, listed).name


def test_a_provider_is_known_by_its_registrable_domain() -> None:
    harbour = Provider(domain="harbour.co.uk", name="The Harbour", is_known=True)
    url = "https://news.harbour.co.uk/a"
    got = identify.provider(reading(url, "Something else"), url, directory((harbour,)))
    assert harbour == got


def test_an_unknown_provider_takes_the_name_that_its_page_gives() -> None:
    url = "https://www.harbour.example/a"
    got = identify.provider(
        reading(url, "Daily Harbour | News and more"),
        url,
        NOBODY,
        Listed(title="Feed title"),
    )
    assert Provider(domain="harbour.example", name="Daily Harbour") == got


def test_the_feed_title_names_it_where_the_page_does_not() -> None:
    assert name("https://harbour.example/a", None, "Daily Harbour") == "Daily Harbour"


def test_a_name_that_every_site_has_yields_to_the_domain() -> None:
    assert name("https://harbour.example/a", "Home", "RSS feed") == "harbour.example"


def test_a_feed_of_another_place_lends_its_name_to_nobody() -> None:
    url = "https://harbour.example/a"
    listed = Listed(title="Links of the day", place="links.example")
    assert identify.provider(reading(url), url, NOBODY, listed).name == (
        "harbour.example"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a",
        "https://www.google.com/amp/s/harbour.example/a",
        "https://www.google.com/url?q=https://harbour.example/a&sa=U",
        "https://www.facebook.com/l.php?u=https%3A%2F%2Fharbour.example%2Fa",
    ],
)
def test_copies_and_forwarders_are_resolved_to_the_publisher(address: str) -> None:
    got = identify.provider(reading(address), address, NOBODY)
    assert got.domain == "harbour.example"


def test_an_aggregator_that_names_no_publisher_stands_for_itself() -> None:
    url = "https://news.google.com/rss/articles/CBMi"
    assert identify.provider(reading(url), url, NOBODY).domain == "google.com"
    url = "https://portal.example/a"
    got = identify.provider(reading(url, "Portal News"), url, KNOWN)
    assert (got.domain, got.name) == ("portal.example", "Portal")


def test_the_entry_of_an_aggregator_tells_whose_article_it_lists() -> None:
    url = "https://portal.example/articles/AU_yqL"
    listed = Listed(writer="Harbour", writer_url="https://www.harbour.test")
    got = identify.provider(reading(url), url, KNOWN, listed)
    assert (got.domain, got.name, got.country) == (
        "harbour.example", "The Harbour", "GB"
    )  # fmt: skip
    listed = Listed(writer="Pier Post", writer_url="https://pier.example")
    got = identify.provider(reading(url), url, KNOWN, listed)
    assert (got.domain, got.name) == ("pier.example", "Pier Post")


@pytest.mark.parametrize(
    ("imprint", "domain", "called"),
    [
        (Imprint(name="Portal", writers=("Quay Agency",)), "agency.example",
         "Quay Agency"),
        (Imprint(name="The Harbour"), "harbour.example", "The Harbour"),
        (Imprint(name="Portal", origins=("https://harbour.test/x",)),
         "harbour.example", "The Harbour"),
        (Imprint(writers=("Pier Post",), origins=("https://pier.example/",)),
         "pier.example", "Pier Post"),
        (Imprint(name="Pier Post"), "portal.example/pier-post", "Pier Post"),
        (Imprint(name="Portal Sports"), "portal.example", "Portal"),
    ],
)  # fmt: skip
def test_a_copy_at_an_aggregator_belongs_to_whom_it_names(
    imprint: Imprint, domain: str, called: str
) -> None:
    url = "https://portal.example/news/story"
    got = identify.provider(reading(url, "Portal", imprint=imprint), url, KNOWN)
    assert (got.domain, got.name) == (domain, called)


def test_an_agency_named_as_author_of_a_copy_is_its_writer() -> None:
    url = "https://portal.example/news/story"
    got = identify.provider(reading(url, authors=("Quay Agency",)), url, KNOWN)
    assert got.domain == "agency.example"


def test_a_syndicated_copy_elsewhere_is_of_the_site_that_shows_it() -> None:
    url = "https://pier.example/a"
    copy = Imprint(origins=("https://harbour.example/a",), writers=("The Harbour",))
    got = identify.provider(reading(url, "Pier Post", imprint=copy), url, KNOWN)
    assert (got.domain, got.name) == ("pier.example", "Pier Post")


def test_a_channel_is_its_own_provider_under_its_own_name() -> None:
    url = "https://www.youtube.com/watch?v=abc"
    listed = Listed(title="Ada Explains", place="youtube.com/channel/UCx")
    got = identify.provider(reading(url, "YouTube"), url, NOBODY, listed)
    assert (got.domain, got.name) == ("youtube.com/channel/UCx", "Ada Explains")
    url = "https://medium.com/@ada/a-story-1f"
    got = identify.provider(reading(url, "Medium", authors=("Ada Byron",)), url, NOBODY)
    assert (got.domain, got.name) == ("ada.medium.com", "Ada Byron")
    url = "https://www.reddit.com/r/Boats/comments/1/x/"
    got = identify.provider(reading(url, "Reddit"), url, NOBODY)
    assert (got.domain, got.name) == ("reddit.com/r/boats", "boats")


def test_the_logo_of_a_page_stands_where_nobody_gave_one() -> None:
    url = "https://harbour.test/a"
    logo = Logo(url="https://harbour.test/logo.png", width=400, height=60)
    said = reading(url, imprint=Imprint(name="H", logos=(logo,)))
    got = identify.provider(said, url, KNOWN)
    assert (got.domain, got.logos) == ("harbour.example", (logo,))
    own = Logo(url="https://site.example/harbour.png", width=50, height=50)
    mine = Provider(domain="harbour.example", name="", logos=(own,), is_known=True)
    got = identify.provider(said, url, directory((mine,), REGISTRY))
    assert (got.name, got.logos, got.is_known) == ("The Harbour", (own,), True)


def test_the_logo_of_a_lender_is_not_its_writers() -> None:
    url = "https://ada.substack.com/p/x"
    lender = Imprint(
        name="Substack",
        home_url="https://substack.com/",
        logos=(Logo(url="https://substack.com/logo.png", width=0, height=0),),
    )
    assert identify.provider(reading(url, imprint=lender), url, NOBODY).logos == ()
    own = replace(lender, name="Ada's Letters", home_url="https://ada.substack.com")
    got = identify.provider(reading(url, imprint=own), url, NOBODY)
    assert (got.name, got.logos) == ("Ada's Letters", own.logos)


def test_the_registry_says_what_sort_of_publisher_it_is() -> None:
    url = "https://www.harbour.example/a"
    got = identify.provider(reading(url), url, KNOWN)
    assert (got.kind, got.country, got.language, got.is_known) == (
        ProviderKind.NEWSPAPER, "GB", "en", False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "domain", "called"),
    [
        ("NYT > World News", "nytimes.com", "NYT"),
        ("World news | The Guardian", "theguardian.com", "The Guardian"),
        ("CBS News - World", "cbsnews.com", "CBS News"),
        ("International - EL PAÍS", "elpais.com", "EL PAÍS"),
        ("ABC News: International", "abcnews.com", "ABC News"),
        ("World", "washingtonpost.com", "washingtonpost.com"),
        ("NDTV News Search Records Found 1000", "ndtv.com", "NDTV News"),
        ("TheWeek feed", "theweek.com", "TheWeek"),
        ("NPR Topics: World", "npr.org", "NPR"),
        ("Harbour Courier", "hc.example", "Harbour Courier"),
        ("Politics - All the latest", "hc.example", "hc.example"),
        (None, "hc.example", "hc.example"),
    ],
)
def test_a_feed_title_gives_the_name_that_its_domain_bears_out(
    title: str | None, domain: str, called: str
) -> None:
    assert name(f"https://www.{domain}/story/1", None, title) == called
