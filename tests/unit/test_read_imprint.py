"""What a page says of its publisher."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsdesk.model.article import Imprint, Logo
from newsdesk.model.feed import Reply
from newsdesk.stages import read_clues, read_document, read_imprint

URL = "https://www.harbour.example/news/bridge"


def imprint(*nodes: object, head: str = "", url: str = URL) -> Imprint | None:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>'
        for node in nodes
    )
    html = f"<html><head>{head}{scripts}</head><body><p>Words.</p></body></html>"
    reply = Reply(
        key="a",
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=html.encode(),
        fetched_at=datetime(2026, 2, 10, tzinfo=UTC),
    )
    return read_imprint.imprint(read_clues.clues(read_document.document(reply)))


def article(**more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "A bridge opens", "url": URL, **more}


def publisher(logo: object, **more: object) -> dict[str, object]:
    return {"@type": "NewsMediaOrganization", "name": "Harbour", "logo": logo, **more}


def test_a_page_that_says_nothing_has_none() -> None:
    assert imprint() is None


def test_the_publisher_of_the_structured_data_is_read() -> None:
    logo = {"@type": "ImageObject", "url": "/logo.png", "width": 600, "height": 60}
    got = imprint(article(publisher=publisher(logo, url="https://www.harbour.example")))
    assert got == Imprint(
        name="Harbour",
        home_url="https://www.harbour.example/",
        logos=(Logo(url="https://www.harbour.example/logo.png", width=600, height=60),),
    )


@pytest.mark.parametrize(
    ("width", "height", "read"),
    [
        ("600", "60", (600, 60)),
        ("600px", "60px", (600, 60)),
        ({"@type": "QuantitativeValue", "value": 600}, {"value": "60"}, (600, 60)),
        ({"@type": "Distance", "name": "600 px"}, {"name": "60 px"}, (600, 60)),
        (600, None, (0, 0)),
        (True, "auto", (0, 0)),
        (99999, 99999, (0, 0)),
    ],
)
def test_sizes_are_read_as_they_are_written(
    width: object, height: object, read: tuple[int, int]
) -> None:
    logo = {"@type": "ImageObject", "url": "/l.png", "width": width, "height": height}
    got = imprint(article(publisher=publisher(logo)))
    assert got is not None
    assert [(one.width, one.height) for one in got.logos] == [read]


def test_a_logo_may_be_an_address_or_stand_elsewhere_in_the_page() -> None:
    got = imprint(article(publisher=publisher("https://cdn.example/l.svg")))
    assert got is not None
    assert got.logos[0].url == "https://cdn.example/l.svg"
    home = {
        "@id": f"{URL}#org",
        "@type": "Organization",
        "name": "Harbour",
        "logo": {"@id": f"{URL}#logo"},
    }
    logo = {"@id": f"{URL}#logo", "@type": "ImageObject", "contentUrl": "/l.webp"}
    got = imprint({"@graph": [article(publisher={"@id": f"{URL}#org"}), home, logo]})
    assert got is not None
    assert [one.url for one in got.logos] == ["https://www.harbour.example/l.webp"]


def test_an_icon_stands_in_only_where_no_logo_is_named() -> None:
    icons = (
        '<link rel="icon" href="/favicon-32x32.png">'
        '<link rel="apple-touch-icon" href="/touch-180x180.png">'
    )
    touch = Logo(
        url="https://www.harbour.example/touch-180x180.png", width=180, height=180
    )
    got = imprint(article(), head=icons)
    assert got is not None
    assert got.logos == (touch,)
    got = imprint(article(publisher=publisher("/l.png")), head=icons)
    assert got is not None
    assert touch not in got.logos


@pytest.mark.parametrize("logo", ["data:image/png;base64,AA", "javascript:x", 7, {}])
def test_what_is_no_address_of_a_picture_is_no_logo(logo: object) -> None:
    got = imprint(article(publisher=publisher(logo)))
    assert got is not None
    assert got.logos == ()


def test_those_whom_a_copy_names_are_kept_apart_from_its_publisher() -> None:
    got = imprint(
        article(
            publisher={"@type": "Organization", "name": "Portal"},
            provider={
                "@type": "Organization",
                "name": "Quay Agency",
                "url": "https://agency.example/",
            },
        )
    )
    assert got is not None
    assert (got.name, got.writers, got.origins) == (
        "Portal", ("Quay Agency",), ("https://agency.example/",)
    )  # fmt: skip


def test_an_original_on_another_site_is_noted_and_one_here_is_not() -> None:
    head = '<link rel="canonical" href="https://pier.example/a">'
    got = imprint(head=head)
    assert got is not None
    assert got.origins == ("https://pier.example/a",)
    head = '<link rel="canonical" href="https://m.harbour.example/a">'
    assert imprint(head=head) is None
    head = '<meta name="original-source" content="https://pier.example/b">'
    got = imprint(head=head)
    assert got is not None
    assert got.origins == ("https://pier.example/b",)


@pytest.mark.parametrize("url", [URL, "https://www.harbour.example/"])
def test_the_address_of_a_page_is_no_logo(url: str) -> None:
    found = imprint(article(publisher=publisher({"@type": "ImageObject", "url": url})))
    assert found is not None
    assert found.logos == ()
