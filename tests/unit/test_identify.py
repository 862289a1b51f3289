"""Who publishes."""

from __future__ import annotations

import pytest

from newsdesk.model.article import Provider, Reading
from newsdesk.stages import identify


def reading(url: str, site_name: str | None = None) -> Reading:
    return Reading(title="T", excerpt="", text="", web_url=url, site_name=site_name)


def test_a_provider_is_known_by_its_registrable_domain() -> None:
    harbour = Provider(domain="harbour.co.uk", name="The Harbour", is_known=True)
    url = "https://news.harbour.co.uk/a"
    got = identify.provider(
        reading(url, "Something else"), url, {"harbour.co.uk": harbour}
    )
    assert harbour == got


def test_an_unknown_provider_takes_the_name_that_its_page_gives() -> None:
    url = "https://www.harbour.example/a"
    got = identify.provider(
        reading(url, "Daily Harbour | News and more"), url, {}, "Feed title"
    )
    assert Provider(domain="harbour.example", name="Daily Harbour") == got


def test_the_feed_title_names_it_where_the_page_does_not() -> None:
    url = "https://harbour.example/a"
    assert (
        identify.provider(reading(url), url, {}, "Daily Harbour").name
        == "Daily Harbour"
    )


def test_a_name_that_every_site_has_yields_to_the_domain() -> None:
    url = "https://harbour.example/a"
    assert (
        identify.provider(reading(url, "Home"), url, {}, "RSS feed").name
        == "harbour.example"
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
    assert identify.provider(reading(address), address, {}).domain == "harbour.example"


def test_an_aggregator_that_names_no_publisher_stands_for_itself() -> None:
    url = "https://news.google.com/rss/articles/CBMi"
    assert identify.provider(reading(url), url, {}).domain == "google.com"


@pytest.mark.parametrize(
    ("title", "domain", "name"),
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
def test_a_feed_title_gives_the_name_that_its_domain_bears_out(title, domain, name):
    url = f"https://www.{domain}/story/1"
    assert identify.provider(reading(url), url, {}, title).name == name
