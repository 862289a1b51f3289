"""Pictures of stories for where their address is shared."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

import editions
from newsdesk.model.story import Published
from newsdesk.render import cards, html


def drawn(one: Published) -> Image.Image:
    return Image.open(io.BytesIO(cards.drawn(cards.of_story(one, editions.site()))))


def titled(title: str) -> Published:
    one = editions.published(0)
    return replace(one, record=replace(one.record, title=title))


def inked(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is drawn in a part of the picture."""
    colours = picture.convert("L").crop(box).getextrema()
    return colours[0] != colours[1]


HEADLINE = (0, 196, 1200, 510)


def test_the_same_story_gives_the_same_bytes():
    card = cards.of_story(editions.published(0), editions.site())
    assert cards.drawn(card) == cards.drawn(card)


def test_a_card_has_the_size_that_previews_ask_for_and_is_small():
    one = editions.published(0)
    assert drawn(one).size == (1200, 630)
    assert len(cards.drawn(cards.of_story(one, editions.site()))) < 40_000


def test_the_name_of_a_card_changes_with_what_stands_on_it_and_with_nothing_else():
    one, site = editions.published(0), editions.site()
    path = cards.of_story(one, site).path
    warmer = replace(one, heat_now=1)
    assert cards.of_story(warmer, site).path == path
    assert cards.of_story(titled("Another"), site).path != path
    assert cards.of_story(one, editions.site(title="Other")).path != path


@pytest.mark.parametrize(
    "title",
    [
        "Word " * 60,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 5,
        "Żółć, Ελλάδα, Россия: “so—many” letters …",
        "",
    ],
)
def test_any_headline_fits_inside_the_card(title: str):
    picture = drawn(titled(title))
    assert not inked(picture, (1121, 0, 1200, 630))
    assert inked(picture, HEADLINE) is bool(title)


@pytest.mark.parametrize(
    "title", ["خبر عاجل من القاهرة", "חדשות מתל אביב", "東京のニュース"]
)
def test_words_that_cannot_be_written_are_left_out_not_garbled(title: str):
    picture = drawn(titled(title))
    assert not inked(picture, HEADLINE)
    assert inked(picture, (0, 100, 1200, 150))


def test_each_page_of_a_story_names_its_card_and_others_the_site_s():
    site = editions.site()
    files = dict(html.pages(editions.edition(), site))
    one = editions.published(3)
    page = files["news/2026-02-19-story-3/index.html"].decode()
    assert f"https://machine-age.example/{cards.of_story(one, site).path}" in page
    assert cards.of_site(site).path in files["index.html"].decode()
