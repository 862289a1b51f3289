"""What a page says of its outlet and of itself: name, section, tags, excerpt."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from newsdesk.stages import (
    read_clues,
    read_document,
    read_excerpt,
    read_labels,
    read_outlet,
)
from newsdesk.stages.read_clues import Clues

URL = "https://www.dailyharbour.example/city/old-bridge-opens-again-123"
TITLE = "Old bridge opens again"
TEXT = (
    "The old bridge over the Lenne opened again on Tuesday after two years of work. "
    "Engineers had replaced every cable and most of the deck while boats kept passing.\n\n"
    "The city paid a little over half of the bill and the state paid for what was left. "
) * 4
LEAD = TEXT.split("\n\n")[0].strip()


def clues(
    *, title: str = TITLE, data: Any = None, url: str = URL, **metas: str
) -> Clues:
    """What a page says that has these meta, `_` for `:`."""
    head = "".join(
        f'<meta property="{name.replace("_", ":", 1)}" content="{escape(value)}">'
        for name, value in metas.items()
    )
    if data:
        head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return read_clues.clues(
        read_document.bounded(
            f"<html><head><title>{escape(title)}</title>{head}</head>"
            f"<body><h1>{TITLE}</h1></body></html>",
            url,
        )
    )


def news(**more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": TITLE} | more


def publisher(name: str) -> dict[str, Any]:
    return news(publisher={"@type": "Organization", "name": name})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"og_site_name": "Daily Harbour"}, "Daily Harbour"),
        ({"og_site_name": "Home", "data": publisher("Daily Harbour")}, "Daily Harbour"),
        ({"og_site_name": "Home | Daily Harbour"}, "Daily Harbour"),
        ({"og_site_name": "City", "data": publisher("Daily Harbour")}, "Daily Harbour"),
        ({"og_site_name": "dailyharbour.example", "data": publisher("Daily Harbour")},
         "Daily Harbour"),
        ({"og_site_name": "Daily Harbour - News from the coast"}, "Daily Harbour"),
        ({"data": {"@type": "WebSite", "name": "Daily Harbour"}}, "Daily Harbour"),
        ({"title": f"{TITLE} | Daily Harbour"}, "Daily Harbour"),
        ({"title": f"{TITLE} - The Sydney Herald", "url": "https://tsh.example/a/b"},
         "The Sydney Herald"),
        ({"title": "Old bridge – opens again"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_site_is_called_what_most_places_call_it(
    said: dict[str, Any], expected: str | None
) -> None:
    assert expected == read_outlet.site_name(clues(**said))


def test_a_crumb_on_the_way_is_the_section() -> None:
    steps = [
        {"@type": "ListItem", "position": at, "item": {"@id": f"/{at}", "name": name}}
        for at, name in enumerate(("Home", "City", TITLE))
    ]
    data = [news(), {"@type": "BreadcrumbList", "itemListElement": steps}]
    assert read_labels.section(clues(data=data), ()) == "City"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("City", "City"),
        (["City", "Bridges"], "City"),
        ("City, Bridges", "City"),
        ("City > Bridges", "City"),
        ("News/City", "News"),
        ("Arts &amp; Culture", "Arts & Culture"),
        (["Home", "City"], "City"),
        (["Daily Harbour", "City"], "City"),
        ("Uncategorized", None),
        ("10 February 2026", None),
        (["", None], None),
    ],
)
def test_a_section_is_neither_site_nor_date_nor_filler(
    told: Any, expected: str | None
) -> None:
    said = clues(data=news(articleSection=told))
    assert expected == read_labels.section(said, ("Daily Harbour",))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["Bridges", "bridges", "Lenne"], ("Bridges", "Lenne")),
        ("Bridges, Lenne; Mayor", ("Bridges", "Lenne", "Mayor")),
        (["Bridges", "Daily Harbour"], ("Bridges",)),
        (["Bridges", "2026-02-10", "10.02.2026", "2026"], ("Bridges", "2026")),
        (["type:article", "section_city", "id: 12", "Bridges"], ("Bridges",)),
        (["#Bridges", '"Lenne"'], ("Bridges", "Lenne")),
        (["Arts &amp; Culture"], ("Arts & Culture",)),
        (["https://harbour.example/tag", "cms1234567", "Bridges"], ("Bridges",)),
        (["桥梁，港口、城市"], ("桥梁", "港口", "城市")),
        (["x" * 70, "Bridges"], ("Bridges",)),
    ],
)
def test_tags_are_what_readers_would_look_for(
    told: Any, expected: tuple[str, ...]
) -> None:
    said = clues(data=news(keywords=told))
    assert expected == read_labels.tags(said, (), ("Daily Harbour",))


def test_the_feed_adds_its_tags() -> None:
    said = clues(article_tag="Bridges")
    assert read_labels.tags(said, ("bridges", "Lenne")) == ("Bridges", "Lenne")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("The bridge opened again after the city paid half.",
         "The bridge opened again after the city paid half."),
        ("The <b>bridge</b> opened again after Mayor O&#039;Shea paid half.",
         "The bridge opened again after Mayor O'Shea paid half."),
        (f"{TITLE}. Engineers had replaced every cable while boats kept passing.",
         "Engineers had replaced every cable while boats kept passing."),
        (TITLE, LEAD),
        ("", LEAD),
        ("The bridge opened again after the city paid half of what…", LEAD),
        ("Read the latest about bridges, boats and cables.", LEAD),
        ("Daily Harbour is your trusted local source about bridges and the city.", LEAD),
        ("Breathtaking recipes, dazzling celebrity fashion, unmissable horoscopes daily.",
         LEAD),
    ],
)  # fmt: skip
def test_an_excerpt_speaks_of_the_article(given: str, expected: str) -> None:
    assert expected == read_excerpt.excerpt((given,), TEXT, TITLE)


def test_a_description_cut_inside_a_word_goes_on_as_the_text_does() -> None:
    cut = LEAD[:146]
    assert cut[-1].isalpha()
    said = read_excerpt.excerpt((cut,), TEXT, TITLE)
    assert said.startswith(LEAD)
    assert said.endswith(".")


def test_half_a_word_goes_where_the_text_cannot_help() -> None:
    cut = "In short: engineers of the city replaced cables and decks of the bridge " * 2
    said = read_excerpt.excerpt((f"{cut}whi",), TEXT, TITLE)
    assert said.endswith("of the bridge…")


def test_an_excerpt_without_any_text_is_what_was_given() -> None:
    assert read_excerpt.excerpt(("Visit us.",), "", TITLE) == "Visit us."
    assert read_excerpt.excerpt((None,), "", TITLE) == ""
